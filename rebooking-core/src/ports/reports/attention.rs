//! What a case needs of support, told from what is recorded, and the cases that need it.

use chrono::{DateTime, Utc};

use super::holder::{HeldBy, Holder};
use super::rows::CaseStatus;
use crate::token::RebookingToken;
use crate::value::text::FreeText;
use crate::value::words::words;

words! {
    /// Something that people should look at in a case, the most pressing first. One case can need
    /// several.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum Attention, "need" {
        /// One of its effects has failed for good, whatever became of the case: support tries it
        /// again or skips it.
        Failed = "failed",
        /// Its partner has not answered the request for the chosen date, for so long that support
        /// is to call: what the sweep has noted. It ends with the answer, or when support calls the
        /// rebooking off.
        PartnerSilent = "partner_silent",
        /// Its customer has said what would help, and has neither been told of new dates, nor
        /// chosen one, nor is the link taken away.
        Wish = "wish",
        /// Somebody found no date at the page of one of its links and was promised to hear from
        /// support; no date has been chosen since, nor is the newest link taken away, nor has
        /// support dealt with it. A new link or dates that appear later do not take the promise
        /// back.
        NoDates = "no_dates",
    }
}

impl Attention {
    /// Since when a case needs it, if it does, by its newest token and what else is recorded.
    fn since(self, newest: &RebookingToken, recorded: Recorded) -> Option<DateTime<Utc>> {
        let open = newest.is_undecided();
        match self {
            Self::Failed => recorded.failed_since,
            Self::PartnerSilent => {
                recorded.silent_since.filter(|_| newest.milestones().forgotten_at.is_none())
            }
            Self::Wish => {
                let unmet = newest.wishes().iter().filter(|wish| wish.answered_at.is_none());
                unmet.map(|wish| wish.at).min().filter(|_| open)
            }
            Self::NoDates => recorded.no_dates_since.filter(|_| open),
        }
    }
}

/// Which cases support wants to see: those to which all of it applies. `Debug` prints no search
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct CaseFilter {
    /// An order number (its beginning), an e-mail address (whole, [however it is
    /// spelled](crate::value::customer::EmailAddress::same_address)) or a part of a name; empty
    /// means all.
    pub search: FreeText,
    /// How far the newest token has come.
    pub progress: Option<CaseStatus>,
    /// What they need.
    pub attention: Option<Attention>,
    /// Who of support has taken them.
    pub held_by: Option<HeldBy>,
    /// Which comes first.
    pub order: CaseOrder,
}

words! {
    /// Which case comes first in a list.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    // Exhaustive: hosts write it as a literal.
    pub enum CaseOrder, "order of cases" {
        /// The one whose newest token is youngest.
        #[default]
        Newest = "newest",
        /// The one that has needed something for the longest time; those that need nothing come
        /// last. Among equals the newest comes first.
        LongestWaiting = "longest_waiting",
    }
}

/// What is recorded beside the newest token of a case and says what the case needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Recorded {
    /// Since when an effect of the case has failed for good, where one has.
    pub failed_since: Option<DateTime<Utc>>,
    /// Since when somebody is promised to hear from support who found no date.
    pub no_dates_since: Option<DateTime<Utc>>,
    /// Since when it is noted of the pending request of that token that its partner is silent.
    pub silent_since: Option<DateTime<Utc>>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseRow {
    /// Its newest token.
    pub token: RebookingToken,
    /// What it needs, the most pressing first.
    pub attention: Vec<Attention>,
    /// Since when it needs the first of these; `None` where it needs nothing.
    pub waits_since: Option<DateTime<Utc>>,
    /// Who of support looks after it.
    pub holder: Option<Holder>,
}

impl CaseRow {
    /// What a list says of a case.
    #[must_use]
    pub fn new(newest: RebookingToken, recorded: Recorded, holder: Option<Holder>) -> Self {
        let since = Attention::ALL.map(|one| (one, one.since(&newest, recorded)));
        Self {
            attention: since.iter().filter(|(_, at)| at.is_some()).map(|(one, _)| *one).collect(),
            waits_since: since.iter().filter_map(|(_, at)| *at).min(),
            token: newest,
            holder,
        }
    }
}
