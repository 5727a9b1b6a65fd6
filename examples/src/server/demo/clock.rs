//! The clock of the demo: the machine's, moved by whoever plays.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::{Clock, async_trait};
use rebooking_core::system::SystemClock;

/// The machine's clock, so many seconds ahead of itself. A clone is another handle to the same
/// clock.
///
/// A pause lasts as long as it does on the machine: whoever waits for an answer does not get it
/// sooner because the calendar has moved.
#[derive(Clone, Debug, Default)]
pub(crate) struct DemoClock(Arc<AtomicI64>);

impl DemoClock {
    /// Ten years: what is seen has an end long before, and every moment remains one.
    const MAX_AHEAD: TimeDelta = TimeDelta::days(3_650);

    /// How far it is ahead of the machine; less than nothing where it is behind.
    pub(super) fn ahead(&self) -> TimeDelta {
        TimeDelta::seconds(self.0.load(Ordering::SeqCst))
    }

    /// Shows a moment so far ahead of the machine's from now on, at most ten years.
    pub(super) fn set_ahead(&self, ahead: TimeDelta) {
        let ahead = ahead.clamp(-Self::MAX_AHEAD, Self::MAX_AHEAD);
        self.0.store(ahead.num_seconds(), Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.ahead()
    }

    async fn sleep(&self, time: Duration) {
        SystemClock.sleep(time).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handle_sees_that_it_was_moved() {
        let clock = DemoClock::default();
        let (other, before) = (clock.clone(), SystemClock.now());
        clock.set_ahead(TimeDelta::days(7));
        assert!(other.now() - before >= TimeDelta::days(7));
    }

    #[test]
    fn it_is_never_moved_to_where_no_moment_is() {
        let clock = DemoClock::default();
        clock.set_ahead(TimeDelta::MAX);
        assert_eq!(clock.ahead(), DemoClock::MAX_AHEAD);
    }
}
