//! The columns of a confirmation.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::table;
use crate::row::BookingDoc;

table! {
    /// The columns of `miomente_partner_portal_rebooking_requests` that mean something to the core.
    #[derive(Clone, Debug, sqlx::FromRow)]
    pub(crate) struct ConfirmationRow from "r" as confirmation_columns {
        id: i64 = "bigint",
        booking: Json<BookingDoc> = "jsonb",
        state: String = "text",
        token_case: Option<i64> = "bigint",
        token_step: Option<i64> = "bigint",
        answer_key: Option<i64> = "bigint",
        answer_nonce: Option<Vec<u8>> = "bytea",
        answer_digest: Option<String> = "text",
        attempts: i64 = "bigint",
        attempts_recent: Vec<DateTime<Utc>> = "timestamptz[]",
        reason: String = "text",
        opened_at: DateTime<Utc> = "timestamptz",
        reminded_at: Option<DateTime<Utc>> = "timestamptz",
        silent_at: Option<DateTime<Utc>> = "timestamptz",
    }
}
