//! `NOTIFY` after commits and `LISTEN` for them, so that the workers of every process are woken at
//! once. What is lost here the next poll finds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use rebooking_core::Rebookings;
use sqlx::Executor as _;
use sqlx::postgres::{PgConnection, PgListener};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::PostgresStore;
use crate::commit::NOTIFY;
use crate::connections::Connections;
use crate::error::Failure;

/// The channel of `NOTIFY`.
const CHANNEL: &str = "miomente_partner_portal_rebooking";

/// How long commits are gathered before one `NOTIFY` is sent for all of them.
const GATHER: Duration = Duration::from_millis(5);

/// The `NOTIFY` of one store. It is sent after the commit and not in it: PostgreSQL lets only one
/// notifying transaction commit at a time, its wait for the disk included, and so would line up
/// every choice behind every other.
#[derive(Clone, Debug)]
pub(crate) struct Notifier {
    connections: Arc<Connections>,
    pending: Arc<AtomicBool>,
}

impl Notifier {
    pub(crate) fn new(connections: &Arc<Connections>) -> Self {
        Self { connections: Arc::clone(connections), pending: Arc::default() }
    }

    /// Sends it soon. What is lost here (this process may end) the next poll finds.
    pub(crate) fn notify(&self) {
        if self.pending.swap(true, Ordering::AcqRel) {
            return;
        }
        let Self { connections, pending } = self.clone();
        tokio::spawn(async move {
            sleep(GATHER).await;
            pending.store(false, Ordering::Release);
            if let Err(error) = connections.repeatable(|db| send(db).boxed()).await {
                tracing::debug!(%error, "cannot wake other processes");
            }
        });
    }
}

async fn send(db: &mut PgConnection) -> Result<(), Failure> {
    db.execute(NOTIFY).await?;
    Ok(())
}

/// Listens for commits of other processes until it is dropped.
#[derive(Debug)]
pub struct Listener(JoinHandle<()>);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Wakes `rebookings` whenever any process has committed something for a worker, so that it starts
/// at once and not at its next poll. Holds one connection. Not possible through pgbouncer in
/// transaction mode: polling does it there.
#[must_use = "dropping it ends the listening"]
pub fn listen(store: &PostgresStore, rebookings: &Rebookings) -> Listener {
    let (connector, rebookings) = (store.connections.connector().clone(), rebookings.clone());
    Listener(tokio::spawn(async move {
        loop {
            let heard = async {
                let mut listener = PgListener::connect_with(&connector).await?;
                listener.listen(CHANNEL).await?;
                loop {
                    // `None` is a lost connection that has been opened anew: something may have
                    // been missed.
                    let _ = listener.try_recv().await?;
                    rebookings.wake();
                }
            };
            let heard: Result<(), sqlx::Error> = heard.await;
            if let Err(error) = heard {
                tracing::debug!(%error, "cannot listen for other processes");
            }
            sleep(Duration::from_secs(1)).await;
        }
    }))
}
