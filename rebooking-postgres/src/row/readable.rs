//! Many rows at once: one that makes no sense is reported and left out, so that it hides none of
//! the others.

use sqlx::postgres::PgRow;

use crate::error::{Failure, MalformedRow};

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

/// What was read, or a line in the log for people to look at.
pub(crate) fn or_report<T>(read: Result<T, MalformedRow>) -> Option<T> {
    read.inspect_err(|bad| {
        let MalformedRow { table, id, column, why } = bad;
        tracing::error!(table, id, column, why, "a stored row makes no sense, and is left out");
    })
    .ok()
}
