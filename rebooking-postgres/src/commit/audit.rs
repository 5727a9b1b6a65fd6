//! History as a change writes it.

use chrono::{DateTime, Utc};
use rebooking_core::audit::AuditEntry;
use serde::Serialize;

use crate::columns::row;
use crate::row::{actor_columns, subject_columns};

row! {
    /// A line of history.
    #[derive(Debug, Serialize)]
    pub(super) struct NewEntry {
        subject: &'static str = "text",
        number: i64 = "bigint",
        step: Option<i64> = "bigint",
        at: DateTime<Utc> = "timestamptz",
        actor: &'static str = "text",
        partner_id: Option<i64> = "bigint",
        support: Option<String> = "text",
        event: &'static str = "text",
        note: String = "text",
    }
}

impl From<&AuditEntry> for NewEntry {
    fn from(entry: &AuditEntry) -> Self {
        let (actor, partner_id, support) = actor_columns(&entry.actor);
        let (subject, number, step) = subject_columns(entry.subject);
        Self {
            subject,
            number,
            step: step.map(i64::from),
            at: entry.at,
            actor,
            partner_id,
            support: support.map(str::to_owned),
            event: entry.event.as_str(),
            note: entry.note.expose().to_owned(),
        }
    }
}
