//! How long this process itself was kept from running, on a machine that is busy elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

const TICK: Duration = Duration::from_millis(10);

/// Measures it from its start to its drop. What takes its time without us is not held against the
/// store.
pub struct Lag {
    late: Arc<AtomicU64>,
    ticking: JoinHandle<()>,
}

impl Lag {
    pub fn start() -> Self {
        let late = Arc::new(AtomicU64::new(0));
        let noted = Arc::clone(&late);
        let ticking = tokio::spawn(async move {
            loop {
                let began = Instant::now();
                sleep(TICK).await;
                let over = began.elapsed().saturating_sub(TICK + Duration::from_millis(5));
                noted.fetch_add(u64::try_from(over.as_millis()).unwrap(), Ordering::Relaxed);
            }
        });
        Self { late, ticking }
    }

    /// All of it so far.
    pub fn so_far(&self) -> Duration {
        Duration::from_millis(self.late.load(Ordering::Relaxed))
    }
}

impl Drop for Lag {
    fn drop(&mut self) {
        self.ticking.abort();
    }
}
