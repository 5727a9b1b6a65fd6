//! One measurement: so many clients do something again and again.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often, how often a second, and the median time of one, and what one in a hundred exceeds.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub count: usize,
    pub rate: f64,
    pub median: Duration,
    pub p99: Duration,
}

impl Sample {
    pub fn from_durations(mut took: Vec<Duration>, in_all: Duration) -> Self {
        took.sort_unstable();
        let count = took.len();
        let median = took.get(count / 2).copied().expect("something was done");
        Self {
            count,
            rate: f64::from(u32::try_from(count).unwrap()) / in_all.as_secs_f64(),
            median,
            p99: took.get(count * 99 / 100).copied().unwrap_or(median),
        }
    }
}

/// Has each client do `work` until the time is over.
pub async fn measure<F>(
    clients: usize,
    time: Duration,
    work: impl Fn() -> F + Send + Sync + 'static,
) -> Sample
where
    F: Future<Output = ()> + Send,
{
    let work = Arc::new(work);
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let work = Arc::clone(&work);
        tasks.spawn(async move {
            let mut took = Vec::new();
            let mut began = start;
            while began.duration_since(start) < time {
                work().await;
                let now = Instant::now();
                took.push(now - began);
                began = now;
            }
            took
        });
    }
    let took = tasks.join_all().await.into_iter().flatten().collect();
    Sample::from_durations(took, start.elapsed())
}
