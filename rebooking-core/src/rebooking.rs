//! What came of a used token: the state machine from the customer's choice to the partner's answer.

use chrono::{DateTime, Utc};

use crate::backup::Backup;
use crate::eligibility::PriceAdjustment;
use crate::link::StoredLink;
use crate::policy::OrderStrategy;
use crate::reason::CancelReason;
use crate::value::booking::{Course, OrderNumber, Partner};
use crate::value::course_date::Slot;
use crate::value::ids::{ConfirmationId, OrderId, OrderItemId};
use crate::value::money::Money;
use crate::value::words::words;

/// One rebooking: the date that was chosen, on what terms, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Rebooking {
    /// When it was chosen.
    pub at: DateTime<Utc>,
    /// Who chose.
    pub by: ChosenBy,
    /// How the shop is told: settled with the choice, so that a change of the policy makes no
    /// second order.
    pub strategy: OrderStrategy,
    /// The chosen date.
    pub slot: Slot,
    /// Its course: the booked one, or one that the policy names as a stand-in.
    pub course: Course,
    /// Who gives it.
    pub partner: Partner,
    /// What the party costs on that date by its list price: what the shop asks for a new order.
    pub list_total: Money,
    /// What the party costs on that date, with the discount that it was given: the total that was
    /// shown.
    pub total: Money,
    /// What follows from the difference in price.
    pub consequence: PriceAdjustment,
    /// The list price of one place that is paid for once the difference is settled.
    pub unit_price: Money,
    /// What the customer has paid for the whole party once the difference is settled.
    pub paid: Money,
    /// The link by which the partner may answer without signing in.
    pub answer: StoredLink,
    /// The request to the partner. The store fills it in when it commits the choice.
    pub confirmation: Option<ConfirmationId>,
    /// The order that carries it, once the shop has made it.
    pub order: Option<PlacedOrder>,
    /// How far it has come.
    pub state: RebookingState,
    /// When it reached that state.
    pub since: DateTime<Utc>,
    /// What the customer would take should the partner decline, in order. Empty once the partner
    /// has answered.
    pub backups: Vec<Backup>,
    /// It was a backup itself, and booked as the partner had declined the date before.
    pub is_backup: bool,
}

words! {
    /// Who picked the date.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    // Exhaustive: whoever reads it handles each.
    pub enum ChosenBy, "chooser" {
        /// The customer, by the link.
        Customer = "customer",
        /// Support, on the customer's behalf.
        Support = "support",
    }
}

/// The order that carries a rebooking.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct PlacedOrder {
    /// The shop's key.
    pub id: OrderId,
    /// The number that the customer sees.
    pub number: OrderNumber,
    /// The line of that order.
    pub item: OrderItemId,
}

/// How far a rebooking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum RebookingState {
    /// The places are taken; the shop has not answered yet.
    Ordering,
    /// The order is made; the partner has been asked.
    AwaitingPartner,
    /// The partner will give the course.
    Confirmed,
    /// The partner declined this date too; the places are given back.
    DeclinedAgain,
    /// The shop refused for good; the places are given back.
    Rejected,
    /// Called off by support or by the shop; the places are given back.
    Cancelled(CancelReason),
}

/// What can happen to a rebooking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum RebookingEvent {
    /// The shop made the order.
    OrderMade,
    /// The shop refused for good.
    OrderRefused,
    /// The partner will give the course.
    PartnerConfirmed,
    /// The partner declined, or withdrew the whole date.
    PartnerDeclined,
    /// Support or the shop called it off.
    Cancelled(CancelReason),
}

/// What an event leads to: a new state, or the token in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Transition<T = RebookingState> {
    /// A new state.
    To(T),
    /// It is so already; the event came twice.
    NoOp,
    /// An order was made for a rebooking that is over. It is undone (promise I3).
    TooLate,
}

/// An event that cannot happen in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidTransition {
    /// The customer has not chosen: there is no rebooking yet.
    #[error("the customer has not chosen yet")]
    NotChosen,
    /// The shop has not made the order, so the partner has not been asked.
    #[error("the partner has not been asked yet")]
    NotAskedYet,
    /// The order is made; it can be cancelled but no longer refused.
    #[error("the order has been made already")]
    OrderStands,
    /// The rebooking has ended.
    #[error("the rebooking is over")]
    Over,
}

