//! Examples of each, and the properties: whatever the dates, none is lost and none is doubled.

use chrono::{NaiveDate, TimeDelta, Weekday};
use proptest::prelude::*;

use super::*;
use crate::eligibility::{Eligibility, RuleSet};
use crate::policy::Policy;
use crate::testing::samples;
use crate::value::ids::CourseDateId;

/// Offers at these hours from the sample booking on, numbered from 1, the named ones proposed.
fn offers(hours: &[i64], proposed: &[i64]) -> Vec<Offer> {
    let policy = Policy { horizon: TimeDelta::days(4000), ..Policy::default() };
    let booking = samples::booking();
    let proposed: Vec<_> = proposed.iter().copied().map(CourseDateId::new).collect();
    let rules = Eligibility {
        booking: &booking,
        lost: &[],
        proposed: &proposed,
        policy: &policy,
        rules: RuleSet::Strict,
        now: samples::now(),
    };
    let date = |(id, hours): (i64, &i64)| {
        let starts_at = booking.slot.starts_at + TimeDelta::hours(*hours);
        rules.offer(&samples::course_date(id, starts_at, 10)).unwrap()
    };
    (1..).zip(hours).map(date).collect()
}

fn numbers(offers: &[&Offer]) -> Vec<i64> {
    offers.iter().map(|offer| offer.date().id().value()).collect()
}

fn sorted(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.sort_unstable();
    numbers
}

#[test]
fn proposals_go_first_then_what_is_nearest_to_the_lost_date_and_the_rest_by_month() {
    // The booking is on 25 January at 18:00.
    let all = offers(&[24 * 60, 24, 48, -24, 24 * 30, 24 * 9], &[1]);
    let all: Vec<&Offer> = all.iter().collect();
    let arranged = arrange(&all, samples::booking().slot.starts_at, 3);
    assert_eq!(numbers(&arranged.nearest), [1, 4, 2]);
    let months: Vec<_> =
        arranged.months.iter().map(|m| (m.begins.to_string(), numbers(&m.dates))).collect();
    assert_eq!(months, [("2027-01-01".to_owned(), vec![3]), ("2027-02-01".to_owned(), vec![6, 5])]);
}

#[test]
fn every_proposal_goes_first_however_many_there_are() {
    let all = offers(&[24, 48, 72], &[2, 3]);
    let arranged = arrange(&all.iter().collect::<Vec<_>>(), samples::booking().slot.starts_at, 1);
    assert_eq!(numbers(&arranged.nearest), [2, 3]);
    assert_eq!(numbers(&arranged.months[0].dates), [1]);
}

#[test]
fn a_filter_asks_for_a_weekday_and_a_time_of_day_on_the_venues_clock() {
    // Monday 18:00, Tuesday 12:00, Tuesday 11:59 on the venue's clock.
    let start = samples::booking().slot;
    assert_eq!(start.local_start().to_string(), "2027-01-25 18:00:00");
    let at = |hours, minutes| {
        let starts_at = start.starts_at + TimeDelta::hours(hours) - TimeDelta::minutes(minutes);
        samples::slot(1, starts_at)
    };
    let (evening, noon, before) = (at(0, 0), at(18, 0), at(18, 1));
    let filter = |weekdays: &[Weekday], times: &[TimeOfDay]| {
        let filter = DateFilter { weekdays: weekdays.to_vec(), times: times.to_vec() };
        [evening, noon, before].map(|slot| filter.admits(&slot))
    };
    assert_eq!(filter(&[], &[]), [true, true, true]);
    assert_eq!(filter(&[Weekday::Mon], &[]), [true, false, false]);
    assert_eq!(filter(&[Weekday::Tue], &[TimeOfDay::Afternoon]), [false, true, false]);
    assert_eq!(filter(&[], &[TimeOfDay::Morning, TimeOfDay::Evening]), [true, false, true]);
    assert_eq!(TimeOfDay::at(at(-1, 0).local_start()), TimeOfDay::Evening, "from 17:00 on");
    assert_eq!(TimeOfDay::at(at(-1, 1).local_start()), TimeOfDay::Afternoon);
}

