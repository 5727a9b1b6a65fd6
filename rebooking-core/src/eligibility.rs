//! Which course dates a customer may move a declined booking to, and what each would cost. Pure: dates and moment are arguments.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::booking::Booking;
use crate::course_date::CourseDate;
use crate::ids::CourseDateId;
use crate::money::Money;
use crate::policy::{Policy, PriceRule};

/// A date that passed every rule for one party at one moment. Only [`Eligibility::offer`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    date: CourseDate,
    total: Money,
    difference: Money,
    consequence: Consequence,
    proposed: bool,
}

impl Offer {
    /// The date that is offered.
    #[must_use]
    pub const fn date(&self) -> &CourseDate {
        &self.date
    }

    /// What the date costs the whole party by its own price.
    #[must_use]
    pub const fn total(&self) -> Money {
        self.total
    }

    /// By how much that is more (positive) or less (negative) than what has been paid.
    #[must_use]
    pub const fn difference(&self) -> Money {
        self.difference
    }

    /// What follows from the difference.
    #[must_use]
    pub const fn consequence(&self) -> Consequence {
        self.consequence
    }

    /// The partner proposed this date when declining.
    #[must_use]
    pub const fn proposed(&self) -> bool {
        self.proposed
    }

    /// What the customer will have paid for each person once this date is booked.
    #[must_use]
    pub const fn unit_price_after(&self, before: Money) -> Money {
        match self.consequence {
            Consequence::Same | Consequence::Absorbed(_) => before,
            Consequence::Refund(_) | Consequence::ToPay(_) => self.date.unit_price,
        }
    }
}

/// What a difference in price leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// The price is the same.
    Same,
    /// The date costs so much more, which the marketplace bears.
    Absorbed(Money),
    /// The date costs so much less, which goes back to the customer.
    Refund(Money),
    /// The date costs so much more, which the customer must agree to and then owes.
    ToPay(Money),
}

/// Why a date is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The schedule has no such date for this course.
    #[error("there is no such date of this course")]
    Unknown,
    /// Another course, which the policy does not name as a stand-in.
    #[error("the date belongs to another course")]
    OtherCourse,
    /// This case has lost the date before: declined, moved or refused by the shop.
    #[error("the date was declined before")]
    LostBefore,
    /// The partner has taken the date back.
    #[error("the date has been withdrawn")]
    Withdrawn,
    /// It has started.
    #[error("the date has passed")]
    AlreadyStarted,
    /// It starts sooner than the minimum notice.
    #[error("the date is too soon")]
    TooSoon,
    /// It starts beyond the horizon.
    #[error("the date is too far ahead")]
    TooFar,
    /// The party does not fit in.
    #[error("{free} places are left")]
    TooFewPlaces {
        /// How many are left.
        free: u32,
    },
    /// Priced in another currency than the booking.
    #[error("the date is priced in another currency")]
    OtherCurrency,
    /// The policy offers dates of the same price only.
    #[error("the date has another price")]
    PriceDiffers,
    /// The price is no longer the one that was shown, or more would be due than was agreed to.
    #[error("the total is now {} {}", .total.decimal(), .total.currency())]
    PriceChanged {
        /// What the party would cost now: the total to agree to.
        total: Money,
    },
}

/// The rules for one booking at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Eligibility<'a> {
    /// What was booked.
    pub booking: &'a Booking,
    /// Dates that this case has lost already.
    pub lost: &'a [CourseDateId],
    /// Dates that the partner proposed, shown first.
    pub proposed: &'a [CourseDateId],
    /// The embedder's rules.
    pub policy: &'a Policy,
    /// Which rules hold.
    pub leniency: Leniency,
    /// The store's moment.
    pub now: DateTime<Utc>,
}

/// Who chooses decides which rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leniency {
    /// Every rule: the customer chooses.
    Strict,
    /// Support may pass the minimum notice and the price rule.
    Support,
}

