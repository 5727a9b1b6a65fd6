//! One rebooking link with its state, from its issue to its use, cancellation or expiry.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

use crate::attempts::Attempts;
use crate::eligibility::{Eligibility, RuleSet};
use crate::link::StoredLink;
use crate::policy::Policy;
use crate::rebooking::Rebooking;
use crate::value::booking::{Booking, OrderNumber};
use crate::value::customer::Customer;
use crate::value::ids::{ConfirmationId, CourseDateId, OrderId, TokenRef};
use crate::value::text::FreeText;
use crate::value::words::words;
use crate::wish::Wish;

/// A link that lets a customer move one booking, once.
///
/// Everything that a decision needs is in it; the links of one original booking form a case and are
/// numbered by step. Fields are public for stores to keep and for pages to show; the transitions
/// below are the only code that changes what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebookingToken {
    /// Its case and step.
    pub id: TokenRef,
    /// How often it has been written: 0 when issued. A store adds one with each write, and refuses
    /// a write that was decided on another version.
    pub version: u32,
    /// The booking that this link moves.
    pub booking: Booking,
    /// The confirmation request of that booking while it is still live: a link sent by hand, before
    /// any decline.
    pub holds: Option<ConfirmationId>,
    /// The confirmation request that this link follows from (column `original_confirmation_id`).
    pub origin: Option<ConfirmationId>,
    /// Why there is a link at all.
    pub cause: Cause,
    /// What the partner or support gave as the reason.
    pub reason: FreeText,
    /// How many declines this case has seen, this one included.
    pub declines: u32,
    /// How many expired links of this case the customer has replaced.
    pub renewals: u32,
    /// Dates that this case has lost: declined, moved or refused by the shop.
    pub lost: Vec<CourseDateId>,
    /// Dates that the partner proposed instead; at most three.
    pub proposed: Vec<CourseDateId>,
    /// What is stored of the link.
    pub link: StoredLink,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// From this instant on it is too late.
    pub expires_at: DateTime<Utc>,
    /// What has happened to it.
    pub state: TokenState,
    /// Wrong e-mail addresses so far.
    pub attempts: Attempts,
    /// What the customer said who found no date.
    pub wishes: Vec<Wish>,
    /// The support ticket of the case, once there is one.
    pub ticket: Option<TicketRef>,
    /// When what happened, for reports and for doing things once.
    pub milestones: Milestones,
}

/// What has happened to a token so far. Expiry is not listed: nobody does it, it is true from a
/// moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It waits for the customer.
    Active,
    /// The customer has chosen; a token holds at most one rebooking (promise I1).
    Used(Box<Rebooking>),
    /// It was taken away.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        why: CancelReason,
    },
}

words! {
    /// Why a link or a rebooking was taken away.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum CancelReason, "reason of a cancellation" {
        /// By support.
        Support = "support",
        /// The shop refunded the order.
        Refunded = "refunded",
        /// The shop cancelled the order.
        OrderCancelled = "order_cancelled",
        /// A newer link has taken its place.
        Superseded = "superseded",
    }
}

words! {
    /// Why a link was issued.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Cause, "cause" {
        /// The partner declined the booking.
        Declined = "declined",
        /// The partner withdrew the whole date.
        DateWithdrawn = "date_withdrawn",
        /// Support sent it without a decline.
        Manual = "by_hand",
        /// It replaces an older link.
        Replaced = "replaced",
        /// The shop refused the order for the date that was chosen.
        OrderRefused = "order_refused",
    }
}

impl CancelReason {
    /// Whether the order itself is gone.
    #[must_use]
    pub const fn is_the_shops(self) -> bool {
        match self {
            Self::Refunded | Self::OrderCancelled => true,
            Self::Support | Self::Superseded => false,
        }
    }
}

/// Which ticket the support system keeps for a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRef {
    /// Its key there (column `odoo_ticket_id`, at most 50 characters).
    pub id: String,
    /// The number that people say.
    pub number: String,
}

