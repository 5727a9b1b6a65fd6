//! A checkpoints in memory, for who calls an adapter without a worker.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::effect::Checkpoint;
use crate::ports::{CheckpointStore, PortError};

/// A checkpoints that keeps what is saved in it. A clone is another handle to the same checkpoints.
#[derive(Clone, Debug, Default)]
pub struct MemoryCheckpoints(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    last: Checkpoint,
    overtaken: bool,
}

impl MemoryCheckpoints {
    /// Without any checkpoint, as at the first try.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The checkpoints of a worker that another has overtaken: nothing can be saved in them.
    #[must_use]
    pub fn overtaken() -> Self {
        let checkpoints = Self::default();
        checkpoints.kept().overtaken = true;
        checkpoints
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl CheckpointStore for MemoryCheckpoints {
    fn last(&self) -> Checkpoint {
        self.kept().last.clone()
    }

    async fn save(&self, checkpoint: Checkpoint) -> Result<(), PortError> {
        let mut kept = self.kept();
        if kept.overtaken {
            return Err(PortError::Transient("another worker has taken over".into()));
        }
        kept.last = checkpoint;
        Ok(())
    }
}
