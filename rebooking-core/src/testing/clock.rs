//! A clock that stands still until it is set, and secrets that come in a known order.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::{Clock, PortError, SecretSource};

/// A clock that moves only when somebody moves it. A clone is another handle to the same clock.
///
/// A sleep ends once the clock has been moved to its deadline. A
/// [self-winding](SettableClock::self_winding) clock moves by itself when a sleep has been asked in
/// vain a few times: then nothing else is going on, and a call that hangs ends by its deadline. It
/// needs neither timers nor a runtime, so the same program runs the same way each time.
#[derive(Clone, Debug)]
pub struct SettableClock(Arc<Mutex<Face>>);

#[derive(Debug)]
struct Face {
    now: DateTime<Utc>,
    winds_itself: bool,
    sleepers: BTreeMap<u64, Sleeper>,
    next: u64,
}

#[derive(Debug)]
struct Sleeper {
    deadline: DateTime<Utc>,
    waker: Option<Waker>,
    asked: u32,
}

/// How often the sleep that ends first is asked before the clock winds itself on. Others go on as
/// long as nobody asks them.
const PATIENCE: u32 = 16;
/// How often any sleep is asked at most: the one that ends first may have been set aside.
const LAST_PATIENCE: u32 = 16 * PATIENCE;

impl SettableClock {
    /// A clock that shows a moment until it is set.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        let face = Face { now, winds_itself: false, sleepers: BTreeMap::new(), next: 0 };
        Self(Arc::new(Mutex::new(face)))
    }

    /// A clock that moves on by itself to the end of a sleep when nothing else is going on.
    #[must_use]
    pub fn self_winding(now: DateTime<Utc>) -> Self {
        let clock = Self::at(now);
        clock.face().winds_itself = true;
        clock
    }

    /// Shows this moment from now on, be it earlier or later.
    pub fn set(&self, now: DateTime<Utc>) {
        let due = self.face().show(now);
        due.into_iter().for_each(Waker::wake);
    }

    /// Moves on by a span.
    pub fn advance(&self, by: TimeDelta) {
        let due = {
            let mut face = self.face();
            let now = face.now + by;
            face.show(now)
        };
        due.into_iter().for_each(Waker::wake);
    }

    fn face(&self) -> MutexGuard<'_, Face> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Face {
    /// Whoever's time has come is woken by the caller, once the lock is released.
    fn show(&mut self, now: DateTime<Utc>) -> Vec<Waker> {
        self.now = now;
        self.sleepers
            .values_mut()
            .filter_map(|sleeper| {
                sleeper.asked = 0;
                if sleeper.deadline <= now { sleeper.waker.take() } else { None }
            })
            .collect()
    }

    fn first_deadline(&self) -> Option<DateTime<Utc>> {
        self.sleepers.values().map(|sleeper| sleeper.deadline).min()
    }
}

#[async_trait]
impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        self.face().now
    }

    async fn sleep(&self, time: Duration) {
        Sleep::new(self, time).await;
    }
}

struct Sleep {
    clock: SettableClock,
    id: u64,
}

impl Sleep {
    fn new(clock: &SettableClock, time: Duration) -> Self {
        let mut face = clock.face();
        let span = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
        let deadline = face.now.checked_add_signed(span).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let id = face.next;
        face.next += 1;
        face.sleepers.insert(id, Sleeper { deadline, waker: None, asked: 0 });
        drop(face);
        Self { clock: clock.clone(), id }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut face = self.clock.face();
        let (now, winds_itself, first) = (face.now, face.winds_itself, face.first_deadline());
        let Some(sleeper) = face.sleepers.get_mut(&self.id) else { return Poll::Ready(()) };
        if sleeper.deadline <= now {
            return Poll::Ready(());
        }
        sleeper.waker = Some(context.waker().clone());
        if !winds_itself {
            return Poll::Pending;
        }
        sleeper.asked += 1;
        let (asked, deadline) = (sleeper.asked, sleeper.deadline);
        let patience = if first == Some(deadline) { PATIENCE } else { LAST_PATIENCE };
        let due = if asked > patience { face.show(deadline) } else { Vec::new() };
        drop(face);
        if due.is_empty() {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        due.into_iter().for_each(Waker::wake);
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.face().sleepers.remove(&self.id);
    }
}

/// Secrets that are all different and the same in each run. A clone goes on counting with the
/// original.
#[derive(Clone, Debug, Default)]
pub struct CountingSecrets(Arc<AtomicU64>);

impl SecretSource for CountingSecrets {
    fn bytes(&self) -> Result<[u8; 16], PortError> {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        // Each half is one to one in the count, so no two are alike.
        let halves = u128::from(scatter(count)) << 64 | u128::from(scatter(!count));
        Ok(halves.to_le_bytes())
    }
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
const fn scatter(count: u64) -> u64 {
    let mut mixed = count.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use futures_util::future::{join, pending, select};

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    #[tokio::test]
    async fn a_sleep_ends_when_the_clock_is_moved_to_its_deadline() {
        let clock = SettableClock::at(start());
        let mover = async {
            for _ in 0..2 {
                tokio::task::yield_now().await;
                clock.advance(TimeDelta::seconds(30));
            }
        };
        join(clock.sleep(MINUTE), mover).await;
        assert_eq!(clock.now(), start() + TimeDelta::minutes(1));
    }

    #[tokio::test]
    async fn a_self_winding_clock_ends_what_hangs_and_the_shorter_sleep_first() {
        let clock = SettableClock::self_winding(start());
        let first = select(clock.sleep(2 * MINUTE), clock.sleep(MINUTE));
        select(pending::<()>(), first).await;
        assert_eq!(clock.now(), start() + TimeDelta::minutes(1));
    }

    #[test]
    fn a_sleep_that_is_dropped_is_forgotten() {
        let clock = SettableClock::self_winding(start());
        drop(Sleep::new(&clock, MINUTE));
        assert!(clock.face().sleepers.is_empty());
    }

    #[test]
    fn no_two_secrets_are_alike_and_each_run_has_the_same() {
        let run = || -> BTreeSet<_> {
            let secrets = CountingSecrets::default();
            (0..1000).map(|_| secrets.bytes().unwrap()).collect()
        };
        assert_eq!(run().len(), 1000);
        assert_eq!(run(), run());
    }
}
