//! Rows that a change writes, as a table `x` in its statement.
//!
//! One row comes as a parameter for each column, several as one JSON document; the parts read the
//! same either way. Most changes write one row of each kind, and parameters are much less work for
//! the database than a document that it has to take apart. (Arrays of columns were no faster than
//! documents, and the planner, which sees their length, planned anew each time.)

use serde::Serialize;
use sqlx::types::Json;

use crate::columns::{Column, Row, definitions};
use crate::row::Query;

/// How many rows of a kind there are, as far as the statement differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum RowCount {
    #[default]
    None,
    One,
    Several,
}

impl RowCount {
    pub(super) const fn from_rows<R>(rows: &[R]) -> Self {
        match rows {
            [] => Self::None,
            [_] => Self::One,
            [..] => Self::Several,
        }
    }
}

/// Every column of a row.
pub(super) const fn all(_: &str) -> bool {
    true
}

/// The table `x` of these rows, with its parameters from `next` on. One row has the columns that
/// are wanted.
pub(super) fn table<R: Row>(count: RowCount, wanted: fn(&str) -> bool, next: &mut usize) -> String {
    let mut parameter = || {
        let number = *next;
        *next += 1;
        format!("${number}")
    };
    let columns = R::columns();
    if count == RowCount::One {
        let column =
            |Column { name, sql, .. }: &Column| format!("{}::{sql} AS {name}", parameter());
        let wanted = columns.iter().filter(|column| wanted(column.name));
        return format!("(SELECT {}) AS x", wanted.map(column).collect::<Vec<_>>().join(", "));
    }
    let document = if count == RowCount::None { "'[]'".to_owned() } else { parameter() };
    format!("jsonb_to_recordset({document}::jsonb) AS x ({})", definitions(&columns))
}

/// Fills in the parameters of that table.
pub(super) fn bound<'q, R: Row + Serialize>(
    rows: &'q [R],
    wanted: fn(&str) -> bool,
    query: Query<'q>,
) -> Query<'q> {
    match rows {
        [] => query,
        [row] => row.bound(query, wanted),
        rows => query.bind(Json(rows)),
    }
}
