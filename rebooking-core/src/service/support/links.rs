//! *Re-send, reissue, extend*: what support does with a link.

use chrono::{DateTime, TimeDelta, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, MailKind};
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::service::{AsSupport, CaseVersion, Decision};
use crate::token::{CancelReason, Cause, Issue, LinkUnusable, RebookingToken};
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;
use crate::wish::Wish;

/// Decides on mailing the same link once more.
///
/// # Errors
/// [`RebookError::Conflict`] when it cannot be used any more: reissue it instead.
pub fn resend(
    token: RebookingToken,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision<TokenRef>, RebookError> {
    token.usable(now)?;
    let (id, again) = (token.id(), token.version().saturating_add(1));
    let kind = match token.cause() {
        Cause::Declined | Cause::DateWithdrawn => MailKind::Declined,
        Cause::Manual => MailKind::LinkSent,
        Cause::Replaced => MailKind::LinkReplaced,
        Cause::OrderRefused => MailKind::OrderRefused,
    };
    let change = Change::at(now)
        .audit(id, actor, AuditEvent::LinkResent)
        .effect_again(id, EffectKind::Mail(kind), again)
        .update(token);
    Ok(Decision::commit(change, id))
}

/// Decides on a new link in place of the newest one, which dies at once. A link that support
/// replaces forgives wrong addresses.
///
/// # Errors
/// [`RebookError::Conflict`] when the newest one was used or taken away.
pub fn reissue(
    token: RebookingToken,
    actor: &Actor,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<Decision<TokenRef>, RebookError> {
    let (change, next) = replace(token, actor, policy, link, now)?;
    Ok(issued(change, next.attempts_forgiven()))
}

/// The old link superseded, and the one in its place.
pub(in crate::service) fn replace(
    token: RebookingToken,
    actor: &Actor,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<(Change, RebookingToken), RebookError> {
    if token.milestones().forgotten_at.is_some() {
        return Err(Conflict::Forgotten.into());
    }
    let issue = Issue {
        cause: Cause::Replaced,
        reason: token.reason().clone(),
        proposed: Vec::new(),
        link,
        policy,
        now,
    };
    let next = issue.after(&token, token.booking().clone(), token.origin());
    let old = token.cancel(CancelReason::Superseded, now)?;
    let change = Change::at(now)
        .audit(old.id(), actor, AuditEvent::LinkSuperseded)
        .audit(next.id(), actor, AuditEvent::LinkIssued)
        .update(old);
    Ok((change, next))
}

/// The latest link gives way to the next one. One that is over already stays as it is, and guards
/// what follows from it all the same: whoever forgets the case at this very moment must see the
/// next link, or be seen.
pub(in crate::service) fn supersede(
    change: Change,
    token: &RebookingToken,
    actor: &Actor,
) -> Change {
    match token.clone().cancel(CancelReason::Superseded, change.at) {
        Ok(old) => change.audit(old.id(), actor, AuditEvent::LinkSuperseded).update(old),
        Err(_) => change.update(token.clone()),
    }
}

pub(in crate::service) fn issued(change: Change, next: RebookingToken) -> Decision<TokenRef> {
    let id = next.id();
    Decision::commit(
        change.effect_once(id, EffectKind::Mail(MailKind::LinkReplaced)).issue(next),
        id,
    )
}

/// Decides on letting a link work longer, also one that has expired.
///
/// # Errors
/// [`RebookError::Invalid`] outside 1 to 365 days; [`RebookError::Conflict`] for a link that was
/// used or taken away.
pub fn extend(
    token: RebookingToken,
    days: u32,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision<DateTime<Utc>>, RebookError> {
    if !(1..=365).contains(&days) {
        return Err(InvalidInput::Extension.into());
    }
    if token.milestones().forgotten_at.is_some() {
        return Err(Conflict::Forgotten.into());
    }
    let next = token.extend(TimeDelta::days(i64::from(days)), now)?;
    let until = next.expires_at();
    Ok(Decision::commit(
        Change::at(now).audit(next.id(), actor, AuditEvent::LinkExtended).update(next),
        until,
    ))
}

/// Decides that support has dealt with what the customer of an undecided link asked for: no wish of
/// it is open any more, and nobody waits for a mail about new dates.
///
/// # Errors
/// [`RebookError::Conflict`] for a link that was used or taken away, or a case that is forgotten.
pub fn settle(
    token: RebookingToken,
    note: &FreeText,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    if token.milestones().forgotten_at.is_some() {
        return Err(Conflict::Forgotten.into());
    }
    match token.usable(now) {
        Ok(()) | Err(LinkUnusable::Expired { .. }) => {}
        Err(why @ (LinkUnusable::Used { .. } | LinkUnusable::Cancelled { .. })) => {
            return Err(why.into());
        }
    }
    let is_open = |wish: &Wish| wish.answered_at.is_none();
    let change = Change::at(now)
        .audit_why(token.id(), actor, AuditEvent::WishSettled, note.clone())
        .update(token.wishes_answered(is_open, now));
    Ok(Decision::commit(change, ()))
}

impl AsSupport<'_> {
    /// Notes that support has dealt with what a customer asked for, or was promised to hear who
    /// found no date: the worklist has neither any more, and the history why. Each time it is
    /// called with a [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`] for a link that was used or taken away,
    /// [`RebookError::Invalid`] without a note, and [`RebookError::TryLater`].
    pub async fn settle(
        self,
        case: impl Into<CaseVersion>,
        note: &FreeText,
    ) -> Result<(), RebookError> {
        if note.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let (case, actor) = (case.into(), self.actor());
        self.rebookings
            .decided(|| async {
                let (token, now) = self.newest(case).await?;
                settle(token, note, &actor, now)
            })
            .await
    }

    /// Mails the link of a case once more: each time it is called with a
    /// [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`] for a link that cannot be used or a
    /// case that has changed since it was seen, and [`RebookError::TryLater`].
    pub async fn resend(self, case: impl Into<CaseVersion>) -> Result<TokenRef, RebookError> {
        let case = case.into();
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let (token, now) = self.newest(case).await?;
                resend(token, &actor, now)
            })
            .await
    }

    /// Mails a new link for a case and kills the old one at once: each time it is called with a
    /// [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`] for a link that was used or taken away,
    /// and [`RebookError::TryLater`].
    pub async fn reissue(self, case: impl Into<CaseVersion>) -> Result<TokenRef, RebookError> {
        let case = case.into();
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let (token, now) = self.newest(case).await?;
                let link = self.rebookings.new_link(LinkPurpose::Rebook)?;
                reissue(token, &actor, self.rebookings.policy(), link, now)
            })
            .await
    }

    /// Lets the link of a case work so many days longer: each time it is called with a
    /// [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`]. Returns until when.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Invalid`], [`RebookError::Conflict`] and
    /// [`RebookError::TryLater`].
    pub async fn extend(
        self,
        case: impl Into<CaseVersion>,
        days: u32,
    ) -> Result<DateTime<Utc>, RebookError> {
        let case = case.into();
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let (token, now) = self.newest(case).await?;
                extend(token, days, &actor, now)
            })
            .await
    }

    pub(in crate::service) async fn newest(
        self,
        case: CaseVersion,
    ) -> Result<(RebookingToken, DateTime<Utc>), RebookError> {
        let AsOf { now, value } = self.rebookings.newest_token(case.case()).await?;
        let newest = value.ok_or(RebookError::NotFound(Resource::Case))?;
        case.check(&newest)?;
        Ok((newest, now))
    }
}
