//! A queue that holds its answers back, for tests of workers.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use tokio::sync::Semaphore;

use crate::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use crate::ports::{AsOf, EffectQueue, PortError};
use crate::value::ids::EffectId;

/// A queue whose answers to claims wait until they are let through: what it has given out, its
/// worker does not know of yet.
pub struct GatedQueue {
    queue: Arc<dyn EffectQueue>,
    claimed: Semaphore,
    gate: Semaphore,
}

impl GatedQueue {
    /// The same queue, with its gate closed.
    #[must_use]
    pub fn new(queue: Arc<dyn EffectQueue>) -> Self {
        Self { queue, claimed: Semaphore::new(0), gate: Semaphore::new(0) }
    }

    /// Returns when as many claims wait at the gate as there are lanes without events.
    pub async fn until_each_lane_waits(&self) {
        for _ in LANES {
            taken(&self.claimed).await;
        }
    }

    /// Lets as many through.
    pub fn let_each_lane_through(&self) {
        self.gate.add_permits(LANES.len());
    }
}

/// What a worker delivers for a host that has not switched events on.
const LANES: [Lane; 3] = [Lane::Orders, Lane::Mail, Lane::Tickets];

/// One permit, for good. The semaphores are never closed.
async fn taken(semaphore: &Semaphore) {
    if let Ok(permit) = semaphore.acquire().await {
        permit.forget();
    }
}

#[async_trait]
impl EffectQueue for GatedQueue {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        let claimed = self.queue.claim(lane, limit, lease).await?;
        self.claimed.add_permits(1);
        taken(&self.gate).await;
        Ok(claimed)
    }

    async fn save_checkpoint(&self, lease: Lease, at: &Checkpoint) -> Result<bool, PortError> {
        self.queue.save_checkpoint(lease, at).await
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        self.queue.effect(id).await
    }
}
