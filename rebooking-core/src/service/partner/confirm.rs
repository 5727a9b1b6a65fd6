//! *Confirm*: the partner will give the course.

use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, ConfirmationWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::error::{Conflict, RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::store::{ConfirmationCase, ConfirmationKey};
use crate::rebooking::{InvalidTransition, Transition};
use crate::service::{AsPartner, Decision, Rebookings};
use crate::value::ids::{CaseId, PartnerId};
use crate::value::text::FreeText;

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confirmed {
    /// It is confirmed; the customer of a rebooking is told.
    Now,
    /// It was confirmed before: nothing new happened.
    Already,
}

/// Decides on a partner's confirmation, of an original booking or of a rebooking.
///
/// # Errors
/// [`RebookError::Conflict`] for a request that is closed, or that the partner has not been asked
/// yet.
pub fn decide(seen: AsOf<ConfirmationCase>) -> Result<Decision<Confirmed>, RebookError> {
    let AsOf { now, value: ConfirmationCase { confirmation, opened_by, .. } } = seen;
    match confirmation.state {
        ConfirmationState::Pending => {}
        ConfirmationState::Confirmed => return Ok(Decision::unchanged(Confirmed::Already)),
        ConfirmationState::Waiting => return Err(InvalidTransition::NotAskedYet.into()),
        ConfirmationState::Declined | ConfirmationState::Withdrawn => {
            return Err(Conflict::ConfirmationClosed.into());
        }
    }
    let partner = Actor::Partner(confirmation.booking.partner.id);
    let change = Change::at(now).confirmation(ConfirmationWrite::Move {
        id: confirmation.id,
        from: &[ConfirmationState::Pending],
        to: ConfirmationState::Confirmed,
        reason: FreeText::default(),
        booking: None,
    });
    let Some(token) = opened_by else {
        let booking = Subject::Booking(CaseId::from(confirmation.booking.item));
        return Ok(Decision::commit(
            change.audit(booking, &partner, AuditEvent::PartnerConfirmed),
            Confirmed::Now,
        ));
    };
    let id = token.id();
    if token.rebooking().is_none() {
        return Err(Conflict::ConfirmationClosed.into());
    }
    let next = match token.partner_confirmed(now)? {
        Transition::To(next) => next,
        Transition::NoOp | Transition::TooLate => {
            return Ok(Decision::unchanged(Confirmed::Already));
        }
    };
    let change = change
        .audit(id, &partner, AuditEvent::PartnerConfirmed)
        .effect_once(id, EffectKind::Mail(MailKind::PartnerConfirmed))
        .effect_once(id, EffectKind::Ticket(TicketFact::Confirmed))
        .update(next);
    Ok(Decision::commit(change, Confirmed::Now))
}

impl AsPartner<'_> {
    /// Confirms one booking, which must be the partner's own. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] for no such request or another partner's (promise I10),
    /// [`RebookError::Conflict`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn confirm(self, key: &ConfirmationKey) -> Result<Confirmed, RebookError> {
        self.rebookings.confirm_for(Some(self.partner), key).await
    }
}

impl Rebookings {
    /// What [`AsPartner::confirm`] does, for a host that has checked who asks.
    ///
    /// # Errors
    /// As [`AsPartner::confirm`].
    pub async fn confirm_unchecked(&self, key: &ConfirmationKey) -> Result<Confirmed, RebookError> {
        self.confirm_for(None, key).await
    }

    async fn confirm_for(
        &self,
        partner: Option<PartnerId>,
        key: &ConfirmationKey,
    ) -> Result<Confirmed, RebookError> {
        self.decided(|| async {
            let seen = self.find_confirmation(key).await?;
            let seen = seen.ok_or(RebookError::NotFound(Resource::Confirmation))?;
            let owner = seen.value.confirmation.booking.partner.id;
            if partner.is_some_and(|partner| partner != owner) {
                return Err(RebookError::NotFound(Resource::Confirmation));
            }
            decide(seen)
        })
        .await
    }
}
