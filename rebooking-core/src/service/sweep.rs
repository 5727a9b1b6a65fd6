//! *Sweep*: what time alone brings about: expiry, reminders, dates for those who wait, partners who
//! do not answer, the purge, and what a crash left half-way.

use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::{Decision, Rebookings};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::confirmation::Overdue;
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::eligibility::RuleSet;
use crate::error::{RebookError, Resource};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::store::{SweepReason, TokenKey, TokenWithDates};
use crate::ports::{AsOf, PortError};
use crate::service::support::forget::wipe;
use crate::service::support::links;
use crate::token::{RebookingToken, TokenState};
use crate::value::text::FreeText;
use crate::wish::Wish;

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Swept {
    /// Bookings on withdrawn dates that were still to be declined.
    pub withdrawn: u32,
    /// Links whose expiry was written down.
    pub expired: u32,
    /// Customers who are reminded.
    pub reminded: u32,
    /// Customers who are told of new dates.
    pub announced: u32,
    /// Partners who are reminded of a request.
    pub partners_reminded: u32,
    /// Requests of which support is told that their partners do not answer.
    pub partners_silent: u32,
    /// Cases whose personal data was purged.
    pub forgotten: u32,
}

/// How many are looked at before the store is asked again.
pub(super) const BATCH: u32 = 100;

fn expire(token: RebookingToken, now: DateTime<Utc>) -> Option<Change> {
    let due = match token.state() {
        TokenState::Active => now >= token.expires_at() && token.milestones().expired_at.is_none(),
        TokenState::Used(_) | TokenState::Cancelled { .. } => false,
    };
    due.then(|| {
        // A link that was extended expires again, and is told again.
        let (id, again) = (token.id(), token.version().saturating_add(1));
        Change::at(now)
            .audit(id, &Actor::System, AuditEvent::LinkExpired)
            .effect_again(id, EffectKind::Ticket(TicketFact::Expired), again)
            .update(token.expiry_noted(now))
    })
}

fn remind(token: RebookingToken, policy: &Policy, now: DateTime<Utc>) -> Option<Change> {
    let soon = token.expires_at() - now <= policy.reminder_before;
    // A link that was never valid for longer than that needs no reminder: the mail that brought it
    // is one.
    let long_lived = token.expires_at() - token.issued_at() > policy.reminder_before;
    (token.usable(now).is_ok() && soon && long_lived && token.milestones().reminded_at.is_none())
        .then(|| {
            let (id, again) = (token.id(), token.version().saturating_add(1));
            Change::at(now)
                .audit(id, &Actor::System, AuditEvent::LinkReminded)
                .effect_again(id, EffectKind::Mail(MailKind::Reminder), again)
                .update_unexpired(token.reminded(now))
        })
}

