//! How many wrong access tokens came from where. Only wrong ones count, and beyond the limit none
//! is looked at: who goes on guessing would not even learn of the right one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::rate::{Key, MAX, Rate, SHARED, SWEEP, TooOften};

/// A leaky bucket a key: each wrong token puts one in, and time takes them out.
pub(super) struct FailedLogins {
    buckets: Mutex<Buckets>,
    /// How long one stays in.
    each: Duration,
    /// How long a full bucket takes.
    all: Duration,
}

struct Buckets {
    /// When each will be empty.
    empty_at: HashMap<Key, Instant>,
    swept: Instant,
}

impl FailedLogins {
    pub(super) fn new(rate: Rate) -> Self {
        let each = Duration::from_secs(60) / rate.per_minute.get();
        let buckets = Mutex::new(Buckets { empty_at: HashMap::new(), swept: Instant::now() });
        Self { buckets, each, all: each * rate.at_once.get() }
    }

    /// Whether there is room for one more.
    pub(super) fn may_try(&self, key: Key) -> Result<(), TooOften> {
        let Buckets { empty_at, .. } = &*self.buckets();
        // Nearly always nobody is wrong.
        if empty_at.is_empty() {
            return Ok(());
        }
        let now = Instant::now();
        let left = |key| empty_at.get(&key).map(|empty_at| empty_at.saturating_duration_since(now));
        let left = left(key).or_else(|| left(key % SHARED)).unwrap_or_default();
        let wait = (left + self.each).saturating_sub(self.all);
        if wait.is_zero() { Ok(()) } else { Err(TooOften::for_so_long(wait)) }
    }

    pub(super) fn count(&self, key: Key) {
        let Buckets { empty_at, swept } = &mut *self.buckets();
        let now = Instant::now();
        if empty_at.len() >= MAX && now - *swept >= SWEEP {
            empty_at.retain(|_, empty_at| *empty_at > now);
            *swept = now;
        }
        let key =
            if empty_at.len() < MAX || empty_at.contains_key(&key) { key } else { key % SHARED };
        let bucket = empty_at.entry(key).or_insert(now);
        *bucket = (*bucket).max(now) + self.each;
    }

    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn so_many_may_be_wrong_and_then_one_after_each_pause() {
        let wrong = FailedLogins::new(Rate::new(3, 6));
        for _ in 0..3 {
            assert_eq!(wrong.may_try(1 << 64), Ok(()));
            wrong.count(1 << 64);
        }
        assert_eq!(wrong.may_try(1 << 64), Err(TooOften { seconds: 10 }));
        assert_eq!(wrong.may_try(2 << 64 | 1), Ok(()), "another caller is another count");
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!(wrong.may_try(1 << 64), Ok(()));
        assert_eq!(wrong.may_try(1 << 64), Ok(()), "who is not wrong is not counted");
        wrong.count(1 << 64);
        assert_eq!(wrong.may_try(1 << 64), Err(TooOften { seconds: 10 }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_keys_takes_no_more_memory_than_is_set_aside() {
        let wrong = FailedLogins::new(Rate::new(1, 1));
        for key in 0..(MAX + 10_000) as u128 {
            wrong.count(key << 64 | key);
        }
        assert!(wrong.buckets().empty_at.len() <= MAX + 4_096);
        assert!(wrong.may_try(u128::MAX).is_err(), "they share a count");
    }
}
