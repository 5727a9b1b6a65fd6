//! How often somebody may ask: by the caller's address, and by the link that is asked about.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, Once};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;

use crate::client_address::{Caller, told_apart};
use crate::reply::Fault;

/// How often somebody may ask. Both count in this process only; a store that several servers share has limits of its own for wrong
/// addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// By the caller's address, of IPv6 by the first 64 bits: 240 at once, 240 a minute. `None` for no limit. It takes a
    /// [`ClientAddress`](crate::ClientAddress), and behind a proxy [`TrustedProxies`](crate::TrustedProxies): otherwise the proxy's one
    /// address stands for all callers, which is logged as a warning as soon as it is seen.
    pub per_address: Option<Rate>,
    /// By the link that is asked about, whoever asks: 30 at once, 30 a minute. `None` for no limit.
    pub per_link: Option<Rate>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { per_address: Some(Rate::new(240, 240)), per_link: Some(Rate::new(30, 30)) }
    }
}

/// So many at once, and then so many a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    at_once: NonZeroU32,
    per_minute: NonZeroU32,
}

impl Rate {
    /// `at_once` without any pause, and after that `per_minute`, evenly. Zero counts as one.
    #[must_use]
    pub fn new(at_once: u32, per_minute: u32) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self { at_once: at_least_one(at_once), per_minute: at_least_one(per_minute) }
    }

    fn quota(self) -> Quota {
        Quota::per_minute(self.per_minute).allow_burst(self.at_once)
    }
}

/// Somebody asked too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// After so many seconds once more.
    pub(crate) seconds: i64,
}

impl From<TooOften> for Fault {
    fn from(TooOften { seconds }: TooOften) -> Self {
        Self::TooManyRequests { seconds }
    }
}

/// Counts requests.
pub(crate) struct Limits {
    /// Makes the digests of this process its own, so that nobody can tell from one who or which link it stands for.
    seed: [u8; 16],
    per_address: Option<Counter>,
    per_link: Option<Counter>,
    /// What is wrong with callers' addresses is logged once.
    warned: Once,
}

impl Limits {
    pub(crate) fn new(limits: RateLimits, seed: [u8; 16]) -> Self {
        Self {
            seed,
            per_address: limits.per_address.map(Counter::new),
            per_link: limits.per_link.map(Counter::new),
            warned: Once::new(),
        }
    }

    /// The address to count by. Warns where it is none, or that of many.
    pub(crate) fn known(&self, caller: Option<Caller>) -> Option<IpAddr> {
        let counts = self.per_address.is_some();
        match &caller {
            None if counts => self.warned.call_once(|| {
                tracing::warn!("no limit by address holds: requests come without a ClientAddress");
            }),
            Some(Caller { through_a_stranger: true, .. }) if counts => self.warned.call_once(|| {
                tracing::warn!(
                    "requests come through a proxy that is not trusted, so all its callers share one limit: set trusted proxies"
                );
            }),
            Some(_) | None => {}
        }
        caller.map(|caller| caller.address)
    }

    /// Counts a request of this address.
    pub(crate) fn address(&self, address: IpAddr) -> Result<(), TooOften> {
        let Some(counter) = &self.per_address else { return Ok(()) };
        match told_apart(address) {
            IpAddr::V4(short) => counter.count(self.key(&short.octets())),
            IpAddr::V6(long) => counter.count(self.key(&long.octets())),
        }
    }

    /// Counts a request about this link.
    pub(crate) fn link(&self, link: &str) -> Result<(), TooOften> {
        self.per_link.as_ref().map_or(Ok(()), |counter| counter.count(self.key(link.as_bytes())))
    }

    fn key(&self, of: &[u8]) -> Key {
        let digest = Sha256::new_with_prefix(self.seed).chain_update(of).finalize();
        digest.first_chunk().copied().map(u128::from_le_bytes).unwrap_or_default()
    }
}

/// What stands for an address or a link, and tells nothing of it.
type Key = u128;

/// So many may be counted apart at once. Beyond that some share a count: a flood of addresses takes no more memory than this.
const MOST: usize = 100_000;
const SHARED: Key = 4_096;

/// How often those are let go who have not asked for long enough to be free again.
const SWEEP: Duration = Duration::from_secs(1);

struct Counter {
    limiter: RateLimiter<Key, DashMapStateStore<Key>, Watch, NoOpMiddleware<Nanos>>,
    watch: Watch,
    swept: Mutex<Instant>,
    most: usize,
}

impl Counter {
    fn new(rate: Rate) -> Self {
        let watch = Watch(Instant::now());
        let limiter = RateLimiter::new(rate.quota(), DashMapStateStore::default(), watch.clone());
        Self { limiter, watch, swept: Mutex::new(Instant::now()), most: MOST }
    }

    fn count(&self, key: Key) -> Result<(), TooOften> {
        self.sweep();
        let key = if self.limiter.len() < self.most { key } else { key % SHARED };
        self.limiter.check_key(&key).map_err(|full| {
            let wait = full.wait_time_from(self.watch.now());
            // Rounded up: a moment too early would be refused once more.
            let seconds = wait.as_millis().div_ceil(1000).max(1);
            TooOften { seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
        })
    }

    /// Whoever is first after each second does it; nobody waits for it.
    fn sweep(&self) {
        let Ok(mut swept) = self.swept.try_lock() else { return };
        if swept.elapsed() >= SWEEP {
            *swept = Instant::now();
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
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
    use super::*;

    fn limits(at_once: u32, per_minute: u32) -> Limits {
        let rate = Some(Rate::new(at_once, per_minute));
        Limits::new(RateLimits { per_address: rate, per_link: rate }, [7; 16])
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_at_once_and_then_one_after_each_pause() {
        let limits = limits(3, 30);
        for _ in 0..3 {
            assert_eq!(limits.link("a"), Ok(()));
        }
        assert_eq!(limits.link("a"), Err(TooOften { seconds: 2 }));
        assert_eq!(limits.link("b"), Ok(()), "another link is another count");
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(limits.link("a"), Ok(()));
        assert_eq!(limits.link("a"), Err(TooOften { seconds: 2 }));
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_not_asked_for_a_while_is_not_remembered() {
        let limits = limits(3, 60);
        let counter = limits.per_address.as_ref().unwrap();
        for last in 0..=255 {
            assert_eq!(limits.address(IpAddr::from([10, 0, 0, last])), Ok(()));
        }
        assert_eq!(counter.limiter.len(), 256);
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(limits.address(IpAddr::from([10, 1, 0, 0])), Ok(()));
        assert_eq!(counter.limiter.len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_addresses_takes_no_more_memory_than_is_set_aside() {
        let mut limits = limits(1, 1);
        let counter = limits.per_address.as_mut().unwrap();
        counter.most = 1_000;
        for number in 0..20_000_u32 {
            limits.address(IpAddr::from(number.to_be_bytes())).ok();
        }
        let kept = limits.per_address.as_ref().unwrap().limiter.len();
        assert!(kept <= 1_000 + 4_096, "{kept}");
    }

    #[tokio::test]
    async fn what_is_kept_is_neither_the_link_nor_the_same_in_another_process() {
        let other = Limits::new(RateLimits::default(), [8; 16]);
        assert_ne!(limits(1, 1).key(b"link"), other.key(b"link"));
        assert_eq!(other.key(b"link"), other.key(b"link"));
    }
}
