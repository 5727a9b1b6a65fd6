//! One rebooking link with its state, from its issue to its use, cancellation or expiry.

mod getters;
mod issue;
mod milestones;
mod state;
#[cfg(test)]
mod tests;
mod transitions;

use chrono::{DateTime, Utc};

use crate::attempts::Attempts;
use crate::eligibility::{Eligibility, RuleSet};
use crate::link::StoredLink;
use crate::policy::Policy;
use crate::rebooking::{PlacedOrder, Rebooking, RebookingState};
use crate::value::booking::{Booking, OrderNumber};
use crate::value::course_date::Slot;
use crate::value::ids::{ConfirmationId, CourseDateId, OrderId, OrderItemId, TokenRef};
use crate::value::text::FreeText;
use crate::wish::Wish;

pub use crate::reason::{CancelReason, Cause};
pub use issue::Issue;
pub use milestones::{Milestones, TicketRef};
pub use state::{LinkUnusable, TokenState};

/// A link that lets a customer move one booking, once.
///
/// Everything that a decision needs is in it; the links of one original booking form a case and are
/// numbered by step. It is read through its getters and changed by its transitions alone, each of
/// which consumes it:
///
/// ```compile_fail,E0451
/// use rebooking_core::testing::samples;
/// use rebooking_core::token::RebookingToken;
///
/// let token = samples::token(samples::booking(), samples::now());
/// let forged = RebookingToken { version: 7, ..token };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebookingToken {
    parts: TokenParts,
}

