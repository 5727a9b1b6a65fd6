//! *Overdue*: a partner does not answer. They are reminded once; later support hears of it, once.

use chrono::{DateTime, Utc};

use super::Rebookings;
use super::sweep::BATCH;
use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, ConfirmationNote, ConfirmationWrite};
use crate::confirmation::{Confirmation, Overdue};
use crate::effect::{EffectKind, MailKind};
use crate::error::{RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::store::{ConfirmationCase, ConfirmationKey};
use crate::rebooking::RebookingState;
use crate::token::RebookingToken;
use crate::value::ids::{CaseId, TokenRef};

/// When the partner was asked: the request for a rebooking is opened with the customer's choice,
/// and goes out once the shop has made the order.
pub(super) fn asked_at(
    request: &Confirmation,
    opened_by: Option<&RebookingToken>,
) -> Option<DateTime<Utc>> {
    match opened_by.and_then(RebookingToken::rebooking) {
        Some(rebooking) if rebooking.state == RebookingState::AwaitingPartner => {
            Some(rebooking.since)
        }
        None if request.token.is_none() => Some(request.opened_at),
        Some(_) | None => None,
    }
}

/// What is done about a request that its partner has not answered. `None` where nothing is due, or
/// not yet.
#[must_use]
pub fn decide(overdue: Overdue, seen: &AsOf<ConfirmationCase>) -> Option<Change> {
    let AsOf { now, value: ConfirmationCase { confirmation, opened_by, .. } } = seen;
    let asked_at = asked_at(confirmation, opened_by.as_ref())?;
    if !overdue.is_due(confirmation, asked_at, *now) {
        return None;
    }
    let of_booking = || TokenRef::booking(CaseId::from(confirmation.booking.item));
    let about = opened_by.as_ref().map_or_else(of_booking, RebookingToken::id);
    let note = |note| ConfirmationWrite::Note { id: confirmation.id, note };
    let change = Change::at(*now);
    Some(match overdue {
        Overdue::Reminder(_) => change
            .confirmation(note(ConfirmationNote::Reminded))
            .effect_once(about, EffectKind::Mail(MailKind::PartnerReminder))
            .audit(about, &Actor::System, AuditEvent::PartnerReminded),
        Overdue::Support(_) => change.confirmation(note(ConfirmationNote::Silent)).audit(
            about,
            &Actor::System,
            AuditEvent::PartnerSilent,
        ),
    })
}

impl Rebookings {
    /// Does what is due of one kind, and says how often. A span of zero switches it off.
    pub(super) async fn sweep_overdue(&self, overdue: Overdue) -> Result<u32, RebookError> {
        if overdue.span().is_zero() {
            return Ok(0);
        }
        let due = move |after| async move { self.store().overdue(overdue, after, BATCH).await };
        let decide = move |id| async move {
            let seen = self.find_confirmation(&ConfirmationKey::Id(id)).await?;
            Ok(decide(overdue, &seen.ok_or(RebookError::NotFound(Resource::Confirmation))?))
        };
        self.sweep_each(due, decide).await
    }
}

#[cfg(test)]
mod tests;
