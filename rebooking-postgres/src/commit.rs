//! Commits a change as one statement: one round trip and one transaction, which a guard that fails
//! rolls back as a whole.

mod audit;
mod confirmations;
mod dates;
mod effects;
#[cfg(feature = "testing")]
mod literals;
mod payload;
mod rows;
mod statement;
mod tokens;

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rebooking_core::change::{Change, Commit, Guard};
use rebooking_core::service::Wakeup;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqlStr};
use tokio::time::Instant;

use crate::connections::{Connections, Started, pause};
use crate::error::{Failure, Kind, guard_of};
use crate::store::confirmations::{is_live, take_turn};
pub(crate) use payload::{Payload, number};
pub(crate) use statement::Statement;

/// The channel of `NOTIFY`.
pub(crate) const CHANNEL: &str = "miomente_partner_portal_rebooking";

/// The sender of a `NOTIFY` from a transaction of the host's: no store takes it for its own, as the
/// host's own process has not heard of it either.
const NOBODY: &str = "-";

/// Wakes whoever listens, when the transaction around it commits; but not its sender.
pub(crate) fn notify(sender: &str, whom: Wakeup) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("NOTIFY {CHANNEL}, '{sender} {whom}'"))
}

/// Commits on connections of our own, and finds out what became of it when the answer is lost.
pub(crate) async fn commit(
    connections: &Arc<Connections>,
    statement: &Statement,
    change: &Change,
) -> Result<Commit, Failure> {
    let (payload, sql) = (Arc::new(Payload::new(change)?), statement.clone());
    let (here, started) = (Arc::clone(connections), Started::default());
    let flag = started.clone();
    connections.detached(&started, async move { persist(&here, &sql, &payload, &flag).await }).await
}

/// Tries until the outcome is known, or the caller has stopped waiting.
async fn persist(
    connections: &Connections,
    statement: &Statement,
    payload: &Arc<Payload>,
    started: &Started,
) -> Result<Commit, Failure> {
    let patience = connections.settings().answer_within;
    let since = Instant::now();
    let mut doubt: Option<Failure> = None;
    for round in 0.. {
        let outcome = attempt(connections, statement, payload, started, doubt.is_some()).await;
        let failure = match outcome {
            Ok(commit) => return Ok(commit),
            Err(failure) => failure,
        };
        match (failure.kind(), doubt.is_some()) {
            // Undone by the database: nothing was committed by this attempt, and an earlier one is
            // looked for again.
            (Kind::Again | Kind::Stale, _) => {}
            (Kind::Lost, _) => doubt = Some(failure),
            (Kind::Later | Kind::Never, false) => return Err(failure),
            (Kind::Later | Kind::Never, true) => {}
        }
        if since.elapsed() > patience {
            break;
        }
        pause(round).await;
    }
    Err(doubt.unwrap_or(Failure::NoAnswer))
}

/// One attempt on one connection; after a lost answer it looks for traces first.
///
/// An attempt whose answer was lost may even be carried out after this one has looked. It then
/// meets the same guard, which only one of the two can pass; a change without any guard is
/// therefore not tried again, but looked for as long as the caller waits.
async fn attempt(
    connections: &Connections,
    statement: &Statement,
    payload: &Arc<Payload>,
    started: &Started,
    doubtful: bool,
) -> Result<Commit, Failure> {
    let statement = statement.clone();
    let give_up_after = connections.settings().give_up_after;
    connections
        .unit(give_up_after, started, move |connection| {
            let (payload, statement) = (Arc::clone(payload), statement.clone());
            async move {
                if doubtful && is_traced(connection, &payload).await? {
                    return Ok(Commit::Applied);
                }
                if doubtful && !payload.is_guarded() {
                    return Err(Failure::Untraced);
                }
                match take_turns(connection, &statement, &payload).await? {
                    Commit::Lost(_) if doubtful && is_traced(connection, &payload).await? => {
                        Ok(Commit::Applied)
                    }
                    outcome => Ok(outcome),
                }
            }
            .boxed()
        })
        .await
}

