//! What a host may do: decide and commit inside its own transaction, and harm its own pool as it
//! likes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::time::Duration;

use common::log::Log;
use common::{count, issue, offer, site, token};
use rebooking_core::Policy;
use rebooking_core::change::{Change, Commit, Guard};
use rebooking_core::effect::{EffectKind, MailKind, NewEffect};
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::{CaseKey, CaseState, ConfirmationKey};
use rebooking_core::service::{Decline, decisions};
use rebooking_core::token::{Cause, RebookingToken};
use rebooking_core::value::ids::ConfirmationId;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Schema, Settings, connect, listen, migrate, rights_sql};
use sqlx::postgres::{PgConnection, PgListener, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tokio::time::{Instant, timeout};

/// A pending request, and a table of the host's.
async fn requested() -> (PgPool, PostgresStore, ConfirmationId, RebookingToken) {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    offer(&store, &[(90, 10)]).await;
    let token = token(7001, 2, common::now(&store).await);
    let request = store.open_confirmation(token.booking()).await.unwrap();
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
    let seen = store
        .find_in(db, &CaseKey::Confirmation(ConfirmationKey::Id(request)))
        .await
        .unwrap()
        .map(CaseState::into_confirmation)
        .transpose()
        .unwrap();
    let (decline, policy) = (Decline::default(), Policy::default());
    let decided =
        decisions::decline(seen, &decline, Cause::Declined, &policy, link.link().clone()).unwrap();
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
        common::count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_effects")
            .await,
        0
    );
}

#[tokio::test]
async fn a_lost_guard_leaves_the_hosts_transaction_usable() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    theirs.execute("INSERT INTO of_the_host VALUES ('before')").await.unwrap();
    let seen = store
        .find_in(&mut theirs, &CaseKey::Confirmation(ConfirmationKey::Id(request)))
        .await
        .unwrap()
        .map(CaseState::into_confirmation)
        .transpose()
        .unwrap();
    let (decline, policy) = (Decline::default(), Policy::default());
    let decided =
        decisions::decline(seen, &decline, Cause::Declined, &policy, link.link().clone()).unwrap();
    site(store.clone())
        .rebookings
        .decline_unchecked(&ConfirmationKey::Id(request), &decline)
        .await
        .unwrap();
    let outcome = store.commit_in(&mut theirs, &decided.change.unwrap()).await.unwrap();
    assert_eq!(outcome, Commit::Lost(Guard::Step));
    theirs.execute("INSERT INTO of_the_host VALUES ('after')").await.unwrap();
    theirs.commit().await.unwrap();
    assert_eq!((count(&pool, TOKENS).await, count(&pool, THEIRS).await), (1, 2));
}

/// What a `begin()` that is dropped half-way leaves behind with sqlx 0.9: connections back in the
/// pool, inside a transaction that sqlx knows nothing of and nobody ends.
async fn poison(pool: &PgPool) {
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await.unwrap();
        connection.execute("BEGIN").await.unwrap();
        held.push(connection);
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
    assert_eq!(poisoned, 4, "every connection of the host's pool");
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
    let (here, there) =
        (common::site_at(&database.url()).await, common::site_at(&database.url()).await);
    let _listening = listen(&there.store, &there.rebookings);
    let now = common::now(&here.store).await;
    let mut heard = false;
    for n in 1..=20 {
        let woken = there.rebookings.woken();
        let token = token(n, 1, now);
        let kind = EffectKind::Mail(MailKind::Declined);
        let mut change = Change::at(now);
        change.effects.push(NewEffect::once(token.id(), kind));
        assert_eq!(here.store.commit(&change).await.unwrap(), Commit::Applied);
        // The listener may still be on its way to its first connection.
        heard = timeout(Duration::from_millis(500), woken).await.is_ok();
        if heard {
            break;
        }
    }
    assert!(heard);
}

/// A PostgreSQL lets one notifying transaction commit at a time: under load commits ring together.
#[tokio::test(flavor = "multi_thread")]
async fn many_commits_ring_a_few_times_and_the_last_one_is_heard() {
    let database = TestDatabase::migrated().await.unwrap();
    let store = PostgresStore::new(database.pool().await.unwrap());
    let mut listener = PgListener::connect(&database.url()).await.unwrap();
    listener.listen("miomente_partner_portal_rebooking").await.unwrap();
    let now = common::now(&store).await;
    let commit = async |n| {
        let kind = EffectKind::Mail(MailKind::Declined);
        let mut change = Change::at(now);
        change.effects.push(NewEffect::once(token(n, 1, now).id(), kind));
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    };
    let began = Instant::now();
    for n in 1..=200 {
        commit(n).await;
    }
    let (took, mut heard) = (began.elapsed(), 0);
    while timeout(Duration::from_millis(500), listener.recv()).await.is_ok() {
        heard += 1;
    }
    // Each waits for the one before it, and the last commit's may come later.
    let most = took.as_millis() / 50 + 2;
    assert!(heard >= 1 && heard <= most, "{heard} in {took:?}");
}

