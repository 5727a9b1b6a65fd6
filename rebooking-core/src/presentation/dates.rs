//! Many dates on one page: narrowed by weekday and time of day, the nearest first, then by month,
//! and a month as a calendar sheet. Pure; none loses a date, and none shows one twice.

mod filter;
mod month;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::eligibility::Offer;

pub use filter::{DateFilter, TimeOfDay};
pub use month::{Day, Month, Week, by_month};

/// Dates in the order in which somebody looks for one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arranged<'a> {
    /// The partner's proposals, then what lies nearest to the date that was lost.
    pub nearest: Vec<&'a Offer>,
    /// All others by month.
    pub months: Vec<Month<'a>>,
}

/// Puts first what is most likely to be chosen: every proposal, and as many of those that lie
/// nearest to `lost` as make `first` together. Of two that lie equally near the earlier goes first.
#[must_use]
pub fn arrange<'a>(offers: &[&'a Offer], lost: DateTime<Utc>, first: usize) -> Arranged<'a> {
    let mut nearest = offers.to_vec();
    nearest.sort_by_key(|offer| {
        let slot = offer.date().slot;
        (!offer.proposed(), (slot.starts_at - lost).abs(), slot.starts_at, slot.id)
    });
    let proposed = offers.iter().filter(|offer| offer.proposed()).count();
    let others = nearest.split_off(nearest.len().min(first.max(proposed)));
    Arranged { nearest, months: by_month(&others) }
}
