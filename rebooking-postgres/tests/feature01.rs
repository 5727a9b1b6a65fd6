//! Beside a Feature 01 that is there already: it stays as it is, and is used as it is.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use common::portal::{FEATURE_01, rebook, schema};
use common::{count, offer, site, token};
use rebooking_core::ids::ConfirmationId;
use rebooking_core::ports::store::Asked;
use rebooking_core::service::Decline;
use rebooking_core::testing::samples;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, migrate};
use sqlx::Executor as _;

#[tokio::test]
async fn a_feature_01_with_data_stays_as_it_is_and_is_used() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(FEATURE_01).await.unwrap();
    const DIGEST: &str = "SELECT hashtext(string_agg(t::text, '|' ORDER BY id))::bigint \
        FROM miomente_partner_portal_booking_confirmations AS t WHERE id <= 1000";
    let (rows, columns) = (count(&pool, DIGEST).await, schema(&pool).await);
    migrate(&pool, None).await.unwrap();
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    assert_eq!(count(&pool, DIGEST).await, rows);
    let after = schema(&pool).await;
    assert!(columns.iter().all(|known| after.contains(known)), "something of theirs is gone or changed");
    let theirs: Vec<(i32, String, i32)> = sqlx::query_as(
        "SELECT order_item_id, status, participants FROM miomente_partner_portal_booking_confirmations WHERE id > 1000 ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(theirs, [(7001, "declined".into(), 2), (7001, "pending".into(), 2)]);
}

#[tokio::test]
async fn a_request_that_feature_01_made_itself_can_be_adopted_and_declined() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(FEATURE_01).await.unwrap();
    migrate(&pool, None).await.unwrap();
    let site = site(PostgresStore::new(pool.clone()));
    offer(&site.store, &[(90, 10)]).await;
    let booking = token(12, 2, common::now(&site.store).await).booking;
    let number = ConfirmationId::new(12);
    site.store.adopt(number, &booking).await.unwrap();
    site.store.adopt(number, &booking).await.unwrap();
    let asked = Asked::Number(number);
    site.rebookings.declined(&asked, &Decline::default()).await.unwrap();
    const DECLINED: &str =
        "SELECT id::bigint FROM miomente_partner_portal_booking_confirmations WHERE status = 'declined'";
    assert_eq!(count(&pool, DECLINED).await, 12);
    let nobodys = ConfirmationId::new(5_000);
    assert!(site.store.adopt(nobodys, &token(13, 2, samples::now()).booking).await.is_err());
}

const TOO_MUCH: &str = "CREATE TABLE miomente_partner_portal_booking_confirmations (id serial PRIMARY KEY, kitchen text NOT NULL)";

#[tokio::test]
async fn a_feature_01_that_needs_more_than_we_know_is_named_and_nothing_is_changed() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(TOO_MUCH).await.unwrap();
    let before = schema(&pool).await;
    let refused = migrate(&pool, None).await.unwrap_err();
    let cause = std::error::Error::source(&refused).unwrap().to_string();
    assert!(cause.contains("kitchen"), "{cause}");
    assert_eq!(schema(&pool).await, before);
}

#[tokio::test]
async fn a_host_can_write_such_a_feature_01_by_a_function_of_its_own() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(TOO_MUCH).await.unwrap();
    pool.execute(
        "CREATE FUNCTION miomente_partner_portal_rebooking_ask(request jsonb) RETURNS bigint LANGUAGE sql AS \
         $$ INSERT INTO miomente_partner_portal_booking_confirmations (kitchen) \
            VALUES (request#>>'{booking,course,name}') RETURNING id $$",
    )
    .await
    .unwrap();
    migrate(&pool, None).await.unwrap();
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    let asked =
        "SELECT count(*) FROM miomente_partner_portal_booking_confirmations WHERE kitchen LIKE 'Sushi%'";
    assert_eq!(count(&pool, asked).await, 2);
}
