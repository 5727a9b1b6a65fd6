//! *Cancel*: a link, or the rebooking that came of it, is called off by support or by the shop.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, StockWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::rebooking::{Rebooking, RebookingState, Transition};
use crate::service::{AsSupport, Decision, OrderEvent};
use crate::token::{CancelReason, RebookingToken, TokenState};
use crate::value::ids::{CaseId, OrderId};
use crate::value::text::FreeText;

/// Decides how a case is called off: an unused link dies, a live rebooking gives its places back
/// and its order is undone unless the shop has done that itself.
///
/// # Errors
/// [`RebookError::Conflict`] when there is nothing left to call off.
pub fn decide(
    token: RebookingToken,
    why: CancelReason,
    actor: &Actor,
    note: FreeText,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    let id = token.id();
    let change = Change::at(now).effect_once(id, EffectKind::Ticket(TicketFact::Cancelled(why)));
    let change = if why == CancelReason::OrderCancelled {
        change.stock(StockWrite::Released(token.current_item()))
    } else {
        change
    };
    match token.state().clone() {
        TokenState::Active | TokenState::Cancelled { .. } => {
            let held = token.holds().filter(|_| why.is_the_shops());
            let booking = token.booking().clone();
            let mut change = change.audit_why(id, actor, AuditEvent::LinkCancelled, note);
            if let Some(held) = held {
                change =
                    change.close(held, ConfirmationState::Withdrawn, FreeText::default(), &booking);
            }
            let next = token.cancel(why, now)?;
            Ok(Decision::commit(change.update(next), ()))
        }
        TokenState::Used(rebooking) => {
            let next = match token.clone().rebooking_cancelled(why, now)? {
                Transition::To(next) => next,
                Transition::NoOp | Transition::TooLate => return Ok(Decision::unchanged(())),
            };
            let change = call_off(
                change.audit_why(id, actor, AuditEvent::RebookingCancelled, note),
                &token,
                &rebooking,
                why,
            )?;
            Ok(Decision::commit(change.update(next), ()))
        }
    }
}

/// What a live rebooking leaves behind once it is called off: its places and its request, its order
/// to be undone, and who is told.
pub(in crate::service) fn call_off(
    change: Change,
    token: &RebookingToken,
    rebooking: &Rebooking,
    why: CancelReason,
) -> Result<Change, RebookError> {
    let confirmation = rebooking.confirmation.ok_or(Conflict::NothingToMove)?;
    let booking = token.booking_moved_by(rebooking);
    let mut change =
        change.close(confirmation, ConfirmationState::Withdrawn, FreeText::default(), &booking);
    // Whoever saw the page of success must hear of it, also before the order was made. Who has
    // exchanged the date hears of the new one.
    if why != CancelReason::Superseded {
        change = change.effect_once(token.id(), EffectKind::Mail(MailKind::CalledOff));
    }
    if rebooking.state.partner_knows() {
        change = change.effect_once(token.id(), EffectKind::Mail(MailKind::PartnerWithdrawn));
    }
    // What the shop called off itself needs no undoing, but for an order that is being made at this
    // very moment.
    if !why.is_the_shops() || rebooking.state == RebookingState::Ordering {
        change = change.effect_once(token.id(), EffectKind::UndoOrder);
        let linked = rebooking.order.as_ref().filter(|order| order.item != token.booking().item);
        if let Some(order) = linked {
            change = change.stock(StockWrite::Released(order.item));
        }
    }
    Ok(change)
}

impl AsSupport<'_> {
    /// Calls a case off: its unused link, or its live rebooking. Calling off a rebooking
    /// twice does nothing new; a link that is cancelled already is a conflict.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`], [`RebookError::Invalid`] without a
    /// reason, and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn cancel(self, case: CaseId, reason: &FreeText) -> Result<(), RebookError> {
        if reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let seen = self.rebookings.newest_token(case).await?;
                let token = seen.value.ok_or(RebookError::NotFound(Resource::Case))?;
                decide(token, CancelReason::Support, &actor, reason.clone(), seen.now)
            })
            .await
    }

    /// What [`Rebookings::order_changed`] does; the history keeps who told of it.
    ///
    /// # Errors
    /// As [`Rebookings::order_changed`].
    ///
    /// [`Rebookings::order_changed`]: crate::service::Rebookings::order_changed
    pub async fn order_changed(self, order: OrderId, event: OrderEvent) -> Result<(), RebookError> {
        self.rebookings.order_changed_by(&self.actor(), order, event).await
    }
}
