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
use rebooking_core::change::{Change, Commit, TokenWrite};
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::service::Decline;
use rebooking_core::testing::samples;
use rebooking_core::value::ids::{CaseId, ConfirmationId, CourseDateId};
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
    assert!(
        columns.iter().all(|known| after.contains(known)),
        "something of theirs is gone or changed"
    );
    let theirs: Vec<(i32, String, i32)> = sqlx::query_as(
        "SELECT order_item_id, status, participants FROM \
         miomente_partner_portal_booking_confirmations WHERE id > 1000 ORDER BY id",
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
    let booking = token(12, 2, common::now(&site.store).await).booking().clone();
    let number = ConfirmationId::new(12);
    site.store.adopt(number, &booking).await.unwrap();
    site.store.adopt(number, &booking).await.unwrap();
    let asked = ConfirmationKey::Id(number);
    site.rebookings.decline_unchecked(&asked, &Decline::default()).await.unwrap();
    const DECLINED: &str = "SELECT id::bigint FROM miomente_partner_portal_booking_confirmations \
                            WHERE status = 'declined'";
    assert_eq!(count(&pool, DECLINED).await, 12);
    let nobodys = ConfirmationId::new(5_000);
    assert!(site.store.adopt(nobodys, token(13, 2, samples::now()).booking()).await.is_err());
}

const TOO_MUCH: &str = "CREATE TABLE miomente_partner_portal_booking_confirmations (id serial \
                        PRIMARY KEY, kitchen text NOT NULL)";

#[tokio::test]
async fn a_feature_01_that_needs_more_than_we_know_is_named_and_nothing_is_changed() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(TOO_MUCH).await.unwrap();
    let before = schema(&pool).await;
    let refused = migrate(&pool, None).await.unwrap_err();
    assert!(refused.to_string().contains("kitchen"), "{refused}");
    assert_eq!(schema(&pool).await, before);
}

/// What is said about a Feature 01 that takes none of what we write; nothing is changed then.
async fn refused(feature_01: &'static str) -> String {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(feature_01).await.unwrap();
    let before = schema(&pool).await;
    let refused = migrate(&pool, None).await.unwrap_err().to_string();
    assert_eq!(schema(&pool).await, before);
    assert!(refused.contains("create functions") && !refused.contains("sample@"), "{refused}");
    refused
}

#[tokio::test]
async fn a_feature_01_that_takes_one_request_an_item_is_found_out_when_migrating() {
    let said = refused(
        "CREATE TABLE miomente_partner_portal_booking_confirmations (id serial PRIMARY KEY, \
         order_item_id int NOT NULL CONSTRAINT one_an_item UNIQUE, status text)",
    );
    assert!(said.await.contains("one_an_item"));
}

#[tokio::test]
async fn a_feature_01_with_words_of_its_own_is_found_out_when_migrating() {
    let said = refused(
        "CREATE TABLE miomente_partner_portal_booking_confirmations (id serial PRIMARY KEY, \
         status text CONSTRAINT our_words CHECK (status IN ('open', 'closed')))",
    );
    assert!(said.await.contains("our_words"));
    let said = refused(
        "CREATE TYPE answer AS ENUM ('pending', 'confirmed'); \
         CREATE TABLE miomente_partner_portal_booking_confirmations (id serial PRIMARY KEY, status \
         answer)",
    );
    assert!(said.await.contains("answer"));
}

#[tokio::test]
async fn the_purge_wipes_what_we_wrote_there_and_leaves_what_feature_01_wrote_itself() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(FEATURE_01).await.unwrap();
    migrate(&pool, None).await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let booking = token(12, 2, common::now(&store).await).booking().clone();
    store.adopt(ConfirmationId::new(12), &booking).await.unwrap();
    let site = site(store.clone());
    offer(&store, &[(90, 10), (1, 10)]).await;
    site.rebookings
        .decline_unchecked(&ConfirmationKey::Id(ConfirmationId::new(12)), &Decline::default())
        .await
        .unwrap();
    let token =
        store.find(&CaseKey::Id(CaseId::new(12))).await.unwrap().value.into_newest().unwrap();
    let choice = samples::choice(CourseDateId::new(1));
    site.rebookings.customer(&common::link(&token)).choose(&choice).await.unwrap();
    const NAMED: &str = "SELECT count(*) FROM miomente_partner_portal_booking_confirmations \
        WHERE customer_email LIKE '%@%' AND id > 1000";
    assert_eq!(count(&pool, NAMED).await, 1);
    let token =
        store.find(&CaseKey::Id(CaseId::new(12))).await.unwrap().value.into_newest().unwrap();
    let mut change = Change::at(token.issued_at());
    change.tokens.push(TokenWrite::Update {
        next: Box::new(token.clone().forgotten(token.issued_at())),
        unexpired: false,
    });
    change.forget = Some(token.id().case);
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    assert_eq!(count(&pool, NAMED).await, 0);
    const THEIRS: &str = "SELECT count(*) FROM miomente_partner_portal_booking_confirmations \
        WHERE customer_email = 'someone@example.com'";
    assert_eq!(count(&pool, THEIRS).await, 1000);
}

#[tokio::test]
async fn a_host_can_write_such_a_feature_01_by_a_function_of_its_own() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(TOO_MUCH).await.unwrap();
    pool.execute(
        "CREATE FUNCTION miomente_partner_portal_rebooking_ask(request jsonb) RETURNS bigint \
         LANGUAGE sql AS \
         $$ INSERT INTO miomente_partner_portal_booking_confirmations (kitchen) \
            VALUES (request#>>'{booking,course,name}') RETURNING id $$",
    )
    .await
    .unwrap();
    migrate(&pool, None).await.unwrap();
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    let asked = "SELECT count(*) FROM miomente_partner_portal_booking_confirmations WHERE kitchen \
                 LIKE 'Sushi%'";
    assert_eq!(count(&pool, asked).await, 2);
}

/// Somebody is about to open the request of a booking when another one does; both are told of the
/// same, and the partner of one.
#[tokio::test(flavor = "multi_thread")]
async fn two_that_open_one_request_at_once_write_one_row_there() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let booking = token(7001, 2, common::now(&store).await).booking().clone();
    let mut first = pool.begin().await.unwrap();
    let opened: i64 = sqlx::query_scalar(
        "INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, date_id, \
         partner_id, state, booking) \
         VALUES (17001, 7001, 90, 5, 'pending', '{}') RETURNING id",
    )
    .fetch_one(&mut *first)
    .await
    .unwrap();
    let second = tokio::spawn({
        let (store, booking) = (store.clone(), booking.clone());
        async move { store.open_confirmation(&booking).await }
    });
    common::until_somebody_waits_for_a_lock(&pool).await;
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap().unwrap(), ConfirmationId::new(opened));
    assert_eq!(
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_booking_confirmations").await,
        1
    );
}