impl RebookingState {
    /// What an event leads to from here. Every pair is written out: a new state must be thought
    /// about here.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the event cannot happen in this state; nothing is to be changed
    /// then.
    pub const fn apply(self, event: RebookingEvent) -> Result<Transition, InvalidTransition> {
        use RebookingEvent as E;
        use RebookingState as S;
        match (self, event) {
            (S::Ordering, E::OrderMade) => Ok(Transition::To(S::AwaitingPartner)),
            (S::Ordering, E::OrderRefused) => Ok(Transition::To(S::Rejected)),
            (S::Ordering, E::PartnerConfirmed) => Err(InvalidTransition::NotAskedYet),
            (S::AwaitingPartner, E::PartnerConfirmed) => Ok(Transition::To(S::Confirmed)),
            (S::AwaitingPartner | S::Confirmed, E::OrderMade) => Ok(Transition::NoOp),
            (S::AwaitingPartner | S::Confirmed, E::OrderRefused) => {
                Err(InvalidTransition::OrderStands)
            }
            (S::Confirmed, E::PartnerConfirmed) => Ok(Transition::NoOp),
            (S::Ordering | S::AwaitingPartner | S::Confirmed, E::PartnerDeclined) => {
                Ok(Transition::To(S::DeclinedAgain))
            }
            (S::Ordering | S::AwaitingPartner | S::Confirmed, E::Cancelled(why)) => {
                Ok(Transition::To(S::Cancelled(why)))
            }
            (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::OrderMade) => {
                Ok(Transition::TooLate)
            }
            (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::OrderRefused) => {
                Ok(Transition::NoOp)
            }
            (S::DeclinedAgain, E::PartnerDeclined) | (S::Cancelled(_), E::Cancelled(_)) => {
                Ok(Transition::NoOp)
            }
            (S::Rejected | S::Cancelled(_), E::PartnerDeclined)
            | (S::DeclinedAgain | S::Rejected, E::Cancelled(_))
            | (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::PartnerConfirmed) => {
                Err(InvalidTransition::Over)
            }
        }
    }

    /// The word, whoever called it off.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordering => "ordering",
            Self::AwaitingPartner => "awaiting_partner",
            Self::Confirmed => "confirmed",
            Self::DeclinedAgain => "declined_again",
            Self::Rejected => "rejected",
            Self::Cancelled(_) => "cancelled",
        }
    }

    /// Whether the places are still taken by it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        match self {
            Self::Ordering | Self::AwaitingPartner | Self::Confirmed => true,
            Self::DeclinedAgain | Self::Rejected | Self::Cancelled(_) => false,
        }
    }

    /// Whether it stands and the partner has not answered: so long the customer may name backups,
    /// and take them back.
    #[must_use]
    pub const fn awaits_answer(self) -> bool {
        match self {
            Self::Ordering | Self::AwaitingPartner => true,
            Self::Confirmed | Self::DeclinedAgain | Self::Rejected | Self::Cancelled(_) => false,
        }
    }

    /// Whether the partner has been told of it.
    #[must_use]
    pub const fn partner_knows(self) -> bool {
        match self {
            Self::AwaitingPartner | Self::Confirmed => true,
            Self::Ordering | Self::DeclinedAgain | Self::Rejected | Self::Cancelled(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InvalidTransition::{NotAskedYet, OrderStands, Over};
    use RebookingEvent::{OrderMade, OrderRefused, PartnerConfirmed, PartnerDeclined};
    use RebookingState::{
        AwaitingPartner, Cancelled, Confirmed, DeclinedAgain, Ordering, Rejected,
    };
    use Transition::{NoOp, To, TooLate};

    const SUPPORT: CancelReason = CancelReason::Support;
    const REFUNDED: CancelReason = CancelReason::Refunded;
    const CALLED_OFF: RebookingEvent = RebookingEvent::Cancelled(REFUNDED);

    #[test]
    fn every_pair_of_state_and_event_has_its_outcome() {
        let events = [OrderMade, OrderRefused, PartnerConfirmed, PartnerDeclined, CALLED_OFF];
        let off = To(Cancelled(REFUNDED));
        let table = [
            (
                Ordering,
                [
                    Ok(To(AwaitingPartner)),
                    Ok(To(Rejected)),
                    Err(NotAskedYet),
                    Ok(To(DeclinedAgain)),
                    Ok(off),
                ],
            ),
            (
                AwaitingPartner,
                [Ok(NoOp), Err(OrderStands), Ok(To(Confirmed)), Ok(To(DeclinedAgain)), Ok(off)],
            ),
            (Confirmed, [Ok(NoOp), Err(OrderStands), Ok(NoOp), Ok(To(DeclinedAgain)), Ok(off)]),
            (DeclinedAgain, [Ok(TooLate), Ok(NoOp), Err(Over), Ok(NoOp), Err(Over)]),
            (Rejected, [Ok(TooLate), Ok(NoOp), Err(Over), Err(Over), Err(Over)]),
            (Cancelled(SUPPORT), [Ok(TooLate), Ok(NoOp), Err(Over), Err(Over), Ok(NoOp)]),
        ];
        for (state, outcomes) in table {
            for (event, outcome) in events.into_iter().zip(outcomes) {
                assert_eq!(state.apply(event), outcome, "{state:?} on {event:?}");
            }
        }
    }

    #[test]
    fn places_are_held_until_an_end_that_gives_them_back() {
        let live = [Ordering, AwaitingPartner, Confirmed].map(RebookingState::is_live);
        let over = [DeclinedAgain, Rejected, Cancelled(SUPPORT)].map(RebookingState::is_live);
        assert_eq!((live, over), ([true; 3], [false; 3]));
    }
}
