//! What goes wrong between us and the database: every acknowledged change is there, none is half
//! there, and service comes back.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use common::lag::Lag;
use common::{
    Site, assert_nobody_idles_in_a_transaction, assert_whole, count, issue, link, offer, token,
};
use futures_util::FutureExt as _;
use rebooking_core::RebookError;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{RebookingStore, Reports};
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::CourseDateId;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{Cluster, Shutdown, TestDatabase};
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// A span of time, but for what this process was kept from running meanwhile.
struct Watch<'a> {
    lag: &'a Lag,
    began: Instant,
    late: Duration,
}

impl<'a> Watch<'a> {
    fn start(lag: &'a Lag) -> Self {
        Self { lag, began: Instant::now(), late: lag.so_far() }
    }

    fn took(&self) -> Duration {
        self.began.elapsed().saturating_sub(self.lag.so_far() - self.late)
    }
}

/// Customers who choose one after the other until they are told to stop.
struct Load {
    site: Arc<Site>,
    stop: Arc<AtomicBool>,
    next: Arc<AtomicI64>,
    tasks: JoinSet<Vec<i64>>,
    /// The longest wait of anybody, in milliseconds, without what this process was kept from
    /// running meanwhile.
    slowest: Arc<AtomicU64>,
    answered: Arc<AtomicU64>,
    lag: Arc<Lag>,
}

impl Load {
    /// Starts so many customers at once, on links that are there already.
    async fn start(url: &str, links: i64, at_once: usize) -> Self {
        let site = Arc::new(common::site_at(url).await);
        offer(&site.store, &[(1, 100_000), (2, 100_000)]).await;
        let now = common::now(&site.store).await;
        issue(&site.store, &(1..=links).map(|n| token(n, 1, now)).collect::<Vec<_>>()).await;
        let mut load = Self {
            site,
            stop: Arc::default(),
            next: Arc::new(AtomicI64::new(1)),
            tasks: JoinSet::new(),
            slowest: Arc::default(),
            answered: Arc::default(),
            lag: Arc::new(Lag::start()),
        };
        for _ in 0..at_once {
            let customer = load.customer(links, now);
            load.tasks.spawn(customer);
        }
        load
    }

