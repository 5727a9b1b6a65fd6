//! The port of the effect queue on PostgreSQL.

pub(crate) mod claim;

use async_trait::async_trait;
use chrono::TimeDelta;
use futures_util::FutureExt as _;
use rebooking_core::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use rebooking_core::ports::{AsOf, EffectQueue, PortError};
use rebooking_core::value::ids::EffectId;
use sqlx::postgres::PgConnection;

use crate::error::Failure;
use crate::store::{PostgresStore, repeatable};

#[async_trait]
impl EffectQueue for PostgresStore {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        // Not repeated after a lost connection: what it may have leased comes again when that lease
        // runs out.
        let leased = self.connections.once(move |db: &mut PgConnection| {
            async move { claim::claim(db, lane, limit, lease).await }.boxed()
        });
        let leased = leased.await.map_err(Failure::into_port)?;
        // On its own: whatever happens here, the others have been claimed and are carried out.
        for effect in leased.unreadable {
            let buried = repeatable!(self, |db, effect| claim::bury(db, &effect)).await;
            if let Err(failure) = buried {
                // Tried again when its lease has run out.
                let failure = failure.into_port().phrase();
                tracing::warn!(failure, "an effect that makes no sense is not yet dead");
            }
        }
        Ok(leased.claimed)
    }

    async fn save_checkpoint(
        &self,
        lease: Lease,
        checkpoint: &Checkpoint,
    ) -> Result<bool, PortError> {
        let (checkpoint, sql) = (checkpoint.clone(), self.save.clone());
        let saved = repeatable!(self, |db, checkpoint, sql| claim::save_checkpoint(
            db,
            sql,
            lease,
            &checkpoint
        ));
        saved.await.map_err(Failure::into_port)
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        repeatable!(self, |db| claim::effect(db, id)).await.map_err(Failure::into_reading)
    }
}
