//! *Show*, *choose* and *claim* under load, beside what PostgreSQL itself and bare sqlx do on the same rows in the same run.
//!
//! `cargo bench -p rebooking-postgres --bench load`; `REBOOKING_BENCH_TOKENS` (10^6) and `REBOOKING_BENCH_SECONDS` (5) set its size.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark measures real time, and a panic is its report"
)]
#![allow(missing_docs, unreachable_pub, reason = "a program of its own")]

mod floors;
mod ours;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use rebooking_core::link::{LinkNonce, LinkPurpose, LinkSecret, LinkStamp};
use rebooking_core::testing::samples;
use rebooking_postgres::testing::{Cluster, Size, fill};
use sqlx::postgres::PgPoolOptions;

pub const COURSES: i64 = 1_000;

/// Results by what was measured and how many did it at once: a second's count, and the median in microseconds.
pub type Results = BTreeMap<(&'static str, usize), (f64, f64)>;

pub fn stamp(item: i64) -> LinkStamp {
    let nonce = LinkNonce(i128::from(item).to_le_bytes());
    samples::link_keys().stamp(LinkPurpose::Rebook, nonce).unwrap()
}

pub fn link(item: i64) -> LinkSecret {
    samples::link_keys().secret(LinkPurpose::Rebook, &stamp(item)).unwrap()
}

/// Where all of it happens.
pub struct Ground {
    pub cluster: Cluster,
    pub tokens: i64,
    pub time: Duration,
}

/// The links are divided among those who use them, so that nobody meets a used one.
impl Ground {
    fn part(&self, from: i64, to: i64) -> Range<i64> {
        1 + self.tokens * from / 24..1 + self.tokens * to / 24
    }

    /// For *choose*, spread over all courses.
    pub fn unused(&self) -> Range<i64> {
        self.part(0, 6)
    }

    /// For pgbench, another range for each of its six runs.
    pub fn for_pgbench(&self, clients: usize, place: usize) -> Range<i64> {
        let run = [1, 8, 32].iter().position(|known| *known == clients).unwrap_or_default() * 2 + place;
        let run = i64::try_from(run).unwrap();
        let width = (self.part(6, 15).end - self.part(6, 15).start) / 6;
        let start = self.part(6, 15).start + run * width;
        start..start + width
    }

    /// For *show*, never used up.
    pub fn shown(&self) -> Range<i64> {
        self.part(15, 18)
    }

    /// For *choose* on one date: all of them are of its course.
    pub fn hot(&self) -> Range<i64> {
        self.part(18, 24)
    }
}

/// Some link of a range, another one each time.
pub fn somewhere(links: &Range<i64>, client: usize) -> i64 {
    static STEP: AtomicI64 = AtomicI64::new(1);
    let step =
        STEP.fetch_add(1, Ordering::Relaxed).wrapping_mul(2_654_435_761) ^ i64::try_from(client).unwrap();
    links.start + (step & i64::MAX) % (links.end - links.start)
}

/// Has so many clients do something again and again; how often a second, and the median.
pub async fn measure<F>(
    clients: usize,
    time: Duration,
    work: impl Fn(usize) -> F + Send + Sync + 'static,
) -> (f64, f64)
where
    F: Future<Output = ()> + Send,
{
    let work = Arc::new(work);
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let work = Arc::clone(&work);
        tasks.spawn(async move {
            let mut took = Vec::new();
            while start.elapsed() < time {
                let began = Instant::now();
                work(client).await;
                took.push(began.elapsed());
            }
            took
        });
    }
    let mut took: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
    took.sort_unstable();
    let median = took.get(took.len() / 2).map_or(0.0, |median| median.as_secs_f64() * 1e6);
    (f64::from(u32::try_from(took.len()).unwrap()) / start.elapsed().as_secs_f64(), median)
}

fn setting(name: &str, default: i64) -> i64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn ratios(results: &Results) {
    println!("\n{:<44}{:>8}{:>12}{:>12}", "", "clients", "a second", "median us");
    for ((what, clients), (rate, median)) in results {
        println!("{what:<44}{clients:>8}{rate:>12.0}{median:>12.0}");
    }
    let rate =
        |what: &'static str, clients| results.get(&(what, clients)).map_or(f64::NAN, |(rate, _)| *rate);
    println!("\n{:<60}{:>8}{:>8}{:>8}{:>8}", "ratios", "1", "8", "32", "aim");
    for (what, ours, floor, aim) in [
        ("show / bare sqlx, the same one statement", "show, ours", "show, sqlx one statement", "0.9"),
        ("show / bare sqlx, two statements", "show, ours", "show, sqlx two statements", "0.9"),
        ("show / pgbench, two statements", "show, ours", "show, pgbench two statements", ""),
        ("choose / pgbench, seven statements", "choose, ours spread", "choose, pgbench seven spread", "0.75"),
        (
            "choose on one date / pgbench on one date",
            "choose, ours one date",
            "choose, pgbench seven one date",
            "",
        ),
        ("choose on one date / choose spread", "choose, ours one date", "choose, ours spread", "0.5"),
        (
            "pgbench on one date / pgbench spread",
            "choose, pgbench seven one date",
            "choose, pgbench seven spread",
            "",
        ),
    ] {
        let by_clients =
            [1, 8, 32].map(|clients| format!("{:>8.2}", rate(ours, clients) / rate(floor, clients)));
        println!("{what:<60}{}{aim:>8}", by_clients.concat());
    }
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let tokens = setting("REBOOKING_BENCH_TOKENS", 1_000_000);
    let time = Duration::from_secs(setting("REBOOKING_BENCH_SECONDS", 5).unsigned_abs());
    let cluster =
        Cluster::start(&["shared_buffers=1GB", "max_connections=120", "max_wal_size=4GB", "autovacuum=on"])
            .unwrap();
    cluster.migrated_database("load").await.unwrap();
    let pool = PgPoolOptions::new().max_connections(2).connect(&cluster.url("load")).await.unwrap();
    let began = Instant::now();
    fill(
        &pool,
        Size { tokens, hot: tokens / 4, courses: COURSES, requests: tokens / 10, done: tokens },
        stamp,
    )
    .await
    .unwrap();
    println!("{tokens} tokens and finished effects in {:?}", began.elapsed());
    let ground = Ground { cluster, tokens, time };
    let mut results = Results::new();
    for clients in [1, 8, 32] {
        floors::run(&ground, clients, &mut results).await;
        ours::run(&ground, clients, &mut results).await;
    }
    ratios(&results);
}
