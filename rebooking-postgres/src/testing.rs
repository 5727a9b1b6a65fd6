//! A throwaway PostgreSQL for tests: found or installed, started, and gone with the process that
//! started it.

mod cluster;
mod error;
mod fill;
mod hot;
mod server_user;

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tokio::sync::OnceCell;

pub use cluster::{Cluster, Shutdown};
pub use error::SetupError;
pub use fill::{Size, fill, fill_dates};
pub use hot::{HotStatement, hot_change, hot_statements};
pub use server_user::{command as server_command, programs as server_programs};

/// The statement of *show*, for measuring what bare sqlx does with it.
pub const SHOW: &str = crate::store::open::BY_LINK;

/// A database of its own for one test, with our tables in it, on the cluster that all tests of the
/// process share.
#[derive(Clone, Debug)]
pub struct TestDatabase {
    cluster: &'static Cluster,
    name: String,
}

impl TestDatabase {
    /// A fresh database that has been migrated.
    ///
    /// # Errors
    /// [`SetupError`] when there is no PostgreSQL and none can be installed.
    pub async fn migrated() -> Result<Self, SetupError> {
        static TEMPLATE: OnceCell<()> = OnceCell::const_new();
        let cluster = Cluster::shared()?;
        TEMPLATE.get_or_try_init(|| cluster.migrated_database("migrated")).await?;
        Self::create(cluster, Some("migrated")).await
    }

    /// A fresh database with nothing in it.
    ///
    /// # Errors
    /// As [`TestDatabase::migrated`].
    pub async fn empty() -> Result<Self, SetupError> {
        Self::create(Cluster::shared()?, None).await
    }

    async fn create(cluster: &'static Cluster, template: Option<&str>) -> Result<Self, SetupError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        cluster.create_database(&name, template).await?;
        Ok(Self { cluster, name })
    }

    /// Its name: unlike that of any other database of this process.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address, by the cluster's socket.
    #[must_use]
    pub fn url(&self) -> String {
        self.cluster.url(&self.name)
    }

    /// Its address, by TCP on the loopback.
    #[must_use]
    pub fn tcp_url(&self) -> String {
        self.cluster.tcp_url(&self.name)
    }

    /// Removes it at once, where it is large.
    ///
    /// # Errors
    /// [`SetupError`] when the server refuses.
    pub async fn drop_now(self) -> Result<(), SetupError> {
        let mut admin = PgConnection::connect(&self.cluster.url("postgres")).await?;
        admin.execute(AssertSqlSafe(format!("DROP DATABASE {} WITH (FORCE)", self.name))).await?;
        Ok(())
    }

    /// Connections to it.
    ///
    /// # Errors
    /// [`SetupError`] when it cannot be reached.
    pub async fn pool(&self) -> Result<PgPool, SetupError> {
        Ok(PgPoolOptions::new().max_connections(8).connect(&self.url()).await?)
    }
}

impl Cluster {
    /// Makes a database with our tables in it.
    ///
    /// # Errors
    /// [`SetupError`] when it cannot be made.
    pub async fn migrated_database(&self, name: &str) -> Result<(), SetupError> {
        self.create_database(name, None).await?;
        let pool = PgPoolOptions::new().connect(&self.url(name)).await?;
        crate::migrate(&pool, None).await?;
        pool.close().await;
        Ok(())
    }

    /// Makes a database, as a copy of another one if `template` names one.
    ///
    /// # Errors
    /// [`SetupError`] when it cannot be made.
    pub async fn create_database(
        &self,
        name: &str,
        template: Option<&str>,
    ) -> Result<(), SetupError> {
        let template = template.unwrap_or("template0");
        let mut admin = PgConnection::connect(&self.url("postgres")).await?;
        admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}"))).await?;
        admin.close().await?;
        Ok(())
    }
}