/// Moments that are noted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The mail with the link was handed over.
    pub mailed_at: Option<DateTime<Utc>>,
    /// The reminder became due.
    pub reminded_at: Option<DateTime<Utc>>,
    /// The sweep wrote down that it had expired.
    pub expired_at: Option<DateTime<Utc>>,
    /// The shop refunded or cancelled the order: there is nothing left to move.
    pub order_gone_at: Option<DateTime<Utc>>,
    /// The shop refunded it: for the statistic.
    pub refunded_at: Option<DateTime<Utc>>,
    /// Personal data was purged.
    pub forgotten_at: Option<DateTime<Utc>>,
}

/// Why a token cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkUnusable {
    /// Its time is over.
    #[error("has expired")]
    Expired {
        /// From when on.
        since: DateTime<Utc>,
    },
    /// It was taken away.
    #[error("has been cancelled")]
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        why: CancelReason,
    },
    /// The customer has chosen already.
    #[error("has been used")]
    Used {
        /// When.
        at: DateTime<Utc>,
    },
}

impl RebookingToken {
    /// Whether a customer may use it now. The instant of expiry is already too late.
    ///
    /// # Errors
    /// [`LinkUnusable`] says since when not, and why.
    pub fn usable(&self, now: DateTime<Utc>) -> Result<(), LinkUnusable> {
        match &self.state {
            TokenState::Active if now < self.expires_at => Ok(()),
            TokenState::Active => Err(LinkUnusable::Expired { since: self.expires_at }),
            TokenState::Cancelled { at, why } => {
                Err(LinkUnusable::Cancelled { at: *at, why: *why })
            }
            TokenState::Used(rebooking) => Err(LinkUnusable::Used { at: rebooking.at }),
        }
    }

    /// Uses it up for one rebooking.
    ///
    /// # Errors
    /// [`LinkUnusable`] when it is not usable.
    pub fn spend(self, rebooking: Rebooking, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        self.usable(now)?;
        Ok(Self { state: TokenState::Used(Box::new(rebooking)), holds: None, ..self })
    }

    /// Takes it away, also when its time is over. What has been used or taken away stays as it is.
    ///
    /// # Errors
    /// [`LinkUnusable::Used`] and [`LinkUnusable::Cancelled`].
    pub fn cancel(self, why: CancelReason, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        match &self.state {
            TokenState::Active => {
                let cancelled = Self { state: TokenState::Cancelled { at: now, why }, ..self };
                Ok(if why.is_the_shops() { cancelled.with_order_gone(why, now) } else { cancelled })
            }
            TokenState::Cancelled { at, why } => {
                Err(LinkUnusable::Cancelled { at: *at, why: *why })
            }
            TokenState::Used(rebooking) => Err(LinkUnusable::Used { at: rebooking.at }),
        }
    }

    /// Lets it work longer: counted from its expiry, or from now when that has passed. The reminder
    /// becomes due anew.
    ///
    /// # Errors
    /// [`LinkUnusable::Used`] and [`LinkUnusable::Cancelled`].
    pub fn extend(self, by: TimeDelta, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        match &self.state {
            TokenState::Active => {
                let milestones =
                    Milestones { reminded_at: None, expired_at: None, ..self.milestones };
                Ok(Self { expires_at: self.expires_at.max(now) + by, milestones, ..self })
            }
            TokenState::Cancelled { at, why } => {
                Err(LinkUnusable::Cancelled { at: *at, why: *why })
            }
            TokenState::Used(rebooking) => Err(LinkUnusable::Used { at: rebooking.at }),
        }
    }

