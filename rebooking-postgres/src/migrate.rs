//! Bringing a database up to date, by this crate or by hand.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, Migrator};
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tokio::time::sleep;

use crate::error::Outline;

/// The table that remembers which migrations were applied. It is ours alone, so it never meets the
/// host's own.
pub const MIGRATIONS_TABLE: &str = "miomente_partner_portal_rebooking_migrations";

static MIGRATOR: Migrator = sqlx::migrate!();

/// A name that stands in SQL without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema(String);

/// Not a plain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a schema is named by small letters, digits and underscores, at most 63, and begins with a \
     letter"
)]
pub struct MalformedSchema;

impl Schema {
    /// Reads a name.
    ///
    /// # Errors
    /// [`MalformedSchema`] for one that would need quotes.
    pub fn parse(name: &str) -> Result<Self, MalformedSchema> {
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let begins = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        if plain && begins && name.len() <= 63 {
            Ok(Self(name.to_owned()))
        } else {
            Err(MalformedSchema)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A database could not be brought up to date; it is as it was before. Says why, without secrets.
#[derive(Debug, thiserror::Error)]
#[error("the database could not be brought up to date: {0}")]
pub struct MigrationFailed(Outline);

/// Why one attempt came to nothing.
enum Stopped {
    /// Others were at it, or at Feature 01.
    ForNow(sqlx::Error),
    ForGood(MigrationFailed),
}

impl From<sqlx::Error> for Stopped {
    fn from(error: sqlx::Error) -> Self {
        match code_of(&error).as_deref() {
            // A lock that did not come in time, a deadlock.
            Some("55P03" | "40P01" | "40001") => Self::ForNow(error),
            _ => Self::ForGood(MigrationFailed(Outline::from_sqlx(&error))),
        }
    }
}

impl From<MigrateError> for Stopped {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::ForGood(MigrationFailed(Outline::from_text(&other))),
        }
    }
}

fn code_of(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// `CREATE … IF NOT EXISTS` looks before it leaps: two at once may meet in the catalog, and one of
/// them finds it made at the next try.
fn raced(error: sqlx::Error) -> Stopped {
    match code_of(&error).as_deref() {
        Some("23505" | "42P06" | "42P07") => Stopped::ForNow(error),
        _ => error.into(),
    }
}

/// Brings the database up to date: all of it in one transaction, or nothing. Any number of
/// instances may do so at once, and again: the first does it, the others wait and find it done. A
/// database that is up to date already is only looked at, for which the rights of [`rights_sql`]
/// are enough; so is one that a newer version has migrated. What Feature 01 has there stays as it
/// is, and its writers wait two seconds at most: then they go first, and this is tried again.
///
/// Tables are made in `schema` (made too, if need be), or where the connection's search path points
/// first. Feature 01 is looked for along the whole search path.
///
/// # Errors
/// [`MigrationFailed`]: nothing was changed.
pub async fn migrate(pool: &PgPool, schema: Option<&Schema>) -> Result<(), MigrationFailed> {
    let (schema, pool) = (schema.cloned(), pool.clone());
    // In a task of its own, so that a caller who gives up leaves no open transaction behind.
    let task = tokio::spawn(async move {
        let mut rounds = 0;
        loop {
            rounds += 1;
            match attempt(&pool, schema.as_ref()).await {
                Err(Stopped::ForNow(_)) if rounds < MOST_ROUNDS => sleep(PAUSE).await,
                Err(Stopped::ForNow(error)) => {
                    return Err(MigrationFailed(Outline::from_sqlx(&error)));
                }
                Err(Stopped::ForGood(failed)) => return Err(failed),
                Ok(()) => return Ok(()),
            }
        }
    });
    task.await.map_err(|error| MigrationFailed(Outline::from_text(&error)))?
}

const MOST_ROUNDS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(500);

async fn attempt(pool: &PgPool, schema: Option<&Schema>) -> Result<(), Stopped> {
    let mut connection = pool.acquire().await?.detach();
    let table = match schema {
        Some(Schema(name)) => format!("{name}.{MIGRATIONS_TABLE}"),
        None => MIGRATIONS_TABLE.to_owned(),
    };
    if !is_up_to_date(&mut connection, &table).await? {
        bring_up_to_date(&mut connection, schema, table).await?;
    }
    connection.close().await?;
    Ok(())
}

async fn is_up_to_date(connection: &mut PgConnection, table: &str) -> Result<bool, sqlx::Error> {
    let look = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL").bind(table);
    if !look.fetch_one(&mut *connection).await? {
        return Ok(false);
    }
    let sql = AssertSqlSafe(format!("SELECT version, checksum FROM {table} WHERE success"));
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(sql).fetch_all(connection).await?;
    let is_applied = |ours: &Migration| {
        applied.iter().any(|(version, checksum)| {
            *version == ours.version && checksum == ours.checksum.as_ref()
        })
    };
    Ok(MIGRATOR.iter().all(is_applied))
}

async fn bring_up_to_date(
    connection: &mut PgConnection,
    schema: Option<&Schema>,
    table: String,
) -> Result<(), Stopped> {
    let mut all = connection.begin().await?;
    // A migration may take its time, whatever is set for the application, and that something is
    // there already is nothing that anybody needs to hear of.
    all.execute(
        "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; SET LOCAL \
         client_min_messages = warning",
    )
    .await?;
    if let Some(Schema(name)) = schema {
        // Even `IF NOT EXISTS` asks for the right to make schemas, which an owner of this one need
        // not have.
        let look = sqlx::query_scalar("SELECT to_regnamespace($1) IS NOT NULL").bind(name);
        if !look.fetch_one(&mut *all).await? {
            let sql = format!("CREATE SCHEMA IF NOT EXISTS {name}");
            all.execute(AssertSqlSafe(sql)).await.map_err(raced)?;
        }
        let path = format!(
            "SELECT set_config('search_path', '{name}, ' || current_setting('search_path'), true)"
        );
        all.execute(AssertSqlSafe(path)).await?;
    }
    // The table is the lock: it holds as long as the transaction, needs no session, and the losers
    // of the race wait for it.
    all.execute(AssertSqlSafe(first_table(&table))).await.map_err(raced)?;
    all.execute(AssertSqlSafe(format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))).await?;
    // While we wait for Feature 01's table everybody behind us waits for it too.
    all.execute("SET LOCAL lock_timeout = '2s'").await?;
    let mut migrator = Migrator::with_migrations(MIGRATOR.iter().cloned().collect());
    migrator.set_locking(false).set_ignore_missing(true).dangerous_set_table_name(table);
    all.execute(BEFORE_0007).await?;
    migrator.run_direct(None, &mut *all, false).await?;
    all.execute(AFTER_0007).await?;
    all.commit().await?;
    Ok(())
}

/// An index that a database of 0.1 needs once: a migration that is out cannot be changed.
const BEFORE_0007: &str = include_str!("sql/before_0007.sql");
const AFTER_0007: &str = "DROP INDEX IF EXISTS rebooking_tokens_before_0007;";

/// The newest version that this crate needs.
pub(crate) fn newest() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// As sqlx would make it, but before the lock.
fn first_table(table: &str) -> String {
    format!(
        "CREATE TABLE IF NOT EXISTS {table} (version bigint PRIMARY KEY, \
         description text NOT NULL, installed_on timestamptz NOT NULL DEFAULT now(), \
         success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);"
    )
}

/// The same as SQL text, for who applies it by hand or by a tool of their own: run it once, in one
/// transaction, with the search path on the schema that is to hold the tables. It notes what it
/// applied, so that [`migrate`] finds nothing to do afterwards.
#[must_use]
pub fn migrations_sql() -> String {
    let note = |migration: &Migration| {
        let checksum =
            migration.checksum.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!(
            "INSERT INTO {MIGRATIONS_TABLE} \
             (version, description, success, checksum, execution_time) \
             VALUES ({}, '{}', true, '\\x{checksum}', 0);\n",
            migration.version, migration.description
        )
    };
    let all = MIGRATOR.iter().map(|migration| {
        let before = if migration.version == 7 { BEFORE_0007 } else { "" };
        let (description, sql) = (&migration.description, migration.sql.as_str());
        format!("{before}-- {description}\n{sql}\n{}\n", note(migration))
    });
    let first = first_table(MIGRATIONS_TABLE) + "\n\n";
    std::iter::once(first).chain(all).chain([AFTER_0007.to_owned() + "\n"]).collect()
}

/// The least rights that the application's role needs, as SQL text: run it as the owner of the
/// tables, after each migration, with the search path on them.
#[must_use]
pub fn rights_sql(role: &Schema) -> String {
    include_str!("sql/grant_rights.sql").replace("rebooking_app", role.as_str())
}
