//! *Decline*: the partner cannot give the course. Places go back, the case gets its next link, the
//! customer hears of it.

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{ConfirmationCase, ConfirmationKey};
use crate::proposal::Proposals;
use crate::rebooking::{RebookingState, Transition};
use crate::service::partner::backup::{self, NextStep};
use crate::service::support::links::supersede;
use crate::service::{AsPartner, Decision, Rebookings};
use crate::token::{Cause, Issue, RebookingToken};
use crate::value::ids::{CaseId, CourseDateId, PartnerId, TokenRef};
use crate::value::text::FreeText;

/// Why a partner declines, and what instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Decline {
    /// For the customer to read.
    pub reason: FreeText,
    /// Up to three dates that the partner proposes instead; they are shown first.
    pub proposed: Vec<CourseDateId>,
}

/// What became of a decline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Declined {
    /// The customer gets a link.
    LinkIssued(TokenRef),
    /// The partner's no was met by a backup of the customer's, which is booked under this step: no
    /// link to choose by, and the mail says what was booked.
    BackupBooked(TokenRef),
    /// This case has had its links; the customer gets a mail without one, support a ticket.
    LimitReached(CaseId),
    /// It was declined or withdrawn before, or its booking has moved on: the customer hears nothing
    /// new.
    Already,
    /// It was declined before for another reason. That one stands; this one is not kept, and nobody
    /// hears of it.
    AlreadyOtherwise,
}

/// Decides on a decline. `cause` tells a single decline from a withdrawn date; `next` is used only
/// where a next step follows. A link alone will do where no [backup](crate::backup) is to be
/// booked.
///
/// # Errors
/// [`RebookError::Conflict`] for a request that the partner has not been asked yet.
pub fn decide(
    seen: AsOf<ConfirmationCase>,
    decline: &Decline,
    cause: Cause,
    policy: &Policy,
    next: impl Into<NextStep>,
) -> Result<Decision<Declined>, RebookError> {
    let NextStep { link, standby } = next.into();
    let AsOf { now, value: ConfirmationCase { confirmation, opened_by, latest } } = seen;
    match (confirmation.state, cause) {
        (ConfirmationState::Declined, Cause::Declined) if confirmation.reason != decline.reason => {
            return Ok(Decision::unchanged(Declined::AlreadyOtherwise));
        }
        (ConfirmationState::Declined | ConfirmationState::Withdrawn, _) => {
            return Ok(Decision::unchanged(Declined::Already));
        }
        (ConfirmationState::Waiting, Cause::DateWithdrawn) => {}
        (ConfirmationState::Waiting, _) => {
            return Err(crate::rebooking::InvalidTransition::NotAskedYet.into());
        }
        (ConfirmationState::Pending | ConfirmationState::Confirmed, _) => {}
    }
    let partner = Actor::Partner(confirmation.booking.partner.id);
    let change = Change::at(now).close(
        confirmation.id,
        ConfirmationState::Declined,
        decline.reason.clone(),
        &confirmation.booking,
    );
    let issue = Issue {
        cause,
        reason: decline.reason.clone(),
        proposed: decline.proposed.clone(),
        link,
        policy,
        now,
    };
    let event = if cause == Cause::DateWithdrawn {
        AuditEvent::DateWithdrawn
    } else {
        AuditEvent::Declined
    };

    let backups = backup::standing(opened_by.as_ref(), policy);
    let mut lost = confirmation.booking;
    let (change, before) = match opened_by {
        Some(token) => {
            // Without its order the difference was neither refunded nor owed.
            if token.rebooking().is_some_and(|rebooking| rebooking.order.is_none()) {
                let before = token.booking();
                (lost.unit_price, lost.paid) = (before.unit_price, before.paid);
            }
            (lose_rebooking(change, &token)?, Some(token))
        }
        None => match latest {
            // A request that was opened after the booking had moved: it gives its places back, and
            // the rebooking stands. One whose order is gone, or whose customer is forgotten, leads
            // nowhere.
            Some(token) if nothing_to_move(&token) => {
                return Ok(Decision::commit(
                    change.audit(token.id(), &partner, event),
                    Declined::Already,
                ));
            }
            // A link that support sent by hand gives way to the one that tells of the decline.
            Some(token) => (supersede(change, &token, &Actor::System), Some(token)),
            None => (change, None),
        },
    };
    let Some(before) = before else {
        let next = issue.first(lost, Some(confirmation.id));
        return Ok(link_issued(change.audit(next.id(), &partner, event), next));
    };
    if !before.is_followed_by_a_link(policy) {
        let change = change
            .audit(before.id(), &partner, event)
            .audit(before.id(), &Actor::System, AuditEvent::LimitReached)
            .effect_once(before.id(), EffectKind::Mail(MailKind::LimitReached))
            .effect_once(before.id(), EffectKind::Ticket(TicketFact::LimitReached));
        return Ok(Decision::commit(change, Declined::LimitReached(before.id().case)));
    }
    let next = issue.after(&before, lost, Some(confirmation.id));
    let change = change.audit(before.id(), &partner, event);
    match standby.and_then(|standby| standby.book(&change, &backups, &next, policy)) {
        Some(booked) => Ok(booked),
        None => Ok(link_issued(change, next)),
    }
}

