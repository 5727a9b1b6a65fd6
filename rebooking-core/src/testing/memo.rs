//! A memo in memory, for who calls an adapter without a worker.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::effect::Progress;
use crate::ports::{Memo, PortError};

/// A memo that keeps what is saved in it. A clone is another handle to the same memo.
#[derive(Clone, Debug, Default)]
pub struct MemoryMemo(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    progress: Progress,
    overtaken: bool,
}

impl MemoryMemo {
    /// An empty memo, as at the first try.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The memo of a worker that another has overtaken: nothing can be saved in it.
    #[must_use]
    pub fn overtaken() -> Self {
        let memo = Self::default();
        memo.kept().overtaken = true;
        memo
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Memo for MemoryMemo {
    fn last(&self) -> Progress {
        self.kept().progress.clone()
    }

    async fn save(&self, progress: Progress) -> Result<(), PortError> {
        let mut kept = self.kept();
        if kept.overtaken {
            return Err(PortError::Passing("another worker has taken over".into()));
        }
        kept.progress = progress;
        Ok(())
    }
}
