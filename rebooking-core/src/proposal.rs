//! Which dates a partner may propose in place of one that it declines: those that the customer is
//! offered then, and of its own dates only.

use chrono::{DateTime, Utc};

use crate::confirmation::Confirmation;
use crate::eligibility::{Eligibility, Refusal, RuleSet};
use crate::policy::Policy;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::{CourseDate, Slot};
use crate::value::ids::CourseDateId;

/// The rules for the proposals of one confirmation at one moment. What they list may be proposed,
/// and nothing else.
#[derive(Clone, Debug)]
pub struct Proposals<'a> {
    booking: &'a Booking,
    lost: Vec<CourseDateId>,
    policy: &'a Policy,
    now: DateTime<Utc>,
}

/// A list of proposals that is refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidProposal {
    /// More than [`Proposals::MAX`].
    #[error("at most {} dates can be proposed", Proposals::MAX)]
    TooMany,
    /// A date that the customer would not be offered.
    #[error("date {date} cannot be proposed: {why}")]
    Date {
        /// Which one.
        date: CourseDateId,
        /// When it is; `None` where the course has no such date.
        slot: Option<Slot>,
        /// Which rule it breaks.
        why: Refusal,
    },
}

impl<'a> Proposals<'a> {
    /// How many dates can be proposed at once.
    pub const MAX: usize = 3;

    /// The rules for a confirmation. `newest` is the newest token of its case, whose lost dates are
    /// never offered again.
    #[must_use]
    pub fn new(
        confirmation: &'a Confirmation,
        newest: Option<&RebookingToken>,
        policy: &'a Policy,
        now: DateTime<Utc>,
    ) -> Self {
        let lost = newest.map(RebookingToken::lost_with_this).unwrap_or_default();
        Self { booking: &confirmation.booking, lost, policy, now }
    }

    /// Every date of the declined course that may be proposed, by time.
    #[must_use]
    pub fn dates(&self, known: &[CourseDate]) -> Vec<CourseDate> {
        let mut dates: Vec<CourseDate> =
            known.iter().filter(|date| self.allows(date).is_ok()).cloned().collect();
        dates.sort_by_key(|date| (date.slot.starts_at, date.id()));
        dates
    }

    /// Puts a partner's proposals to the rules; the first that breaks one is named.
    ///
    /// # Errors
    /// [`InvalidProposal`] says which date, and why.
    pub fn check(
        &self,
        proposed: &[CourseDateId],
        known: &[CourseDate],
    ) -> Result<(), InvalidProposal> {
        if proposed.len() > Self::MAX {
            return Err(InvalidProposal::TooMany);
        }
        proposed.iter().try_for_each(|id| {
            let date = known.iter().find(|date| date.id() == *id);
            let slot = date.map(|date| date.slot);
            date.ok_or(Refusal::Unknown)
                .and_then(|date| self.allows(date))
                .map_err(|why| InvalidProposal::Date { date: *id, slot, why })
        })
    }

    fn allows(&self, date: &CourseDate) -> Result<(), Refusal> {
        let own = date.partner.as_ref().is_none_or(|owner| owner.id == self.booking.partner.id);
        if date.course.id != self.booking.course.id {
            return Err(Refusal::OtherCourse);
        }
        if !own {
            return Err(Refusal::OtherPartner);
        }
        self.eligibility().offer(date).map(|_| ())
    }

    /// The rules of the link that follows the decline.
    fn eligibility(&self) -> Eligibility<'_> {
        Eligibility {
            booking: self.booking,
            lost: &self.lost,
            proposed: &[],
            policy: self.policy,
            rules: RuleSet::Strict,
            now: self.now,
        }
    }
}
