//! What a case needs of support, told from what is recorded, and the cases that need it.

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
    /// What a case needs, by its newest token, and whether an effect of the case has failed and
    /// somebody was promised to hear from support who found no date.
    #[must_use]
    pub fn from_token(
        newest: &RebookingToken,
        has_failed: bool,
        found_no_dates: bool,
    ) -> Vec<Self> {
        let open = newest.is_undecided();
        let needs = |one: &Self| match one {
            Self::Failed => has_failed,
            Self::Wish => open && newest.wishes().iter().any(|wish| wish.answered_at.is_none()),
            Self::NoDates => open && found_no_dates,
        };
        Self::ALL.into_iter().filter(needs).collect()
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
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct CaseRow {
    /// Its newest token.
    pub token: RebookingToken,
    /// What it needs, the most pressing first.
    pub attention: Vec<Attention>,
}
