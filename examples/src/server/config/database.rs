//! Where the database is, and how it is reached.

use std::path::PathBuf;

use clap::Args;
use rebooking_postgres::{Schema, Settings};

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Database")]
pub(super) struct Arguments {
    /// Where PostgreSQL is: postgres://user:password@host/name, with ?sslmode=verify-full where it
    /// must be encrypted, and several hosts, host1:5432,host2:5432, where the leader among them
    /// may change; without it everything is kept in memory
    #[arg(long, env = "REBOOKING_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    #[arg(long, env = "REBOOKING_DATABASE_URL_FILE")]
    database_url_file: Option<PathBuf>,
    /// The schema that holds the tables; without it, where the role's search path points
    #[arg(long, env = "REBOOKING_DATABASE_SCHEMA")]
    database_schema: Option<String>,
    /// How many connections this server opens
    #[arg(long, env = "REBOOKING_DATABASE_CONNECTIONS", default_value = "8")]
    database_connections: String,
    /// How long to wait for a connection
    #[arg(long, env = "REBOOKING_DATABASE_CONNECT_WITHIN", default_value = "3s")]
    database_connect_within: String,
    /// true behind pgbouncer in transaction mode: limits and search path are then the role's own,
    /// and the poll finds the work of other servers
    #[arg(
        long,
        env = "REBOOKING_DATABASE_POOLER",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true"
    )]
    database_pooler: String,
    /// Bring the database up to date, and end
    #[arg(long)]
    pub(super) migrate_only: bool,
    /// Start without bringing the database up to date: true or false
    #[arg(
        long,
        env = "REBOOKING_NO_MIGRATION",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true"
    )]
    no_migration: String,
}

/// Where the database is. The address may hold a password, so this prints nothing.
#[derive(Clone)]
pub(crate) struct DatabaseConfig {
    pub(crate) url: String,
    pub(crate) settings: Settings,
    pub(crate) migrate: bool,
}

impl DatabaseConfig {
    /// Whether a session outlasts a transaction, so that there is somebody to listen for other
    /// servers.
    pub(crate) const fn has_sessions(&self) -> bool {
        self.settings.sent_at_start
    }
}

impl Arguments {
    pub(super) fn is_given(&self) -> bool {
        self.database_url.is_some() || self.database_url_file.is_some()
    }

    pub(super) fn schema(&self) -> Option<&str> {
        self.database_schema.as_deref()
    }

    pub(super) fn read(&self, reader: &mut Reader) -> Option<DatabaseConfig> {
        let name = "database-url";
        let url =
            reader.secret(name, self.database_url.as_deref(), self.database_url_file.as_deref());
        if let Some(url) = &url {
            let sound = rebooking_postgres::is_address(url);
            reader.demand(sound, name, "an address like postgres://user:password@host/name");
        }
        if self.migrate_only {
            reader.demand(self.is_given(), name, "needed for --migrate-only");
        }
        let mut settings = Settings::default();
        match self.database_schema.as_deref().map(Schema::parse).transpose() {
            Ok(schema) => settings.schema = schema,
            Err(wrong) => reader.fault("database-schema", &wrong.to_string()),
        }
        reader.set(&mut settings.connections, "database-connections", &self.database_connections);
        reader.demand(
            (1..=1_000).contains(&settings.connections),
            "database-connections",
            "1 to 1000",
        );
        reader.set(
            &mut settings.connect_within,
            "database-connect-within",
            &self.database_connect_within,
        );
        reader.demand(
            !settings.connect_within.is_zero(),
            "database-connect-within",
            "more than nothing",
        );
        let pooler = reader.read("database-pooler", &self.database_pooler);
        settings.sent_at_start = !pooler.unwrap_or(false);
        let no_migration = reader.read("no-migration", &self.no_migration).unwrap_or(false);
        url.map(|url| DatabaseConfig { url, settings, migrate: self.migrate_only || !no_migration })
    }
}
