//! *Order made* and *order refused*: what the shop's answer changes. Both are committed together
//! with the effect that asked.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, ConfirmationWrite, StockWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::eligibility::PriceAdjustment;
use crate::error::{Conflict, RebookError};
use crate::link::StoredLink;
use crate::policy::{OrderStrategy, Policy};
use crate::ports::Undone;
use crate::rebooking::{PlacedOrder, Rebooking, RebookingState, Transition};
use crate::token::{Cause, Issue, RebookingToken, TokenState};
use crate::value::ids::{ConfirmationId, OrderItemId};
use crate::value::text::FreeText;

/// The shop carries the rebooking: customer, partner and ticket are told, the partner's request is
/// opened, a difference goes back.
///
/// # Errors
/// [`RebookError::Conflict`] when the token holds no rebooking at all.
pub fn made(
    token: RebookingToken,
    order: PlacedOrder,
    now: DateTime<Utc>,
) -> Result<Change, RebookError> {
    let id = token.id();
    let rebooking = token.rebooking().ok_or(Conflict::NothingToMove)?;
    let (confirmation, consequence) = (rebooking.confirmation, rebooking.consequence);
    // An order that stays reserves nothing on the new date.
    let reserves = order.item != token.booking().item;
    match token.clone().order_made(order, now)? {
        Transition::NoOp => Ok(Change::at(now)),
        Transition::TooLate => {
            // It is not kept as the order of the rebooking: it never carried it, and is found by
            // its key when it is undone.
            let again = token.version().saturating_add(1);
            Ok(Change::at(now)
                .audit(id, &Actor::Shop, AuditEvent::OrderMadeTooLate)
                .effect_again(id, EffectKind::UndoOrder, again)
                .update(token))
        }
        Transition::To(next) => {
            let mut change = Change::at(now)
                .audit(id, &Actor::Shop, AuditEvent::OrderMade)
                .effect_once(id, EffectKind::Mail(MailKind::Rebooked))
                .effect_once(id, EffectKind::Mail(MailKind::PartnerRequest))
                .effect_once(id, EffectKind::Ticket(TicketFact::Rebooked));
            if let PriceAdjustment::Refund(_) = consequence {
                change = change.effect_once(id, EffectKind::Refund);
            }
            if let Some(confirmation) = confirmation {
                change = change.confirmation(ConfirmationWrite::Move {
                    id: confirmation,
                    from: &[ConfirmationState::Waiting],
                    to: ConfirmationState::Pending,
                    reason: FreeText::default(),
                    booking: next.moved_booking().map(Box::new),
                });
                if reserves {
                    change = change.stock(StockWrite::Reserved(confirmation));
                }
            }
            Ok(change.update(next))
        }
    }
}