    /// One customer after the other; which of them were told that they have their place.
    fn customer(
        &self,
        links: i64,
        now: chrono::DateTime<chrono::Utc>,
    ) -> impl Future<Output = Vec<i64>> + Send + use<> {
        let (site, stop, next) =
            (Arc::clone(&self.site), Arc::clone(&self.stop), Arc::clone(&self.next));
        let (slowest, answered) = (Arc::clone(&self.slowest), Arc::clone(&self.answered));
        let lag = Arc::clone(&self.lag);
        async move {
            let mut acknowledged = Vec::new();
            let mut again = None;
            while !stop.load(Ordering::Relaxed) {
                // Whoever got no answer asks again, as people do.
                let n = again.take().unwrap_or_else(|| next.fetch_add(1, Ordering::Relaxed));
                assert!(n <= links, "more links are needed for this load");
                let choice = samples::choice(CourseDateId::new(1 + n % 2));
                let watch = Watch::start(&lag);
                let answer =
                    site.rebookings.customer(&link(&token(n, 1, now))).choose(&choice).await;
                slowest
                    .fetch_max(u64::try_from(watch.took().as_millis()).unwrap(), Ordering::Relaxed);
                match answer {
                    Ok(_) => {
                        acknowledged.push(n);
                        answered.fetch_add(1, Ordering::Relaxed);
                        // So that a fast machine does not come to the end of the links.
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                    Err(RebookError::TryLater(_)) => {
                        again = Some(n);
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    Err(error) => panic!("customer {n}: {error:?}"),
                }
            }
            acknowledged
        }
    }

    /// How many have their place.
    fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// How long it takes from now until somebody gets a place.
    async fn until_answered(&self) -> Duration {
        let (watch, before) = (Watch::start(&self.lag), self.answered());
        while self.answered() == before {
            assert!(watch.took() < Duration::from_secs(10), "no service");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        watch.took()
    }

    /// Ends it, and looks at everything that must be true; how many were told that they have their
    /// place.
    async fn end(mut self, pool: &PgPool) -> usize {
        self.stop.store(true, Ordering::Relaxed);
        let mut acknowledged = Vec::new();
        while let Some(customer) = self.tasks.join_next().await {
            acknowledged.extend(customer.unwrap());
        }
        let slowest = self.slowest.load(Ordering::Relaxed);
        assert!(slowest < 5_000, "somebody waited {slowest} ms for an answer");
        // What a caller did not wait for may still be on its way.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let used: Vec<i64> = sqlx::query_scalar(
            "SELECT case_id FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used'",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let lost: Vec<&i64> = acknowledged.iter().filter(|n| !used.contains(n)).collect();
        assert_eq!(lost, Vec::<&i64>::new(), "acknowledged and not there");
        assert_whole(pool).await;
        assert_nobody_idles_in_a_transaction(pool).await;
        acknowledged.len()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_ended_every_200_ms_lose_no_choice() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let load = Load::start(&database.url(), 8_000, 8).await;
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let ended = count(
            &pool,
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid() \
                 AND query NOT LIKE '%pg_stat_activity%' ORDER BY random() LIMIT 3) AS victims",
        );
        ended.await;
    }
    assert!(load.until_answered().await < Duration::from_secs(3));
    assert!(load.end(&database.pool().await.unwrap()).await > 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_crashes_or_is_gone_for_20_s_loses_no_choice() {
    let cluster = Cluster::of_its_own().unwrap();
    cluster.migrated_database("shop").await.unwrap();
    let load = Load::start(&cluster.url("shop"), 12_000, 8).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for (how, gone) in [(Shutdown::Immediate, 0), (Shutdown::Immediate, 1), (Shutdown::Fast, 20)] {
        load.until_answered().await;
        cluster.down(how).unwrap();
        tokio::time::sleep(Duration::from_secs(gone)).await;
        cluster.up().unwrap();
        let back = load.until_answered().await;
        assert!(back < Duration::from_secs(3), "back after {back:?}");
    }
    assert!(load.end(&common::pool(&cluster.url("shop")).await).await > 100);
}

/// Gives a call as long as it says, and drops it.
async fn drop_half_way<T>(call: impl Future<Output = T>, after: Duration) {
    let mut call = Box::pin(call);
    if (&mut call).now_or_never().is_none() {
        let _ = tokio::time::timeout(after, call).await;
    }
}

/// Gives a call so many turns, each after something that it waited for has come, and drops it. So
/// what it waits for when it is dropped does not depend on how fast the machine is.
async fn drop_after_turns<T>(call: impl Future<Output = T>, turns: usize) {
    let mut call = pin!(call);
    let mut left = turns;
    poll_fn(|context| {
        let answered = call.as_mut().poll(context).is_ready();
        left = left.saturating_sub(1);
        if answered || left == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// What became of calls that were dropped half-way between others that were waited for.
#[derive(Debug)]
struct Dropped {
    /// Choices that were acknowledged.
    acknowledged: usize,
    /// Choices that were acknowledged, and are not there.
    lost: usize,
    /// Choices that were carried out though nobody waited for them.
    carried_out: usize,
    /// Sessions that sat in an open transaction afterwards.
    idle: i64,
    pool: PgPool,
}

/// Choices, and as many reports, half of which are dropped everywhere between their first poll and
/// their answer.
async fn dropped(choices: i64, store: impl FnOnce(PgPool) -> PostgresStore) -> Dropped {
    let database = TestDatabase::migrated().await.unwrap();
    // What a lost transaction has locked is to hold nobody up for long.
    let limit = format!("ALTER DATABASE {} SET lock_timeout = '100ms'", database.name());
    database.pool().await.unwrap().execute(AssertSqlSafe(limit)).await.unwrap();
    let (pool, hosts) = (database.pool().await.unwrap(), database.pool().await.unwrap());
    let site = common::site(store(hosts));
    let direct = PostgresStore::new(pool.clone());
    offer(&direct, &[(1, 100_000)]).await;
    let now = common::now(&direct).await;
    let tokens: Vec<RebookingToken> = (1..=choices).map(|n| token(n, 1, now)).collect();
    issue(&direct, &tokens).await;
    let mut acknowledged = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let choice = samples::choice(CourseDateId::new(1));
        let (secret, micros) = (link(token), u64::try_from(n).unwrap());
        if n % 2 == 0 {
            let report = site.store.earnings(now, now + chrono::TimeDelta::days(1));
            drop_after_turns(report, 1 + n / 2 % 8).await;
            drop_half_way(
                site.rebookings.customer(&secret).choose(&choice),
                Duration::from_micros(micros * 12),
            )
            .await;
        } else {
            let chosen = tokio::time::timeout(
                Duration::from_secs(20),
                site.rebookings.customer(&secret).choose(&choice),
            );
            if chosen.await.is_ok_and(|chosen| chosen.is_ok()) {
                acknowledged.push(token.id().case.value());
            }
        }
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state \
                LIKE 'idle in transaction%'";
    let idle = count(&pool, idle).await;
    site.store.close().await;
    let used: Vec<i64> = sqlx::query_scalar(
        "SELECT case_id FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let lost = acknowledged.iter().filter(|case| !used.contains(case)).count();
    let carried_out = used.iter().filter(|case| !acknowledged.contains(case)).count();
    Dropped { acknowledged: acknowledged.len(), lost, carried_out, idle, pool }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn futures_that_are_dropped_half_way_500_times_harm_nothing() {
    let seen = dropped(1_000, PostgresStore::new).await;
    assert_eq!((seen.acknowledged, seen.lost, seen.idle), (500, 0, 0));
    assert!((1..500).contains(&seen.carried_out), "{seen:?}: not half-way");
    assert_whole(&seen.pool).await;
}

/// The control: work on the host's own pool, in the task of the caller. It harms others, or loses
/// what was acknowledged; where the futures are dropped is a matter of luck, so it has some rounds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_tasks_and_connections_of_our_own_dropped_futures_do_harm() {
    for _ in 0..5 {
        let seen = dropped(200, PostgresStore::unisolated).await;
        if (seen.acknowledged, seen.lost, seen.idle) != (100, 0, 0) {
            return;
        }
    }
    panic!("no harm is ever done: so the test above shows nothing");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_reported_within_five_seconds() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = nobody.local_addr().unwrap();
    let refused = {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap()
    };
    for address in [silent, refused] {
        let store =
            PostgresStore::new(common::pool(&format!("postgres://nobody@{address}/none")).await);
        let lag = Lag::start();
        let watch = Watch::start(&lag);
        let error =
            store.find(&CaseKey::Id(rebooking_core::value::ids::CaseId::new(1))).await.unwrap_err();
        assert!(watch.took() < Duration::from_secs(5), "{address}: {:?}", watch.took());
        assert!(matches!(error, rebooking_core::ports::PortError::Transient(_)), "{error:?}");
    }
}
