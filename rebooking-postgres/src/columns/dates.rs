//! The columns of a course date.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::table;

table! {
    /// The columns of `miomente_partner_portal_rebooking_dates` that mean something to the core.
    #[derive(Clone, Debug, Serialize, sqlx::FromRow, sqlx::Decode)]
    pub(crate) struct DateRow from "d" as date_columns {
        id: i64 = "bigint",
        course_id: i64 = "bigint",
        course_sku: String = "text",
        course_name: String = "text",
        venue_name: Option<String> = "text",
        venue_address: Option<String> = "text",
        starts_at: DateTime<Utc> = "timestamptz",
        ends_at: DateTime<Utc> = "timestamptz",
        zone: String = "text",
        partner_id: Option<i64> = "bigint",
        partner_email: Option<String> = "text",
        partner_language: Option<String> = "text",
        capacity: i64 = "bigint" read "CASE WHEN d.offered THEN d.capacity ELSE 0 END",
        taken: i64 = "bigint",
        price: i64 = "bigint",
        currency: String = "text",
        withdrawn: bool = "boolean" read "d.withdrawn_at IS NOT NULL",
    }
}
