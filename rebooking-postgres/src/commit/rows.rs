//! Rows that a change writes, as a table `x` in its statement.
//!
//! Most changes write one row of each kind, and its columns as parameters are much less work for
//! the database than a document that it has to take apart. Several rows come as one document. The
//! statement reads the same either way. (Arrays of columns were no faster than documents, and their
//! length, which the planner sees, had it plan anew each time.)

use serde::Serialize;
use sqlx::types::Json;

use crate::row::Query;

/// A row of one kind.
pub(crate) trait Row: Serialize {
    /// The names and types of its columns.
    fn columns() -> Vec<(&'static str, &'static str)>;

    /// Fills its columns in, in that order.
    fn bound<'q>(&'q self, query: Query<'q>) -> Query<'q>;
}

/// Names each column of a row once, with its type.
macro_rules! columns {
    ($row:ty { $($($part:ident).+: $sql:literal,)* }) => {
        impl $crate::commit::Row for $row {
            fn columns() -> Vec<(&'static str, &'static str)> {
                vec![$(($crate::commit::columns!(@last $($part).+), $sql)),*]
            }

            fn bound<'q>(&'q self, query: $crate::row::Query<'q>) -> $crate::row::Query<'q> {
                query$(.bind(&self.$($part).+))*
            }
        }
    };
    (@last $name:ident) => { stringify!($name) };
    (@last $first:ident.$name:ident) => { stringify!($name) };
}
pub(crate) use columns;

/// How many rows of a kind there are, as far as the statement differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Many {
    #[default]
    None,
    One,
    Several,
}

impl Many {
    pub(super) const fn of<R>(rows: &[R]) -> Self {
        match rows {
            [] => Self::None,
            [_] => Self::One,
            [..] => Self::Several,
        }
    }
}

/// The table `x` of these rows, with its parameters from `next` on.
pub(super) fn table<R: Row>(many: Many, next: &mut usize) -> String {
    let mut number = || {
        let number = *next;
        *next += 1;
        number
    };
    let columns = R::columns();
    if many == Many::One {
        let columns = columns.iter().map(|(name, sql)| format!("${}::{sql} AS {name}", number()));
        return format!("(SELECT {}) AS x", columns.collect::<Vec<_>>().join(", "));
    }
    let document = if many == Many::None { "'[]'".to_owned() } else { format!("${}", number()) };
    let columns = columns.iter().map(|(name, sql)| format!("{name} {sql}"));
    format!(
        "jsonb_to_recordset({document}::jsonb) AS x ({})",
        columns.collect::<Vec<_>>().join(", ")
    )
}

/// Fills in the parameters of that table.
pub(super) fn bound<'q, R: Row>(rows: &'q [R], query: Query<'q>) -> Query<'q> {
    match rows {
        [] => query,
        [row] => row.bound(query),
        rows => query.bind(Json(rows)),
    }
}
