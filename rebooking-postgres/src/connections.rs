//! Cancellation-safe connections: each unit of work comes to its end, and only a connection whose
//! work ended in order is used again.
//!
//! A future that its caller drops (an HTTP server does, when the client hangs up) would leave
//! sqlx's connection in the middle of something; one dropped in `begin()` even makes later writes
//! vanish. Here what is dropped before its end becomes a task, which nobody can drop.

mod detached;
mod idle;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

use self::detached::Detached;
use self::idle::Idle;
use crate::Settings;
use crate::error::{Failure, Kind};
use crate::hosts::Hosts;
use crate::malformed;

/// How often a statement that the database undid is tried again before the caller is told to come
/// back.
const ROUNDS: u32 = 10;

/// The connections of one store.
#[derive(Debug)]
pub(crate) struct Connections {
    connector: PgPool,
    /// Where the address has several hosts: those, and the host's pool, which follows as well.
    hosts: Option<(Hosts, PgPool)>,
    idle: Mutex<Vec<Idle>>,
    permits: Arc<Semaphore>,
    settings: Settings,
    longest_life: Option<Duration>,
    longest_idle: Option<Duration>,
    /// Work goes to this pool, in the task of its caller: what this module is there to avoid.
    #[cfg(feature = "testing")]
    unisolated: Option<PgPool>,
}

/// How long its caller waits for some work, and when a server that says nothing is given up for it.
#[derive(Clone, Copy, Debug)]
struct Limits {
    patience: Duration,
    give_up_after: Duration,
}

/// For how long after its caller has left a server may still be silent about work that takes its
/// time.
const BEYOND: Duration = Duration::from_secs(5);

/// Whether a unit of work has come as far as asking the database.
#[derive(Clone, Debug, Default)]
pub(crate) struct Started(Arc<AtomicBool>);

impl Started {
    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Connections {
    /// Connections like those of `pool`, as many as it may have. Needs a tokio runtime.
    pub(crate) fn like(pool: &PgPool, settings: Settings) -> Self {
        let theirs = pool.options();
        let options = settings.applied_to(pool.connect_options().as_ref().clone());
        let connector = PgPoolOptions::clone(theirs)
            .min_connections(0)
            .test_before_acquire(false)
            .acquire_timeout(settings.connect_within)
            .connect_lazy_with(options);
        Self {
            hosts: Hosts::from_options(&pool.connect_options()).map(|hosts| (hosts, pool.clone())),
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(theirs.get_max_connections() as usize)),
            longest_life: theirs.get_max_lifetime(),
            longest_idle: theirs.get_idle_timeout(),
            #[cfg(feature = "testing")]
            unisolated: None,
            connector,
            settings,
        }
    }

    /// Without any isolation from callers: for a test that shows what is lost then.
    #[cfg(feature = "testing")]
    pub(crate) fn unisolated(pool: PgPool) -> Self {
        Self { unisolated: Some(pool.clone()), ..Self::like(&pool, Settings::default()) }
    }

    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The pool that opens connections, also for the listener. Where there are several hosts it
    /// opens them on the one that is the leader now.
    pub(crate) async fn connector(&self) -> Result<&PgPool, sqlx::Error> {
        if let Some((hosts, pool)) = &self.hosts {
            hosts.point(&[&self.connector, pool], self.settings.connect_within).await?;
        }
        Ok(&self.connector)
    }

    /// Runs `work` to its end, whatever becomes of the caller, and waits for it as long as callers
    /// are to be kept waiting.
    pub(crate) async fn detached<T, F>(&self, started: &Started, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        self.detached_for(self.settings.answer_within, started, work).await
    }

    async fn detached_for<T, F>(
        &self,
        patience: Duration,
        started: &Started,
        work: F,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        #[cfg(feature = "testing")]
        if self.unisolated.is_some() {
            return work.await;
        }
        match timeout(patience, Detached::new(work)).await {
            Ok(Ok(outcome)) => outcome,
            // A panic, or patience has run out.
            Ok(Err(_)) | Err(_) if started.is_set() => {
                // The server ends what takes too long, so one that says nothing is gone, and most
                // likely for every connection: the next caller is not to find that out again.
                self.discard_idle();
                Err(Failure::NoAnswer)
            }
            Ok(Err(_)) | Err(_) => Err(sqlx::Error::PoolTimedOut.into()),
        }
    }

