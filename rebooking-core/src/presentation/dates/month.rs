//! The months that dates fall into, on the venue's calendar, and a month as a calendar sheet.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use crate::eligibility::Offer;

/// A month with all of its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Month<'a> {
    /// Its first day.
    pub begins: NaiveDate,
    /// By the time that they begin.
    pub dates: Vec<&'a Offer>,
}

/// A day on a calendar sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Day<'a> {
    /// Which it is.
    pub day: NaiveDate,
    /// The dates that begin on it, by the time that they do.
    pub dates: Vec<&'a Offer>,
}

/// From Monday to Sunday. Days of the month before or after are none.
pub type Week<'a> = [Option<Day<'a>>; 7];

/// The months in their order, each date in the one that it begins in. A month without a date is
/// left out.
#[must_use]
pub fn by_month<'a>(offers: &[&'a Offer]) -> Vec<Month<'a>> {
    let mut months: BTreeMap<NaiveDate, Vec<&'a Offer>> = BTreeMap::new();
    for offer in offers {
        months.entry(first_of_month(day(offer))).or_default().push(offer);
    }
    let month = |(begins, mut dates): (NaiveDate, Vec<&'a Offer>)| {
        dates.sort_by_key(|offer| (offer.date().slot.starts_at, offer.date().id()));
        Month { begins, dates }
    };
    months.into_iter().map(month).collect()
}

impl<'a> Month<'a> {
    /// All of its days, week by week.
    #[must_use]
    pub fn weeks(&self) -> Vec<Week<'a>> {
        let days = self.begins.iter_days().take_while(|day| day.month() == self.begins.month());
        let mut weeks: Vec<Week<'a>> = Vec::new();
        for today in days {
            let weekday = today.weekday().num_days_from_monday();
            if weekday == 0 || weeks.is_empty() {
                weeks.push(Week::default());
            }
            let dates = self.dates.iter().copied().filter(|offer| day(offer) == today).collect();
            let place = weeks.last_mut().and_then(|week| week.get_mut(weekday as usize));
            if let Some(place) = place {
                *place = Some(Day { day: today, dates });
            }
        }
        weeks
    }
}

fn day(offer: &Offer) -> NaiveDate {
    offer.date().slot.local_start().date()
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
