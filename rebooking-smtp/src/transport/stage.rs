//! How far a conversation with the relay has come.

use std::sync::{Mutex, PoisonError};

use crate::error::Stage;

/// How far a conversation has come. From the end of the mail on, an answer that fails to come
/// leaves the outcome unknown.
pub(super) struct SmtpStage(Mutex<Stage>);

impl SmtpStage {
    pub(super) const fn new(stage: Stage) -> Self {
        Self(Mutex::new(stage))
    }

    pub(super) fn set(&self, stage: Stage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    pub(super) fn get(&self) -> Stage {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
