//! The queue: the three methods.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::effect::{Checkpoint, Claimed, Effect, EffectState, Lane, Lease};
use rebooking_core::ports::{AsOf, EffectQueue, PortError};
use rebooking_core::value::ids::EffectId;

use crate::state::{KeptEffect, State};
use crate::store::PlainStore;

impl KeptEffect {
    pub(crate) fn is_held_by(&self, lease: Lease) -> bool {
        matches!(self.effect.state, EffectState::Leased { .. }) && self.fence == lease.fence
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        match self.effect.state {
            EffectState::Waiting { due_at } => due_at <= now,
            EffectState::Leased { until } => until <= now,
            EffectState::Done { .. } | EffectState::Dead { .. } | EffectState::Skipped { .. } => {
                false
            }
        }
    }
}

impl State {
    /// The oldest effect of each case that is not over, where its time has come.
    fn claimable(&self, lane: Lane, now: DateTime<Utc>) -> Vec<EffectId> {
        let mut cases = BTreeSet::new();
        let open = self
            .effects
            .values()
            .filter(|kept| kept.effect.kind.lane() == lane && !kept.effect.state.is_over());
        let oldest = open.filter(|kept| cases.insert(kept.effect.token.case));
        oldest.filter(|kept| kept.is_due(now)).map(|kept| kept.effect.id).collect()
    }

    fn lease(&mut self, id: EffectId, lease: TimeDelta, now: DateTime<Utc>) -> Option<Claimed> {
        let kept = self.effects.get_mut(&id)?;
        kept.fence += 1;
        kept.effect.attempts += 1;
        kept.effect.state = EffectState::Leased { until: now + lease };
        Some(Claimed {
            lease: Lease { effect: id, fence: kept.fence },
            effect: kept.effect.clone(),
            checkpoint: kept.checkpoint.clone(),
            now,
        })
    }
}

#[async_trait]
impl EffectQueue for PlainStore {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        let (mut state, now) = self.look();
        let due = state.claimable(lane, now).into_iter().take(limit as usize);
        Ok(due.filter_map(|id| state.lease(id, lease, now)).collect())
    }

    async fn save_checkpoint(
        &self,
        lease: Lease,
        checkpoint: &Checkpoint,
    ) -> Result<bool, PortError> {
        let (mut state, _) = self.look();
        let held = state.effects.get_mut(&lease.effect).filter(|kept| kept.is_held_by(lease));
        Ok(held.map(|kept| kept.checkpoint = checkpoint.clone()).is_some())
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        let (state, now) = self.look();
        let effect = state.effects.get(&id).map(|kept| kept.effect.clone());
        Ok(AsOf { now, value: effect }.transpose())
    }
}
