//! A case as somebody saw it who decides on it, so that the same wish sent twice is carried out
//! once.

use crate::error::Conflict;
use crate::token::RebookingToken;
use crate::value::ids::{CaseId, TokenRef};

/// Which case is meant, and what its newest link was like for whoever decided.
///
/// What is written to that link moves its version on, so a form that is sent twice (a double click,
/// a browser that tries again) meets [`Conflict::Changed`] the second time. A plain [`CaseId`]
/// means the case however it is by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseVersion {
    case: CaseId,
    newest: Option<(u32, u32)>,
}

impl CaseVersion {
    /// The case as it was while its newest link was this one, written so many times
    /// ([`RebookingToken::version`]).
    #[must_use]
    pub const fn at(newest: TokenRef, version: u32) -> Self {
        Self { case: newest.case, newest: Some((newest.step, version)) }
    }

    pub(in crate::service) const fn case(self) -> CaseId {
        self.case
    }

    /// Whether it still is as it was seen.
    pub(in crate::service) fn check(self, newest: &RebookingToken) -> Result<(), Conflict> {
        match self.newest {
            Some(seen) if seen != (newest.id().step, newest.version()) => Err(Conflict::Changed),
            Some(_) | None => Ok(()),
        }
    }
}

impl From<CaseId> for CaseVersion {
    fn from(case: CaseId) -> Self {
        Self { case, newest: None }
    }
}