fn link_issued(change: Change, next: RebookingToken) -> Decision<Declined> {
    let id = next.id();
    let change = change
        .audit(id, &Actor::System, AuditEvent::LinkIssued)
        .effect_once(id, EffectKind::Mail(MailKind::Declined))
        .effect_once(id, EffectKind::Ticket(TicketFact::Declined))
        .issue(next);
    Decision::commit(change, Declined::LinkIssued(id))
}

fn nothing_to_move(token: &RebookingToken) -> bool {
    let moved_on = token.rebooking().is_some_and(|rebooking| rebooking.state.is_live());
    moved_on
        || token.milestones().order_gone_at.is_some()
        || token.milestones().forgotten_at.is_some()
}

/// The rebooking that opened the request is over. The order stays, since the customer's money is in
/// it and the next link moves it on; only one that is still being made must not be made any more.
fn lose_rebooking(change: Change, token: &RebookingToken) -> Result<Change, RebookError> {
    let Some(rebooking) = token.rebooking() else {
        return Err(Conflict::ConfirmationClosed.into());
    };
    let being_made = rebooking.state == RebookingState::Ordering;
    let change = match token.clone().partner_declined(change.at)? {
        Transition::To(next) => change.update(next),
        Transition::NoOp | Transition::TooLate => return Err(Conflict::ConfirmationClosed.into()),
    };
    Ok(if being_made { change.effect_once(token.id(), EffectKind::UndoOrder) } else { change })
}

impl AsPartner<'_> {
    /// Declines one booking, which must be the partner's own. A second decline of the same does
    /// nothing new, so the call may be repeated; one for another reason says that this is not kept.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] for no such request or another partner's (promise I10),
    /// [`RebookError::Invalid`] without a reason or with a wrong proposal,
    /// [`RebookError::Conflict`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn decline(
        self,
        key: &ConfirmationKey,
        decline: &Decline,
    ) -> Result<Declined, RebookError> {
        if decline.reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        self.rebookings.decline_for(Some(self.partner), key, decline, Cause::Declined).await
    }
}

impl Rebookings {
    /// What [`AsPartner::decline`] does, for a host that has checked who asks: Feature 01's own
    /// event, say, which may come without a reason.
    ///
    /// # Errors
    /// As [`AsPartner::decline`].
    pub async fn decline_unchecked(
        &self,
        key: &ConfirmationKey,
        decline: &Decline,
    ) -> Result<Declined, RebookError> {
        self.decline_for(None, key, decline, Cause::Declined).await
    }

    pub(in crate::service) async fn decline_for(
        &self,
        partner: Option<PartnerId>,
        key: &ConfirmationKey,
        decline: &Decline,
        cause: Cause,
    ) -> Result<Declined, RebookError> {
        self.decided(|| async {
            let seen = self.find_confirmation(key).await?;
            let seen = seen.ok_or(RebookError::NotFound(Resource::Confirmation))?;
            let owner = seen.value.confirmation.booking.partner.id;
            if partner.is_some_and(|partner| partner != owner) {
                return Err(RebookError::NotFound(Resource::Confirmation));
            }
            self.check_proposed(&seen.value, &decline.proposed).await?;
            let next = self.next_step(&seen.value).await?;
            decide(seen, decline, cause, self.policy(), next)
        })
        .await
    }

    /// What is proposed must be what [`AsPartner::confirmation_options`] lists.
    pub(in crate::service) async fn check_proposed(
        &self,
        case: &ConfirmationCase,
        proposed: &[CourseDateId],
    ) -> Result<(), RebookError> {
        let confirmation = &case.confirmation;
        if proposed.is_empty() || !confirmation.state.is_live() {
            return Ok(());
        }
        let AsOf { now, value } = self.store().dates(confirmation.booking.course.id).await?;
        let newest = case.opened_by.as_ref().or(case.latest.as_ref());
        Ok(Proposals::new(confirmation, newest, self.policy(), now).check(proposed, &value)?)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::change::{Commit, Guard};
    use crate::link::LinkPurpose;
    use crate::ports::RebookingStore as _;
    use crate::service::{Forget, ManualLink};
    use crate::testing::{World, samples};

    #[tokio::test]
    async fn a_decline_that_was_decided_before_its_case_was_forgotten_brings_no_name_back() {
        let (world, booking) = (World::new(), samples::booking());
        world.shop.put_booking(booking.clone());
        let request = world.store.open_confirmation(&booking).await.unwrap();
        let reason = FreeText::line("Telefonat", 100);
        let by_hand = ManualLink { item: booking.item, reason: reason.clone(), again: false };
        let (case, support) = (CaseId::from(booking.item), world.rebookings.support("Susi"));
        support.send_link(&by_hand).await.unwrap();
        support.cancel(case, &reason).await.unwrap();
        world.clock.advance(TimeDelta::days(60));

        let seen = world.rebookings.find_confirmation(&ConfirmationKey::Id(request)).await;
        let link = world.rebookings.new_link(LinkPurpose::Rebook).unwrap();
        let (no, policy) =
            (Decline { reason: reason.clone(), ..Decline::default() }, Policy::default());
        let decided = decide(seen.unwrap().unwrap(), &no, Cause::Declined, &policy, link).unwrap();
        support.forget(case, &Forget { reason, cancel_open: true }).await.unwrap();
        let late = world.store.commit(&decided.change.unwrap()).await.unwrap();
        assert_eq!(late, Commit::Lost(Guard::Token));
    }
}
