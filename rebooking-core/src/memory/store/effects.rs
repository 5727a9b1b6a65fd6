//! Who carries out which effect, for how long, and how it ended.

use chrono::{DateTime, TimeDelta, Utc};

use super::commit::Stop;
use super::draft::Draft;
use super::snapshot::KeptEffect;
use super::state::State;
use super::weakness::Weakness;
use crate::change::{EffectWrite, Guard};
use crate::effect::{Checkpoint, Claimed, EffectState, Lane, Lease, Outcome};
use crate::value::ids::EffectId;

impl State {
    pub(super) fn claim(
        &mut self,
        lane: Lane,
        limit: usize,
        lease: TimeDelta,
        now: DateTime<Utc>,
    ) -> Vec<Claimed> {
        let due: Vec<EffectId> = self
            .claimable(lane)
            .filter(|id| self.effects.get(id).is_some_and(|kept| self.is_due(kept, now)))
            .take(limit)
            .collect();
        due.into_iter().filter_map(|id| self.lease(id, now + lease, now)).collect()
    }

    /// What may be claimed as far as order goes, oldest first.
    fn claimable(&self, lane: Lane) -> Box<dyn Iterator<Item = EffectId> + '_> {
        let queue = self.lanes.get(&lane);
        if !self.weaknesses.contains(&Weakness::EffectOrder) {
            return Box::new(queue.into_iter().flat_map(|queue| &queue.heads).copied());
        }
        let mut ids: Vec<EffectId> =
            queue.into_iter().flat_map(|queue| queue.open.values().flatten()).copied().collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        Box::new(ids.into_iter())
    }

    fn is_due(&self, kept: &KeptEffect, now: DateTime<Utc>) -> bool {
        match kept.effect.state {
            EffectState::Waiting { due_at } => due_at <= now,
            EffectState::Leased { until } => {
                until <= now || self.weaknesses.contains(&Weakness::LeaseTime)
            }
            EffectState::Done { .. } | EffectState::Dead { .. } | EffectState::Skipped { .. } => {
                false
            }
        }
    }

    fn lease(&mut self, id: EffectId, until: DateTime<Utc>, now: DateTime<Utc>) -> Option<Claimed> {
        let mut kept = self.effects.get(&id)?.clone();
        kept.fence += 1;
        kept.effect.attempts = kept.effect.attempts.saturating_add(1);
        kept.effect.state = EffectState::Leased { until };
        let claimed = Claimed {
            lease: Lease { effect: id, fence: kept.fence },
            effect: kept.effect.clone(),
            checkpoint: kept.checkpoint.clone(),
            now,
        };
        self.put_effect(id, Some(kept));
        Some(claimed)
    }

    pub(super) fn save_checkpoint(&mut self, lease: Lease, checkpoint: &Checkpoint) -> bool {
        let weak = self.weaknesses.contains(&Weakness::Lease);
        match self.effects.get_mut(&lease.effect) {
            Some(kept) if weak || kept.is_held_by(lease) => {
                kept.checkpoint = checkpoint.clone();
                true
            }
            Some(_) | None => false,
        }
    }
}

impl KeptEffect {
    fn is_held_by(&self, lease: Lease) -> bool {
        let leased = match self.effect.state {
            EffectState::Leased { .. } => true,
            EffectState::Waiting { .. }
            | EffectState::Done { .. }
            | EffectState::Dead { .. }
            | EffectState::Skipped { .. } => false,
        };
        leased && self.fence == lease.fence
    }
}

impl Draft<'_> {
    pub(super) fn note(&mut self, write: &EffectWrite) -> Result<(), Stop> {
        let now = self.now;
        let (guard, id) = match write {
            EffectWrite::Settle { lease, .. } => (Guard::Lease, lease.effect),
            EffectWrite::Retry(id) | EffectWrite::TellAgain(id) | EffectWrite::Skip(id) => {
                (Guard::Effect, *id)
            }
        };
        let Some(mut kept) = self.state.effects.get(&id).cloned() else {
            return Err(Stop::Lost(guard));
        };
        match write {
            EffectWrite::Settle { lease, outcome } => {
                self.hold(guard, kept.is_held_by(*lease))?;
                settle(&mut kept, outcome, now);
            }
            EffectWrite::Retry(_) | EffectWrite::TellAgain(_) => {
                let may = match write {
                    EffectWrite::TellAgain(_) => kept.effect.can_be_told_again(),
                    _ => kept.effect.state.is_idle(),
                };
                self.hold(guard, may)?;
                (kept.effect.attempts, kept.effect.since) = (0, now);
                kept.effect.state = EffectState::Waiting { due_at: now };
            }
            EffectWrite::Skip(_) => {
                self.hold(guard, kept.effect.state.is_idle())?;
                kept.effect.state = EffectState::Skipped { at: now };
            }
        }
        self.effect(kept);
        Ok(())
    }
}

fn settle(kept: &mut KeptEffect, outcome: &Outcome, now: DateTime<Utc>) {
    if let Outcome::GivenBack { .. } = outcome {
        (kept.effect.attempts, kept.effect.since) = (kept.effect.attempts.saturating_sub(1), now);
    }
    let (state, error) = match outcome {
        Outcome::Done => (EffectState::Done { at: now }, None),
        Outcome::Retry { after, error } | Outcome::GivenBack { after, error } => {
            (EffectState::Waiting { due_at: now + *after }, Some(error))
        }
        Outcome::Dead { error } => (EffectState::Dead { at: now }, Some(error)),
    };
    kept.effect.state = state;
    if let Some(error) = error {
        kept.effect.last_error = Some(error.clone());
    }
}
