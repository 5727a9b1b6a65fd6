//! What the database answers when something is in the way, and what the store makes of it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::time::Duration;

use chrono::TimeDelta;
use common::{assert_nobody_idles_in_a_transaction, count, issue, token};
use rebooking_core::change::{Change, Commit, TokenWrite};
use rebooking_core::effect::Lane;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{EffectQueue, PortError, RebookingStore, Reports};
use rebooking_core::value::ids::CaseId;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Settings};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};

/// Two that each hold what the other waits for: PostgreSQL undoes ours, and it is tried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_meets_another_one_crosswise_is_undone_and_tried_again() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let now = common::now(&store).await;
    let tokens = [token(1, 1, now), token(2, 1, now)];
    issue(&store, &tokens).await;
    let mut both = Change::at(now);
    both.tokens
        .extend(tokens.map(|next| TokenWrite::Update { next: Box::new(next), unexpired: false }));
    let mut other = pool.begin().await.unwrap();
    // It is the store's session that finds out.
    other.execute("SET LOCAL deadlock_timeout = '1h'").await.unwrap();
    const LOCK: &str = "SELECT version FROM miomente_partner_portal_rebooking_tokens WHERE case_id \
                        = $1 FOR UPDATE";
    let locked = async |other: &mut PgConnection, case: i64| {
        sqlx::query_scalar::<_, i64>(LOCK).bind(case).fetch_one(other).await.unwrap()
    };
    assert_eq!(locked(&mut other, 2).await, 0);
    let committing = tokio::spawn({
        let store = store.clone();
        async move { store.commit(&both).await }
    });
    common::until_somebody_waits_for_a_lock(&pool).await;
    assert_eq!(locked(&mut other, 1).await, 0, "the store's write of it was undone");
    other.commit().await.unwrap();
    assert_eq!(committing.await.unwrap().unwrap(), Commit::Applied);
    const WRITTEN: &str =
        "SELECT sum(version)::bigint FROM miomente_partner_portal_rebooking_tokens";
    assert_eq!(count(&pool, WRITTEN).await, 2);
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
    assert!(matches!(failed, Err(PortError::Transient(_))), "{failed:?}");
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
    store.find(&CaseKey::Id(CaseId::new(7001))).await.unwrap();
    pool.execute(
        "ALTER TABLE miomente_partner_portal_rebooking_tokens ALTER course_sku TYPE text; \
         ALTER TABLE miomente_partner_portal_rebooking_effects ALTER last_error TYPE varchar(5000)",
    )
    .await
    .unwrap();
    claim().await.unwrap();
    store.find(&CaseKey::Id(CaseId::new(7001))).await.unwrap();
}

/// A function of the host behind Feature 01 says who the customer is; nobody else does.
#[tokio::test]
async fn what_a_function_of_the_host_says_is_not_repeated() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let booking = token(7001, 1, common::now(&store).await).booking().clone();
    for code in ["P0001", "42501", "57014", "45000"] {
        let raise = format!(
            "CREATE OR REPLACE FUNCTION gossip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'erika@example.com' USING ERRCODE = '{code}', HINT = 'ask \
             erika@example.com'; END $$; \
             CREATE OR REPLACE TRIGGER gossip BEFORE INSERT ON \
             miomente_partner_portal_booking_confirmations \
             FOR EACH ROW EXECUTE FUNCTION gossip()"
        );
        pool.execute(AssertSqlSafe(raise)).await.unwrap();
        let said = store.open_confirmation(&booking).await.unwrap_err().phrase();
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
         CREATE TRIGGER see AFTER INSERT ON miomente_partner_portal_rebooking_tokens FOR EACH ROW \
         EXECUTE FUNCTION see()"
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
