//! Rows of a store that make no sense.

use chrono::{DateTime, Utc};

/// A stored row makes no sense. Nothing is guessed from it: people must look. The message names the
/// place and what is wrong there, never the value, which may be personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table} {id}: {column}: {why}")]
// Exhaustive: stores write and read every field.
pub struct MalformedRow {
    /// In which table.
    pub table: String,
    /// Which row.
    pub id: String,
    /// Which column.
    pub column: String,
    /// What is wrong with it.
    pub why: String,
}

/// One that was found and is not yet mended.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct FoundRow {
    /// Where it is, and what is wrong.
    pub row: MalformedRow,
    /// When this was first found.
    pub found_at: DateTime<Utc>,
}
