//! The connections that are idle: checked out for a unit of work and given back after it. The pool
//! that the host gave only opens them; sqlx's own queue would spend a round trip on each return.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};

use super::Connections;
use crate::error::Failure;

/// A connection that nobody uses.
#[derive(Debug)]
pub(super) struct Idle {
    connection: PgConnection,
    opened: Instant,
    since: Instant,
}

/// A connection in use. Dropped without [`Connections::give_back`], it is closed.
pub(crate) struct CheckedOut {
    pub(super) connection: PgConnection,
    opened: Instant,
    _permit: OwnedSemaphorePermit,
}

impl Connections {
    /// Takes an idle connection, or opens one where fewer are in use than there may be.
    pub(super) async fn check_out(&self) -> Result<CheckedOut, Failure> {
        let waited =
            timeout(self.settings.connect_within, Arc::clone(&self.permits).acquire_owned()).await;
        let Ok(Ok(permit)) = waited else { return Err(sqlx::Error::PoolTimedOut.into()) };
        if let Some(Idle { connection, opened, .. }) = self.fresh() {
            return Ok(CheckedOut { connection, opened, _permit: permit });
        }
        // Whatever went wrong here, nothing was asked of the database.
        let connector = self.connector().await.map_err(Failure::connecting)?;
        let mut connection = connector.acquire().await.map_err(Failure::connecting)?.detach();
        if let Some(greeting) = self.settings.greeting() {
            connection.execute(AssertSqlSafe(greeting)).await.map_err(Failure::connecting)?;
        }
        Ok(CheckedOut { connection, opened: Instant::now(), _permit: permit })
    }

    /// An idle connection that is not too old.
    fn fresh(&self) -> Option<Idle> {
        let mut idle = self.idle();
        let over = |limit: Option<Duration>, since: Instant| {
            limit.is_some_and(|limit| since.elapsed() > limit)
        };
        // The most recently used first, so that those that are not needed grow old and are closed.
        while let Some(next) = idle.pop() {
            if over(self.longest_idle, next.since) {
                idle.clear();
                return None;
            }
            if !over(self.longest_life, next.opened) {
                return Some(next);
            }
        }
        None
    }

    /// Takes a connection back whose work ended in order.
    pub(super) fn give_back(&self, checked_out: CheckedOut) {
        let CheckedOut { connection, opened, _permit } = checked_out;
        // Work that opens a transaction ends it; one that it left open all the same is not handed
        // to the next caller.
        if !connection.is_in_transaction() && !self.connector.is_closed() {
            self.idle().push(Idle { connection, opened, since: Instant::now() });
        }
    }

    /// Closes what is idle.
    pub(super) fn discard_idle(&self) {
        drop(std::mem::take(&mut *self.idle()));
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes what is idle; what is in use is closed when its work has ended.
    pub(crate) async fn close(&self) {
        let idle = std::mem::take(&mut *self.idle());
        for Idle { connection, .. } in idle {
            drop(connection.close().await);
        }
        self.connector.close().await;
    }
}
