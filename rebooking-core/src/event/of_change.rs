//! Which events a change brings about: read off its history, so that what is told and what support
//! reads are the same.

use crate::audit::{AuditEntry, AuditEvent, Subject};
use crate::change::{Change, TokenWrite};
use crate::effect::{EffectKind, EventKind, NewEffect};
use crate::rebooking::RebookingState;
use crate::token::RebookingToken;
use crate::value::ids::TokenRef;

/// The effects that tell of what a change does, in the order of its history. None are personal, and
/// none of them exist in `change` yet: whoever commits for a host that has switched events on adds
/// them, as [`Rebookings`](crate::Rebookings) does.
#[must_use]
pub fn of_change(change: &Change) -> Vec<NewEffect> {
    let opened = change.tokens.iter().filter_map(|write| match write {
        TokenWrite::Issue(token) => {
            let is_first = token.id() == TokenRef::first(token.id().case);
            is_first.then(|| once(token.id(), EventKind::CaseOpened))
        }
        TokenWrite::Update { .. } => None,
    });
    opened.chain(change.audit.iter().filter_map(|entry| of_entry(change, entry))).collect()
}

fn of_entry(change: &Change, entry: &AuditEntry) -> Option<NewEffect> {
    let Subject::Token(id) = entry.subject else { return None };
    let next = || updated(change, id);
    match entry.event {
        AuditEvent::LinkMailed => Some(once(id, EventKind::LinkMailed)),
        AuditEvent::PageOpened => Some(once(id, EventKind::LinkOpened)),
        AuditEvent::Chosen | AuditEvent::BackupBooked => Some(once(id, EventKind::RebookingChosen)),
        AuditEvent::OrderMade => Some(once(id, EventKind::OrderMade)),
        AuditEvent::OrderRefused => Some(once(id, EventKind::OrderRefused)),
        AuditEvent::PartnerConfirmed => Some(once(id, EventKind::RebookingConfirmed)),
        AuditEvent::RebookingCancelled => Some(once(id, EventKind::RebookingCancelled)),
        AuditEvent::Forgotten => Some(once(id, EventKind::CaseForgotten)),
        // A first decline opens the case; a rebooking that is declined ends.
        AuditEvent::Declined | AuditEvent::DateWithdrawn => {
            let state = next()?.rebooking()?.state;
            (state == RebookingState::DeclinedAgain)
                .then(|| once(id, EventKind::RebookingDeclinedAgain))
        }
        // A link that was extended expires again.
        AuditEvent::LinkExpired => {
            let again = next()?.version().saturating_add(1);
            Some(NewEffect::again(id, EffectKind::Event(EventKind::LinkExpired), again))
        }
        AuditEvent::Wished => {
            let place = u32::try_from(next()?.wishes().len()).ok()?.checked_sub(1)?;
            Some(NewEffect::again(id, EffectKind::Event(EventKind::WishReceived), place))
        }
        AuditEvent::LimitReached
        | AuditEvent::LinkIssued
        | AuditEvent::LinkSuperseded
        | AuditEvent::LinkResent
        | AuditEvent::LinkExtended
        | AuditEvent::LinkCancelled
        | AuditEvent::LinkReminded
        | AuditEvent::PartnerReminded
        | AuditEvent::PartnerSilent
        | AuditEvent::NoDatesFound
        | AuditEvent::WrongAddress
        | AuditEvent::BackupsNamed
        | AuditEvent::RequestWithdrawn
        | AuditEvent::OrderGone
        | AuditEvent::OrderMadeTooLate
        | AuditEvent::OrderUndone
        | AuditEvent::DifferenceRefunded
        | AuditEvent::WishSettled
        | AuditEvent::NewDatesAnnounced
        | AuditEvent::MailRefused
        | AuditEvent::TicketKept
        | AuditEvent::EffectDied
        | AuditEvent::EffectRetried
        | AuditEvent::EffectSkipped
        | AuditEvent::Noted
        | AuditEvent::CaseTaken
        | AuditEvent::CaseGivenBack => None,
    }
}

fn once(token: TokenRef, kind: EventKind) -> NewEffect {
    NewEffect::once(token, EffectKind::Event(kind))
}

/// A token as the change leaves it.
fn updated(change: &Change, id: TokenRef) -> Option<&RebookingToken> {
    change.tokens.iter().find_map(|write| match write {
        TokenWrite::Update { next, .. } if next.id() == id => Some(next.as_ref()),
        TokenWrite::Update { .. } | TokenWrite::Issue(_) => None,
    })
}
