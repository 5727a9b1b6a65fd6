//! Many rows at once: one that makes no sense is reported and left out, so that it hides none of
//! the others.

use rebooking_core::ports::MalformedRow;
use sqlx::postgres::PgRow;

use crate::error::Failure;
use crate::malformed;

/// What can be read of `rows`.
pub(crate) fn readable<T>(
    rows: &[PgRow],
    read: impl Fn(&PgRow) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let read = rows.iter().filter_map(|row| match read(row) {
        Err(Failure::Row(bad)) => or_report(Err(bad)).map(Ok),
        read => Some(read),
    });
    read.collect()
}

/// What was read, or nothing: people are told of a row that makes no sense.
pub(crate) fn or_report<T>(read: Result<T, MalformedRow>) -> Option<T> {
    read.map_err(malformed::met).ok()
}
