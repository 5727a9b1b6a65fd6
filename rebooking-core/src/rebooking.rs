//! What came of a used token: the state machine from the customer's choice to the partner's answer.

use chrono::{DateTime, Utc};

use crate::booking::{Course, OrderNumber, Partner};
use crate::course_date::Slot;
use crate::eligibility::Consequence;
use crate::ids::{ConfirmationId, OrderId, OrderItemId};
use crate::link::LinkStamp;
use crate::money::Money;
use crate::policy::OrderStrategy;
use crate::token::CancelReason;

/// One rebooking: the date that was chosen, on what terms, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebooking {
    /// When it was chosen.
    pub at: DateTime<Utc>,
    /// Who chose.
    pub by: Chooser,
    /// How the shop is told: settled with the choice, so that a change of the policy makes no second order.
    pub strategy: OrderStrategy,
    /// The chosen date.
    pub slot: Slot,
    /// Its course: the booked one, or one that the policy names as a stand-in.
    pub course: Course,
    /// Who gives it.
    pub partner: Partner,
    /// What the party costs on that date by its own price: the total that was shown.
    pub total: Money,
    /// What follows from the difference in price.
    pub consequence: Consequence,
    /// What the customer has paid for each person once the difference is settled.
    pub unit_price: Money,
    /// The link by which the partner may answer without signing in.
    pub answer: LinkStamp,
    /// The request to the partner. The store fills it in when it commits the choice.
    pub confirmation: Option<ConfirmationId>,
    /// The order that carries it, once the shop has made it.
    pub order: Option<PlacedOrder>,
    /// How far it has come.
    pub state: RebookingState,
    /// When it reached that state.
    pub since: DateTime<Utc>,
}

/// Who picked the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooser {
    /// The customer, by the link.
    Customer,
    /// Support, on the customer's behalf.
    Support,
}

/// The order that carries a rebooking.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What an event leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A new state.
    To(RebookingState),
    /// It is so already; the event came twice.
    Already,
    /// An order was made for a rebooking that is over. It is undone (promise I3).
    Late,
}

/// An event that cannot happen in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
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
    /// What an event leads to from here. Every pair is written out: a new state must be thought about here.
    ///
    /// # Errors
    /// [`NotNow`] when the event cannot happen in this state; nothing is to be changed then.
    pub const fn on(self, event: RebookingEvent) -> Result<Turn, NotNow> {
        use RebookingEvent as E;
        use RebookingState as S;
        match (self, event) {
            (S::Ordering, E::OrderMade) => Ok(Turn::To(S::AwaitingPartner)),
            (S::Ordering, E::OrderRefused) => Ok(Turn::To(S::Rejected)),
            (S::Ordering, E::PartnerConfirmed) => Err(NotNow::NotAskedYet),
            (S::AwaitingPartner, E::PartnerConfirmed) => Ok(Turn::To(S::Confirmed)),
            (S::AwaitingPartner | S::Confirmed, E::OrderMade) => Ok(Turn::Already),
            (S::AwaitingPartner | S::Confirmed, E::OrderRefused) => Err(NotNow::OrderStands),
            (S::Confirmed, E::PartnerConfirmed) => Ok(Turn::Already),
            (S::Ordering | S::AwaitingPartner | S::Confirmed, E::PartnerDeclined) => {
                Ok(Turn::To(S::DeclinedAgain))
            }
            (S::Ordering | S::AwaitingPartner | S::Confirmed, E::Cancelled(why)) => {
                Ok(Turn::To(S::Cancelled(why)))
            }
            (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::OrderMade) => Ok(Turn::Late),
            (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::OrderRefused) => Ok(Turn::Already),
            (S::DeclinedAgain, E::PartnerDeclined) | (S::Cancelled(_), E::Cancelled(_)) => Ok(Turn::Already),
            (S::Rejected | S::Cancelled(_), E::PartnerDeclined)
            | (S::DeclinedAgain | S::Rejected, E::Cancelled(_))
            | (S::DeclinedAgain | S::Rejected | S::Cancelled(_), E::PartnerConfirmed) => Err(NotNow::Over),
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
    use NotNow::{NotAskedYet, OrderStands, Over};
    use RebookingEvent::{OrderMade, OrderRefused, PartnerConfirmed, PartnerDeclined};
    use RebookingState::{AwaitingPartner, Cancelled, Confirmed, DeclinedAgain, Ordering, Rejected};
    use Turn::{Already, Late, To};

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
                [Ok(To(AwaitingPartner)), Ok(To(Rejected)), Err(NotAskedYet), Ok(To(DeclinedAgain)), Ok(off)],
            ),
            (
                AwaitingPartner,
                [Ok(Already), Err(OrderStands), Ok(To(Confirmed)), Ok(To(DeclinedAgain)), Ok(off)],
            ),
            (Confirmed, [Ok(Already), Err(OrderStands), Ok(Already), Ok(To(DeclinedAgain)), Ok(off)]),
            (DeclinedAgain, [Ok(Late), Ok(Already), Err(Over), Ok(Already), Err(Over)]),
            (Rejected, [Ok(Late), Ok(Already), Err(Over), Err(Over), Err(Over)]),
            (Cancelled(SUPPORT), [Ok(Late), Ok(Already), Err(Over), Err(Over), Ok(Already)]),
        ];
        for (state, outcomes) in table {
            for (event, outcome) in events.into_iter().zip(outcomes) {
                assert_eq!(state.on(event), outcome, "{state:?} on {event:?}");
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