    /// Runs work that may be repeated: after a lost connection and whenever the database undid it.
    pub(crate) async fn repeatable<T, W>(self: &Arc<Self>, work: W) -> Result<T, Failure>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>
            + Send
            + Sync
            + 'static,
    {
        self.run(self.limits(), work, |kind| matches!(kind, Kind::Again | Kind::Stale | Kind::Lost))
            .await
    }

    /// The same for what takes longer than other work: its caller waits for so long.
    pub(crate) async fn patiently<T, W>(
        self: &Arc<Self>,
        patience: Duration,
        work: W,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>
            + Send
            + Sync
            + 'static,
    {
        let usual = self.limits();
        let patience = patience.max(usual.patience);
        let limits = Limits { patience, give_up_after: usual.give_up_after.max(patience + BEYOND) };
        self.run(limits, work, |kind| matches!(kind, Kind::Again | Kind::Stale | Kind::Lost)).await
    }

    /// Runs work that may only be repeated when the database undid it.
    pub(crate) async fn once<T, W>(self: &Arc<Self>, work: W) -> Result<T, Failure>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>
            + Send
            + Sync
            + 'static,
    {
        self.run(self.limits(), work, |kind| matches!(kind, Kind::Again | Kind::Stale)).await
    }

    const fn limits(&self) -> Limits {
        Limits { patience: self.settings.answer_within, give_up_after: self.settings.give_up_after }
    }

    async fn run<T, W>(
        self: &Arc<Self>,
        Limits { patience, give_up_after }: Limits,
        work: W,
        again: fn(Kind) -> bool,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>
            + Send
            + Sync
            + 'static,
    {
        let (here, started) = (Arc::clone(self), Started::default());
        let flag = started.clone();
        self.detached_for(patience, &started, async move {
            let since = Instant::now();
            for round in 0.. {
                let outcome = here.unit(give_up_after, &flag, &work).await;
                let Err(failure) = &outcome else { return outcome };
                let late = round >= ROUNDS || since.elapsed() > patience;
                if late || !again(failure.kind()) {
                    return outcome;
                }
                pause(round).await;
            }
            Err(Failure::NoAnswer)
        })
        .await
    }

    /// One piece of work on one connection. Only for use inside a task that nobody drops.
    pub(crate) async fn unit<T>(
        &self,
        give_up_after: Duration,
        started: &Started,
        work: impl for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, Failure>>,
    ) -> Result<T, Failure> {
        #[cfg(feature = "testing")]
        if let Some(pool) = &self.unisolated {
            return work(&mut *pool.acquire().await?).await;
        }
        let mut checked_out = self.check_out().await?;
        started.set();
        // The server ends what takes too long; this is for a server that is gone without a word.
        // The connection is closed with it.
        let connection = &mut checked_out.connection;
        let watched = timeout(give_up_after, async {
            let (outcome, met) = malformed::collected(work(connection)).await;
            let noted = malformed::note(connection, &met).await;
            (outcome, noted)
        });
        let Ok((outcome, noted)) = watched.await else { return Err(Failure::NoAnswer) };
        match outcome.as_ref().map_err(Failure::kind) {
            // The leader has become a standby, and its sessions have outlived that.
            Err(Kind::Later) if outcome.as_ref().is_err_and(Failure::is_read_only) => {
                self.discard_idle();
            }
            Ok(_) | Err(Kind::Again | Kind::Later | Kind::Never) => {
                if noted.is_ok() {
                    self.give_back(checked_out);
                }
            }
            // What was opened before is most likely lost or outdated as well: a server that
            // restarts ends every session, and a migration changes the tables for all of them.
            Err(Kind::Stale | Kind::Lost) => self.discard_idle(),
        }
        outcome
    }
}

/// A short wait before the next try, longer each time.
pub(crate) async fn pause(round: u32) {
    sleep(Duration::from_millis(1 << round.min(8))).await;
}
