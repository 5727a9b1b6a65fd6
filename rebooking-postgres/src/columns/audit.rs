//! The columns of one line of history.

use chrono::{DateTime, Utc};

use super::table;

table! {
    /// The columns of `miomente_partner_portal_rebooking_audit` that mean something to the core.
    #[derive(Clone, Debug, sqlx::FromRow)]
    pub(crate) struct AuditRow from "a" as audit_columns {
        id: i64 = "bigint",
        subject: String = "text",
        number: i64 = "bigint",
        step: Option<i64> = "bigint",
        at: DateTime<Utc> = "timestamptz",
        actor: String = "text",
        partner_id: Option<i64> = "bigint",
        support: Option<String> = "text",
        event: String = "text",
        note: String = "text",
    }
}
