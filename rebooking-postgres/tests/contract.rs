//! The core's contract suite, each case on a database of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use rebooking_core::{queue_contract, reports_contract, store_contract};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::{AssertSqlSafe, Executor as _};

/// A store on a fresh database.
async fn store() -> PostgresStore {
    let database = TestDatabase::migrated().await.unwrap();
    PostgresStore::new(database.pool().await.unwrap())
}

store_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
queue_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
reports_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);

/// A host may have set another isolation for everything in its database.
async fn store_under(isolation: &str) -> PostgresStore {
    let database = TestDatabase::migrated().await.unwrap();
    let set = format!(
        "ALTER DATABASE {} SET default_transaction_isolation = '{isolation}'",
        database.name()
    );
    database.pool().await.unwrap().execute(AssertSqlSafe(set)).await.unwrap();
    let pool = database.pool().await.unwrap();
    let now: String =
        sqlx::query_scalar("SHOW transaction_isolation").fetch_one(&pool).await.unwrap();
    assert_eq!(now, isolation);
    PostgresStore::new(pool)
}

mod repeatable_read {
    use rebooking_core::{queue_contract, reports_contract, store_contract};

    store_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("repeatable read").await
    );
    queue_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("repeatable read").await
    );
    reports_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("repeatable read").await
    );
}

mod serializable {
    use rebooking_core::{queue_contract, reports_contract, store_contract};

    store_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("serializable").await
    );
    queue_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("serializable").await
    );
    reports_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
            super::store_under("serializable").await
    );
}
