//! The whole server under load: a process with its worker, asked over sockets, beside pgbench and a
//! bare hyper + sqlx server on the same tables in the same run.
//!
//! `cargo bench -p rebooking-postgres --bench server`; `docs/performance.md` says how to read what
//! it prints. Words behind `--` pick cases (`-- get post`), and these set its size:
//! `REBOOKING_BENCH_TOKENS` (10^6), `REBOOKING_BENCH_SECONDS` for each measurement (5),
//! `REBOOKING_BENCH_ROUNDS` (5) and `REBOOKING_BENCH_CLIENTS` (1,8,32).

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark measures real time, and a panic is its report"
)]
#![allow(dead_code, reason = "the modules of the other benchmark have more than is used here")]
#![allow(missing_docs, unreachable_pub, reason = "a program of its own")]

mod bare;
mod cases;
mod cpu;
#[path = "../load/ground.rs"]
mod ground;
mod http;
#[path = "../load/links.rs"]
mod links;
#[path = "../load/pgbench.rs"]
mod pgbench;
mod process;
#[path = "../load/sample.rs"]
mod sample;
mod table;
mod withdrawn;

use std::time::{Duration, Instant};

use cases::{Stage, Who};
use ground::Ground;
use process::{Server, Shop, build};
use table::Table;

/// How large a run is.
pub struct Size {
    pub time: Duration,
    pub rounds: i64,
    pub clients: Vec<usize>,
}

fn setting(name: &str, default: i64) -> i64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

impl Size {
    fn from_environment() -> Self {
        let clients = std::env::var("REBOOKING_BENCH_CLIENTS").unwrap_or("1,8,32".to_owned());
        Self {
            time: Duration::from_secs(setting("REBOOKING_BENCH_SECONDS", 5).unsigned_abs()),
            rounds: setting("REBOOKING_BENCH_ROUNDS", 5),
            clients: clients.split(',').map(|count| count.parse().unwrap()).collect(),
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match arguments.as_slice() {
        [role, address, database] if role == bare::ROLE => {
            runtime.block_on(bare::serve(address, database));
        }
        words => {
            let wanted = words.iter().filter(|word| !word.starts_with("--")).cloned().collect();
            runtime.block_on(measure(wanted));
        }
    }
}

async fn measure(wanted: Vec<String>) {
    let (began, size) = (Instant::now(), Size::from_environment());
    let is_wanted =
        |case: &str| wanted.is_empty() || wanted.iter().any(|word| case.contains(word.as_str()));
    let program = build();
    let bytes = std::fs::metadata(&program).unwrap().len();
    println!("the server's binary: {} MB", bytes / 1_000_000);
    // Nothing waits: a worker that is busy with something else is a load of its own.
    let ground = Ground::fill(setting("REBOOKING_BENCH_TOKENS", 1_000_000), 0).await;
    println!("{} links, in {:.0?}", ground.tokens, began.elapsed());
    let mut table = Table::default();
    let alone = Server::start(&program, &ground, Shop::None).await;
    println!("ready in {:.0?}", alone.ready_after);
    let stage = Stage::new(&ground, alone).await;
    if is_wanted("get") {
        let all = [Who::Get, Who::GetBare, Who::GetPgbench];
        stage.run(&all, &size, &mut table).await;
    }
    if is_wanted("post") {
        let all = [Who::Post, Who::PostBare, Who::PostPgbench];
        stage.run(&all, &size, &mut table).await;
    }
    if is_wanted("one date") {
        stage.run(&[Who::PostOneDate, Who::PostOneDatePgbench, Who::Post], &size, &mut table).await;
    }
    println!("{}", stage.memory());
    stage.end().await;
    if is_wanted("shop") {
        cases::delivered(&program, &ground, &size, &mut table).await;
    }
    if is_wanted("drain") {
        cases::drain(&program, &ground).await;
    }
    if is_wanted("withdrawn") {
        withdrawn::run(&program, &ground).await;
    }
    table.print();
    println!("\nin {:.0?}", began.elapsed());
}