/// The statement, and around it the turns of a change that needs a request to be absent.
async fn take_turns(
    connection: &mut PgConnection,
    statement: &Statement,
    payload: &Payload,
) -> Result<Commit, Failure> {
    if payload.absent.is_empty() {
        return execute(connection, statement.for_change(payload), payload).await;
    }
    let mut all = connection.begin().await?;
    // A host may have set another isolation: then a turn would not show what came before it.
    let outcome = match all.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED").await {
        Ok(_) => in_turn(&mut all, statement, payload).await,
        Err(error) => Err(error.into()),
    };
    // Never left to the drop, which would end the turn some time later.
    match outcome {
        Ok(Commit::Applied) => all.commit().await?,
        Ok(Commit::Lost(_)) | Err(_) => drop(all.rollback().await),
    }
    outcome
}

/// The statement in an open transaction, once its turns have come.
async fn in_turn(
    connection: &mut PgConnection,
    statement: &Statement,
    payload: &Payload,
) -> Result<Commit, Failure> {
    if statement.has(Guard::Confirmation) {
        for item in &payload.absent {
            take_turn(connection, *item).await?;
            if is_live(connection, *item).await? {
                return Ok(Commit::Lost(Guard::Confirmation));
            }
        }
    }
    execute(connection, statement.for_change(payload), payload).await
}

/// The statement itself.
async fn execute(
    connection: &mut PgConnection,
    sql: SqlStr,
    payload: &Payload,
) -> Result<Commit, Failure> {
    match payload.bound(sqlx::query(sql)).fetch_one(connection).await {
        Ok(row) if row.try_get::<bool, _>(0)? => Ok(Commit::Applied),
        Ok(_) => Err(Failure::Unexpected("a change without a verdict")),
        Err(error) => match guard_of(&error).and_then(|word| word.parse().ok()) {
            Some(guard) => Ok(Commit::Lost(guard)),
            None => Err(error.into()),
        },
    }
}

/// Finds a change by its number in whatever it has written.
pub(crate) const TRACES: &str = "SELECT EXISTS (SELECT FROM \
    miomente_partner_portal_rebooking_audit \
         WHERE number = ANY ($1::bigint[]) AND change = $3::uuid) \
     OR EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens \
         WHERE case_id = ANY ($1::bigint[]) AND written_by = $3::uuid) \
     OR EXISTS (SELECT FROM miomente_partner_portal_rebooking_effects \
         WHERE id = $2::bigint AND settled_by = $3::uuid)";

/// Whether this very change has been committed: whatever it writes carries its number.
async fn is_traced(connection: &mut PgConnection, payload: &Payload) -> Result<bool, Failure> {
    let query = sqlx::query_scalar(TRACES)
        .bind(&payload.subjects)
        .bind(payload.settled)
        .bind(payload.change.as_str());
    Ok(query.fetch_one(connection).await?)
}

/// Commits inside the caller's own open transaction. A guard that fails leaves that transaction as
/// it was before this call.
pub(crate) fn commit_within<'c>(
    connection: &'c mut PgConnection,
    statement: &Statement,
    payload: Payload,
) -> BoxFuture<'c, Result<Commit, Failure>> {
    let statement = statement.clone();
    async move {
        connection.execute("SAVEPOINT rebooking_change").await?;
        let outcome = in_turn(connection, &statement, &payload).await;
        let ended = match &outcome {
            Ok(Commit::Applied) => {
                if !payload.wakeup.is_empty() {
                    connection.execute(notify(NOBODY, payload.wakeup)).await?;
                }
                connection.execute("RELEASE SAVEPOINT rebooking_change").await
            }
            Ok(Commit::Lost(_)) | Err(_) => connection.execute(UNDO).await,
        };
        match (outcome, ended) {
            (Ok(commit), Ok(_)) => Ok(commit),
            (Ok(_), Err(error)) => Err(error.into()),
            // What went wrong first says why.
            (Err(failure), _) => Err(failure),
        }
    }
    .boxed()
}

/// Going back to a savepoint keeps it.
const UNDO: &str = "ROLLBACK TO SAVEPOINT rebooking_change; RELEASE SAVEPOINT rebooking_change";
