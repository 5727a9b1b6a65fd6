//! What a pure decision hands to its shell: a change to commit, if any, and the answer to give once
//! it is committed; and how it is committed.

use std::future::Future;

use super::{Rebookings, Wakeup};
use crate::change::{Change, Commit, TokenWrite};
use crate::error::RebookError;
use crate::ports::PortError;

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

/// How often a decision is made anew because the state moved meanwhile, before the caller is asked
/// to come back. Each lost round means that somebody else's change was committed, so this many are
/// only lost under a flood on one token.
pub(super) const ROUNDS: usize = 64;

impl Rebookings {
    /// Reads and decides by `round` and commits, again and again until the state that was decided
    /// on is still the one committed to.
    pub(super) async fn decided<A, R, F>(&self, mut round: R) -> Result<A, RebookError>
    where
        R: FnMut() -> F + Send,
        F: Future<Output = Result<Decision<A>, RebookError>> + Send,
        A: Send,
    {
        for _ in 0..ROUNDS {
            let Decision { change, answer } = round().await?;
            match change {
                None => return Ok(answer),
                Some(change) => match self.commit(&change).await? {
                    Commit::Applied => return Ok(answer),
                    Commit::Lost(_) => {}
                },
            }
        }
        Err(RebookError::TryLater(PortError::Transient(
            "too many changes to the same booking at once".into(),
        )))
    }

    pub(super) async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let change = &*self.with_events(change);
        let outcome = self.store().commit(change).await?;
        if outcome != Commit::Applied {
            return Ok(outcome);
        }
        // Its customer should find them fresh.
        change.tokens.iter().for_each(|write| match write {
            TokenWrite::Issue(token) => self.wants_dates(token.booking()),
            TokenWrite::Update { .. } => {}
        });
        self.wake_for(Wakeup::after(change));
        Ok(outcome)
    }
}
