//! Answers that never come, connections that are gone, callers that leave: seen from the store's own calls.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;
mod proxy;

use std::time::Duration;

use chrono::TimeDelta;
use common::{assert_nobody_idles_in_a_transaction, assert_whole, count, issue, offer, site, token};
use futures_util::future::join_all;
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent};
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{EffectKind, Lane, NewEffect};
use rebooking_core::ids::{CaseId, CourseDateId};
use rebooking_core::ports::{PortError, RebookingStore};
use rebooking_core::service::decisions;
use rebooking_core::testing::samples;
use rebooking_core::text::FreeText;
use rebooking_core::token::RebookingToken;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Settings};
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// The sign by which the proxy knows a commit.
const MARK: &[u8] = b"\"chosen\"";

/// What a customer's choice commits.
async fn choice(store: &PostgresStore, token: &RebookingToken) -> Change {
    let site = site(store.clone());
    let policy = site.rebookings.policy();
    let seen = store.open(&token.link.digest, &policy.alternatives).await.unwrap().unwrap();
    let choice = samples::choice(CourseDateId::new(1));
    decisions::choose(seen, &choice, policy, token.link.clone()).unwrap().change.unwrap()
}

/// A change that no guard keeps from being applied twice.
fn unguarded(token: &RebookingToken) -> Change {
    let mut change = Change::at(token.issued_at);
    change.effects.push(NewEffect::once(token.id, EffectKind::PlaceOrder));
    change.audit.push(AuditEntry {
        subject: token.id.into(),
        at: token.issued_at,
        actor: Actor::Customer,
        event: AuditEvent::Chosen,
        note: FreeText::default(),
    });
    change
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_cut_off_is_found_out_200_times() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let direct = PostgresStore::new(pool.clone());
    offer(&direct, &[(1, 100_000)]).await;
    let now = common::now(&direct).await;
    let tokens: Vec<RebookingToken> = (1..=200).map(|n| token(n, 1, now)).collect();
    issue(&direct, &tokens).await;
    let proxy = proxy::Proxy::start(&database.tcp_url(), MARK).await;
    let store = PostgresStore::new(common::pool(&proxy.url()).await);
    for (n, token) in tokens.iter().enumerate() {
        let change = choice(&store, token).await;
        proxy.cut_next(if n % 2 == 0 { proxy::Cut::BeforeTheServer } else { proxy::Cut::AfterTheServer });
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied, "{n}");
    }
    assert_eq!(proxy.cuts(), 200);
    assert_eq!(count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_requests").await, 200);
    assert_whole(&pool).await;
    store.close().await;
    assert_nobody_idles_in_a_transaction(&pool).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_without_guards_is_looked_for_on_one_connection_and_never_made_twice() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let proxy = proxy::Proxy::start(&database.tcp_url(), MARK).await;
    let store = PostgresStore::new(common::pool(&proxy.url()).await);
    let now = common::now(&store).await;
    // Without an effect nobody rings for it, on a connection of their own.
    let entry = |n| Change { effects: Vec::new(), ..unguarded(&token(n, 1, now)) };
    const ENTRIES: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_audit";
    proxy.cut_next(proxy::Cut::AfterTheServer);
    assert_eq!(store.commit(&entry(1)).await.unwrap(), Commit::Applied);
    assert_eq!(count(&pool, ENTRIES).await, 1);
    let before = proxy.opened();
    proxy.cut_next(proxy::Cut::BeforeTheServer);
    let unknown = store.commit(&entry(2)).await;
    assert!(matches!(unknown, Err(PortError::Unknown(_))), "{unknown:?}");
    assert_eq!(proxy.opened(), before + 1, "the one that takes the place of the one that was cut");
    assert_eq!(count(&pool, ENTRIES).await, 1);
}

/// Support's wish to have an effect tried anew passes its guard any number of times, as what waits may be hurried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_that_arrives_after_it_was_repeated_counts_once() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let proxy = proxy::Proxy::start(&database.tcp_url(), MARK).await;
    let store = PostgresStore::new(common::pool(&proxy.url()).await);
    let now = common::now(&store).await;
    let asked = Change { audit: Vec::new(), ..unguarded(&token(1, 1, now)) };
    assert_eq!(store.commit(&asked).await.unwrap(), Commit::Applied);
    let effect = store.effects(None, Default::default()).await.unwrap().rows.remove(0).id;
    let mut retry = Change { effects: Vec::new(), ..unguarded(&token(1, 1, now)) };
    retry.effect = Some(EffectWrite::Retry(effect));
    proxy.cut_next(proxy::Cut::LateToTheServer);
    assert_eq!(store.commit(&retry).await.unwrap(), Commit::Applied);
    proxy.deliver_what_is_late().await;
    assert_eq!(count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_audit").await, 1);
}

