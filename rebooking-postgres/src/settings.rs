//! How connections are opened and how long anything may take.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tokio::time::timeout;

use crate::Schema;
use crate::hosts::{self, Hosts};

/// Limits of one store, and where its tables are.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Settings {
    /// How many connections [`connect`] opens at most: 8. [`listen`](crate::listen()) holds one
    /// more.
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
    /// The schema that holds the tables: it comes before the search path of the role, along which
    /// Feature 01 is found. Without one that path decides alone.
    pub schema: Option<Schema>,
    /// Whether the limits of the database and the search path are sent when a connection is opened,
    /// and `synchronous_commit` is put on where it is off. Behind pgbouncer that cannot be: set
    /// them for the role instead (`ALTER ROLE … SET statement_timeout = '4s'`, and so on).
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
        let options =
            options.options(limits.map(|(name, limit)| (name, format!("{}ms", limit.as_millis()))));
        // A session keeps a plan that was made while a table was still empty, and would read the
        // whole of it when it is long: everything that runs all the time goes by an index.
        // What must be read as a whole all the same then seems so costly that it would be compiled
        // first, which takes a hundred times as long as a few rows do.
        let options = options.options([("enable_seqscan", "off"), ("jit", "off")]);
        match options.get_application_name() {
            Some(_) => options,
            None => options.application_name("rebooking"),
        }
    }

    /// What is said on a new connection beside that: our schema comes before whatever the role or
    /// the database has on its path, and an answer of success is durable, whatever they have there.
    pub(crate) fn greeting(&self) -> Option<String> {
        if !self.sent_at_start {
            return None;
        }
        let path = match &self.schema {
            Some(schema) => format!("'{}, ' || ", schema.as_str()),
            None => String::new(),
        };
        Some(format!(
            "SELECT set_config('search_path', {path}current_setting('search_path'), false), \
             CASE current_setting('synchronous_commit') WHEN 'off' THEN \
             set_config('synchronous_commit', 'on', false) END"
        ))
    }
}

/// Opens a pool on a database, with the limits of `settings`; for [`migrate`](crate::migrate()) and
/// [`PostgresStore::with`](crate::PostgresStore::with).
///
/// `url` may name several hosts, `postgres://app@db1:5432,db2:5432/shop`, with or without
/// `?target_session_attrs=read-write`: the pool then leads to the one that can be written, and goes
/// on following it as soon as a store has been made of it.
///
/// # Errors
/// [`sqlx::Error`] for an address that is none or has a parameter that does not exist, a database
/// that cannot be reached, or several hosts of which none can be written.
pub async fn connect(url: &str, settings: &Settings) -> Result<PgPool, sqlx::Error> {
    if let Some(name) = unknown_parameter(url) {
        let why =
            format!("the address of the database has a parameter that does not exist: {name}");
        return Err(sqlx::Error::Configuration(why.into()));
    }
    let options = settings.applied_to(hosts::parse(url)?);
    let options = match Hosts::from_options(&options) {
        Some(_) if !settings.sent_at_start => {
            let why = "several hosts are for PostgreSQL itself: a pooler follows the leader alone";
            return Err(sqlx::Error::Configuration(why.into()));
        }
        Some(hosts) => hosts.leader(&options, settings.connect_within).await?,
        None => options,
    };
    // A pool tries until its time is up, and then says that it was; one connection alone says what
    // is wrong.
    let first = PgConnection::connect_with(&options);
    timeout(settings.connect_within, first)
        .await
        .map_err(|_| sqlx::Error::PoolTimedOut)??
        .close()
        .await?;
    let greeting = settings.greeting();
    let pool = PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(settings.connect_within)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            let greeting = greeting.clone();
            Box::pin(async move {
                if let Some(greeting) = greeting {
                    connection.execute(AssertSqlSafe(greeting)).await?;
                }
                Ok(())
            })
        });
    Ok(pool.connect_lazy_with(options))
}

/// The name of a parameter of an address that is none. sqlx would log it with its value, which may
/// be a mistyped password.
fn unknown_parameter(url: &str) -> Option<&str> {
    const KNOWN: [&str; 18] = [
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "statement-cache-capacity",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "target_session_attrs",
    ];
    let (_, parameters) = url.split_once('?')?;
    let names = parameters
        .split(['&', '#'])
        .map(|parameter| parameter.split('=').next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).find(|name| {
        !KNOWN.contains(name)
            && *name != "options"
            && !(name.starts_with("options[") && name.ends_with(']'))
    })
}