/// Everything that a token holds: what a store keeps, and gives back to
/// [`RebookingToken::restore`].
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct TokenParts {
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

/// What stores keep.
impl RebookingToken {
    /// A token as it was kept. For stores and for samples: it checks nothing.
    #[must_use]
    pub const fn restore(parts: TokenParts) -> Self {
        Self { parts }
    }

    /// What is to be kept of it.
    #[must_use]
    pub fn into_parts(self) -> TokenParts {
        self.parts
    }
}

impl RebookingToken {
    /// Whether a customer may use it now. The instant of expiry is already too late.
    ///
    /// # Errors
    /// [`LinkUnusable`] says since when not, and why.
    pub fn usable(&self, now: DateTime<Utc>) -> Result<(), LinkUnusable> {
        match &self.parts.state {
            TokenState::Active if now < self.parts.expires_at => Ok(()),
            TokenState::Active => Err(LinkUnusable::Expired { since: self.parts.expires_at }),
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
        match self.parts.state {
            TokenState::Active => self.parts.milestones.forgotten_at.is_none(),
            TokenState::Used(_) | TokenState::Cancelled { .. } => false,
        }
    }

    /// Whether the customer gets a new link once the time of this one is over: so many of a case
    /// are replaced, and none whose customer has been forgotten.
    #[must_use]
    pub fn is_replaced_on_request(&self, renewal_limit: u32) -> bool {
        self.parts.renewals < renewal_limit && self.parts.milestones.forgotten_at.is_none()
    }

    /// Whether the customer gets another link when the partner declines what this one was used for:
    /// so many declines of a case lead to one, and then support finds a way.
    #[must_use]
    pub const fn is_followed_by_a_link(&self, policy: &Policy) -> bool {
        self.parts.declines < policy.step_limit
    }

    /// Whether the customer may name backups for what this link was used for: while the partner has
    /// not answered, and as long as a decline would lead to a further date at all.
    #[must_use]
    pub fn takes_backups(&self, policy: &Policy) -> bool {
        let milestones = self.parts.milestones;
        policy.backups > 0
            && self.rebooking().is_some_and(|rebooking| rebooking.state.awaits_answer())
            && self.is_followed_by_a_link(policy)
            && milestones.forgotten_at.is_none()
            && milestones.order_gone_at.is_none()
    }

    /// Whether it booked a backup that its customer may exchange for another date: once its order
    /// is made, as long as the partner has not answered, and not so shortly before the date that
    /// nobody could book it either.
    #[must_use]
    pub fn is_exchangeable(&self, policy: &Policy, now: DateTime<Utc>) -> bool {
        let milestones = self.parts.milestones;
        let is_early =
            |slot: Slot| now < slot.starts_at && slot.starts_at - now >= policy.minimum_notice;
        policy.backups > 0
            && self.rebooking().is_some_and(|rebooking| {
                rebooking.is_backup
                    && rebooking.state == RebookingState::AwaitingPartner
                    && is_early(rebooking.slot)
            })
            && milestones.forgotten_at.is_none()
            && milestones.order_gone_at.is_none()
    }

    /// Whether its customer has exchanged what it booked: the next step of the case has the date
    /// that was taken instead.
    #[must_use]
    pub fn was_exchanged(&self) -> bool {
        let exchanged = RebookingState::Cancelled(CancelReason::Superseded);
        self.rebooking().is_some_and(|rebooking| rebooking.state == exchanged)
    }

    /// The rebooking, once the customer has chosen.
    #[must_use]
    pub fn rebooking(&self) -> Option<&Rebooking> {
        match &self.parts.state {
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
            paid: rebooking.paid,
            ..self.parts.booking.clone()
        };
        if let Some(order) = &rebooking.order {
            booking.order = order.id;
            booking.order_number = order.number.clone();
            booking.item = order.item;
        }
        booking
    }

    /// The order that carries the booking now: that of the rebooking once it is made, and again the
    /// original one when support has called the rebooking off.
    #[must_use]
    pub fn current_order(&self) -> OrderId {
        self.carrying_order().map_or(self.parts.booking.order, |order| order.id)
    }

    /// The item of that order.
    #[must_use]
    pub fn current_item(&self) -> OrderItemId {
        self.carrying_order().map_or(self.parts.booking.item, |order| order.item)
    }

    fn carrying_order(&self) -> Option<&PlacedOrder> {
        let stands = |rebooking: &&Rebooking| match rebooking.state {
            RebookingState::Cancelled(why) => why.is_the_shops(),
            RebookingState::Ordering
            | RebookingState::AwaitingPartner
            | RebookingState::Confirmed
            | RebookingState::DeclinedAgain
            | RebookingState::Rejected => true,
        };
        self.rebooking().filter(stands)?.order.as_ref()
    }

    /// The key under which the shop carries this link's rebooking: at most 32 characters, as some
    /// shops cut longer ones.
    #[must_use]
    pub fn order_key(&self) -> String {
        format!("reb-{}", self.parts.id)
    }

    /// Our own reference for the order, until the shop's number is known.
    #[must_use]
    pub fn order_reference(&self) -> OrderNumber {
        self.parts.booking.order_number.reference(self.parts.id.step)
    }

    /// The rules by which dates are offered for this token.
    #[must_use]
    pub fn eligibility<'a>(
        &'a self,
        policy: &'a Policy,
        rules: RuleSet,
        now: DateTime<Utc>,
    ) -> Eligibility<'a> {
        Eligibility {
            booking: &self.parts.booking,
            lost: &self.parts.lost,
            proposed: &self.parts.proposed,
            policy,
            rules,
            now,
        }
    }

    /// Every date that this case may never be offered again, the booked one included.
    #[must_use]
    pub fn lost_with_this(&self) -> Vec<CourseDateId> {
        let mut lost = self.parts.lost.clone();
        lost.push(self.parts.booking.slot.id);
        // Who has exchanged a date may come back to it.
        let rebooking = self.rebooking().filter(|_| !self.was_exchanged());
        lost.extend(rebooking.map(|rebooking| rebooking.slot.id));
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// When its part in the case is over, as far as is known now. The purge counts from here.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        use crate::rebooking::RebookingState as S;
        let end = match &self.parts.state {
            TokenState::Active => self.parts.expires_at,
            TokenState::Cancelled { at, .. } => *at,
            TokenState::Used(rebooking) => match rebooking.state {
                S::Ordering | S::AwaitingPartner | S::Confirmed => rebooking.slot.ends_at,
                S::DeclinedAgain | S::Rejected | S::Cancelled(_) => rebooking.since,
            },
        };
        // A booking that nobody ever declined takes place, whatever became of a link that was sent
        // for it by hand.
        if self.parts.declines == 0 { end.max(self.parts.booking.slot.ends_at) } else { end }
    }
}
