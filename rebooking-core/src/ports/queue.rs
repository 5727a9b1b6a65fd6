//! The queue of effects: what committed changes ask of the outside, until it is done.

use async_trait::async_trait;
use chrono::TimeDelta;

use super::{AsOf, PortError};
use crate::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use crate::value::ids::EffectId;

/// Gives out the effects of committed changes, each to one worker at a time.
///
/// Effects come into the queue, and end there, by [`commit`](super::RebookingStore::commit): with
/// the change that asks for them, and with the change that follows from their end. So a queue and
/// its store share their data.
#[async_trait]
pub trait EffectQueue: Send + Sync {
    /// Claims up to `limit` effects of a lane whose time has come or whose lease has run out,
    /// oldest first, each for the time of `lease`. Among the effects of one case in one lane only
    /// the oldest that is not over can be claimed, so their order is kept. An effect that cannot be
    /// read is dead at once, and keeps none of the others from being claimed.
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError>;

    /// Saves the checkpoint of an effect under way. False when the lease is no longer the latest:
    /// nothing was saved.
    async fn save_checkpoint(
        &self,
        lease: Lease,
        checkpoint: &Checkpoint,
    ) -> Result<bool, PortError>;

    /// One effect, for support to retry or to skip. `None` when there is no such effect.
    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError>;
}