/// The shop refused for good: the places go back, the request is withdrawn, and the customer gets
/// an apology with a new link.
///
/// # Errors
/// [`RebookError::Conflict`] when the order has been made already.
pub fn refused(
    token: RebookingToken,
    reason: &FreeText,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<Change, RebookError> {
    let confirmation = token.rebooking().ok_or(Conflict::NothingToMove)?.confirmation;
    let (id, booking) = (token.id(), token.moved_booking());
    let before = match token.order_refused(now)? {
        Transition::To(next) => next,
        Transition::NoOp | Transition::TooLate => return Ok(Change::at(now)),
    };
    let mut change =
        Change::at(now).audit_why(id, &Actor::Shop, AuditEvent::OrderRefused, reason.clone());
    if let (Some(confirmation), Some(booking)) = (confirmation, booking) {
        change =
            change.close(confirmation, ConfirmationState::Withdrawn, FreeText::default(), &booking);
    }
    let issue = Issue {
        cause: Cause::OrderRefused,
        reason: before.reason().clone(),
        proposed: before.proposed().to_vec(),
        link,
        policy,
        now,
    };
    let next = issue.after(&before, before.booking().clone(), before.origin());
    Ok(change
        .audit(next.id(), &Actor::System, AuditEvent::LinkIssued)
        .effect_once(next.id(), EffectKind::Mail(MailKind::OrderRefused))
        .effect_once(next.id(), EffectKind::Ticket(TicketFact::OrderRefused))
        .update(before)
        .issue(next))
}

/// The rebooking is off in the shop as well. Its places were taken for given back when it was
/// called off; where the shop still holds some of them, it is to be counted on.
pub(super) fn undone(
    token: &RebookingToken,
    case: &[RebookingToken],
    undone: Undone,
    now: DateTime<Utc>,
) -> Change {
    let change = Change::at(now).audit(token.id(), &Actor::Shop, AuditEvent::OrderUndone);
    let change = if undone.freed { given_back(change, token) } else { held(change, token) };
    if !undone.original_stands {
        return change;
    }
    // Whoever chooses by the next link at this very moment must see it, or be seen.
    let next = case
        .last()
        .filter(|next| next.id() != token.id() && matches!(next.state(), TokenState::Active));
    let change = match next {
        Some(next) => change.update(next.clone()),
        None => change,
    };
    original_held(change, token, case)
}

/// The shop holds nothing of the linked order any more, as it may have since an undo that failed.
fn given_back(change: Change, token: &RebookingToken) -> Change {
    match linked(token) {
        Some((_, order)) => change.stock(StockWrite::Released(order.item)),
        None => change,
    }
}

/// The shop still holds the places of the linked order.
pub(super) fn held(change: Change, token: &RebookingToken) -> Change {
    match linked(token).and_then(|(rebooking, _)| rebooking.confirmation) {
        Some(request) => change.stock(StockWrite::Reserved(request)),
        None => change,
    }
}

/// The rebooking of a token with the order that was made for it beside the one that was bought.
fn linked(token: &RebookingToken) -> Option<(&Rebooking, &PlacedOrder)> {
    let rebooking = token.rebooking()?;
    let order = rebooking.order.as_ref()?;
    (order.item != token.booking().item).then_some((rebooking, order))
}

/// The order that the booking came from was not closed after all, as a choice with a linked order
/// had it. Where the case has chosen anew since, that choice has its own end, unless it had it
/// already: one that the shop refused closes nothing any more.
pub(super) fn original_held(
    change: Change,
    token: &RebookingToken,
    case: &[RebookingToken],
) -> Change {
    let item = token.booking().item;
    let was_to_close = |token: &RebookingToken| {
        let moved = token.rebooking();
        moved.is_some_and(|moved| moved.strategy == OrderStrategy::LinkedOrder)
    };
    let is_refused = |token: &RebookingToken| {
        token.rebooking().is_some_and(|moved| moved.state == RebookingState::Rejected)
    };
    let anew = case.iter().any(|later| {
        let from_it = later.id() > token.id() && later.booking().item == item;
        from_it && was_to_close(later) && !is_refused(later)
    });
    if anew || !was_to_close(token) || token.milestones().order_gone_at.is_some() {
        return change;
    }
    match holder(case, item) {
        Some(request) => change.stock(StockWrite::Reserved(request)),
        None => change,
    }
}

/// The request whose places the shop holds by the order of an item: the one that the order was made
/// for, and for the item that was bought the one that the case began with.
fn holder(case: &[RebookingToken], item: OrderItemId) -> Option<ConfirmationId> {
    let made = case.iter().filter_map(RebookingToken::rebooking).find(|moved| {
        moved.order.as_ref().is_some_and(|order| order.item == item)
            && moved.strategy == OrderStrategy::LinkedOrder
    });
    if let Some(moved) = made {
        return moved.confirmation;
    }
    // Later ones follow from requests that the shop knows nothing of.
    let first_use = case.iter().position(|token| token.rebooking().is_some());
    let began = case.iter().take(first_use.map_or(case.len(), |place| place + 1));
    began.filter_map(RebookingToken::origin).next()
}

#[cfg(test)]
mod tests;
