//! What a rule hands out: an offer that passed them all, or the refusal that names one.

use super::Repricing;
use crate::value::course_date::CourseDate;
use crate::value::money::Money;

/// A date that passed every rule for one party at one moment. Only
/// [`Eligibility::offer`](super::Eligibility::offer) makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub(super) date: CourseDate,
    pub(super) price: Repricing,
    pub(super) proposed: bool,
    pub(super) rules: RuleSet,
}

impl Offer {
    /// The date that is offered.
    #[must_use]
    pub const fn date(&self) -> &CourseDate {
        &self.date
    }

    /// What the date costs the whole party: by its list price, less the discount that it was given.
    #[must_use]
    pub const fn total(&self) -> Money {
        self.price.total
    }

    /// By how much that is more (positive) or less (negative) than what has been paid.
    #[must_use]
    pub const fn difference(&self) -> Money {
        self.price.difference
    }

    /// What follows from the difference.
    #[must_use]
    pub const fn consequence(&self) -> PriceAdjustment {
        self.price.consequence
    }

    /// The partner proposed this date when declining.
    #[must_use]
    pub const fn proposed(&self) -> bool {
        self.proposed
    }

    /// By whose rules it was made: who may choose it.
    #[must_use]
    pub const fn rules(&self) -> RuleSet {
        self.rules
    }

    /// All that it does to the party's money.
    #[must_use]
    pub const fn price(&self) -> &Repricing {
        &self.price
    }
}

/// Who chooses decides which rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum RuleSet {
    /// Every rule: the customer chooses.
    Strict,
    /// Support may pass the minimum notice and the price rule.
    Support,
}

/// What a difference in price leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum PriceAdjustment {
    /// The price is the same.
    Same,
    /// The date costs so much more, which the marketplace bears.
    Absorbed(Money),
    /// The date costs so much less, which goes back to the customer.
    Refund(Money),
    /// The date costs so much more, which the customer must agree to and then owes.
    ToPay(Money),
}

impl PriceAdjustment {
    /// The word, whatever the amount.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Absorbed(_) => "absorbed",
            Self::Refund(_) => "refund",
            Self::ToPay(_) => "to_pay",
        }
    }
}

/// Why a date is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
// Exhaustive: whoever reads it handles each.
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
    /// Another partner gives it than the one who proposes it.
    #[error("the date belongs to another partner")]
    OtherPartner,
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
