//! What was measured, and the ratios: the middle one of all rounds, with the smallest and the
//! largest. Each ratio is of two measurements of the same round.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::cases::Who;
use crate::sample::Sample;

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub sample: Sample,
    /// Processor time of PostgreSQL for each.
    pub database: Duration,
    /// Claims for each.
    pub claims: f64,
    /// The share of the machine that others took.
    pub others: f64,
}

/// From here on a machine is not quiet.
const QUIET: f64 = 0.05;

/// What is said of a machine that had other things to do.
pub fn noise(others: f64) -> String {
    if others < QUIET {
        return String::new();
    }
    format!("  NOT QUIET: others took {:.0} % of the machine", others * 100.0)
}

/// The ratios that say something.
const RATIOS: [(Who, Who); 9] = [
    (Who::Get, Who::GetPgbench),
    (Who::Get, Who::GetBare),
    (Who::GetBare, Who::GetPgbench),
    (Who::Post, Who::PostPgbench),
    (Who::Post, Who::PostBare),
    (Who::PostBare, Who::PostPgbench),
    (Who::PostOneDate, Who::Post),
    (Who::PostOneDate, Who::PostOneDatePgbench),
    (Who::PostDelivered, Who::PostPgbench),
];

/// What was measured, by stage: only what was measured in turn is compared.
#[derive(Debug, Default)]
pub struct Table {
    stage: usize,
    all: BTreeMap<(usize, usize, Who), Vec<Measured>>,
}

impl Table {
    pub fn next_stage(&mut self) {
        self.stage += 1;
    }

    pub fn add(&mut self, who: Who, clients: usize, measured: Measured) {
        self.all.entry((self.stage, clients, who)).or_default().push(measured);
    }

    fn measured(&self, stage: usize, clients: usize, who: Who) -> &[Measured] {
        self.all.get(&(stage, clients, who)).map_or(&[], Vec::as_slice)
    }

    pub fn print(&self) {
        println!(
            "\n{:<34}{:>8}{:>10}{:>10}{:>10}{:>16}{:>9}",
            "", "clients", "a second", "p50 (us)", "p99 (us)", "PostgreSQL (us)", "claims"
        );
        for ((_, clients, who), all) in &self.all {
            let typical = |value: fn(&Measured) -> f64| middle(&sorted(all.iter().map(value)));
            println!(
                "{:<34}{clients:>8}{:>10.0}{:>10.0}{:>10.0}{:>16.0}{:>9.2}{}",
                who.name(),
                typical(|one| one.sample.rate),
                typical(|one| one.sample.median.as_secs_f64() * 1e6),
                typical(|one| one.sample.p99.as_secs_f64() * 1e6),
                typical(|one| one.database.as_secs_f64() * 1e6),
                typical(|one| one.claims),
                noise(typical(|one| one.others)),
            );
        }
        self.ratios("how often a second", |ours, floor| ours.sample.rate / floor.sample.rate);
        self.ratios("p50, floor / ours", |ours, floor| {
            floor.sample.median.as_secs_f64() / ours.sample.median.as_secs_f64()
        });
        self.ratios("p99, ours / floor", |ours, floor| {
            ours.sample.p99.as_secs_f64() / floor.sample.p99.as_secs_f64()
        });
        self.ratios("PostgreSQL, ours / floor", |ours, floor| {
            ours.database.as_secs_f64() / floor.database.as_secs_f64()
        });
    }

    fn ratios(&self, title: &str, ratio: fn(&Measured, &Measured) -> f64) {
        println!("\n{title}");
        let stages: BTreeSet<(usize, usize)> =
            self.all.keys().map(|(stage, clients, _)| (*stage, *clients)).collect();
        for (ours, floor) in RATIOS {
            for (stage, clients) in &stages {
                let floors = self.measured(*stage, *clients, floor);
                let rounds = self.measured(*stage, *clients, ours).iter().zip(floors);
                let all = sorted(rounds.map(|(ours, floor)| ratio(ours, floor)));
                let (Some(least), Some(most)) = (all.first(), all.last()) else { continue };
                println!(
                    "{:<66}{clients:>4}{:>8.2} ({least:.2} - {most:.2})",
                    format!("{} / {}", ours.name(), floor.name()),
                    middle(&all)
                );
            }
        }
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
