//! Answers that never come, connections that are gone, callers that leave: seen from the store's
//! own calls.

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
use common::{
    assert_nobody_idles_in_a_transaction, assert_whole, count, issue, offer, site, token,
};
use futures_util::future::join_all;
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent};
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{EffectKind, Lane, NewEffect};
use rebooking_core::ports::store::{CaseKey, TokenKey};
use rebooking_core::ports::{EffectQueue, PortError, RebookingStore, Reports};
use rebooking_core::service::decisions;
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, CourseDateId};
use rebooking_core::value::text::FreeText;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::Executor as _;
use sqlx::postgres::PgPool;

/// The sign by which the proxy knows a commit: the word of its one entry of history, a parameter of
/// six bytes.
const MARK: &[u8] = b"\0\0\0\x06chosen";

/// What a customer's choice commits.
async fn choice(store: &PostgresStore, token: &RebookingToken) -> Change {
    let site = site(store.clone());
    let policy = site.rebookings.policy();
    let seen = store
        .open(&TokenKey::Link(token.link().digest.clone()), &policy.alternatives)
        .await
        .unwrap()
        .unwrap();
    let choice = samples::choice(CourseDateId::new(1));
    decisions::choose(seen, &choice, policy, token.link().clone()).unwrap().change.unwrap()
}

/// A change that no guard keeps from being applied twice.
fn unguarded(token: &RebookingToken) -> Change {
    let mut change = Change::at(token.issued_at());
    change.effects.push(NewEffect::once(token.id(), EffectKind::PlaceOrder));
    change.audit.push(AuditEntry {
        subject: token.id().into(),
        at: token.issued_at(),
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
        proxy.cut_next(if n % 2 == 0 { proxy::Cut::Before } else { proxy::Cut::After });
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied, "{n}");
    }
    assert_eq!(proxy.cuts(), 200);
    assert_eq!(
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_requests").await,
        200
    );
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
    proxy.cut_next(proxy::Cut::After);
    assert_eq!(store.commit(&entry(1)).await.unwrap(), Commit::Applied);
    assert_eq!(count(&pool, ENTRIES).await, 1);
    let before = proxy.opened();
    proxy.cut_next(proxy::Cut::Before);
    let unknown = store.commit(&entry(2)).await;
    assert!(matches!(unknown, Err(PortError::Unknown(_))), "{unknown:?}");
    assert_eq!(proxy.opened(), before + 1, "the one that takes the place of the one that was cut");
    assert_eq!(count(&pool, ENTRIES).await, 1);
}

/// Support's wish to have an effect tried anew passes its guard any number of times, as what waits
/// may be hurried again.
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
    proxy.cut_next(proxy::Cut::Late);
    assert_eq!(store.commit(&retry).await.unwrap(), Commit::Applied);
    assert_eq!(proxy.cuts(), 1);
    proxy.deliver_what_is_late().await;
    assert_eq!(
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_audit").await,
        1
    );
}

/// As many connections as there may be, all of them idle.
async fn all_idle(store: &PostgresStore, pool: &PgPool) {
    let mut closed = pool.begin().await.unwrap();
    closed.execute("LOCK TABLE miomente_partner_portal_rebooking_tokens").await.unwrap();
    let case = CaseKey::Id(CaseId::new(1));
    let waiting = join_all((0..8).map(|_| store.find(&case)));
    let open = async {
        const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = \
            current_database() \
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
    assert!(store.find(&CaseKey::Id(CaseId::new(1))).await.unwrap_err().is_retryable());
    store.find(&CaseKey::Id(CaseId::new(1))).await.unwrap();
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
        .execute(
            "SELECT FROM miomente_partner_portal_rebooking_effects WHERE case_id = 1 FOR UPDATE",
        )
        .await
        .unwrap();
    let claimed = store.claim(Lane::Orders, 10, TimeDelta::hours(1)).await.unwrap();
    let cases: Vec<i64> = claimed.iter().map(|claimed| claimed.effect.token.case.value()).collect();
    assert_eq!(cases, [2, 3]);
}
