//! Every rule one instant, one place or one cent before, at and after its edge.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::testing::samples;
use crate::value::booking::{Course, Participants};
use crate::value::ids::CourseId;
use crate::value::money::{Currency, Money};

/// The smallest step of the clock.
const INSTANT: TimeDelta = TimeDelta::nanoseconds(1);

struct Case {
    booking: Booking,
    lost: Vec<CourseDateId>,
    proposed: Vec<CourseDateId>,
    policy: Policy,
    rules: RuleSet,
}

fn case() -> Case {
    let (lost, proposed) = (Vec::new(), Vec::new());
    Case {
        booking: samples::booking(),
        lost,
        proposed,
        policy: Policy::default(),
        rules: RuleSet::Strict,
    }
}

impl Case {
    fn rules(&self) -> Eligibility<'_> {
        let Self { booking, lost, proposed, policy, rules } = self;
        Eligibility { booking, lost, proposed, policy, rules: *rules, now: samples::now() }
    }

    fn refusal(&self, date: &CourseDate) -> Option<Refusal> {
        self.rules().offer(date).err()
    }

    fn refusal_in(&self, time: TimeDelta) -> Option<Refusal> {
        self.refusal(&samples::course_date(77, samples::now() + time, 10))
    }
}

fn in_a_week() -> CourseDate {
    samples::course_date(77, samples::now() + TimeDelta::days(7), 10)
}

fn priced(minor: i64) -> CourseDate {
    CourseDate { unit_price: Money::new(minor, Currency::EUR).unwrap(), ..in_a_week() }
}

#[test]
fn a_date_is_offered_from_the_very_instant_of_the_minimum_notice() {
    let notice = Policy::default().minimum_notice;
    assert_eq!(case().refusal_in(notice - INSTANT), Some(Refusal::TooSoon));
    assert_eq!(case().refusal_in(notice), None);
    assert_eq!(case().refusal_in(notice + INSTANT), None);
}

#[test]
fn a_date_is_offered_up_to_the_very_instant_of_the_horizon() {
    let horizon = Policy::default().horizon;
    assert_eq!(case().refusal_in(horizon - INSTANT), None);
    assert_eq!(case().refusal_in(horizon), None);
    assert_eq!(case().refusal_in(horizon + INSTANT), Some(Refusal::TooFar));
}

#[test]
fn a_date_that_starts_now_has_started_even_without_any_notice() {
    let mut case = case();
    case.policy.minimum_notice = TimeDelta::zero();
    assert_eq!(case.refusal_in(-INSTANT), Some(Refusal::AlreadyStarted));
    assert_eq!(case.refusal_in(TimeDelta::zero()), Some(Refusal::AlreadyStarted));
    assert_eq!(case.refusal_in(INSTANT), None);
}

#[test]
fn the_notice_is_elapsed_time_also_across_both_clock_changes() {
    for change in ["2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z"] {
        let starts_at: DateTime<Utc> =
            change.parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(12);
        let case = case();
        let at = |now| {
            Eligibility { now, ..case.rules() }
                .offer(&samples::course_date(77, starts_at, 10))
                .err()
        };
        assert_eq!(at(starts_at - TimeDelta::hours(24)), None, "{change}");
        assert_eq!(
            at(starts_at - TimeDelta::hours(24) + INSTANT),
            Some(Refusal::TooSoon),
            "{change}"
        );
    }
}

#[test]
fn the_29th_of_february_is_a_day_like_any_other() {
    let case = case();
    let now: DateTime<Utc> = "2028-02-20T12:00:00Z".parse().unwrap();
    let leap_day = samples::course_date(77, "2028-02-29T17:00:00Z".parse().unwrap(), 10);
    assert!(Eligibility { now, ..case.rules() }.offer(&leap_day).is_ok());
}

#[test]
fn the_whole_party_must_fit_in() {
    let mut case = case();
    case.booking.participants = Participants::new(3).unwrap();
    let with =
        |free| case.refusal(&samples::course_date(77, samples::now() + TimeDelta::days(7), free));
    assert_eq!(with(4), None);
    assert_eq!(with(3), None);
    assert_eq!(with(2), Some(Refusal::TooFewPlaces { free: 2 }));
    assert_eq!(with(0), Some(Refusal::TooFewPlaces { free: 0 }));
}

#[test]
fn neither_the_declined_date_nor_one_that_the_case_has_lost_comes_back() {
    let mut case = case();
    let declined = CourseDate { slot: case.booking.slot, ..in_a_week() };
    assert_eq!(case.refusal(&declined), Some(Refusal::LostBefore));
    case.lost = vec![in_a_week().id()];
    assert_eq!(case.refusal(&in_a_week()), Some(Refusal::LostBefore));
}

#[test]
fn a_withdrawn_date_is_not_offered() {
    let withdrawn = CourseDate { withdrawn: true, ..in_a_week() };
    assert_eq!(case().refusal(&withdrawn), Some(Refusal::Withdrawn));
}

#[test]
fn another_course_stands_in_only_where_the_policy_names_it() {
    let mut case = case();
    let other =
        CourseDate { course: Course::new(CourseId::new(999), "OTHER", "Other"), ..in_a_week() };
    assert_eq!(case.refusal(&other), Some(Refusal::OtherCourse));
    case.policy.alternatives.insert(case.booking.course.id, vec![CourseId::new(999)]);
    assert_eq!(case.refusal(&other), None);
}

