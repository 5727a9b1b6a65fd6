//! `NOTIFY` after commits and `LISTEN` for them, so that the workers of every process are woken at
//! once. What is lost here the next poll finds.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use rebooking_core::Rebookings;
use rebooking_core::service::Wakeup;
use sqlx::postgres::{PgConnection, PgListener};
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};

use crate::PostgresStore;
use crate::commit::{CHANNEL, notify, number};
use crate::connections::Connections;
use crate::error::Failure;

/// How long commits are gathered before one `NOTIFY` is sent for all of them.
const GATHER: Duration = Duration::from_millis(5);

/// How long after one `NOTIFY` the next one is sent at the earliest.
const REST: Duration = Duration::from_millis(50);

/// Whom a `NOTIFY` wakes that did not come from `own`. An earlier version says nothing in it.
fn heard_from(payload: &str, own: &str) -> Option<Wakeup> {
    let (sender, whom) = payload.split_once(' ').unwrap_or_default();
    (sender != own).then(|| whom.parse().unwrap_or(Wakeup::ALL))
}

/// The `NOTIFY` of one store. It is sent after the commit and not in it: PostgreSQL lets only one
/// notifying transaction commit at a time, its wait for the disk included, and so would line up
/// every choice behind every other.
#[derive(Clone, Debug)]
pub(crate) struct Notifier {
    connections: Arc<Connections>,
    /// Unlike any other store's.
    sender: Arc<str>,
    gathered: Arc<Mutex<Gathered>>,
}

/// What is to be sent, and from when on it may be.
#[derive(Debug)]
struct Gathered {
    whom: Wakeup,
    not_before: Instant,
}

impl Notifier {
    pub(crate) fn new(connections: &Arc<Connections>) -> Self {
        let gathered = Gathered { whom: Wakeup::default(), not_before: Instant::now() };
        Self {
            connections: Arc::clone(connections),
            sender: number().into(),
            gathered: Arc::new(Mutex::new(gathered)),
        }
    }

    /// Sends it soon. What is lost here (this process may end) the next poll finds.
    pub(crate) fn notify(&self, whom: Wakeup) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = gathered.whom.is_empty();
        gathered.whom = gathered.whom.and(whom);
        if !is_first || whom.is_empty() {
            return;
        }
        let at = gathered.not_before.max(Instant::now() + GATHER);
        gathered.not_before = at + REST;
        let here = self.clone();
        tokio::spawn(async move {
            sleep_until(at).await;
            here.send().await;
        });
    }

    async fn send(&self) {
        let whom = {
            let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut gathered.whom)
        };
        let sender = Arc::clone(&self.sender);
        let sent =
            self.connections.repeatable(move |db| send(db, Arc::clone(&sender), whom).boxed());
        if let Err(error) = sent.await {
            tracing::debug!(%error, "cannot wake other processes");
        }
    }
}

/// Nobody waits for the disk here: what a crash of the database loses the next poll finds.
async fn send(db: &mut PgConnection, sender: Arc<str>, whom: Wakeup) -> Result<(), Failure> {
    let AssertSqlSafe(notify) = notify(&sender, whom);
    let sql = format!("SET LOCAL synchronous_commit = off; {notify}");
    db.execute(AssertSqlSafe(sql)).await?;
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

/// Wakes `rebookings` for what any other store on the database has committed for a worker, so that
/// it starts at once and not at its next poll; what `store` itself commits wakes it anyhow. Holds
/// one connection. Make one [`Rebookings`] a store: a second one over the same store, or a clone of
/// it, would hear of the first one's commits at its next poll only. Not possible through pgbouncer
/// in transaction mode: polling does it there.
#[must_use = "dropping it ends the listening"]
pub fn listen(store: &PostgresStore, rebookings: &Rebookings) -> Listener {
    let (connections, rebookings) = (Arc::clone(&store.connections), rebookings.clone());
    let own = Arc::clone(&store.notifier.sender);
    Listener(tokio::spawn(async move {
        loop {
            let heard = async {
                let connector = connections.connector().await?;
                let mut listener = PgListener::connect_with(connector).await?;
                listener.listen(CHANNEL).await?;
                loop {
                    // `None` is a lost connection that has been opened anew: something may have
                    // been missed.
                    let heard = listener.try_recv().await?;
                    let whom = match &heard {
                        Some(notification) => heard_from(notification.payload(), &own),
                        None => Some(Wakeup::ALL),
                    };
                    if let Some(whom) = whom {
                        rebookings.wake_for(whom);
                    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_store_has_sent_itself_wakes_nobody_and_what_says_nothing_wakes_all() {
        let mail: Wakeup = "mail".parse().unwrap();
        assert_eq!(heard_from("one mail", "one"), None);
        assert_eq!(heard_from("one mail", "another"), Some(mail));
        assert_eq!(heard_from("- mail", "one"), Some(mail), "from a transaction of the host's");
        assert_eq!(heard_from("", "one"), Some(Wakeup::ALL), "from an earlier version");
    }
}
