//! The columns of an effect.

use chrono::{DateTime, Utc};
use rebooking_core::effect::EffectKind;
use sqlx::types::Json;

use super::table;

table! {
    /// The columns of `miomente_partner_portal_rebooking_effects` that mean something to the core.
    #[derive(Clone, Debug, sqlx::FromRow)]
    pub(crate) struct EffectRow from "e" as effect_columns {
        id: i64 = "bigint",
        key: String = "text",
        case_id: i64 = "bigint",
        step: i64 = "bigint",
        kind: Json<EffectKind> = "jsonb",
        state: String = "text",
        due_at: DateTime<Utc> = "timestamptz",
        leased_until: Option<DateTime<Utc>> = "timestamptz",
        over_at: Option<DateTime<Utc>> = "timestamptz",
        attempts: i64 = "bigint",
        last_error: Option<String> = "text",
        created_at: DateTime<Utc> = "timestamptz",
        since: DateTime<Utc> = "timestamptz",
    }
}
