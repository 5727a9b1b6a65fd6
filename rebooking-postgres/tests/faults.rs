//! What goes wrong between us and the database: every acknowledged change is there, none is half there, and service comes back.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use common::{Site, assert_nobody_idles_in_a_transaction, assert_whole, count, issue, link, offer, token};
use futures_util::FutureExt as _;
use rebooking_core::RebookError;
use rebooking_core::ids::CourseDateId;
use rebooking_core::ports::RebookingStore;
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{Cluster, Shutdown, TestDatabase};
use sqlx::postgres::PgPool;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Customers who choose one after the other until they are told to stop.
struct Load {
    site: Arc<Site>,
    stop: Arc<AtomicBool>,
    next: Arc<AtomicI64>,
    tasks: JoinSet<Vec<i64>>,
    slowest: Arc<AtomicU64>,
    answered: Arc<AtomicU64>,
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
        let (site, stop, next) = (Arc::clone(&self.site), Arc::clone(&self.stop), Arc::clone(&self.next));
        let (slowest, answered) = (Arc::clone(&self.slowest), Arc::clone(&self.answered));
        async move {
            let mut acknowledged = Vec::new();
            let mut again = None;
            while !stop.load(Ordering::Relaxed) {
                // Whoever got no answer asks again, as people do.
                let n = again.take().unwrap_or_else(|| next.fetch_add(1, Ordering::Relaxed));
                assert!(n <= links, "more links are needed for this load");
                let choice = samples::choice(CourseDateId::new(1 + n % 2));
                let began = Instant::now();
                let answer = site.rebookings.choose(&link(&token(n, 1, now)), &choice).await;
                let took = u64::try_from(began.elapsed().as_millis()).unwrap();
                slowest.fetch_max(took, Ordering::Relaxed);
                match answer {
                    Ok(_) => {
                        acknowledged.push(n);
                        answered.fetch_add(1, Ordering::Relaxed);
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
        let (began, before) = (Instant::now(), self.answered());
        while self.answered() == before {
            assert!(began.elapsed() < Duration::from_secs(10), "no service");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        began.elapsed()
    }

    /// Ends it, and looks at everything that must be true; how many were told that they have their place.
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn futures_that_are_dropped_half_way_500_times_harm_nothing() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let site = common::site_at(&database.url()).await;
    offer(&site.store, &[(1, 100_000)]).await;
    let now = common::now(&site.store).await;
    let tokens: Vec<RebookingToken> = (1..=1_000).map(|n| token(n, 1, now)).collect();
    issue(&site.store, &tokens).await;
    let mut acknowledged = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let choice = samples::choice(CourseDateId::new(1));
        let secret = link(token);
        if n % 2 == 0 {
            // Everywhere between the first poll and the answer.
            let mut choosing = Box::pin(site.rebookings.choose(&secret, &choice));
            let patience = Duration::from_micros(u64::try_from(n * 12).unwrap());
            let _ = (&mut choosing).now_or_never();
            let _ = tokio::time::timeout(patience, &mut choosing).await;
            drop(choosing);
        } else {
            site.rebookings.choose(&secret, &choice).await.unwrap();
            acknowledged.push(token.id.case.value());
        }
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_nobody_idles_in_a_transaction(&pool).await;
    site.store.close().await;
    let used: Vec<i64> = sqlx::query_scalar(
        "SELECT case_id FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(acknowledged.iter().all(|case| used.contains(case)), "acknowledged and not there");
    let dropped = used.len() - acknowledged.len();
    assert!((1..500).contains(&dropped), "{dropped} of the dropped ones were carried out: not half-way");
    assert_whole(&pool).await;
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
        let store = PostgresStore::new(common::pool(&format!("postgres://nobody@{address}/none")).await);
        let began = Instant::now();
        let error = store.latest(rebooking_core::ids::CaseId::new(1)).await.unwrap_err();
        assert!(began.elapsed() < Duration::from_secs(5), "{address}: {:?}", began.elapsed());
        assert!(matches!(error, rebooking_core::ports::PortError::Passing(_)), "{error:?}");
    }
}