/// Somebody waits and a date fits now: they are told, with a fresh link where theirs has expired.
fn announce(
    opened: TokenWithDates,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<Option<Change>, RebookError> {
    let TokenWithDates { token, dates, .. } = opened;
    let offers = token.eligibility(policy, RuleSet::Strict, now).offers(&dates);
    let answers = |wish: &Wish| {
        wish.waits() && offers.iter().any(|offer| wish.is_answered_by(&offer.date().slot))
    };
    if !token.is_undecided() || !token.wishes().iter().any(answers) {
        return Ok(None);
    }
    if token.usable(now).is_ok() {
        let (id, again) = (token.id(), token.version().saturating_add(1));
        let change = Change::at(now)
            .audit(id, &Actor::System, AuditEvent::NewDatesAnnounced)
            .effect_again(id, EffectKind::Mail(MailKind::NewDates), again)
            .update_unexpired(token.wishes_answered(answers, now));
        return Ok(Some(change));
    }
    let (change, next) = links::replace(token, &Actor::System, policy, link, now)?;
    let id = next.id();
    let change = change
        .audit(id, &Actor::System, AuditEvent::NewDatesAnnounced)
        .effect_once(id, EffectKind::Mail(MailKind::NewDates))
        .issue(next.wishes_answered(answers, now));
    Ok(Some(change))
}

fn forget(token: RebookingToken, policy: &Policy, now: DateTime<Utc>) -> Option<Change> {
    let over = now >= token.ends_at() + policy.purge_after;
    (over && token.milestones().forgotten_at.is_none())
        .then(|| wipe(token, &Actor::System, FreeText::EMPTY, now))
}

impl Rebookings {
    /// Does what time has brought about since the last sweep. Run it every minute or so; several at
    /// once do no harm, and each change is committed on its own.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach; what was done stays done.
    pub async fn sweep(&self) -> Result<Swept, RebookError> {
        let policy = self.policy();
        let withdrawn = self.decline_withdrawn(None).await?;
        let mut swept =
            Swept { withdrawn: withdrawn.links + withdrawn.without_link, ..Swept::default() };
        swept.expired = self
            .sweep_for(SweepReason::Expired, |seen| Ok(expire(seen.value.token, seen.now)))
            .await?;
        swept.reminded = self
            .sweep_for(SweepReason::Reminder(policy.reminder_before), |seen| {
                Ok(remind(seen.value.token, policy, seen.now))
            })
            .await?;
        swept.announced = self
            .sweep_for(SweepReason::Waiting, |seen| {
                announce(seen.value, policy, self.new_link(LinkPurpose::Rebook)?, seen.now)
            })
            .await?;
        swept.partners_reminded =
            self.sweep_overdue(Overdue::Reminder(policy.partner_reminder_after)).await?;
        swept.partners_silent =
            self.sweep_overdue(Overdue::Support(policy.partner_silent_after)).await?;
        swept.forgotten = self
            .sweep_for(SweepReason::Purge(policy.purge_after), |seen| {
                Ok(forget(seen.value.token, policy, seen.now))
            })
            .await?;
        Ok(swept)
    }

    /// Does what is due of one kind on links.
    async fn sweep_for<D>(&self, reason: SweepReason, decide: D) -> Result<u32, RebookError>
    where
        D: Fn(AsOf<TokenWithDates>) -> Result<Option<Change>, RebookError> + Send + Sync,
    {
        let due = move |after| async move { self.store().due(reason, after, BATCH).await };
        let decide = &decide;
        let decide = move |id| async move {
            let seen = self.open(TokenKey::Id(id)).await?;
            decide(seen.ok_or(RebookError::NotFound(Resource::Case))?)
        };
        self.sweep_each(due, decide).await
    }

    /// Pages through what is due, decides anew on each and commits. Returns how many changes there
    /// were.
    pub(super) async fn sweep_each<Id, P, D>(
        &self,
        due: impl Fn(Option<Id>) -> P + Sync,
        decide: impl Fn(Id) -> D + Sync,
    ) -> Result<u32, RebookError>
    where
        Id: Copy + Display + Send + Sync,
        P: Future<Output = Result<Vec<Id>, PortError>> + Send,
        D: Future<Output = Result<Option<Change>, RebookError>> + Send,
    {
        let (mut done, mut after) = (0, None);
        loop {
            let page = due(after).await?;
            let Some(last) = page.last() else { return Ok(done) };
            after = Some(*last);
            for id in page {
                let handled = self.decided(|| async {
                    Ok(match decide(id).await? {
                        Some(change) => Decision::commit(change, 1),
                        None => Decision::unchanged(0),
                    })
                });
                match handled.await {
                    Ok(changes) => done += changes,
                    // One that cannot be handled must not keep the others from it.
                    Err(error @ RebookError::TryLater(_)) => return Err(error),
                    Err(error) if error.is_listed() => {}
                    Err(error) => tracing::error!(%id, error = %error.phrase(), "cannot sweep"),
                }
            }
        }
    }
}
