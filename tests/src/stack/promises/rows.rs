//! How the columns of a row are read.

use serde_json::Value;

/// A key of our own, `7001-1`, from a row that has both columns.
pub(super) fn name(row: &Value) -> String {
    format!("{}-{}", row["case_id"], row["step"])
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

/// Whether its rebooking stands, or may come to stand.
pub(super) fn is_live(token: &Value) -> bool {
    matches!(text(&token["rebooking_state"]), "ordering" | "awaiting_partner" | "confirmed")
}