impl Eligibility<'_> {
    /// Puts one date to every rule; the first that fails is the reason for the refusal.
    ///
    /// # Errors
    /// The [`Refusal`] names the rule.
    pub fn offer(&self, date: &CourseDate) -> Result<Offer, Refusal> {
        let starts_at = date.slot.starts_at;
        let strict = self.leniency == Leniency::Strict;
        if !self.stands_in(date) {
            return Err(Refusal::OtherCourse);
        }
        if date.id() == self.booking.slot.id || self.lost.contains(&date.id()) {
            return Err(Refusal::LostBefore);
        }
        if date.withdrawn {
            return Err(Refusal::Withdrawn);
        }
        if starts_at <= self.now {
            return Err(Refusal::AlreadyStarted);
        }
        if strict && starts_at - self.now < self.policy.minimum_notice {
            return Err(Refusal::TooSoon);
        }
        if starts_at - self.now > self.policy.horizon {
            return Err(Refusal::TooFar);
        }
        if date.free() < self.booking.participants.count() {
            return Err(Refusal::TooFewPlaces { free: date.free() });
        }
        self.price(date)
    }

    /// Every eligible date: the partner's proposals first, then by time.
    #[must_use]
    pub fn offers(&self, dates: &[CourseDate]) -> Vec<Offer> {
        let mut offers: Vec<Offer> = dates.iter().filter_map(|date| self.offer(date).ok()).collect();
        offers.sort_by_key(|offer| (!offer.proposed, offer.date.slot.starts_at, offer.date.id()));
        offers
    }

    fn stands_in(&self, date: &CourseDate) -> bool {
        let course = self.booking.course.id;
        let others = self.policy.alternatives.get(&course);
        date.course.id == course || others.is_some_and(|others| others.contains(&date.course.id))
    }

    fn price(&self, date: &CourseDate) -> Result<Offer, Refusal> {
        let total = date.unit_price.times(self.booking.participants.count());
        let difference = total.minus(self.booking.total()).ok_or(Refusal::OtherCurrency)?;
        let rule = match (self.policy.price, self.leniency) {
            // Support is never kept to equal prices, and never makes a customer owe what the customer did not agree to.
            (PriceRule::EqualOnly | PriceRule::Settle | PriceRule::Absorb, Leniency::Support) => {
                PriceRule::Absorb
            }
            (rule, Leniency::Strict) => rule,
        };
        let consequence = match (rule, difference.sign()) {
            (_, Ordering::Equal) => Consequence::Same,
            (PriceRule::EqualOnly, Ordering::Less | Ordering::Greater) => return Err(Refusal::PriceDiffers),
            (PriceRule::Absorb | PriceRule::Settle, Ordering::Less) => Consequence::Refund(difference.abs()),
            (PriceRule::Absorb, Ordering::Greater) => Consequence::Absorbed(difference),
            (PriceRule::Settle, Ordering::Greater) => Consequence::ToPay(difference),
        };
        let proposed = self.proposed.contains(&date.id());
        Ok(Offer { date: date.clone(), total, difference, consequence, proposed })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::booking::{Course, Participants};
    use crate::ids::CourseId;
    use crate::money::Currency;
    use crate::testing::samples;

    /// The smallest step of the clock.
    const INSTANT: TimeDelta = TimeDelta::nanoseconds(1);

    struct Case {
        booking: Booking,
        lost: Vec<CourseDateId>,
        proposed: Vec<CourseDateId>,
        policy: Policy,
        leniency: Leniency,
    }

    fn case() -> Case {
        let (lost, proposed) = (Vec::new(), Vec::new());
        Case {
            booking: samples::booking(),
            lost,
            proposed,
            policy: Policy::default(),
            leniency: Leniency::Strict,
        }
    }

    impl Case {
        fn rules(&self) -> Eligibility<'_> {
            let Self { booking, lost, proposed, policy, leniency } = self;
            Eligibility { booking, lost, proposed, policy, leniency: *leniency, now: samples::now() }
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
            let starts_at: DateTime<Utc> = change.parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(12);
            let case = case();
            let at = |now| {
                Eligibility { now, ..case.rules() }.offer(&samples::course_date(77, starts_at, 10)).err()
            };
            assert_eq!(at(starts_at - TimeDelta::hours(24)), None, "{change}");
            assert_eq!(at(starts_at - TimeDelta::hours(24) + INSTANT), Some(Refusal::TooSoon), "{change}");
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
        let with = |free| case.refusal(&samples::course_date(77, samples::now() + TimeDelta::days(7), free));
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
        let other = CourseDate { course: Course::new(CourseId::new(999), "OTHER", "Other"), ..in_a_week() };
        assert_eq!(case.refusal(&other), Some(Refusal::OtherCourse));
        case.policy.alternatives.insert(case.booking.course.id, vec![CourseId::new(999)]);
        assert_eq!(case.refusal(&other), None);
    }

    #[test]
    fn each_price_rule_treats_equal_dearer_and_cheaper_dates_in_its_own_way() {
        let mut case = case();
        case.booking.participants = Participants::new(2).unwrap();
        case.booking.unit_price = Money::new(8900, Currency::EUR).unwrap();
        let ten_euros = Money::new(1000, Currency::EUR).unwrap();
        let table = [
            (
                PriceRule::EqualOnly,
                [Ok(Consequence::Same), Err(Refusal::PriceDiffers), Err(Refusal::PriceDiffers)],
            ),
            (
                PriceRule::Absorb,
                [
                    Ok(Consequence::Same),
                    Ok(Consequence::Absorbed(ten_euros)),
                    Ok(Consequence::Refund(ten_euros)),
                ],
            ),
            (
                PriceRule::Settle,
                [
                    Ok(Consequence::Same),
                    Ok(Consequence::ToPay(ten_euros)),
                    Ok(Consequence::Refund(ten_euros)),
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
            let date = CourseDate { unit_price: Money::new(now, currency).unwrap(), ..in_a_week() };
            assert_eq!(case.rules().offer(&date).map(|offer| offer.difference().minor()), Ok(3), "{code}");
        }
    }

    #[test]
    fn support_may_pass_the_notice_and_the_price_rule_and_nothing_else() {
        let mut case = case();
        (case.leniency, case.policy.price) = (Leniency::Support, PriceRule::EqualOnly);
        assert_eq!(case.refusal_in(TimeDelta::hours(1)), None);
        let dearer = case.rules().offer(&priced(50_000)).map(|offer| offer.consequence());
        assert!(matches!(dearer, Ok(Consequence::Absorbed(_))), "{dearer:?}");
        assert_eq!(case.refusal_in(TimeDelta::zero()), Some(Refusal::AlreadyStarted));
        assert_eq!(case.refusal_in(case.policy.horizon + INSTANT), Some(Refusal::TooFar));
        assert!(case.refusal(&samples::course_date(77, samples::now() + TimeDelta::days(7), 0)).is_some());
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
        fn whatever_is_offered_keeps_every_rule(minutes in -10_000_i64..800_000, free in 0_u32..6, party in 1_u32..6, minor in 1_i64..20_000) {
            let mut case = case();
            case.booking.participants = Participants::new(party).unwrap();
            let date = CourseDate {
                unit_price: Money::new(minor, Currency::EUR).unwrap(),
                ..samples::course_date(77, samples::now() + TimeDelta::minutes(minutes), free)
            };
            let inside = (24 * 60..=365 * 24 * 60).contains(&minutes) && free >= party;
            let offer = case.rules().offer(&date);
            prop_assert_eq!(offer.is_ok(), inside);
            if let Ok(offer) = offer {
                let paid = offer.unit_price_after(case.booking.unit_price);
                prop_assert!(paid.minor() <= case.booking.unit_price.minor(), "absorb never charges more");
            }
        }
    }
}
