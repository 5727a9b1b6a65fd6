//! *Show*, *choose* and *claim* under load, beside what PostgreSQL itself and bare sqlx do on the
//! same rows in the same run.
//!
//! `cargo bench -p rebooking-postgres --bench load`; CONTRIBUTING says how to read what it prints.
//! Words behind `--` pick rows of the table (`-- show`), and these set its size:
//! `REBOOKING_BENCH_TOKENS` (10^6), `REBOOKING_BENCH_SECONDS` for each measurement (1) and
//! `REBOOKING_BENCH_ROUNDS` (7).

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a benchmark measures real time, and a panic is its report"
)]
#![allow(missing_docs, unreachable_pub, reason = "a program of its own")]

mod bare;
mod ground;
mod links;
mod ours;
mod pgbench;
mod report;
mod sample;

use std::time::{Duration, Instant};

use bare::Bare;
use ground::Ground;
use ours::Ours;
use report::{Report, Row};
use sample::Sample;

/// How many do it at once.
const CLIENTS: [usize; 3] = [1, 8, 32];

/// What is measured. Those that are compared stand side by side, and each round measures all of
/// them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Show,
    ShowBareOneStatement,
    ShowBareTwoStatements,
    ShowPgbench,
    Choose,
    ChoosePgbench,
    ChooseOneDate,
    ChooseOneDatePgbench,
    Claim,
    ClaimPgbench,
}

/// The ratios that say something, and what is aimed at.
const ROWS: [Row; 8] = [
    Row::new("show / bare sqlx, the same statement", What::Show, What::ShowBareOneStatement, "0.9"),
    Row::new("show / bare sqlx, two statements", What::Show, What::ShowBareTwoStatements, "0.9"),
    Row::new("show / pgbench, two statements", What::Show, What::ShowPgbench, ""),
    Row::new("choose / pgbench, seven statements", What::Choose, What::ChoosePgbench, "0.75"),
    Row::new(
        "choose one date / pgbench one date",
        What::ChooseOneDate,
        What::ChooseOneDatePgbench,
        "",
    ),
    Row::new("choose one date / choose spread", What::ChooseOneDate, What::Choose, "0.5"),
    Row::new(
        "pgbench one date / pgbench spread",
        What::ChooseOneDatePgbench,
        What::ChoosePgbench,
        "",
    ),
    Row::new("claim ten and settle / pgbench", What::Claim, What::ClaimPgbench, ""),
];

fn setting(name: &str, default: i64) -> i64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

async fn measure(what: What, ground: &Ground, ours: &Ours, bare: &Bare, time: Duration) -> Sample {
    match what {
        What::Show => ours.show(&ground.shown, time).await,
        What::ShowBareOneStatement => bare.one_statement(&ground.shown, time).await,
        What::ShowBareTwoStatements => bare.two_statements(&ground.shown, time).await,
        What::ShowPgbench => pgbench::show(ground, ours.clients, time),
        What::Choose => ours.choose(&ground.spread, time).await,
        What::ChoosePgbench => pgbench::choose(ground, &ground.spread, ours.clients, time).await,
        What::ChooseOneDate => ours.choose(&ground.one_date, time).await,
        What::ChooseOneDatePgbench => {
            pgbench::choose(ground, &ground.one_date, ours.clients, time).await
        }
        What::Claim => ours.claim(time).await,
        What::ClaimPgbench => pgbench::claim(ground, ours.clients, time),
    }
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let rows: Vec<Row> = ROWS
        .into_iter()
        .filter(|row| {
            wanted.is_empty() || wanted.iter().any(|word| row.name.contains(word.as_str()))
        })
        .collect();
    let mut all: Vec<What> = rows.iter().flat_map(|row| [row.ours, row.floor]).collect();
    all.sort();
    all.dedup();
    let began = Instant::now();
    let tokens = setting("REBOOKING_BENCH_TOKENS", 1_000_000);
    let ground = Ground::fill(tokens, tokens / 2).await;
    println!("{} tokens, and as many finished effects, in {:.0?}", ground.tokens, began.elapsed());
    let time = Duration::from_secs(setting("REBOOKING_BENCH_SECONDS", 1).unsigned_abs());
    let mut report = Report::default();
    for clients in CLIENTS {
        let (ours, bare) = (Ours::new(&ground, clients), Bare::new(&ground, clients));
        // The first time opens connections and has statements planned.
        for what in &all {
            measure(*what, &ground, &ours, &bare, Duration::from_millis(300).min(time)).await;
        }
        for _ in 0..setting("REBOOKING_BENCH_ROUNDS", 7) {
            for what in &all {
                report.add(*what, clients, measure(*what, &ground, &ours, &bare, time).await);
            }
        }
        ours.close().await;
        bare.close().await;
    }
    report.print(&rows);
    println!("\nin {:.0?}", began.elapsed());
}
