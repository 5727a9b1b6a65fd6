//! What has happened to a case, as others are told of it: each event with its stable id, and no
//! link and no address.

mod of_change;

use chrono::{DateTime, Utc};

use crate::effect::{Effect, EffectKey, EffectKind, EventKind};
use crate::eligibility::PriceAdjustment;
use crate::rebooking::{Rebooking, RebookingState};
use crate::token::{CancelReason, Cause, RebookingToken};
use crate::value::booking::{Booking, Course, OrderNumber, Participants};
use crate::value::course_date::Slot;
use crate::value::customer::Customer;
use crate::value::ids::{OrderId, OrderItemId, PartnerId, TokenRef};
use crate::value::money::Money;
use crate::wish::WishKind;

pub use of_change::of_change;

/// One thing that has happened to a case.
///
/// It says what was so when it happened, however late it is told, and the same each time: but for
/// the customer, who may have been forgotten since.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The same for the same event, always; no two have the same. Whoever is told twice knows it by
    /// this.
    pub id: EffectKey,
    /// What has happened.
    pub kind: EventKind,
    /// When, by the store's clock.
    pub at: DateTime<Utc>,
    /// The case and the step that it is about.
    pub token: TokenRef,
    /// Why that step's link was issued.
    pub cause: Cause,
    /// The booking that the link moves.
    pub before: EventBooking,
    /// What was chosen, where something was by then.
    pub after: Option<EventBooking>,
    /// What followed from the difference in price, with what was chosen.
    pub price: Option<PriceAdjustment>,
    /// Why a rebooking was called off, with [`EventKind::RebookingCancelled`].
    pub cancelled: Option<CancelReason>,
    /// What the customer asked for, with [`EventKind::WishReceived`]; what they wrote is left out.
    pub wish: Option<WishKind>,
    /// Who booked, where the host [asks for it](crate::ports::EventSink::wants_customer) and the
    /// case is not forgotten.
    pub customer: Option<Customer>,
}

/// A booking without anybody's name or address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventBooking {
    /// The order that held it then.
    pub order: OrderId,
    /// That order's number.
    pub order_number: OrderNumber,
    /// The line of that order.
    pub item: OrderItemId,
    /// What was booked.
    pub course: Course,
    /// When it takes place.
    pub slot: Slot,
    /// How many people.
    pub participants: Participants,
    /// The list price of one place.
    pub unit_price: Money,
    /// What the customer has paid for the whole party, once a difference is settled.
    pub paid: Money,
    /// Who gives it.
    pub partner: PartnerId,
}

impl From<Booking> for EventBooking {
    fn from(booking: Booking) -> Self {
        Self {
            order: booking.order,
            order_number: booking.order_number,
            item: booking.item,
            course: booking.course,
            slot: booking.slot,
            participants: booking.participants,
            unit_price: booking.unit_price,
            paid: booking.paid,
            partner: booking.partner.id,
        }
    }
}

impl Event {
    /// The event of an effect, on its token as it is now. `None` for an effect that tells no event.
    #[must_use]
    pub fn new(effect: &Effect, token: &RebookingToken, with_customer: bool) -> Option<Self> {
        let EffectKind::Event(kind) = effect.kind else { return None };
        let chosen = token.rebooking().filter(|_| kind.follows_a_choice());
        Some(Self {
            id: effect.key.clone(),
            kind,
            at: effect.created_at,
            token: effect.token,
            cause: token.cause(),
            before: token.booking().clone().into(),
            after: chosen.map(|rebooking| moved(token, rebooking, kind).into()),
            price: chosen.map(|rebooking| rebooking.consequence),
            cancelled: match (kind, chosen.map(|rebooking| rebooking.state)) {
                (EventKind::RebookingCancelled, Some(RebookingState::Cancelled(why))) => Some(why),
                _ => None,
            },
            wish: match (kind, effect.key.repetition(effect.token, effect.kind)) {
                (EventKind::WishReceived, Some(place)) => {
                    token.wishes().get(place as usize).map(|wish| wish.kind)
                }
                _ => None,
            },
            customer: with_customer.then(|| known_customer(token)).flatten(),
        })
    }
}

/// The booking on its new date. Until the shop had made the order it was under the old one, even if
/// there is a new one by now.
fn moved(token: &RebookingToken, rebooking: &Rebooking, kind: EventKind) -> Booking {
    match kind {
        EventKind::RebookingChosen => {
            token.booking_moved_by(&Rebooking { order: None, ..rebooking.clone() })
        }
        _ => token.booking_moved_by(rebooking),
    }
}

fn known_customer(token: &RebookingToken) -> Option<Customer> {
    let is_known = token.milestones().forgotten_at.is_none();
    is_known.then(|| token.booking().customer.clone())
}

#[cfg(test)]
mod tests;
