//! What a pure decision hands to its shell: a change to commit, if any, and the answer to give once
//! it is committed.

use crate::change::Change;

/// A decision, made but not yet committed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision<A> {
    /// What the store is asked to do; `None` when everything is as it should be already.
    pub change: Option<Change>,
    /// What the caller is told once that is done.
    pub answer: A,
}

impl<A> Decision<A> {
    /// Commit first, then answer.
    pub(crate) const fn commit(change: Change, answer: A) -> Self {
        Self { change: Some(change), answer }
    }

    /// Nothing has to change.
    pub(crate) const fn unchanged(answer: A) -> Self {
        Self { change: None, answer }
    }
}