#[test]
fn a_sheet_has_each_day_of_its_month_on_its_weekday() {
    let all = offers(&[24 * 7], &[]);
    let months = by_month(&all.iter().collect::<Vec<_>>());
    let weeks = months[0].weeks();
    let first = weeks[0].iter().map(|day| day.as_ref().map(|day| day.day.to_string()));
    let first: Vec<_> = first.collect();
    // February 2027 begins on a Monday and has four whole weeks.
    assert_eq!((weeks.len(), first[0].as_deref()), (4, Some("2027-02-01")));
    assert_eq!(weeks[0][0].as_ref().unwrap().dates.len(), 1);
    assert!(weeks.iter().flatten().skip(1).flatten().all(|day| day.dates.is_empty()));
}

prop_compose! {
    /// Up to eighty dates within ten years, two of which may begin at once.
    fn some()(
        hours in prop::collection::vec(0_i64..24 * 3650, 0..80),
        proposed in prop::collection::vec(1_i64..90, 0..4),
    ) -> Vec<Offer> {
        offers(&hours, &proposed)
    }
}

proptest! {
    #[test]
    fn no_arrangement_loses_or_doubles_a_date(all in some(), first in 0_usize..100) {
        let all: Vec<&Offer> = all.iter().collect();
        let arranged = arrange(&all, samples::booking().slot.starts_at, first);
        let shown = arranged.months.iter().flat_map(|month| &month.dates);
        let shown: Vec<&Offer> = arranged.nearest.iter().chain(shown).copied().collect();
        prop_assert_eq!(sorted(numbers(&shown)), sorted(numbers(&all)));
        prop_assert!(arranged.months.is_sorted_by_key(|month| month.begins));
        prop_assert!(arranged.months.iter().all(|month| !month.dates.is_empty()));
    }

    #[test]
    fn no_sheet_loses_or_doubles_a_date_or_a_day(all in some()) {
        let all: Vec<&Offer> = all.iter().collect();
        let months = by_month(&all);
        let weeks: Vec<Week<'_>> = months.iter().flat_map(Month::weeks).collect();
        let days: Vec<&Day<'_>> = weeks.iter().flatten().flatten().collect();
        let shown: Vec<&Offer> = days.iter().flat_map(|day| &day.dates).copied().collect();
        prop_assert_eq!(sorted(numbers(&shown)), sorted(numbers(&all)));
        let mut distinct: Vec<NaiveDate> = days.iter().map(|day| day.day).collect();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), days.len());
        prop_assert!(distinct.is_sorted());
    }

    #[test]
    fn a_filter_and_its_opposite_share_the_dates_among_them(
        all in some(),
        weekday in 0_u8..7,
        time in 0_usize..3,
    ) {
        let weekday = Weekday::try_from(weekday).unwrap();
        let others = (0..7).filter_map(|day| Weekday::try_from(day).ok());
        let others: Vec<Weekday> = others.filter(|day| *day != weekday).collect();
        let picked = TimeOfDay::ALL[time];
        let rest: Vec<TimeOfDay> =
            TimeOfDay::ALL.into_iter().filter(|other| *other != picked).collect();
        let filter = |weekdays: &[Weekday], times: &[TimeOfDay]| {
            DateFilter { weekdays: weekdays.to_vec(), times: times.to_vec() }
        };
        let either = [
            [filter(&[weekday], &[]), filter(&others, &[])],
            [filter(&[], &[picked]), filter(&[], &rest)],
        ];
        for offer in &all {
            let slot = offer.date().slot;
            for [one, other] in &either {
                prop_assert!(one.admits(&slot) != other.admits(&slot));
            }
            prop_assert!(DateFilter::default().admits(&slot));
        }
    }
}