    /// Whether it was neither used nor taken away, and its customer not forgotten: whether or not
    /// its time is over, the booking still waits for somebody to find a date.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        match self.state {
            TokenState::Active => self.milestones.forgotten_at.is_none(),
            TokenState::Used(_) | TokenState::Cancelled { .. } => false,
        }
    }

    /// Whether the customer gets a new link once the time of this one is over: so many of a case
    /// are replaced, and none whose customer has been forgotten.
    #[must_use]
    pub fn is_replaced_on_request(&self, renewal_limit: u32) -> bool {
        self.renewals < renewal_limit && self.milestones.forgotten_at.is_none()
    }

    /// Whether the customer gets another link when the partner declines what this one was used for:
    /// so many declines of a case lead to one, and then support finds a way.
    #[must_use]
    pub const fn is_followed_by_a_link(&self, policy: &Policy) -> bool {
        self.declines < policy.step_limit
    }

    /// The rebooking, once the customer has chosen.
    #[must_use]
    pub fn rebooking(&self) -> Option<&Rebooking> {
        match &self.state {
            TokenState::Used(rebooking) => Some(rebooking),
            TokenState::Active | TokenState::Cancelled { .. } => None,
        }
    }

    /// The booking as it is after the rebooking: on the new date, at the new price, under the order
    /// that carries it.
    #[must_use]
    pub fn moved_booking(&self) -> Option<Booking> {
        self.rebooking().map(|rebooking| self.booking_moved_by(rebooking))
    }

    pub(crate) fn booking_moved_by(&self, rebooking: &Rebooking) -> Booking {
        let mut booking = Booking {
            course: rebooking.course.clone(),
            slot: rebooking.slot,
            partner: rebooking.partner.clone(),
            unit_price: rebooking.unit_price,
            ..self.booking.clone()
        };
        if let Some(order) = &rebooking.order {
            booking.order = order.id;
            booking.order_number = order.number.clone();
            booking.item = order.item;
        }
        booking
    }

    /// The order that carries the booking now: that of the rebooking once it is made.
    #[must_use]
    pub fn current_order(&self) -> OrderId {
        let made = self.rebooking().and_then(|rebooking| rebooking.order.as_ref());
        made.map_or(self.booking.order, |order| order.id)
    }

    pub(crate) fn with_order_gone(mut self, why: CancelReason, now: DateTime<Utc>) -> Self {
        self.milestones.order_gone_at = Some(now);
        if why == CancelReason::Refunded {
            self.milestones.refunded_at = Some(now);
        }
        self
    }

    /// The key under which the shop carries this link's rebooking: at most 32 characters, as some
    /// shops cut longer ones.
    #[must_use]
    pub fn order_key(&self) -> String {
        format!("reb-{}", self.id)
    }

    /// Our own reference for the order, until the shop's number is known.
    #[must_use]
    pub fn order_reference(&self) -> OrderNumber {
        self.booking.order_number.reference(self.id.step)
    }

    /// The rules by which dates are offered for this token.
    #[must_use]
    pub fn eligibility<'a>(
        &'a self,
        policy: &'a Policy,
        leniency: RuleSet,
        now: DateTime<Utc>,
    ) -> Eligibility<'a> {
        Eligibility {
            booking: &self.booking,
            lost: &self.lost,
            proposed: &self.proposed,
            policy,
            leniency,
            now,
        }
    }

    /// Every date that this case may never be offered again, the booked one included.
    #[must_use]
    pub fn lost_with_this(&self) -> Vec<CourseDateId> {
        let mut lost = self.lost.clone();
        lost.push(self.booking.slot.id);
        lost.extend(self.rebooking().map(|rebooking| rebooking.slot.id));
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// When its part in the case is over, as far as is known now. The purge counts from here.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        use crate::rebooking::RebookingState as S;
        let end = match &self.state {
            TokenState::Active => self.expires_at,
            TokenState::Cancelled { at, .. } => *at,
            TokenState::Used(rebooking) => match rebooking.state {
                S::Ordering | S::AwaitingPartner | S::Confirmed => rebooking.slot.ends_at,
                S::DeclinedAgain | S::Rejected | S::Cancelled(_) => rebooking.since,
            },
        };
        // A booking that nobody ever declined takes place, whatever became of a link that was sent
        // for it by hand.
        if self.declines == 0 { end.max(self.booking.slot.ends_at) } else { end }
    }

    /// The token without anything personal (promise of the purge): nobody can be greeted, reached
    /// or matched by it.
    #[must_use]
    pub fn forgotten(mut self, now: DateTime<Utc>) -> Self {
        self.booking.customer = Customer::forgotten(self.booking.customer.language);
        self.reason = FreeText::default();
        for wish in &mut self.wishes {
            wish.text = FreeText::default();
        }
        self.milestones.forgotten_at = Some(now);
        self
    }
}
