//! The database, as somebody sees it who looks into its tables.

use std::process::Command;

use rebooking_postgres::testing::{Cluster, Shutdown, TestDatabase};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgPool, PgPoolOptions};

/// What begins the name of each of our tables.
pub const OURS: &str = "miomente_partner_portal_rebooking_";

/// A database of its own, on the cluster that all share or on one of its own.
pub struct Database {
    /// Kept as long as it is used.
    own: Option<Cluster>,
    port: u16,
    name: String,
    pool: PgPool,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({})", self.name)
    }
}

impl Database {
    /// On the cluster that all tests of the process share.
    pub async fn shared() -> Self {
        let database = TestDatabase::migrated().await.unwrap();
        let port = Cluster::shared().unwrap().port();
        Self::connect(None, port, database.name(), &database.url()).await
    }

    /// On a cluster of its own, which may be stopped.
    pub async fn of_its_own() -> Self {
        let cluster = Cluster::of_its_own().unwrap();
        cluster.migrated_database("stack").await.unwrap();
        let (port, url) = (cluster.port(), cluster.url("stack"));
        Self::connect(Some(cluster), port, "stack", &url).await
    }

    async fn connect(own: Option<Cluster>, port: u16, name: &str, url: &str) -> Self {
        let options = PgPoolOptions::new().max_connections(2);
        let pool = options.connect_lazy(url).unwrap();
        Self { own, port, name: name.to_owned(), pool }
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its address over a line with this port.
    #[must_use]
    pub fn url(&self, port: u16) -> String {
        format!("postgres://rebooking@127.0.0.1:{port}/{}", self.name)
    }

    /// The rows of a query, as JSON.
    pub async fn rows(&self, query: &str) -> Vec<Value> {
        let query = AssertSqlSafe(format!("SELECT to_jsonb(rows) FROM ({query}) AS rows"));
        sqlx::query_scalar(query).fetch_all(&self.pool).await.unwrap()
    }

    /// The rows of one of our tables, by its short name, in this order.
    pub async fn table(&self, name: &str, order: &str) -> Vec<Value> {
        self.rows(&format!("SELECT * FROM {OURS}{name} ORDER BY {order}")).await
    }

    /// Carries a statement out.
    pub async fn carries_out(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::query(statement).execute(&self.pool).await.unwrap();
    }

    /// How many effects somebody must still carry out.
    pub async fn undelivered(&self) -> usize {
        let open = format!("SELECT id FROM {OURS}effects WHERE over_at IS NULL");
        self.rows(&open).await.len()
    }

    /// Writes every statement into its log from now on, with what goes in.
    pub async fn logs_every_statement(&self) {
        for statement in ["ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()"] {
            self.carries_out(statement).await;
        }
    }

    /// The log.
    #[must_use]
    pub fn statements(&self) -> String {
        std::fs::read_to_string(self.own.as_ref().unwrap().socket().join("log")).unwrap()
    }

    /// All of it, as it is saved.
    #[must_use]
    pub fn dump(&self) -> String {
        let cluster = self.own.as_ref().unwrap();
        let mut dump = Command::new(cluster.program("pg_dump"));
        let dump = machine::output(dump.arg(cluster.url(&self.name))).unwrap();
        String::from_utf8(dump.stdout).unwrap()
    }

    /// It crashes.
    pub fn crashes(&self) {
        self.own.as_ref().unwrap().down(Shutdown::Immediate).unwrap();
    }

    /// It comes up again.
    pub fn comes_up(&self) {
        self.own.as_ref().unwrap().up().unwrap();
    }
}
