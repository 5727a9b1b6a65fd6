//! *Name backups*: after the choice, and until the partner answers, a customer says which further
//! dates to take should the partner decline. Nothing is held for them.

use chrono::{DateTime, Utc};

use super::choose::{agreed_total, choose_again, find, gone, hold_to};
use crate::audit::{Actor, AuditEvent};
use crate::backup::Backup;
use crate::change::Change;
use crate::eligibility::{Eligibility, Offer, RuleSet};
use crate::error::{Conflict, InvalidInput, RebookError};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{TokenKey, TokenWithDates};
use crate::service::address::Owner;
use crate::service::{AsCustomer, Decision};
use crate::token::{RebookingToken, TokenState};
use crate::value::course_date::CourseDate;
use crate::value::customer::EmailAddress;
use crate::value::ids::CourseDateId;

/// What a customer sent. The list is the whole of it: what was named before and is not in it is
/// taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct BackupChoice {
    /// The address that must be the one of the booking.
    pub email: EmailAddress,
    /// The dates, the one to try first in front; none takes all back.
    pub backups: Vec<NewBackup>,
}

/// A date that a customer names as a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct NewBackup {
    /// Which date.
    pub date: CourseDateId,
    /// The total that the customer was shown, as with a [`Choice`](crate::service::Choice): without
    /// it nothing may cost more than has been paid.
    pub expected_total: Option<String>,
}

/// What can be named as a backup now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BackupOffers {
    /// The link and what was chosen by it.
    pub token: RebookingToken,
    /// The dates to choose from, by time, each with what it costs after the choice that stands.
    pub offers: Vec<Offer>,
    /// How many may be named.
    pub most: u32,
}

impl BackupOffers {
    /// What may be named for a token; `None` while nothing is chosen and once the partner has
    /// answered.
    #[must_use]
    pub fn new(seen: AsOf<TokenWithDates>, policy: &Policy) -> Option<Self> {
        let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
        if !token.takes_backups(policy) {
            return None;
        }
        let offers = offers(&token, &dates, policy, now);
        Some(Self { token, offers, most: policy.backups })
    }

    /// What was named so far, in order.
    #[must_use]
    pub fn named(&self) -> &[Backup] {
        self.token.rebooking().map(|rebooking| rebooking.backups.as_slice()).unwrap_or_default()
    }
}

