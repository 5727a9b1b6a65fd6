//! Time in the simulation: it moves only when the schedule says so, or when everybody waits for it.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::Clock;

#[derive(Clone)]
pub(crate) struct SimClock(Arc<Mutex<State>>);

struct State {
    now: DateTime<Utc>,
    sleepers: BTreeSet<(DateTime<Utc>, u64)>,
    next: u64,
}

impl SimClock {
    pub(crate) fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(State { now, sleepers: BTreeSet::new(), next: 0 })))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.0.lock().unwrap().now += by;
    }

    /// Everybody waits: moves on to whoever wakes first. False when nobody sleeps.
    pub(crate) fn wake_next(&self) -> bool {
        let mut state = self.0.lock().unwrap();
        let Some((deadline, _)) = state.sleepers.first().copied() else { return false };
        state.now = state.now.max(deadline);
        true
    }
}

/// Takes its entry out also when it is dropped half-way.
struct Sleep {
    clock: SimClock,
    entry: (DateTime<Utc>, u64),
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.0.lock().unwrap().sleepers.remove(&self.entry);
    }
}

#[async_trait]
impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().now
    }

    async fn sleep(&self, time: Duration) {
        let sleep = {
            let mut state = self.0.lock().unwrap();
            let entry = (state.now + TimeDelta::from_std(time).unwrap(), state.next);
            state.next += 1;
            state.sleepers.insert(entry);
            Sleep { clock: self.clone(), entry }
        };
        poll_fn(
            |_| if sleep.clock.now() >= sleep.entry.0 { Poll::Ready(()) } else { Poll::Pending },
        )
        .await;
    }
}
