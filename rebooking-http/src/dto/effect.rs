//! Effects as support reads them.

use chrono::{DateTime, Utc};
use rebooking_core::effect::{Effect, EffectState, EffectStatus};
use rebooking_core::ports::reports::{Page, PageRequest};

use super::words::{EffectStateWord, LaneWord};
use super::{Part, body, moment};

body! {
    pub(crate) struct EffectList(page: PageRequest, found: &Page<Effect>) {
        effects: Vec<EffectRow> = found.rows.iter().map(EffectRow::new).collect();
        #[serde(flatten)]
        part: Part = Part::new(page, found.total);
    }

    /// What the outside world is still to be told, or has been told.
    pub(crate) struct EffectRow(effect: &Effect) {
        id: i64 = effect.id.value();
        key: String = effect.key.to_string();
        case_id: i64 = effect.token.case.value();
        step: u32 = effect.token.step;
        kind: String = effect.kind.to_string();
        lane: LaneWord = effect.kind.lane().into();
        state: EffectStateWord = effect.state.status().into();
        /// When it may be tried, may be taken over, or came to its end.
        at: DateTime<Utc> = moment(since(effect.state));
        attempts: u32 = effect.attempts;
        last_error: Option<String> = effect.last_error.clone();
        created_at: DateTime<Utc> = moment(effect.created_at);
    }

    /// How an effect stands after support has decided.
    pub(crate) struct Decided(effect: i64, decided: EffectStatus) {
        id: i64 = effect;
        state: EffectStateWord = decided.into();
    }
}

/// When it may be tried, may be taken over, or came to its end.
pub(crate) const fn since(state: EffectState) -> DateTime<Utc> {
    match state {
        EffectState::Waiting { due_at: at }
        | EffectState::Leased { until: at }
        | EffectState::Done { at }
        | EffectState::Dead { at }
        | EffectState::Skipped { at } => at,
    }
}