/// What could be booked should the partner decline now: as after the link that would follow.
fn with_rules<A>(
    token: &RebookingToken,
    policy: &Policy,
    now: DateTime<Utc>,
    ask: impl FnOnce(Eligibility<'_>) -> A,
) -> Option<A> {
    let (booking, lost) = (token.moved_booking()?, token.lost_with_this());
    let rules = RuleSet::Strict;
    Some(ask(Eligibility { booking: &booking, lost: &lost, proposed: &[], policy, rules, now }))
}

fn offers(
    token: &RebookingToken,
    dates: &[CourseDate],
    policy: &Policy,
    now: DateTime<Utc>,
) -> Vec<Offer> {
    with_rules(token, policy, now, |rules| rules.offers(dates)).unwrap_or_default()
}

/// Decides on a customer's backups. The same list again changes nothing; what was wrong with the
/// address is in the decision's answer.
///
/// # Errors
/// [`RebookError::Gone`], [`RebookError::TooManyAttempts`], [`RebookError::ChooseAgain`] for a date
/// that cannot be named, [`RebookError::Invalid`], and [`RebookError::Conflict`] before a date was
/// chosen and once the partner has answered.
pub fn decide(
    seen: AsOf<TokenWithDates>,
    choice: &BackupChoice,
    policy: &Policy,
) -> Result<Decision<Result<Vec<Backup>, RebookError>>, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
    let stands = match token.state() {
        TokenState::Active if now < token.expires_at() => {
            return Err(Conflict::BackupsClosed.into());
        }
        TokenState::Active | TokenState::Cancelled { .. } => None,
        TokenState::Used(_) if token.milestones().forgotten_at.is_some() => None,
        TokenState::Used(rebooking) => rebooking.state.is_live().then_some(&rebooking.backups),
    };
    let Some(stands) = stands else { return Err(gone(token, now)) };
    if !token.takes_backups(policy) {
        return Err(Conflict::BackupsClosed.into());
    }
    check_list(&choice.backups, policy)?;
    if let Some(refused) = Owner::customer(&token).refuses(&choice.email, policy, now)? {
        return Ok(refused);
    }
    let currency = token.booking().unit_price;
    let mut agreed = Vec::new();
    for wanted in &choice.backups {
        agreed.push((wanted.date, agreed_total(wanted.expected_total.as_deref(), currency)?));
    }
    let is_same = |(backup, (date, total)): (&Backup, &(CourseDateId, Option<_>))| {
        backup.id() == *date && total.is_none_or(|total| total == backup.total)
    };
    if stands.len() == agreed.len() && stands.iter().zip(&agreed).all(is_same) {
        return Ok(Decision::unchanged(Ok(stands.clone())));
    }
    let mut named = Vec::new();
    for (id, agreed) in agreed {
        let date = find(&dates, id);
        let offer = date.and_then(|date| {
            let offer = with_rules(&token, policy, now, |rules| rules.offer(date));
            offer.unwrap_or(Err(crate::eligibility::Refusal::Unknown))
        });
        match offer.and_then(|offer| hold_to(offer, agreed)) {
            Ok(offer) => named.push(Backup::from(&offer)),
            Err(why) => return Err(choose_again(why, date, offers(&token, &dates, policy, now))),
        }
    }
    let change = Change::at(now)
        .audit(token.id(), &Actor::Customer, AuditEvent::BackupsNamed)
        .update(token.backups_named(named.clone()));
    Ok(Decision::commit(change, Ok(named)))
}

fn check_list(wanted: &[NewBackup], policy: &Policy) -> Result<(), InvalidInput> {
    if wanted.len() > policy.backups as usize {
        return Err(InvalidInput::TooManyBackups { most: policy.backups });
    }
    let mut dates: Vec<CourseDateId> = wanted.iter().map(|wanted| wanted.date).collect();
    dates.sort_unstable();
    dates.dedup();
    if dates.len() == wanted.len() { Ok(()) } else { Err(InvalidInput::BackupTwice) }
}

impl AsCustomer<'_> {
    /// The dates that may be named as backups, and those that are; `None` while nothing is chosen
    /// by the link, once the partner has answered, and where the policy asks for no backups. May be
    /// repeated; changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn backup_offers(self) -> Result<Option<BackupOffers>, RebookError> {
        let Self { rebookings, link } = self;
        let seen = rebookings.open(TokenKey::Link(link.digest())).await?;
        Ok(BackupOffers::new(seen.ok_or(RebookError::UnknownLink)?, rebookings.policy()))
    }

    /// Names the dates to take should the partner decline the chosen one, in place of those named
    /// before, and gives them back as they stand. Should it come to that the first that still fits,
    /// at what was shown, is booked at once. The same list again does nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::Gone`], [`RebookError::WrongEmail`] (counted),
    /// [`RebookError::TooManyAttempts`], [`RebookError::ChooseAgain`] with the fresh list,
    /// [`RebookError::Invalid`] for too many, one twice or a total that is no amount,
    /// [`RebookError::Conflict`] before the choice and after the partner's answer, and
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn name_backups(self, choice: &BackupChoice) -> Result<Vec<Backup>, RebookError> {
        let Self { rebookings, link } = self;
        rebookings
            .decided(|| async {
                let seen = rebookings.open(TokenKey::Link(link.digest())).await?;
                let seen = seen.ok_or(RebookError::UnknownLink)?;
                decide(seen, choice, rebookings.policy())
            })
            .await?
    }
}

#[cfg(test)]
pub(in crate::service) mod tests;
