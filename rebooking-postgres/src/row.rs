//! Conversions between rows and the types of the core. A malformed row is reported with table, id
//! and column, never guessed.

mod audit;
mod booking;
mod confirmation;
mod date;
mod effect;
mod link;
mod read;
mod readable;
mod rebooking;
mod token;
mod written;

use std::fmt::Display;
use std::str::FromStr;

use rebooking_core::ports::MalformedRow;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::text::FreeText;
use rebooking_core::value::words::UnknownWord;

pub(crate) use audit::{actor_columns, subject_columns};
pub(crate) use booking::BookingDoc;
pub(crate) use link::{LinkDoc, as_hex};
pub(crate) use read::{
    confirmation_of, date_of, effect_of, entry_of, moment, token_if_any, token_of,
};
pub(crate) use readable::{or_report, readable};
pub(crate) use rebooking::{RebookingDoc, WishDoc};

/// A statement whose parameters are being filled in.
pub(crate) type Query<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Which row is read, for what is said about it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    table: &'static str,
    id: String,
}

impl Place {
    pub(crate) fn new(table: &'static str, id: impl Display) -> Self {
        Self { table, id: id.to_string() }
    }

    pub(crate) fn bad(&self, column: &str, why: impl Display) -> MalformedRow {
        MalformedRow {
            table: self.table.to_owned(),
            id: self.id.clone(),
            column: column.to_owned(),
            why: why.to_string(),
        }
    }

    /// What a parser of the core made of one column.
    pub(crate) fn read<T, E: Display>(
        &self,
        column: &str,
        read: Result<T, E>,
    ) -> Result<T, MalformedRow> {
        read.map_err(|why| self.bad(column, why))
    }

    pub(crate) fn present<T>(&self, column: &str, value: Option<T>) -> Result<T, MalformedRow> {
        value.ok_or_else(|| self.bad(column, "must be there"))
    }

    pub(crate) fn absent<T>(&self, column: &str, value: &Option<T>) -> Result<(), MalformedRow> {
        if value.is_some() { Err(self.bad(column, "must not be there")) } else { Ok(()) }
    }

    pub(crate) fn count(&self, column: &str, value: i64) -> Result<u32, MalformedRow> {
        u32::try_from(value).map_err(|_| self.bad(column, "out of range"))
    }

    /// A word of the core.
    pub(crate) fn word<T: FromStr<Err = UnknownWord>>(
        &self,
        column: &str,
        word: &str,
    ) -> Result<T, MalformedRow> {
        self.read(column, word.parse())
    }

    pub(crate) fn email(&self, column: &str, stored: &str) -> Result<EmailAddress, MalformedRow> {
        self.read(column, EmailAddress::restore(stored))
    }

    pub(crate) fn text(&self, column: &str, stored: &str) -> Result<FreeText, MalformedRow> {
        self.read(column, FreeText::parse(stored))
    }
}

/// Decodes a row, or says which column of which row cannot be decoded.
pub(crate) fn decode<'r, T>(
    table: &'static str,
    key: &str,
    row: &'r sqlx::postgres::PgRow,
) -> Result<T, crate::error::Failure>
where
    T: sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    use sqlx::Row as _;
    T::from_row(row).map_err(|error| match error {
        sqlx::Error::ColumnDecode { index, source } => {
            let id = row
                .try_get::<i64, _>(key)
                .map_or_else(|_| "without number".to_owned(), |id| id.to_string());
            let column = index.trim_matches('"').to_owned();
            // What serde says may quote the value.
            let why = if source.is::<serde_json::Error>() {
                "not of its form".into()
            } else {
                source.to_string()
            };
            MalformedRow { table: table.to_owned(), id, column, why }.into()
        }
        other => other.into(),
    })
}
