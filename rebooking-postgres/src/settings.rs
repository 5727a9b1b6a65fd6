//! How connections are opened and how long anything may take.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::Schema;

/// Limits of one store, and where its tables are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many connections [`connect`] opens at most: 8.
    pub connections: u32,
    /// How long a caller waits for a connection: 3 s.
    pub connect_within: Duration,
    /// How long a caller waits in all: 4.5 s. The work goes on without it.
    pub answer_within: Duration,
    /// The database ends a statement after this: 4 s.
    pub statement_timeout: Duration,
    /// The database gives up on a lock after this: 3 s.
    pub lock_timeout: Duration,
    /// The database ends a session that does nothing in an open transaction for this long: 10 s.
    pub idle_in_transaction_timeout: Duration,
    /// A connection whose server says nothing at all is closed after this: 15 s.
    pub give_up_after: Duration,
    /// The schema that holds the tables; without one the search path of the role decides.
    pub schema: Option<Schema>,
    /// Whether the limits of the database and the search path are sent when a connection is opened. Behind pgbouncer they cannot
    /// be: set them for the role instead (`ALTER ROLE … SET statement_timeout = '4s'`, and so on).
    pub sent_at_start: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 8,
            connect_within: Duration::from_secs(3),
            answer_within: Duration::from_millis(4500),
            statement_timeout: Duration::from_secs(4),
            lock_timeout: Duration::from_secs(3),
            idle_in_transaction_timeout: Duration::from_secs(10),
            give_up_after: Duration::from_secs(15),
            schema: None,
            sent_at_start: true,
        }
    }
}

impl Settings {
    /// Connect options with these limits in them.
    #[must_use]
    pub(crate) fn applied_to(&self, options: PgConnectOptions) -> PgConnectOptions {
        if !self.sent_at_start {
            return options;
        }
        let limits = [
            ("statement_timeout", self.statement_timeout),
            ("lock_timeout", self.lock_timeout),
            ("idle_in_transaction_session_timeout", self.idle_in_transaction_timeout),
        ];
        let options = options.options(limits.map(|(name, limit)| (name, format!("{}ms", limit.as_millis()))));
        match &self.schema {
            // Feature 01 is where it always was.
            Some(schema) => options.options([("search_path", format!("{},public", schema.as_str()))]),
            None => options,
        }
    }
}

/// Opens a pool on a database, with the limits of `settings`; for [`migrate`](crate::migrate()) and [`PostgresStore::with`](crate::PostgresStore::with).
///
/// # Errors
/// [`sqlx::Error`] for an address that is none, or a database that cannot be reached.
pub async fn connect(url: &str, settings: &Settings) -> Result<PgPool, sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(settings.connect_within)
        .test_before_acquire(false)
        .connect_with(settings.applied_to(options))
        .await
}
