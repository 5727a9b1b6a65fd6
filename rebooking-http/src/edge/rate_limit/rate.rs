//! A rate, what stands for whom it holds, and that it was passed.

use std::num::NonZeroU32;
use std::time::Duration;

/// So many at once, and then so many a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub(super) at_once: NonZeroU32,
    pub(super) per_minute: NonZeroU32,
}

impl Rate {
    /// `at_once` without any pause, and after that `per_minute`, evenly. Zero counts as one.
    #[must_use]
    pub fn new(at_once: u32, per_minute: u32) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self { at_once: at_least_one(at_once), per_minute: at_least_one(per_minute) }
    }
}

/// Somebody asked too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// After so many seconds once more.
    pub(crate) seconds: i64,
}

impl TooOften {
    /// Rounded up: a moment too early would be refused once more.
    pub(super) fn for_so_long(wait: Duration) -> Self {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        Self { seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
    }
}

/// What stands for an address or a link, and tells nothing of it.
pub(super) type Key = u128;

/// So many may be counted apart at once. Beyond that some share a count: a flood of addresses takes
/// no more memory than this.
pub(super) const MAX: usize = 100_000;
pub(super) const SHARED: Key = 4_096;

/// How often those are let go who have not asked for long enough to be free again.
pub(super) const SWEEP: Duration = Duration::from_secs(1);
