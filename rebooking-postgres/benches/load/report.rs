//! What was measured, and the ratios. A machine that has other things to do is slow now and fast
//! then; so a ratio is taken of what was measured close together, and the middle one of all rounds
//! is told, with the smallest and the largest.

use std::collections::BTreeMap;

use crate::sample::Sample;
use crate::{CLIENTS, What};

/// One ratio: what we do, what it is compared with, and what is aimed at.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub name: &'static str,
    pub ours: What,
    pub floor: What,
    aim: &'static str,
}

impl Row {
    pub const fn new(name: &'static str, ours: What, floor: What, aim: &'static str) -> Self {
        Self { name, ours, floor, aim }
    }
}

#[derive(Debug, Default)]
pub struct Report(BTreeMap<(What, usize), Vec<Sample>>);

impl Report {
    pub fn add(&mut self, what: What, clients: usize, sample: Sample) {
        self.0.entry((what, clients)).or_default().push(sample);
    }

    fn samples(&self, what: What, clients: usize) -> &[Sample] {
        self.0.get(&(what, clients)).map_or(&[], Vec::as_slice)
    }

    /// In the order of their size, one a round.
    fn ratios(&self, row: &Row, clients: usize, ratio: fn(&Sample, &Sample) -> f64) -> Vec<f64> {
        let rounds = self.samples(row.ours, clients).iter().zip(self.samples(row.floor, clients));
        sorted(rounds.map(|(ours, floor)| ratio(ours, floor)))
    }

    pub fn print(&self, rows: &[Row]) {
        println!(
            "\n{:<28}{:>8}{:>12}{:>14}{:>14}",
            "", "clients", "a second", "median (us)", "p99 (us)"
        );
        for (what, clients) in self.0.keys() {
            let samples = self.samples(*what, *clients);
            let rate = middle(&sorted(samples.iter().map(|sample| sample.rate)));
            let median =
                middle(&sorted(samples.iter().map(|sample| sample.median.as_secs_f64() * 1e6)));
            let p99 = middle(&sorted(samples.iter().map(|sample| sample.p99.as_secs_f64() * 1e6)));
            println!(
                "{:<28}{clients:>8}{rate:>12.0}{median:>14.0}{p99:>14.0}",
                format!("{what:?}")
            );
        }
        let table = |title: &str, ratio: fn(&Sample, &Sample) -> f64| {
            print!("\n{title:<40}{:>6}", "aim");
            CLIENTS.iter().for_each(|clients| print!("{:>22}", format!("{clients} clients")));
            println!();
            for row in rows {
                print!("{:<40}{:>6}", row.name, row.aim);
                for clients in CLIENTS {
                    let all = self.ratios(row, clients, ratio);
                    let (least, most) = (all.first().unwrap(), all.last().unwrap());
                    print!("{:>22}", format!("{:.2} ({least:.2} - {most:.2})", middle(&all)));
                }
                println!();
            }
        };
        table("how often a second", |ours, floor| ours.rate / floor.rate);
        // The same way round: twice as fast is 2.
        table("median time, floor / ours", |ours, floor| {
            floor.median.as_secs_f64() / ours.median.as_secs_f64()
        });
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn middle(values: &[f64]) -> f64 {
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
