//! What may follow what, and what must be on its way: the plain tables of the model.

use rebooking_core::effect::{EffectKind, MailKind, TicketFact};
use rebooking_core::rebooking::RebookingState;
use rebooking_core::token::{CancelReason, RebookingToken, TokenState};

pub(crate) fn is_live(token: &RebookingToken) -> bool {
    match &token.state() {
        TokenState::Active => true,
        TokenState::Used(rebooking) => rebooking.state.is_live(),
        TokenState::Cancelled { .. } => false,
    }
}

/// What must be on its way for a token in its state.
pub(crate) fn due_effects(token: &RebookingToken) -> Vec<EffectKind> {
    let mut due = Vec::new();
    if let TokenState::Used(rebooking) = &token.state() {
        due.push(EffectKind::PlaceOrder);
        if let RebookingState::AwaitingPartner | RebookingState::Confirmed = rebooking.state {
            due.push(EffectKind::Mail(MailKind::Rebooked));
            due.push(EffectKind::Mail(MailKind::PartnerRequest));
            due.push(EffectKind::Ticket(TicketFact::Rebooked));
        }
        if rebooking.state == RebookingState::Confirmed {
            due.push(EffectKind::Mail(MailKind::PartnerConfirmed));
            due.push(EffectKind::Ticket(TicketFact::Confirmed));
        }
        if let RebookingState::Cancelled(CancelReason::Support | CancelReason::Superseded) =
            rebooking.state
        {
            due.push(EffectKind::UndoOrder);
        }
    }
    // Who is moved to a backup hears of it once, when the order is made.
    if token.rebooking().is_none_or(|rebooking| !rebooking.is_backup) {
        due.extend(link_mail(token));
    }
    due
}

fn link_mail(token: &RebookingToken) -> Option<EffectKind> {
    use rebooking_core::token::Cause;
    match token.cause() {
        Cause::Declined | Cause::DateWithdrawn => Some(EffectKind::Mail(MailKind::Declined)),
        Cause::Manual => Some(EffectKind::Mail(MailKind::LinkSent)),
        Cause::OrderRefused => Some(EffectKind::Mail(MailKind::OrderRefused)),
        // Told of by one mail or another: a replaced link, or new dates for who waits.
        Cause::Replaced => None,
    }
}

/// The plain table of what may follow what, over any number of events.
pub(crate) fn may_follow(before: &TokenState, after: &TokenState) -> bool {
    use RebookingState::{
        AwaitingPartner, Cancelled, Confirmed, DeclinedAgain, Ordering, Rejected,
    };
    match (before, after) {
        (TokenState::Active, _) => true,
        (TokenState::Cancelled { .. }, _) => before == after,
        (TokenState::Used(_), TokenState::Active | TokenState::Cancelled { .. }) => false,
        (TokenState::Used(old), TokenState::Used(new)) => {
            let same_choice = old.at == new.at
                && old.slot == new.slot
                && (old.list_total, old.total, old.paid) == (new.list_total, new.total, new.paid)
                && old.unit_price == new.unit_price
                && old.consequence == new.consequence;
            let onward = match (old.state, new.state) {
                (Ordering, _) => true,
                (AwaitingPartner, AwaitingPartner | Confirmed | DeclinedAgain | Cancelled(_)) => {
                    true
                }
                (Confirmed, Confirmed | DeclinedAgain | Cancelled(_)) => true,
                (DeclinedAgain | Rejected | Cancelled(_), _) => old.state == new.state,
                (AwaitingPartner | Confirmed, _) => false,
            };
            same_choice && onward
        }
    }
}