/// A plan that was made while a table was empty would read all of it when it is long.
#[tokio::test]
async fn sessions_go_by_indexes_whatever_the_tables_held_when_they_planned() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = connect(&database.url(), &Settings::default()).await.unwrap();
    let scans: String = sqlx::query_scalar("SHOW enable_seqscan").fetch_one(&pool).await.unwrap();
    assert_eq!(scans, "off");
}

#[tokio::test]
async fn a_store_without_its_tables_or_rights_or_a_migration_is_not_ready() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    assert!(store.ready().await.unwrap_err().is_retryable());
    migrate(&pool, None).await.unwrap();
    store.ready().await.unwrap();
    const MIGRATIONS: &str = "miomente_partner_portal_rebooking_migrations";
    let newest = format!(
        "UPDATE {MIGRATIONS} SET version = version + 1000 WHERE version = (SELECT max(version) \
         FROM {MIGRATIONS})"
    );
    pool.execute(AssertSqlSafe(newest)).await.unwrap();
    assert!(store.ready().await.unwrap_err().phrase().contains("not migrated"));
    let back = format!("UPDATE {MIGRATIONS} SET version = version - 1000 WHERE version > 1000");
    pool.execute(AssertSqlSafe(back)).await.unwrap();
    let role = format!("barred_from_{}", database.name());
    pool.execute(AssertSqlSafe(format!("CREATE ROLE {role} LOGIN"))).await.unwrap();
    pool.execute(AssertSqlSafe(rights_sql(&Schema::parse(&role).unwrap()))).await.unwrap();
    let barred = PostgresStore::new(
        common::pool(&database.url().replace("rebooking@", &format!("{role}@"))).await,
    );
    barred.ready().await.unwrap();
    pool.execute(AssertSqlSafe(format!(
        "REVOKE INSERT ON miomente_partner_portal_rebooking_audit FROM {role}"
    )))
    .await
    .unwrap();
    assert!(barred.ready().await.unwrap_err().phrase().contains("lacks rights"));
}

#[tokio::test]
async fn a_wrong_database_name_is_tried_again_and_shouts() {
    let log = Log::listen();
    let database = TestDatabase::migrated().await.unwrap();
    let store = PostgresStore::new(common::pool(&format!("{}_not", database.url())).await);
    let error = store.ready().await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    let said = log.said();
    assert!(said.contains("ERROR") && said.contains("SQLSTATE 3D000"), "{said}");
}

#[tokio::test]
async fn a_host_decides_in_its_own_transaction_though_our_schema_is_not_on_its_path() {
    let database = TestDatabase::empty().await.unwrap();
    let settings =
        Settings { schema: Some(Schema::parse("portal").unwrap()), ..Settings::default() };
    let ours = connect(&database.url(), &settings).await.unwrap();
    migrate(&ours, settings.schema.as_ref()).await.unwrap();
    let store = PostgresStore::with(&ours, settings);
    offer(&store, &[(90, 10)]).await;
    let link = token(7001, 2, common::now(&store).await);
    let request = store.open_confirmation(link.booking()).await.unwrap();
    let mut theirs = database.pool().await.unwrap().begin().await.unwrap();
    const PATH: &str = "SELECT current_setting('search_path')";
    let before: String = sqlx::query_scalar(PATH).fetch_one(&mut *theirs).await.unwrap();
    assert_eq!(decline_in(&store, &mut theirs, request, &link).await, Commit::Applied);
    let after: String = sqlx::query_scalar(PATH).fetch_one(&mut *theirs).await.unwrap();
    assert_eq!(after, before);
    theirs.commit().await.unwrap();
    assert_eq!(count(&ours, TOKENS).await, 1);
}

#[tokio::test]
async fn a_lost_guard_leaves_no_savepoint() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    let seen = store
        .find_in(&mut theirs, &CaseKey::Confirmation(ConfirmationKey::Id(request)))
        .await
        .unwrap()
        .map(CaseState::into_confirmation)
        .transpose()
        .unwrap();
    let (decline, policy) = (Decline::default(), Policy::default());
    let decided =
        decisions::decline(seen, &decline, Cause::Declined, &policy, link.link().clone()).unwrap();
    site(store.clone())
        .rebookings
        .decline_unchecked(&ConfirmationKey::Id(request), &decline)
        .await
        .unwrap();
    let _ = store.commit_in(&mut theirs, &decided.change.unwrap()).await.unwrap();
    let again = theirs.execute("ROLLBACK TO SAVEPOINT rebooking_change").await;
    assert!(again.unwrap_err().to_string().contains("does not exist"));
}

/// Between two looks a decline may close the request and issue the link: one of both must be seen.
#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_declined_meanwhile_is_still_found_on_its_order() {
    let (pool, store, request, link) = requested().await;
    let mut theirs = pool.begin().await.unwrap();
    theirs.execute("LOCK TABLE miomente_partner_portal_rebooking_requests").await.unwrap();
    let looking = tokio::spawn({
        let (store, order) = (store.clone(), link.booking().order);
        async move { store.order_state(order).await }
    });
    common::until_somebody_waits_for_a_lock(&pool).await;
    assert_eq!(decline_in(&store, &mut theirs, request, &link).await, Commit::Applied);
    theirs.commit().await.unwrap();
    let file = looking.await.unwrap().unwrap().value;
    assert_eq!((file.tokens.len(), file.confirmations.len()), (1, 0));
}