#[test]
fn each_price_rule_treats_equal_dearer_and_cheaper_dates_in_its_own_way() {
    let mut case = case();
    case.booking.participants = Participants::new(2).unwrap();
    case.booking.unit_price = Money::new(8900, Currency::EUR).unwrap();
    case.booking = case.booking.at_list_price();
    let ten_euros = Money::new(1000, Currency::EUR).unwrap();
    let table = [
        (
            PriceRule::EqualOnly,
            [Ok(PriceAdjustment::Same), Err(Refusal::PriceDiffers), Err(Refusal::PriceDiffers)],
        ),
        (
            PriceRule::Absorb,
            [
                Ok(PriceAdjustment::Same),
                Ok(PriceAdjustment::Absorbed(ten_euros)),
                Ok(PriceAdjustment::Refund(ten_euros)),
            ],
        ),
        (
            PriceRule::Settle,
            [
                Ok(PriceAdjustment::Same),
                Ok(PriceAdjustment::ToPay(ten_euros)),
                Ok(PriceAdjustment::Refund(ten_euros)),
            ],
        ),
    ];
    for (rule, outcomes) in table {
        case.policy.price = rule;
        for (minor, outcome) in [8900, 9400, 8400].into_iter().zip(outcomes) {
            let offered = case.rules().offer(&priced(minor)).map(|offer| offer.consequence());
            assert_eq!(offered, outcome, "{rule:?} at {minor}");
        }
    }
}

#[test]
fn a_date_in_another_currency_is_not_offered() {
    let yen = CourseDate {
        unit_price: Money::new(8900, Currency::parse("JPY").unwrap()).unwrap(),
        ..in_a_week()
    };
    assert_eq!(case().refusal(&yen), Some(Refusal::OtherCurrency));
}

#[test]
fn differences_are_exact_in_currencies_of_none_and_of_three_decimals() {
    for (code, paid, now) in [("JPY", 8900, 8901), ("KWD", 12_345, 12_346)] {
        let currency = Currency::parse(code).unwrap();
        let mut case = case();
        case.booking.participants = Participants::new(3).unwrap();
        case.booking.unit_price = Money::new(paid, currency).unwrap();
        case.booking = case.booking.at_list_price();
        let date = CourseDate { unit_price: Money::new(now, currency).unwrap(), ..in_a_week() };
        assert_eq!(
            case.rules().offer(&date).map(|offer| offer.difference().minor()),
            Ok(3),
            "{code}"
        );
    }
}

#[test]
fn support_may_pass_the_notice_and_the_price_rule_and_nothing_else() {
    let mut case = case();
    (case.rules, case.policy.price) = (RuleSet::Support, PriceRule::EqualOnly);
    assert_eq!(case.refusal_in(TimeDelta::hours(1)), None);
    let dearer = case.rules().offer(&priced(50_000)).map(|offer| offer.consequence());
    assert!(matches!(dearer, Ok(PriceAdjustment::Absorbed(_))), "{dearer:?}");
    assert_eq!(case.refusal_in(TimeDelta::zero()), Some(Refusal::AlreadyStarted));
    assert_eq!(case.refusal_in(case.policy.horizon + INSTANT), Some(Refusal::TooFar));
    assert!(
        case.refusal(&samples::course_date(77, samples::now() + TimeDelta::days(7), 0)).is_some()
    );
    case.lost = vec![in_a_week().id()];
    assert_eq!(case.refusal(&in_a_week()), Some(Refusal::LostBefore));
}

#[test]
fn the_partners_proposals_come_first_and_the_rest_by_time() {
    let mut case = case();
    case.proposed = vec![CourseDateId::new(4)];
    let dates = [(1, 30), (2, 10), (3, 20), (4, 40)]
        .map(|(id, day)| samples::course_date(id, samples::now() + TimeDelta::days(day), 10));
    let order: Vec<i64> =
        case.rules().offers(&dates).iter().map(|offer| offer.date().id().value()).collect();
    assert_eq!(order, [4, 2, 3, 1]);
}

proptest! {
    #[test]
    fn whatever_is_offered_keeps_every_rule(
        minutes in -10_000_i64..800_000,
        free in 0_u32..6,
        party in 1_u32..6,
        minor in 1_i64..20_000,
    ) {
        let mut case = case();
        case.booking.participants = Participants::new(party).unwrap();
        case.booking = case.booking.at_list_price();
        let date = CourseDate {
            unit_price: Money::new(minor, Currency::EUR).unwrap(),
            ..samples::course_date(77, samples::now() + TimeDelta::minutes(minutes), free)
        };
        let inside = (24 * 60..=365 * 24 * 60).contains(&minutes) && free >= party;
        let offer = case.rules().offer(&date);
        prop_assert_eq!(offer.is_ok(), inside);
        if let Ok(offer) = offer {
            let (paid, before) = (offer.price().paid, case.booking.paid);
            prop_assert!(paid.minor() <= before.minor(), "absorb never charges more");
        }
    }
}
