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
