//! Bringing a database up to date, by this crate or by hand.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

/// The table that remembers which migrations were applied. It is ours alone, so it never meets the host's own.
pub const MIGRATIONS_TABLE: &str = "miomente_partner_portal_rebooking_migrations";

static MIGRATOR: Migrator = sqlx::migrate!();

/// A name that stands in SQL without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema(String);

/// Not a plain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a schema is named by small letters, digits and underscores, at most 63, and begins with a letter")]
pub struct MalformedSchema;

impl Schema {
    /// Reads a name.
    ///
    /// # Errors
    /// [`MalformedSchema`] for one that would need quotes.
    pub fn parse(name: &str) -> Result<Self, MalformedSchema> {
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let begins = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        if plain && begins && name.len() <= 63 { Ok(Self(name.to_owned())) } else { Err(MalformedSchema) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A database could not be brought up to date; it is as it was before.
#[derive(Debug, thiserror::Error)]
#[error("the database could not be brought up to date")]
pub struct MigrationFailed(#[source] Box<dyn std::error::Error + Send + Sync>);

impl From<sqlx::Error> for MigrationFailed {
    fn from(error: sqlx::Error) -> Self {
        Self(Box::new(error))
    }
}

impl From<MigrateError> for MigrationFailed {
    fn from(error: MigrateError) -> Self {
        Self(Box::new(error))
    }
}

/// Brings the database up to date: all of it in one transaction, or nothing. Any number of instances may do so at once, and again:
/// the first does it, the others wait and find it done. What Feature 01 has there stays as it is.
///
/// Tables are made in `schema` (made too, if need be), or where the connection's search path points first. Feature 01 is looked for
/// along the whole search path.
///
/// # Errors
/// [`MigrationFailed`]: nothing was changed.
pub async fn migrate(pool: &PgPool, schema: Option<&Schema>) -> Result<(), MigrationFailed> {
    let mut connection = pool.acquire().await?.detach();
    let (schema, pool) = (schema.cloned(), pool.clone());
    // In a task of its own, so that a caller who gives up leaves no open transaction behind.
    let task = tokio::spawn(async move {
        for _ in 0..MOST_ROUNDS {
            match within(&mut connection, schema.as_ref()).await {
                // Two instances made the same first table at the same moment; one of them now finds it.
                Err(error) if is_race(&error) => connection = pool.acquire().await?.detach(),
                outcome => return outcome,
            }
        }
        within(&mut connection, schema.as_ref()).await
    });
    task.await.map_err(|error| MigrationFailed(Box::new(error)))?
}

const MOST_ROUNDS: u32 = 20;

async fn within(connection: &mut PgConnection, schema: Option<&Schema>) -> Result<(), MigrationFailed> {
    let mut all = connection.begin().await?;
    // A migration may take its time, whatever is set for the application.
    all.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'").await?;
    let table = match schema {
        Some(Schema(name)) => {
            let sql = format!(
                "CREATE SCHEMA IF NOT EXISTS {name}; \
                 SELECT set_config('search_path', '{name}, ' || current_setting('search_path'), true)"
            );
            all.execute(AssertSqlSafe(sql)).await?;
            format!("{name}.{MIGRATIONS_TABLE}")
        }
        None => MIGRATIONS_TABLE.to_owned(),
    };
    // The table is the lock: it holds as long as the transaction, needs no session, and the losers of the race wait for it.
    all.execute(AssertSqlSafe(first_table(&table))).await?;
    all.execute(AssertSqlSafe(format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))).await?;
    let mut migrator = Migrator::with_migrations(MIGRATOR.iter().cloned().collect());
    migrator.set_locking(false).dangerous_set_table_name(table);
    migrator.run_direct(None, &mut *all, false).await?;
    all.commit().await?;
    Ok(())
}

/// As sqlx would make it, but before the lock.
fn first_table(table: &str) -> String {
    format!(
        "CREATE TABLE IF NOT EXISTS {table} (version bigint PRIMARY KEY, description text NOT NULL, \
         installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, \
         execution_time bigint NOT NULL);"
    )
}

/// `CREATE … IF NOT EXISTS` looks before it leaps: two at once may meet in the catalog.
fn is_race(error: &MigrationFailed) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error.0.as_ref());
    while let Some(error) = source {
        if let Some(sqlx::Error::Database(error)) = error.downcast_ref() {
            return matches!(error.code().as_deref(), Some("23505" | "42P06" | "42P07" | "40001" | "40P01"));
        }
        source = error.source();
    }
    false
}

/// The same as SQL text, for who applies it by hand or by a tool of their own: run it once, in one transaction, with the search
/// path on the schema that is to hold the tables.
#[must_use]
pub fn migrations_sql() -> String {
    MIGRATOR
        .iter()
        .map(|migration| format!("-- {}\n{}\n", migration.description, migration.sql.as_str()))
        .collect()
}

/// The least rights that the application's role needs, as SQL text: run it as the owner of the tables, after each migration.
#[must_use]
pub fn rights_sql(role: &Schema) -> String {
    include_str!("rights.sql").replace("rebooking_app", role.as_str())
}
