//! What follows when the partner declines: the link to choose by, or the first backup that still
//! fits, booked at once.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::backup::Backup;
use crate::change::Change;
use crate::eligibility::{Offer, RuleSet};
use crate::error::RebookError;
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::store::ConfirmationCase;
use crate::service::customer::choose::book;
use crate::service::{Decision, Declined, Rebookings};
use crate::token::RebookingToken;
use crate::value::course_date::CourseDate;

/// What the next step of a case is made of, should a decline lead to one.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct NextStep {
    /// The link of the step.
    pub link: StoredLink,
    /// What it takes to book a backup at once. Without it the customer is asked to choose anew,
    /// whatever was named.
    pub standby: Option<Standby>,
}

/// What it takes to book a backup.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct Standby {
    /// The dates that the booking may be moved to, as they are now; the backups among them count.
    pub dates: Vec<CourseDate>,
    /// A fresh link by which the partner of the backup answers.
    pub answer: StoredLink,
}

impl From<StoredLink> for NextStep {
    fn from(link: StoredLink) -> Self {
        Self { link, standby: None }
    }
}

impl Standby {
    /// The first backup that is possible now at what was shown, with those that come after it.
    fn first_fitting<'a>(
        &self,
        backups: &'a [Backup],
        next: &RebookingToken,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Option<(Offer, &'a [Backup])> {
        let eligibility = next.eligibility(policy, RuleSet::Strict, now);
        backups.iter().enumerate().find_map(|(place, backup)| {
            let date = self.dates.iter().find(|date| date.id() == backup.id())?;
            let offer = eligibility.offer(date).ok().filter(|offer| backup.was_shown_as(offer))?;
            Some((offer, backups.get(place + 1..).unwrap_or_default()))
        })
    }

    /// Issues the next link as one that is used already, for the first backup that fits. `None`
    /// when none does.
    pub(super) fn book(
        self,
        change: &Change,
        backups: &[Backup],
        next: &RebookingToken,
        policy: &Policy,
    ) -> Option<Decision<Declined>> {
        let (now, id) = (change.at, next.id());
        let (offer, left) = self.first_fitting(backups, next, policy, now)?;
        let used = next.clone().choose(&offer, policy.orders, self.answer.clone(), now).ok()?;
        let used = used.booked_as_backup(left.to_vec());
        let change = change.clone().audit(id, &Actor::System, AuditEvent::LinkIssued).audit(
            id,
            &Actor::System,
            AuditEvent::BackupBooked,
        );
        let change = book(change, next, &used, offer.date(), self.answer).issue(used);
        Some(Decision::commit(change, Declined::BackupBooked(id)))
    }
}

/// The backups that count when the partner declines now: none once the partner has answered, and
/// none where nobody is left to be booked for.
pub(super) fn standing(opened_by: Option<&RebookingToken>, policy: &Policy) -> Vec<Backup> {
    let token = opened_by.filter(|token| token.takes_backups(policy));
    let rebooking = token.and_then(RebookingToken::rebooking);
    rebooking.map(|rebooking| rebooking.backups.clone()).unwrap_or_default()
}

impl Rebookings {
    /// Fresh links for what may follow, and the dates only where there are backups to look for.
    pub(in crate::service) async fn next_step(
        &self,
        case: &ConfirmationCase,
    ) -> Result<NextStep, RebookError> {
        self.next_step_with(case, |purpose| self.new_link(purpose)).await
    }

    /// The same with links of the caller's making.
    pub(in crate::service) async fn next_step_with(
        &self,
        case: &ConfirmationCase,
        make: impl Fn(LinkPurpose) -> Result<StoredLink, RebookError> + Send,
    ) -> Result<NextStep, RebookError> {
        let link = make(LinkPurpose::Rebook)?;
        if standing(case.opened_by.as_ref(), self.policy()).is_empty() {
            return Ok(link.into());
        }
        let mut dates = Vec::new();
        for course in self.courses_for(&case.confirmation.booking) {
            dates.extend(self.store().dates(course).await?.value);
        }
        let answer = make(LinkPurpose::Answer)?;
        Ok(NextStep { link, standby: Some(Standby { dates, answer }) })
    }
}
