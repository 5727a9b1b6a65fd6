//! Which course dates a customer may move a declined booking to, and what each would cost. Pure:
//! dates and moment are arguments.

mod offer;
mod price;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::policy::{Policy, PriceRule};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::CourseDateId;

pub use offer::{Offer, PriceAdjustment, Refusal, RuleSet};
pub use price::{Repricing, reprice};

/// The rules for one booking at one moment.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
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
    pub rules: RuleSet,
    /// The store's moment.
    pub now: DateTime<Utc>,
}

impl Eligibility<'_> {
    /// Puts one date to every rule; the first that fails is the reason for the refusal.
    ///
    /// # Errors
    /// The [`Refusal`] names the rule.
    pub fn offer(&self, date: &CourseDate) -> Result<Offer, Refusal> {
        let starts_at = date.slot.starts_at;
        let strict = self.rules == RuleSet::Strict;
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
        let mut offers: Vec<Offer> =
            dates.iter().filter_map(|date| self.offer(date).ok()).collect();
        offers.sort_by_key(|offer| (!offer.proposed, offer.date.slot.starts_at, offer.date.id()));
        offers
    }

    fn stands_in(&self, date: &CourseDate) -> bool {
        let course = self.booking.course.id;
        let others = self.policy.alternatives.get(&course);
        date.course.id == course || others.is_some_and(|others| others.contains(&date.course.id))
    }

    fn price(&self, date: &CourseDate) -> Result<Offer, Refusal> {
        let rule = match (self.policy.price, self.rules) {
            // Support is never kept to equal prices, and never makes a customer owe what the
            // customer did not agree to.
            (PriceRule::EqualOnly | PriceRule::Settle | PriceRule::Absorb, RuleSet::Support) => {
                PriceRule::Absorb
            }
            (rule, RuleSet::Strict) => rule,
        };
        let price = reprice(self.booking, date.unit_price, rule)?;
        let proposed = self.proposed.contains(&date.id());
        Ok(Offer { date: date.clone(), price, proposed, rules: self.rules })
    }
}
