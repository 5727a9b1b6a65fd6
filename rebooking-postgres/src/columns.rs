//! The columns of our tables, each said once: its name, its type in Rust and in SQL. The row that
//! is read, the list of a `SELECT` and what is written are all made of the same list: a new column
//! is added in one place, and the compiler says where it is to be filled in.

mod audit;
mod confirmations;
mod dates;
mod effects;
mod tokens;

pub(crate) use audit::{AuditRow, audit_columns};
pub(crate) use confirmations::{ConfirmationRow, confirmation_columns};
pub(crate) use dates::{DateRow, date_columns};
pub(crate) use effects::{EffectRow, effect_columns};
pub(crate) use tokens::{SearchColumns, TokenRow, token_columns};

use crate::row::Query;

/// One column as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// Its type as a parameter.
    pub(crate) sql: &'static str,
    /// What is stored of a row `x`: mostly the parameter itself.
    pub(crate) value: &'static str,
}

/// A row whose columns can be written.
pub(crate) trait Row {
    /// Its columns.
    fn columns() -> Vec<Column>;

    /// Fills in those that are asked for, in that order.
    fn bound<'q>(&'q self, query: Query<'q>, wanted: fn(&str) -> bool) -> Query<'q>;
}

/// The names of columns, as a list of SQL.
pub(crate) fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// What is stored in them, as a list of SQL.
pub(crate) fn values(columns: &[Column]) -> String {
    columns.iter().map(|column| column.value).collect::<Vec<_>>().join(", ")
}

/// Their definitions, for a document that is taken apart into rows.
pub(crate) fn definitions(columns: &[Column]) -> String {
    let definition = |Column { name, sql, .. }: &Column| format!("{name} {sql}");
    columns.iter().map(definition).collect::<Vec<_>>().join(", ")
}

/// A struct whose fields are columns that are written: `name: Type = "type in SQL"`, and where
/// something else is stored than the parameter, `write` says what.
macro_rules! row {
    (
        $(#[$attribute:meta])*
        $public:vis struct $row:ident {
            $(
                $(#[$of_column:meta])*
                $column:ident: $type:ty = $sql:literal
                $(read $read:literal)? $(write $write:literal)?,
            )+
        }
    ) => {
        $(#[$attribute])*
        $public struct $row {
            $($(#[$of_column])* pub(crate) $column: $type,)+
        }

        impl $crate::columns::Row for $row {
            fn columns() -> Vec<$crate::columns::Column> {
                vec![$($crate::columns::Column {
                    name: stringify!($column),
                    sql: $sql,
                    value: $crate::columns::or!(
                        [$($write)?] concat!("x.", stringify!($column))
                    ),
                }),+]
            }

            fn bound<'q>(
                &'q self,
                query: $crate::row::Query<'q>,
                wanted: fn(&str) -> bool,
            ) -> $crate::row::Query<'q> {
                $(let query = match wanted(stringify!($column)) {
                    true => query.bind(&self.$column),
                    false => query,
                };)+
                query
            }
        }
    };
}

/// The same for a table of which whole rows are read, with a macro for the list of a `SELECT` from
/// it. Where something else is read than the column itself, `read` says what.
macro_rules! table {
    (
        $(#[$attribute:meta])*
        $public:vis struct $row:ident from $alias:literal as $select:ident {
            $(
                $(#[$of_column:meta])*
                $column:ident: $type:ty = $sql:literal
                $(read $read:literal)? $(write $write:literal)?,
            )+
        }
    ) => {
        $crate::columns::row! {
            $(#[$attribute])*
            $public struct $row {
                $($(#[$of_column])* $column: $type = $sql $(read $read)? $(write $write)?,)+
            }
        }

        macro_rules! $select {
            // For a `SELECT`, each under its name.
            () => {
                $crate::columns::list!($([
                    $crate::columns::or!([$($read)?] concat!($alias, ".", stringify!($column))),
                    " AS ",
                    stringify!($column)
                ])+)
            };
            // For a record, in their order.
            (values) => {
                $crate::columns::list!($([
                    $crate::columns::or!([$($read)?] concat!($alias, ".", stringify!($column)))
                ])+)
            };
        }
        pub(crate) use $select;
    };
}

/// A text, or what stands for it where there is none.
macro_rules! or {
    ([$given:literal] $($otherwise:tt)+) => { $given };
    ([] $($otherwise:tt)+) => { $($otherwise)+ };
}

/// Texts with commas between them.
macro_rules! list {
    ([$($first:tt)+] $([$($next:tt)+])*) => {
        concat!($($first)+ $(, ", ", $($next)+)*, " ")
    };
}

pub(crate) use {list, or, row, table};
