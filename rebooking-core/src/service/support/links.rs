//! *Re-send, reissue, extend*: what support does with a link, and how a customer replaces an
//! expired one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, MailKind};
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::link::{LinkPurpose, LinkSecret, StoredLink};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::TokenKey;
use crate::service::{CaseVersion, Decision, Rebookings};
use crate::token::{CancelReason, Cause, Issue, RebookingToken, TokenState};
use crate::value::customer::EmailAddress;
use crate::value::ids::TokenRef;

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

/// Decides on a customer's wish for a new link. Only an expired one is replaced, and not without
/// end; whatever is decided, the customer hears the same, so that nobody learns anything by asking.
///
/// # Errors
/// None that a caller could meet; the signature is that of all decisions.
pub fn renew(
    token: RebookingToken,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    let expired = match token.state() {
        TokenState::Active => now >= token.expires_at(),
        TokenState::Used(_) | TokenState::Cancelled { .. } => false,
    };
    if !expired || !token.is_replaced_on_request(policy.renewal_limit) {
        return Ok(Decision::unchanged(()));
    }
    let (change, next) = replace(token, &Actor::Customer, policy, link, now)?;
    let Decision { change, .. } = issued(change, next.renewal_counted());
    Ok(Decision { change, answer: () })
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

fn issued(change: Change, next: RebookingToken) -> Decision<TokenRef> {
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

impl Rebookings {
    /// Mails the link of a case once more: each time it is called with a
    /// [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`] for a link that cannot be used or a
    /// case that has changed since it was seen, and [`RebookError::TryLater`].
    pub async fn resend(
        &self,
        case: impl Into<CaseVersion>,
        support: &str,
    ) -> Result<TokenRef, RebookError> {
        let case = case.into();
        let actor = Actor::Support(support.to_owned());
        self.decided(|| async {
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
    pub async fn reissue(
        &self,
        case: impl Into<CaseVersion>,
        support: &str,
    ) -> Result<TokenRef, RebookError> {
        let case = case.into();
        let actor = Actor::Support(support.to_owned());
        self.decided(|| async {
            let (token, now) = self.newest(case).await?;
            reissue(token, &actor, self.policy(), self.new_link(LinkPurpose::Rebook)?, now)
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
        &self,
        case: impl Into<CaseVersion>,
        days: u32,
        support: &str,
    ) -> Result<DateTime<Utc>, RebookError> {
        let case = case.into();
        let actor = Actor::Support(support.to_owned());
        self.decided(|| async {
            let (token, now) = self.newest(case).await?;
            extend(token, days, &actor, now)
        })
        .await
    }

    /// A customer asks for a new link in place of an expired one. It goes to the known address
    /// only, and the answer is the same for a link that works, that was never issued, or that has
    /// been replaced often enough. Where `email` is given it must be the address of the booking, or
    /// nothing is mailed and nothing counted: a page asks for it, since a mail scanner presses its
    /// button.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn request_new_link(
        &self,
        link: &LinkSecret,
        email: Option<&EmailAddress>,
    ) -> Result<(), RebookError> {
        self.decided(|| async {
            match self.open(TokenKey::Link(link.digest())).await? {
                Some(seen)
                    if email.is_none_or(|email| {
                        seen.value.token.booking().customer.email.same_address(email)
                    }) =>
                {
                    renew(
                        seen.value.token,
                        self.policy(),
                        self.new_link(LinkPurpose::Rebook)?,
                        seen.now,
                    )
                }
                Some(_) | None => Ok(Decision::unchanged(())),
            }
        })
        .await
    }

    async fn newest(
        &self,
        case: CaseVersion,
    ) -> Result<(RebookingToken, DateTime<Utc>), RebookError> {
        let AsOf { now, value } = self.newest_token(case.case()).await?;
        let newest = value.ok_or(RebookError::NotFound(Resource::Case))?;
        case.check(&newest)?;
        Ok((newest, now))
    }
}