/// As many connections as there may be, all of them idle.
async fn all_idle(store: &PostgresStore, pool: &PgPool) {
    let mut closed = pool.begin().await.unwrap();
    closed.execute("LOCK TABLE miomente_partner_portal_rebooking_tokens").await.unwrap();
    let waiting = join_all((0..8).map(|_| store.latest(CaseId::new(1))));
    let open = async {
        const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
            AND wait_event_type = 'Lock'";
        while count(pool, WAITING).await < 8 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        closed.rollback().await.unwrap();
    };
    let (answers, ()) = tokio::join!(waiting, open);
    answers.into_iter().for_each(|answer| drop(answer.unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_go_silent_are_noticed_once_and_not_one_by_one() {
    let database = TestDatabase::migrated().await.unwrap();
    let proxy = proxy::Proxy::start(&database.tcp_url(), MARK).await;
    let store = PostgresStore::new(common::pool(&proxy.url()).await);
    all_idle(&store, &database.pool().await.unwrap()).await;
    proxy.freeze();
    assert!(store.latest(CaseId::new(1)).await.unwrap_err().may_help_to_try_again());
    store.latest(CaseId::new(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_that_were_ended_are_noticed_once_and_not_one_by_one() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(common::pool(&database.url()).await);
    all_idle(&store, &pool).await;
    const END: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
        WHERE datname = current_database() AND application_name = 'rebooking'";
    assert_eq!(count(&pool, END).await, 8);
    // A claim is not repeated by itself, so it shows each connection that it meets.
    assert!(store.claim(Lane::Mail, 1, TimeDelta::hours(1)).await.is_err());
    assert_eq!(store.claim(Lane::Mail, 1, TimeDelta::hours(1)).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_caller_leaves_is_carried_out_all_the_same() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(common::pool(&database.url()).await);
    let now = common::now(&store).await;
    for n in 1..=100 {
        let change = unguarded(&token(n, 1, now));
        let mut committing = Box::pin(store.commit(&change));
        assert!(futures_util::poll!(&mut committing).is_pending());
    }
    const EFFECTS: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects";
    for _ in 0..500 {
        if count(&pool, EFFECTS).await == 100 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("only {} of 100 were carried out", count(&pool, EFFECTS).await);
}

#[tokio::test]
async fn an_effect_that_somebody_is_about_to_lease_is_passed_over() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(common::pool(&database.url()).await);
    let now = common::now(&store).await;
    for n in 1..=3 {
        assert_eq!(store.commit(&unguarded(&token(n, 1, now))).await.unwrap(), Commit::Applied);
    }
    let mut other = pool.begin().await.unwrap();
    other
        .execute("SELECT FROM miomente_partner_portal_rebooking_effects WHERE case_id = 1 FOR UPDATE")
        .await
        .unwrap();
    let claimed = store.claim(Lane::Orders, 10, TimeDelta::hours(1)).await.unwrap();
    let cases: Vec<i64> = claimed.iter().map(|claimed| claimed.effect.token.case.value()).collect();
    assert_eq!(cases, [2, 3]);
}

#[tokio::test]
async fn a_report_that_fails_leaves_no_transaction_open() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let settings = Settings { lock_timeout: Duration::from_millis(50), ..Settings::default() };
    let store = PostgresStore::with(&pool, settings);
    let now = common::now(&store).await;
    let mut closed = pool.begin().await.unwrap();
    closed.execute("LOCK TABLE miomente_partner_portal_rebooking_tokens").await.unwrap();
    let failed = store.earnings(now, now + TimeDelta::days(1)).await;
    assert!(matches!(failed, Err(PortError::Passing(_))), "{failed:?}");
    closed.rollback().await.unwrap();
    assert_nobody_idles_in_a_transaction(&pool).await;
    store.earnings(now, now + TimeDelta::days(1)).await.unwrap();
}

#[tokio::test]
async fn a_table_that_changed_under_a_prepared_statement_is_read_anew() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let now = common::now(&store).await;
    issue(&store, &[token(7001, 1, now)]).await;
    let claim = async || store.claim(Lane::Mail, 1, TimeDelta::hours(1)).await;
    claim().await.unwrap();
    store.latest(CaseId::new(7001)).await.unwrap();
    pool.execute(
        "ALTER TABLE miomente_partner_portal_rebooking_tokens ALTER course_sku TYPE text; \
         ALTER TABLE miomente_partner_portal_rebooking_effects ALTER last_error TYPE varchar(5000)",
    )
    .await
    .unwrap();
    claim().await.unwrap();
    store.latest(CaseId::new(7001)).await.unwrap();
}

/// A function of the host behind Feature 01 says who the customer is; nobody else does.
#[tokio::test]
async fn what_a_function_of_the_host_says_is_not_repeated() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let booking = token(7001, 1, common::now(&store).await).booking;
    for code in ["P0001", "42501", "57014", "45000"] {
        let raise = format!(
            "CREATE OR REPLACE FUNCTION gossip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'erika@example.com' USING ERRCODE = '{code}', HINT = 'ask erika@example.com'; END $$; \
             CREATE OR REPLACE TRIGGER gossip BEFORE INSERT ON miomente_partner_portal_booking_confirmations \
             FOR EACH ROW EXECUTE FUNCTION gossip()"
        );
        pool.execute(AssertSqlSafe(raise)).await.unwrap();
        let said = store.request(&booking).await.unwrap_err().phrase();
        assert!(said.contains(code) && !said.contains("erika"), "{said}");
    }
}

/// Whatever the host has set for its own work.
#[tokio::test]
async fn what_was_confirmed_is_durable_where_the_host_waits_for_no_disk() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let name = database.name();
    pool.execute(AssertSqlSafe(format!(
        "ALTER DATABASE {name} SET synchronous_commit = off; CREATE TABLE seen (setting text); \
         CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$; \
         CREATE TRIGGER see AFTER INSERT ON miomente_partner_portal_rebooking_tokens FOR EACH ROW EXECUTE FUNCTION see()"
    )))
    .await
    .unwrap();
    let store = PostgresStore::new(common::pool(&database.url()).await);
    issue(&store, &[token(7001, 1, common::now(&store).await)]).await;
    assert_eq!(count(&pool, "SELECT count(*) FROM seen WHERE setting = 'on'").await, 1);
    store.ready().await.unwrap();
    // Behind a pooler nothing can be set for a session.
    let settings = Settings { sent_at_start: false, ..Settings::default() };
    let pooled = PostgresStore::with(&common::pool(&database.url()).await, settings);
    let said = pooled.ready().await.unwrap_err().phrase();
    assert!(said.contains("synchronous_commit"), "{said}");
}
