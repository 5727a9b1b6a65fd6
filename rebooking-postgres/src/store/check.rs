//! What an operator wants to know of a database before anything runs on it.

use futures_util::FutureExt as _;
use rebooking_core::ports::PortError;
use sqlx::postgres::PgConnection;

use super::{PostgresStore, ready, repeatable};
use crate::error::Failure;
use crate::migrate;

const SETUP: &str = include_str!("../sql/check_setup.sql");
/// The oldest version that the tests run on.
const OLDEST: i32 = 150_000;

/// A database as it is found, by a look that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseSetup {
    /// The version of PostgreSQL, as it calls itself.
    pub version: String,
    /// Whether it is older than any that this crate is tested on.
    pub too_old: bool,
    /// Whether it can be written: a standby cannot.
    pub writable: bool,
    /// Whether what was confirmed is on the disk (`synchronous_commit`), with the limits of the
    /// settings in force.
    pub durable: bool,
    /// Tables that are not there, or not on the search path of this role.
    pub missing_tables: Vec<String>,
    /// Rights that this role lacks, like `INSERT on miomente_partner_portal_rebooking_audit`; see
    /// [`rights_sql`](crate::rights_sql).
    pub missing_rights: Vec<String>,
    /// Whether it is migrated as far as this version needs. `false` as well where this role may not
    /// look.
    pub migrated: bool,
}

impl PostgresStore {
    /// Looks at version, tables, rights and migrations. Changes nothing.
    ///
    /// # Errors
    /// [`PortError::Transient`] while the database is out of reach or lets nobody in.
    pub async fn check(&self) -> Result<DatabaseSetup, PortError> {
        repeatable!(self, |db| look(db)).await.map_err(Failure::into_reading)
    }
}

type Row = (String, i32, bool, bool, Vec<String>, Vec<String>);

async fn look(db: &mut PgConnection) -> Result<DatabaseSetup, Failure> {
    let row: Row = sqlx::query_as(SETUP).fetch_one(&mut *db).await?;
    let (version, number, read_only, durable, missing_tables, missing_rights) = row;
    let hidden =
        |names: &[String]| names.iter().any(|name| name.contains(migrate::MIGRATIONS_TABLE));
    let migrated = !hidden(&missing_tables)
        && !hidden(&missing_rights)
        && sqlx::query_scalar(ready::MIGRATED).bind(migrate::newest()).fetch_one(db).await?;
    Ok(DatabaseSetup {
        version,
        too_old: number < OLDEST,
        writable: !read_only,
        durable,
        missing_tables,
        missing_rights,
        migrated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_rights_are_granted_on_is_looked_at() {
        let granted = include_str!("../sql/grant_rights.sql");
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let granted = granted.split("$$;").map(|part| part.split("DO $$").next().unwrap());
        let names = granted.flat_map(|sql| sql.split(|c| !is_name(c)));
        let names = names.filter(|name| name.starts_with("miomente_partner_portal_"));
        let mut seen = 0;
        for name in names {
            seen += 1;
            assert!(SETUP.contains(&format!("('{name}', ")), "{name}");
        }
        assert!(seen >= 9, "{seen}");
    }
}
