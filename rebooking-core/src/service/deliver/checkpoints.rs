//! The checkpoints that an adapter saves while a worker owns the effect.

use async_trait::async_trait;

use crate::effect::{Checkpoint, Claimed, Lease};
use crate::ports::{CheckpointStore, PortError};
use crate::service::Rebookings;

/// The checkpoints of one claim: saved only while the claim is the latest.
pub(super) struct LeasedCheckpoints<'a> {
    rebookings: &'a Rebookings,
    lease: Lease,
    last: Checkpoint,
}

impl<'a> LeasedCheckpoints<'a> {
    pub(super) fn new(rebookings: &'a Rebookings, claimed: &Claimed) -> Self {
        Self { rebookings, lease: claimed.lease, last: claimed.checkpoint.clone() }
    }
}

#[async_trait]
impl CheckpointStore for LeasedCheckpoints<'_> {
    fn last(&self) -> Checkpoint {
        self.last.clone()
    }

    async fn save(&self, checkpoint: Checkpoint) -> Result<(), PortError> {
        if self.rebookings.queue().save_checkpoint(self.lease, &checkpoint).await? {
            Ok(())
        } else {
            Err(PortError::Transient("another worker has taken over".into()))
        }
    }
}
