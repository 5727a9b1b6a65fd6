//! What a host may do: decide and commit inside its own transaction, and harm its own pool as it likes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::time::Duration;

use common::{count, issue, offer, site, token};
use rebooking_core::Policy;
use rebooking_core::change::{Change, Commit, Guard};
use rebooking_core::ids::ConfirmationId;
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::Asked;
use rebooking_core::service::{Decline, decisions};
use rebooking_core::token::{Cause, RebookingToken};
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, listen};
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::{Connection as _, Executor as _};

/// A pending request, and a table of the host's.
async fn requested() -> (PgPool, PostgresStore, ConfirmationId, RebookingToken) {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    offer(&store, &[(90, 10)]).await;
    let token = token(7001, 2, common::now(&store).await);
    let request = store.request(&token.booking).await.unwrap();
    pool.execute("CREATE TABLE of_the_host (what text)").await.unwrap();
    (pool, store, request, token)
}

/// Declines inside an open transaction: reads, decides, commits, as the use case does.
async fn decline_in(
    store: &PostgresStore,
    db: &mut PgConnection,
    request: ConfirmationId,
    link: &RebookingToken,
) -> Commit {
    let seen = store.asked_in(db, &Asked::Number(request)).await.unwrap().unwrap();
    let (decline, policy) = (Decline::default(), Policy::default());
    let decided = decisions::decline(seen, &decline, Cause::Declined, &policy, link.link.clone()).unwrap();
    store.commit_in(db, &decided.change.unwrap()).await.unwrap()
}

const TOKENS: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens";
const THEIRS: &str = "SELECT count(*) FROM of_the_host";

#[tokio::test]
async fn a_decline_in_the_hosts_transaction_is_there_with_the_hosts_write() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    theirs.execute("INSERT INTO of_the_host VALUES ('declined')").await.unwrap();
    assert_eq!(decline_in(&store, &mut theirs, request, &link).await, Commit::Applied);
    assert_eq!((count(&pool, TOKENS).await, count(&pool, THEIRS).await), (0, 0));
    theirs.commit().await.unwrap();
    assert_eq!((count(&pool, TOKENS).await, count(&pool, THEIRS).await), (1, 1));
}

#[tokio::test]
async fn a_decline_goes_with_the_hosts_transaction_when_that_is_undone() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    theirs.execute("INSERT INTO of_the_host VALUES ('declined')").await.unwrap();
    assert_eq!(decline_in(&store, &mut theirs, request, &link).await, Commit::Applied);
    theirs.rollback().await.unwrap();
    assert_eq!((count(&pool, TOKENS).await, count(&pool, THEIRS).await), (0, 0));
    assert_eq!(
        common::count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_effects").await,
        0
    );
}

#[tokio::test]
async fn a_lost_guard_leaves_the_hosts_transaction_usable() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    theirs.execute("INSERT INTO of_the_host VALUES ('before')").await.unwrap();
    let seen = store.asked_in(&mut theirs, &Asked::Number(request)).await.unwrap().unwrap();
    let (decline, policy) = (Decline::default(), Policy::default());
    let decided = decisions::decline(seen, &decline, Cause::Declined, &policy, link.link.clone()).unwrap();
    site(store.clone()).rebookings.declined(&Asked::Number(request), &decline).await.unwrap();
    let outcome = store.commit_in(&mut theirs, &decided.change.unwrap()).await.unwrap();
    assert_eq!(outcome, Commit::Lost(Guard::Step));
    theirs.execute("INSERT INTO of_the_host VALUES ('after')").await.unwrap();
    theirs.commit().await.unwrap();
    assert_eq!((count(&pool, TOKENS).await, count(&pool, THEIRS).await), (1, 2));
}

/// Drops a `begin()` half-way: sqlx's connection goes back to the pool inside a transaction that nobody ends.
async fn poison(pool: &PgPool) {
    for polls in (0..200).map(|round| round % 5) {
        let mut begin = Box::pin(pool.begin());
        for _ in 0..=polls {
            if futures_util::poll!(&mut begin).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(begin);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_the_host_has_poisoned_loses_none_of_our_changes() {
    let database = TestDatabase::migrated().await.unwrap();
    let options = PgPoolOptions::new().max_connections(4).test_before_acquire(false);
    let pool = options.connect(&database.url()).await.unwrap();
    let store = PostgresStore::new(pool.clone());
    poison(&pool).await;
    const POISONED: &str = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND state = 'idle in transaction'";
    let mut outside = PgConnection::connect(&database.url()).await.unwrap();
    let poisoned: i64 = sqlx::query_scalar(POISONED).fetch_one(&mut outside).await.unwrap();
    assert!(poisoned > 0, "nothing was poisoned, so this shows nothing");
    let now = common::now(&store).await;
    issue(&store, &(0..50).map(|n| token(n + 1, 1, now)).collect::<Vec<_>>()).await;
    for n in 100..150 {
        issue(&store, &[token(n, 1, now)]).await;
    }
    let there: i64 = sqlx::query_scalar(TOKENS).fetch_one(&mut outside).await.unwrap();
    assert_eq!(there, 100, "acknowledged and not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_rings_in_other_processes() {
    let database = TestDatabase::migrated().await.unwrap();
    let (here, there) = (common::site_at(&database.url()).await, common::site_at(&database.url()).await);
    let _listening = listen(&there.store, &there.rebookings);
    let now = common::now(&here.store).await;
    let mut heard = false;
    for n in 1..=20 {
        let rung = there.rebookings.rung();
        let token = token(n, 1, now);
        let kind = rebooking_core::effect::EffectKind::Mail(rebooking_core::effect::MailKind::Declined);
        let mut change = Change::at(now);
        change.effects.push(rebooking_core::effect::NewEffect::once(token.id, kind));
        assert_eq!(here.store.commit(&change).await.unwrap(), Commit::Applied);
        // The listener may still be on its way to its first connection.
        heard = tokio::time::timeout(Duration::from_millis(500), rung).await.is_ok();
        if heard {
            break;
        }
    }
    assert!(heard);
}

#[tokio::test]
async fn a_store_without_its_tables_is_not_ready() {
    let database = TestDatabase::empty().await.unwrap();
    let store = PostgresStore::new(database.pool().await.unwrap());
    assert!(store.ready().await.unwrap_err().may_help_to_try_again());
    rebooking_postgres::migrate(&database.pool().await.unwrap(), None).await.unwrap();
    store.ready().await.unwrap();
}

#[tokio::test]
async fn a_wrong_database_name_needs_people() {
    let database = TestDatabase::migrated().await.unwrap();
    let store = PostgresStore::new(common::pool(&format!("{}_not", database.url())).await);
    let error = store.ready().await.unwrap_err();
    assert!(!error.may_help_to_try_again(), "{error:?}");
}
