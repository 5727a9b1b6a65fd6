//! Effects as a change writes them: new ones, and the one that is settled, retried or skipped.

use chrono::TimeDelta;
use rebooking_core::change::EffectWrite;
use rebooking_core::effect::{self, EffectKind, Outcome};
use serde::Serialize;
use sqlx::types::Json;

use crate::columns::row;

/// What becomes of an effect.
#[derive(Debug, Serialize)]
pub(super) struct Settlement {
    op: &'static str,
    pub(super) id: i64,
    fence: u64,
    to: &'static str,
    after: i64,
    error: Option<String>,
}

row! {
    /// All effects of a change begin at one moment; their places tell them apart.
    #[derive(Debug, Serialize)]
    pub(super) struct NewEffect {
        key: String = "text",
        case_id: i64 = "bigint",
        step: i64 = "bigint",
        lane: &'static str = "text",
        kind: Json<EffectKind> = "jsonb",
        place: i64 = "bigint",
    }
}

impl From<&EffectWrite> for Settlement {
    fn from(write: &EffectWrite) -> Self {
        match write {
            EffectWrite::Settle { lease, outcome } => {
                let microseconds = |after: &TimeDelta| after.num_microseconds().unwrap_or(i64::MAX);
                let (op, to, after, error) = match outcome {
                    Outcome::Done => ("settle", "done", 0, None),
                    Outcome::Retry { after, error } => {
                        ("settle", "waiting", microseconds(after), Some(error.clone()))
                    }
                    Outcome::GivenBack { after, error } => {
                        ("give back", "waiting", microseconds(after), Some(error.clone()))
                    }
                    Outcome::Dead { error } => ("settle", "dead", 0, Some(error.clone())),
                };
                Self { op, id: lease.effect.value(), fence: lease.fence, to, after, error }
            }
            EffectWrite::Retry(id) => {
                Self { op: "retry", id: id.value(), fence: 0, to: "waiting", after: 0, error: None }
            }
            EffectWrite::TellAgain(id) => {
                Self { op: "again", id: id.value(), fence: 0, to: "waiting", after: 0, error: None }
            }
            EffectWrite::Skip(id) => {
                Self { op: "skip", id: id.value(), fence: 0, to: "skipped", after: 0, error: None }
            }
        }
    }
}

impl NewEffect {
    /// An effect in its place among those of the change.
    pub(super) fn new(effect: &effect::NewEffect, place: i64) -> Self {
        Self {
            key: effect.key.as_str().to_owned(),
            case_id: effect.token.case.value(),
            step: effect.token.step.into(),
            lane: effect.kind.lane().as_str(),
            kind: Json(effect.kind),
            place,
        }
    }
}
