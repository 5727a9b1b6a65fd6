//! The core's contract suite, each case on a database of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use rebooking_core::store_contract;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;

/// A store on a fresh database.
async fn store() -> PostgresStore {
    let database = TestDatabase::migrated().await.unwrap();
    PostgresStore::new(database.pool().await.unwrap())
}

store_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
