//! *Order changed outside*: refunded or cancelled in the shop, by people. The link dies, and so
//! does a rebooking.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, StockWrite};
use crate::confirmation::ConfirmationState;
use crate::error::RebookError;
use crate::policy::OrderStrategy;
use crate::ports::PortError;
use crate::ports::store::{ConfirmationCase, ConfirmationKey};
use crate::rebooking::RebookingState;
use crate::service::support::cancel;
use crate::service::{Decision, Rebookings};
use crate::token::{CancelReason, RebookingToken, TokenState};
use crate::value::ids::{CaseId, OrderId, OrderItemId};
use crate::value::text::FreeText;

/// What people did to an order in the shop. Cancelled, its places are free again there; paid back,
/// the shop still holds them, as it does for a course that was invoiced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum OrderEvent {
    /// The money went back.
    Refunded,
    /// The order was cancelled.
    Cancelled,
}

/// Decides what the event means for one case. A case that is over already stays as it is, so the
/// event may come twice. `actor` told of it.
///
/// # Errors
/// [`RebookError::TryLater`] while a linked order is being made: closing the original is a step of
/// that, and not of people.
pub fn decide(
    token: RebookingToken,
    order: OrderId,
    event: OrderEvent,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    // The booking may have moved to an order of its own since: closing the old one is then a step
    // of that.
    if token.current_order() != order {
        return Ok(Decision::unchanged(()));
    }
    let why = match event {
        OrderEvent::Refunded => CancelReason::Refunded,
        OrderEvent::Cancelled => CancelReason::OrderCancelled,
    };
    let over = match token.state() {
        TokenState::Active => false,
        TokenState::Cancelled { .. } => true,
        TokenState::Used(rebooking) => {
            if rebooking.state == RebookingState::Ordering
                && rebooking.strategy == OrderStrategy::LinkedOrder
            {
                return Err(RebookError::TryLater(PortError::Transient(
                    "its linked order is being made".into(),
                )));
            }
            !rebooking.state.is_live()
        }
    };
    if over {
        // Nothing is left to call off, but no link may ever move what is gone, and the statistic
        // wants to know of the money.
        return Ok(match token.milestones().order_gone_at {
            Some(_) => Decision::unchanged(()),
            None => {
                let mut change = Change::at(now).audit(token.id(), actor, AuditEvent::OrderGone);
                if event == OrderEvent::Cancelled {
                    change = change.stock(StockWrite::Released(token.current_item()));
                }
                Decision::commit(change.update(token.order_gone(why, now)), ())
            }
        });
    }
    cancel::decide(token, why, actor, FreeText::default(), now)
}

/// A booking that nobody has declined yet: its request is withdrawn and its places go back.
fn withdraw_request(
    seen: &ConfirmationCase,
    event: OrderEvent,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Decision<()> {
    let request = &seen.confirmation;
    // One that an active link holds is closed together with that link.
    let held = seen.latest.as_ref().is_some_and(|token| token.holds() == Some(request.id));
    if held || !request.state.is_live() {
        return Decision::unchanged(());
    }
    let booking = &request.booking;
    let mut change = Change::at(now)
        .audit(Subject::Booking(CaseId::from(booking.item)), actor, AuditEvent::RequestWithdrawn)
        .close(request.id, ConfirmationState::Withdrawn, FreeText::default(), booking);
    if event == OrderEvent::Cancelled {
        change = change.stock(StockWrite::Released(booking.item));
    }
    Decision::commit(change, ())
}

impl Rebookings {
    /// Hears of an order that people refunded in full, or cancelled, in the shop. Every case whose
    /// booking is on it is over: links die at once, places go back, and a partner who was asked to
    /// confirm the new date is told. A request that was never declined is withdrawn, so that a
    /// later decline sends no link for an order that is gone. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach, or a linked order is being made;
    /// tell it again then.
    pub async fn order_changed(
        &self,
        order: OrderId,
        event: OrderEvent,
    ) -> Result<(), RebookError> {
        self.order_changed_by(&Actor::Shop, order, event).await
    }

    /// Hears of one booking of an order that people refunded or cancelled, while the rest of the
    /// order stays as it is: what [`Rebookings::order_changed`] does for all of them. May be
    /// repeated.
    ///
    /// # Errors
    /// As [`Rebookings::order_changed`].
    pub async fn booking_changed(
        &self,
        order: OrderId,
        item: OrderItemId,
        event: OrderEvent,
    ) -> Result<(), RebookError> {
        self.changed(&Actor::Shop, order, Some(item), event).await
    }

    /// The whole order, told of by anybody: the history keeps who it was.
    pub(in crate::service) async fn order_changed_by(
        &self,
        actor: &Actor,
        order: OrderId,
        event: OrderEvent,
    ) -> Result<(), RebookError> {
        self.changed(actor, order, None, event).await
    }

    /// `only` names the one booking that is meant, where it is not the whole order.
    async fn changed(
        &self,
        actor: &Actor,
        order: OrderId,
        only: Option<OrderItemId>,
        event: OrderEvent,
    ) -> Result<(), RebookError> {
        let is_meant = |item: OrderItemId| only.is_none_or(|only| only == item);
        // Requests first: a link by hand is issued only while its request is live, so none can
        // appear behind our back.
        for asked in self
            .store()
            .order_state(order)
            .await?
            .value
            .confirmations
            .iter()
            .filter(|request| is_meant(request.booking.item))
            .map(|request| ConfirmationKey::Id(request.id))
        {
            let asked = &asked;
            self.decided(|| async move {
                let seen = self.find_confirmation(asked).await?;
                Ok(seen.map_or(Decision::unchanged(()), |seen| {
                    withdraw_request(&seen.value, event, actor, seen.now)
                }))
            })
            .await?;
        }
        for id in self.store().order_state(order).await?.value.tokens.iter().map(|token| token.id())
        {
            self.decided(|| async {
                let seen = self.newest_token(id.case).await?;
                match seen.value {
                    Some(token) if is_meant(token.current_item()) => {
                        decide(token, order, event, actor, seen.now)
                    }
                    Some(_) | None => Ok(Decision::unchanged(())),
                }
            })
            .await?;
        }
        Ok(())
    }
}
