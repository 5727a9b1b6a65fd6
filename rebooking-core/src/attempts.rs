//! How often a wrong e-mail address was tried on one link.

use chrono::{DateTime, Utc};

use crate::policy::AttemptLimits;

/// Wrong addresses so far: the recent ones by time, and how many in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Attempts {
    /// When the latest ones were made, oldest first; no more than the window's limit are kept.
    pub recent: Vec<DateTime<Utc>>,
    /// How many in all.
    pub total: u32,
}

/// No further address may be tried on this link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Locked {
    /// When the next one may be tried; `None` means never, only support can help.
    pub until: Option<DateTime<Utc>>,
}

impl Attempts {
    /// Whether an address may be tried now.
    ///
    /// # Errors
    /// [`Locked`] when too many were wrong, in the window or in all.
    pub fn open(&self, limits: AttemptLimits, now: DateTime<Utc>) -> Result<(), Locked> {
        if self.total >= limits.in_all {
            return Err(Locked { until: None });
        }
        let mut in_window = self.recent.iter().filter(|at| **at + limits.window > now);
        let count = in_window.clone().count();
        match in_window.next() {
            Some(oldest) if count >= limits.in_window as usize => {
                Err(Locked { until: Some(*oldest + limits.window) })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Counts one wrong address.
    #[must_use]
    pub fn one_more(&self, limits: AttemptLimits, now: DateTime<Utc>) -> Self {
        let kept = limits.in_window.saturating_sub(1) as usize;
        let mut recent: Vec<_> = self.recent.iter().rev().take(kept).rev().copied().collect();
        recent.push(now);
        Self { recent, total: self.total.saturating_add(1) }
    }

    /// How many wrong addresses are left before the link locks.
    #[must_use]
    pub fn left(&self, limits: AttemptLimits, now: DateTime<Utc>) -> u32 {
        let in_window = self.recent.iter().filter(|at| **at + limits.window > now).count();
        let in_window = u32::try_from(in_window).unwrap_or(u32::MAX);
        limits.in_window.saturating_sub(in_window).min(limits.in_all.saturating_sub(self.total))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const LIMITS: AttemptLimits =
        AttemptLimits { in_window: 5, window: TimeDelta::minutes(15), in_all: 20 };

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn after(count: u32, every: TimeDelta) -> Attempts {
        (0..count).fold(Attempts::default(), |attempts, n| {
            attempts.one_more(LIMITS, start() + every * i32::try_from(n).unwrap())
        })
    }

    #[test]
    fn the_sixth_wrong_address_within_a_quarter_of_an_hour_is_not_even_looked_at() {
        let attempts = after(5, TimeDelta::minutes(1));
        let now = start() + TimeDelta::minutes(5);
        assert_eq!(
            attempts.open(LIMITS, now),
            Err(Locked { until: Some(start() + LIMITS.window) })
        );
        assert_eq!(attempts.left(LIMITS, now), 0);
    }

    #[test]
    fn the_window_slides_and_opens_at_the_instant_the_oldest_leaves_it() {
        let attempts = after(5, TimeDelta::minutes(1));
        let opens = start() + LIMITS.window;
        assert!(attempts.open(LIMITS, opens - TimeDelta::nanoseconds(1)).is_err());
        assert_eq!(attempts.open(LIMITS, opens), Ok(()));
        assert_eq!(attempts.left(LIMITS, opens), 1);
    }

    #[test]
    fn after_twenty_in_all_only_support_can_help() {
        let attempts = after(20, TimeDelta::hours(1));
        assert_eq!(
            attempts.open(LIMITS, start() + TimeDelta::days(300)),
            Err(Locked { until: None })
        );
    }
}
