//! How an attempt ended: what is noted of the effect, what it says about the other side, and what
//! people must hear.

use chrono::{DateTime, TimeDelta, Utc};

use super::act::Acted;
use super::circuit::Health;
use super::count::End;
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{Claimed, Effect, EffectKind, Outcome, TicketFact};
use crate::ports::PortError;

/// What the history says of an effect that failed for good.
pub(super) fn died(
    claimed: &Claimed,
    acted: &Result<Acted, PortError>,
    now: DateTime<Utc>,
) -> Change {
    let (change, about) = (Change::at(now), claimed.effect.token);
    let died = |change: Change| change.audit(about, &Actor::System, AuditEvent::EffectDied);
    match acted {
        Err(PortError::InvalidRecipient(_)) => {
            died(change).audit(about, &Actor::System, AuditEvent::MailRefused)
        }
        Err(PortError::Permanent(_)) => died(change),
        Ok(_)
        | Err(
            PortError::Transient(_)
            | PortError::Unknown(_)
            | PortError::Unavailable(_)
            | PortError::Unauthorized(_),
        ) => change,
    }
}

/// What is noted of an effect that ended so, and how it is counted.
pub(super) fn outcome(acted: &Result<Acted, PortError>, after: TimeDelta) -> (Outcome, End) {
    match acted {
        Ok(_) => (Outcome::Done, End::Done),
        Err(error @ (PortError::Permanent(_) | PortError::InvalidRecipient(_))) => {
            (Outcome::Dead { error: error.phrase() }, End::Dead)
        }
        Err(error @ (PortError::Transient(_) | PortError::Unknown(_))) => {
            (Outcome::Retry { after, error: error.phrase() }, End::Retried)
        }
        Err(error @ (PortError::Unavailable(_) | PortError::Unauthorized(_))) => {
            (Outcome::GivenBack { after, error: error.phrase() }, End::Retried)
        }
    }
}

/// What an attempt says about the way that it took.
pub(super) const fn health(acted: &Result<Acted, PortError>) -> Health<'_> {
    match acted {
        Ok(Acted::Moot | Acted::MailedBefore)
        | Err(PortError::Permanent(_) | PortError::InvalidRecipient(_)) => Health::Nothing,
        Ok(
            Acted::Mailed
            | Acted::Placed(_)
            | Acted::Refused { .. }
            | Acted::Undone(_)
            | Acted::Refunded
            | Acted::Recorded(_)
            | Acted::Told,
        ) => Health::Served,
        Err(PortError::Transient(_) | PortError::Unknown(_)) => Health::Unclear,
        Err(error @ PortError::Unavailable(_)) => Health::Unavailable(error),
        Err(error @ PortError::Unauthorized(_)) => Health::Unauthorized(error),
    }
}

/// What support must know of an effect that is dead, so that people tell what the program could
/// not. A mail that was given up, or that cannot be made, says nothing about the customer's
/// address.
pub(super) const fn untold(kind: EffectKind, refused: bool) -> Option<TicketFact> {
    match kind {
        EffectKind::Mail(mail) if !mail.to_customer() => Some(TicketFact::PartnerNotTold),
        EffectKind::Mail(_) if refused => Some(TicketFact::Unreachable),
        EffectKind::Mail(_) => Some(TicketFact::CustomerNotTold),
        EffectKind::PlaceOrder | EffectKind::UndoOrder | EffectKind::Refund => {
            Some(TicketFact::OrderStuck)
        }
        EffectKind::Ticket(_) | EffectKind::Event(_) => None,
    }
}

/// The last thing that went wrong stays readable.
pub(super) fn given_up(effect: &Effect) -> PortError {
    let last = effect.last_error.as_deref().unwrap_or("never answered");
    PortError::Permanent(format!("given up: {last}").into())
}
