//! Addresses in rows of every version, found in every spelling.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use common::{issue, token};
use rebooking_core::ports::Reports as _;
use rebooking_core::ports::reports::{CaseFilter, PageRequest};
use rebooking_core::testing::samples;
use rebooking_core::value::text::FreeText;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;

async fn found(store: &PostgresStore, address: &str) -> Vec<i64> {
    let filter = CaseFilter { search: FreeText::line(address, 300), ..CaseFilter::default() };
    let cases = store.cases(&filter, PageRequest::default()).await.unwrap().value;
    let mut cases: Vec<_> = cases.rows.iter().map(|row| row.token.id().case.value()).collect();
    cases.sort_unstable();
    cases
}

/// The row of a link for an address, as a version without normal forms wrote it.
async fn written_before(pool: &PgPool, store: &PostgresStore, item: i64, address: &str) {
    issue(store, &[token(item, 2, common::now(store).await)]).await;
    sqlx::query(
        "UPDATE miomente_partner_portal_rebooking_tokens \
         SET customer_email = $1, sought_email = $2 WHERE case_id = $3",
    )
    .bind(address)
    .bind(address.to_lowercase())
    .bind(item)
    .execute(pool)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_row_of_an_earlier_version_is_found_in_every_spelling() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let spellings = [
        "Erika@MÜLLER.example",
        "erika@xn--mller-kva.example",
        "erika@mu\u{308}ller.example",
        "weiß@example.org",
        "WEISS@example.org.",
    ];
    for (item, address) in (1..).zip(spellings) {
        written_before(&pool, &store, item, address).await;
    }
    for address in &spellings[..3] {
        assert_eq!(found(&store, address).await, [1, 2, 3], "{address}");
    }
    for address in &spellings[3..] {
        assert_eq!(found(&store, address).await, [4, 5], "{address}");
    }
    let another = samples::booking().customer.email;
    assert!(found(&store, another.expose()).await.is_empty());
}
