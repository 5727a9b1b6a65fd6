//! How many requests stand to one key's account.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use tokio::time::Instant;

use super::rate::{Key, MAX, Rate, SHARED, SWEEP, TooOften};

/// Counts by key.
pub(super) struct Counter {
    limiter: RateLimiter<Key, DashMapStateStore<Key>, Watch, NoOpMiddleware<Nanos>>,
    watch: Watch,
    swept: Mutex<Instant>,
    /// No fewer than there are: to count them takes every lock, so each request is taken for that
    /// of somebody new until the next count.
    kept: AtomicUsize,
    /// Until the next sweep.
    full: AtomicBool,
    most: usize,
}

impl Counter {
    pub(super) fn new(rate: Rate) -> Self {
        let watch = Watch(Instant::now());
        let quota = Quota::per_minute(rate.per_minute).allow_burst(rate.at_once);
        Self {
            limiter: RateLimiter::new(quota, DashMapStateStore::default(), watch.clone()),
            watch,
            swept: Mutex::new(Instant::now()),
            kept: AtomicUsize::new(0),
            full: AtomicBool::new(false),
            most: MAX,
        }
    }

    pub(super) fn count(&self, key: Key) -> Result<(), TooOften> {
        self.sweep();
        let key = if self.has_room() { key } else { key % SHARED };
        self.limiter
            .check_key(&key)
            .map_err(|full| TooOften::for_so_long(full.wait_time_from(self.watch.now())))
    }

    fn has_room(&self) -> bool {
        if self.kept.fetch_add(1, Ordering::Relaxed) < self.most {
            return true;
        }
        !self.full.load(Ordering::Relaxed) && self.recount()
    }

    /// Whether there is room.
    fn recount(&self) -> bool {
        let kept = self.limiter.len();
        self.kept.store(kept, Ordering::Relaxed);
        self.full.store(kept >= self.most, Ordering::Relaxed);
        kept < self.most
    }

    /// Whoever is first after each second does it; nobody waits for it.
    fn sweep(&self) {
        let Ok(mut swept) = self.swept.try_lock() else { return };
        if swept.elapsed() >= SWEEP {
            *swept = Instant::now();
            self.limiter.retain_recent();
            self.recount();
        }
    }
}

/// The time since the start, by tokio's clock: a test may turn it.
#[derive(Clone, Debug)]
struct Watch(Instant);

impl Clock for Watch {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn counter(at_once: u32, per_minute: u32) -> Counter {
        Counter::new(Rate::new(at_once, per_minute))
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_at_once_and_then_one_after_each_pause() {
        let counter = counter(3, 30);
        for _ in 0..3 {
            assert_eq!(counter.count(1), Ok(()));
        }
        assert_eq!(counter.count(1), Err(TooOften { seconds: 2 }));
        assert_eq!(counter.count(2), Ok(()), "another key is another count");
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(counter.count(1), Ok(()));
        assert_eq!(counter.count(1), Err(TooOften { seconds: 2 }));
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_not_asked_for_a_while_is_not_remembered() {
        let counter = counter(3, 60);
        for key in 0..256 {
            assert_eq!(counter.count(key), Ok(()));
        }
        assert_eq!(counter.limiter.len(), 256);
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(counter.count(1_000), Ok(()));
        assert_eq!(counter.limiter.len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_keys_takes_no_more_memory_than_is_set_aside() {
        let counter = Counter { most: 1_000, ..counter(1, 1) };
        for key in 0..20_000_u128 {
            counter.count(key << 64 | key).ok();
        }
        let kept = counter.limiter.len();
        assert!(kept <= 1_000 + 4_096, "{kept}");
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_asks_often_is_not_taken_for_a_flood() {
        let counter = Counter { most: 10, ..counter(100, 1) };
        for _ in 0..100 {
            assert_eq!(counter.count(1 << 64), Ok(()));
        }
        assert_eq!(counter.limiter.len(), 1, "the same one shares no count");
    }
}
