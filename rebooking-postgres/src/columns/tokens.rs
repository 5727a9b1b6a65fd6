//! The columns of a token.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;

use super::{row, table};
use crate::row::{RebookingDoc, WishDoc, as_hex};

table! {
    /// Every column of `miomente_partner_portal_rebooking_tokens` that means something to the core.
    #[derive(Clone, Debug, Serialize, sqlx::FromRow)]
    pub(crate) struct TokenRow from "t" as token_columns {
        original_confirmation_id: Option<i64> = "bigint",
        original_order_id: i64 = "bigint",
        original_order_item_id: i64 = "bigint",
        course_product_id: i64 = "bigint",
        course_sku: String = "text",
        customer_email: String = "text",
        customer_name: String = "text",
        original_participants: i64 = "bigint",
        original_price: String = "text"
            read "t.original_price::text" write "x.original_price::numeric",
        original_paid: Option<String> = "text"
            read "t.original_paid::text" write "x.original_paid::numeric",
        token: String = "text",
        token_expires_at: DateTime<Utc> = "timestamptz",
        status: String = "text",
        new_confirmation_id: Option<i64> = "bigint",
        new_order_id: Option<i64> = "bigint",
        new_date: Option<NaiveDate> = "date",
        rebooked_at: Option<DateTime<Utc>> = "timestamptz",
        odoo_ticket_id: Option<String> = "text",
        created_at: DateTime<Utc> = "timestamptz",
        case_id: i64 = "bigint",
        step: i64 = "bigint",
        version: i64 = "bigint",
        holds_confirmation_id: Option<i64> = "bigint",
        cause: String = "text",
        reason: String = "text",
        declines: i64 = "bigint",
        renewals: i64 = "bigint",
        lost: Vec<i64> = "bigint[]",
        proposed: Vec<i64> = "bigint[]",
        key_id: i64 = "bigint",
        #[serde(serialize_with = "as_hex")]
        nonce: Vec<u8> = "bytea",
        order_number: String = "text",
        course_name: String = "text",
        venue_name: Option<String> = "text",
        venue_address: Option<String> = "text",
        date_id: i64 = "bigint",
        starts_at: DateTime<Utc> = "timestamptz",
        ends_at: DateTime<Utc> = "timestamptz",
        zone: String = "text",
        partner_id: i64 = "bigint",
        partner_email: String = "text",
        partner_language: String = "text",
        customer_language: String = "text",
        currency: String = "text",
        attempts: i64 = "bigint",
        attempts_recent: Vec<DateTime<Utc>> = "timestamptz[]",
        wishes: Json<Vec<WishDoc>> = "jsonb",
        ticket_number: Option<String> = "text",
        cancelled_at: Option<DateTime<Utc>> = "timestamptz",
        cancel_reason: Option<String> = "text",
        rebooking_state: Option<String> = "text",
        new_order_item_id: Option<i64> = "bigint",
        new_order_number: Option<String> = "text",
        rebooking: Option<Json<RebookingDoc>> = "jsonb",
        mailed_at: Option<DateTime<Utc>> = "timestamptz",
        reminded_at: Option<DateTime<Utc>> = "timestamptz",
        expired_at: Option<DateTime<Utc>> = "timestamptz",
        forgotten_at: Option<DateTime<Utc>> = "timestamptz",
        order_gone_at: Option<DateTime<Utc>> = "timestamptz",
        refunded_at: Option<DateTime<Utc>> = "timestamptz",
    }
}

row! {
    /// What a written row has beside them: it only serves searches and the sweep.
    #[derive(Clone, Debug, Serialize)]
    pub(crate) struct SearchColumns {
        waits: bool = "boolean",
        over_at: DateTime<Utc> = "timestamptz",
        sought_email: String = "text",
        sought_name: String = "text",
    }
}
