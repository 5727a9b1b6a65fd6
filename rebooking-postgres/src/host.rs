//! Work inside the host's own transaction, on a connection whose search path is the host's.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rebooking_core::change::{Change, Commit};
#[cfg(doc)]
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::{CaseKey, CaseState};
use rebooking_core::ports::{AsOf, PortError};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::commit::{self, Payload};
use crate::error::Failure;
use crate::store::cases;
use crate::{PostgresStore, Settings};

impl PostgresStore {
    /// Commits `change` inside the host's own open transaction, say together with Feature 01's
    /// write that it follows from. A guard that fails leaves that transaction as it was before this
    /// call. Whether anything is durable is for the host's `COMMIT` to say; workers are woken by
    /// it.
    ///
    /// The tables are looked for where [`Settings::schema`] says, or on the search path of this
    /// connection, which is left as it was.
    ///
    /// Keep such a transaction short: the rows that the change writes stay locked until it ends.
    ///
    /// # Errors
    /// [`PortError`] as for [`RebookingStore::commit`]; the transaction can then only be rolled
    /// back.
    pub async fn commit_in(
        &self,
        connection: &mut PgConnection,
        change: &Change,
    ) -> Result<Commit, PortError> {
        let payload = Payload::new(change).map_err(Failure::into_reading)?;
        let statement = self.statement.clone();
        let committed = within(connection, self.connections.settings(), move |db| {
            commit::commit_within(db, &statement, payload)
        });
        committed.await.map_err(Failure::into_port)
    }

    /// What [`RebookingStore::find`] reads, inside the host's own open transaction: for a decision
    /// whose change goes to [`PostgresStore::commit_in`].
    ///
    /// # Errors
    /// [`PortError`] as for [`RebookingStore::find`].
    pub async fn find_in(
        &self,
        connection: &mut PgConnection,
        key: &CaseKey,
    ) -> Result<AsOf<CaseState>, PortError> {
        let key = key.clone();
        let found = within(connection, self.connections.settings(), move |db| {
            async move { cases::find(db, &key).await }.boxed()
        });
        found.await.map_err(Failure::into_reading)
    }
}

/// Does `work` with our schema first on the search path, and leaves the path as it was. What fails
/// leaves a transaction that can only be rolled back, and the path goes with it.
async fn within<T>(
    db: &mut PgConnection,
    settings: &Settings,
    work: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>,
) -> Result<T, Failure> {
    const BACK: &str =
        "SELECT set_config('search_path', current_setting('rebooking.search_path'), true)";
    let Some(schema) = &settings.schema else { return work(db).await };
    let there = format!(
        "SELECT set_config('rebooking.search_path', current_setting('search_path'), true), \
         set_config('search_path', '{}, ' || current_setting('search_path'), true)",
        schema.as_str()
    );
    db.execute(AssertSqlSafe(there)).await?;
    let done = work(db).await?;
    db.execute(BACK).await?;
    Ok(done)
}
