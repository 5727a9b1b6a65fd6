//! All that a memory store holds, copied out for tests that check what must always be true.

use super::state::State;
use crate::audit::AuditEntry;
use crate::confirmation::Confirmation;
use crate::effect::{Checkpoint, Effect};
use crate::token::RebookingToken;
use crate::value::course_date::CourseDate;

/// Everything that is stored at one moment. Two are equal when nothing was written in between.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Dates by number.
    pub dates: Vec<CourseDate>,
    /// Tokens by case and step.
    pub tokens: Vec<RebookingToken>,
    /// Requests by number, those that wait for their order too.
    pub confirmations: Vec<Confirmation>,
    /// Effects by number, that is by age.
    pub effects: Vec<KeptEffect>,
    /// History, oldest first.
    pub audit: Vec<AuditEntry>,
}

/// An effect with what the port does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptEffect {
    /// The effect.
    pub effect: Effect,
    /// How often it has been claimed: the fence of the latest lease.
    pub fence: u64,
    /// Its checkpoints.
    pub checkpoint: Checkpoint,
}

impl Snapshot {
    pub(super) fn from_state(state: &State) -> Self {
        Self {
            dates: state.dates.values().map(|kept| kept.date.clone()).collect(),
            tokens: state.tokens.values().map(|token| token.as_ref().clone()).collect(),
            confirmations: state
                .confirmations
                .values()
                .map(|request| request.as_ref().clone())
                .collect(),
            effects: state.effects.values().cloned().collect(),
            audit: state.audit.clone(),
        }
    }
}
