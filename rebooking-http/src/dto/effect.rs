//! Effects as support reads them.

use chrono::{DateTime, Utc};
use rebooking_core::effect::{Effect, EffectState};
use rebooking_core::ports::reports::{Page, PageRequest};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{EffectStateWord, LaneWord};
use super::{Part, moment};

#[derive(Serialize, ToSchema)]
pub(crate) struct EffectList {
    effects: Vec<EffectRow>,
    #[serde(flatten)]
    part: Part,
}

/// What the outside world is still to be told, or has been told.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EffectRow {
    id: i64,
    key: String,
    case_id: i64,
    step: u32,
    kind: String,
    #[schema(value_type = LaneWord)]
    lane: &'static str,
    #[schema(value_type = EffectStateWord)]
    state: &'static str,
    /// When it may be tried, may be taken over, or came to its end.
    #[schema(format = DateTime)]
    at: String,
    attempts: u32,
    last_error: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl EffectList {
    pub(crate) fn new(page: PageRequest, paged: &Page<Effect>) -> Self {
        Self {
            effects: paged.rows.iter().map(EffectRow::from_effect).collect(),
            part: Part::new(page, paged),
        }
    }
}

impl EffectRow {
    pub(crate) fn from_effect(effect: &Effect) -> Self {
        Self {
            id: effect.id.value(),
            key: effect.key.to_string(),
            case_id: effect.token.case.value(),
            step: effect.token.step,
            kind: effect.kind.to_string(),
            lane: effect.kind.lane().as_str(),
            state: effect.state.as_str(),
            at: moment(since(effect.state)),
            attempts: effect.attempts,
            last_error: effect.last_error.clone(),
            created_at: moment(effect.created_at),
        }
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

/// How an effect stands after support has decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decided {
    pub(crate) id: i64,
    #[schema(value_type = EffectStateWord)]
    pub(crate) state: &'static str,
}
