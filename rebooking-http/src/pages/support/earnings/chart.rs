//! Conversions by month as bars: how many cases began, and how many of them were rebooked and
//! confirmed. As numbers for a template; the style sheet has the colours, in light and in dark.

use chrono::{Datelike as _, Months, NaiveDate};
use rebooking_core::ports::reports::Earnings;

/// The height of the tallest bar.
pub(super) const HEIGHT: u64 = 160;
/// The width of a month, of which the bars take two thirds.
pub(super) const STEP: u64 = 48;
/// The most months that are drawn, the latest of them: more would be too narrow to be told apart.
pub(super) const MAX_MONTHS: usize = 36;

/// A month with the heights of its bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bars {
    pub(super) month: (i32, u32),
    pub(super) declined: u64,
    pub(super) rebooked: u64,
    pub(super) confirmed: u64,
    /// Of the cases that began, those that were rebooked and those that were confirmed.
    pub(super) heights: [u64; 3],
}

/// Every month from the first to the last that has a case, those without any included, so that the
/// months stand as far apart as they are. `months` are in their order, each once.
pub(super) fn bars(months: &[Earnings]) -> Vec<Bars> {
    let tallest = months.iter().map(|row| row.declined).max().unwrap_or(0);
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Vec::new() };
    let span = between(first.month, last.month);
    let late = span.len().saturating_sub(MAX_MONTHS);
    span.into_iter()
        .skip(late)
        .map(|month| {
            let row = months.iter().find(|row| row.month == month);
            let funnel = row.map(Earnings::funnel).unwrap_or_default();
            let [declined, _, _, rebooked, confirmed] = funnel;
            let height = |count: u64| (count * HEIGHT).checked_div(tallest).unwrap_or(0);
            let heights = [declined, rebooked, confirmed].map(height);
            Bars { month, declined, rebooked, confirmed, heights }
        })
        .collect()
}

/// Each month from one to another.
fn between(first: (i32, u32), last: (i32, u32)) -> Vec<(i32, u32)> {
    let day = |(year, month)| NaiveDate::from_ymd_opt(year, month, 1);
    let (Some(first), Some(last)) = (day(first), day(last)) else { return Vec::new() };
    let next = |day: &NaiveDate| day.checked_add_months(Months::new(1));
    let days = std::iter::successors(Some(first), next).take_while(|day| *day <= last);
    days.map(|day| (day.year(), day.month())).collect()
}

#[cfg(test)]
mod tests {
    use rebooking_core::value::ids::{CourseId, PartnerId};
    use rebooking_core::value::money::Currency;

    use super::*;

    fn month(month: (i32, u32), declined: u64, rebooked: u64, confirmed: u64) -> Earnings {
        let course = (CourseId::new(40), "Sushi".to_owned());
        let row = Earnings::nothing(PartnerId::new(5), course, month, Currency::EUR);
        Earnings { declined, rebooked, confirmed, ..row }
    }

    #[test]
    fn every_month_has_its_bars_and_one_without_cases_keeps_its_place() {
        let drawn = bars(&[month((2026, 11), 10, 5, 4), month((2027, 1), 20, 20, 0)]);
        let heights: Vec<_> = drawn.iter().map(|bars| (bars.month, bars.heights)).collect();
        assert_eq!(
            heights,
            [((2026, 11), [80, 40, 32]), ((2026, 12), [0, 0, 0]), ((2027, 1), [160, 160, 0])]
        );
        assert_eq!(bars(&[]), []);
    }

    #[test]
    fn of_many_months_the_latest_are_drawn() {
        let drawn = bars(&[month((2020, 1), 1, 0, 0), month((2027, 6), 1, 1, 1)]);
        assert_eq!(drawn.len(), MAX_MONTHS);
        assert_eq!(drawn[0].month, (2024, 7));
        assert_eq!(drawn[MAX_MONTHS - 1].heights, [HEIGHT; 3]);
    }
}
