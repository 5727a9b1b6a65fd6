//! Tables that no longer refuse nonsense, and a row that is spoilt for a while.

use std::error::Error as _;

use rebooking_core::ports::{PortError, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::CourseDateId;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::common::log::heard_by_someone;
use crate::common::{self, issue, link, offer, site, token};

/// A used link (7001), a fresh one (7002), and tables that no longer refuse nonsense.
pub(crate) async fn without_checks() -> (PgPool, PostgresStore) {
    heard_by_someone();
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let site = site(PostgresStore::new(pool.clone()));
    offer(&site.store, &[(1, 10)]).await;
    let now = common::now(&site.store).await;
    let tokens = [token(7001, 2, now), token(7002, 2, now)];
    issue(&site.store, &tokens).await;
    site.rebookings
        .customer(&link(&tokens[0]))
        .choose(&samples::choice(CourseDateId::new(1)))
        .await
        .unwrap();
    let checks: Vec<String> = sqlx::query_scalar(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM \
         pg_constraint \
         WHERE contype = 'c' AND conrelid <> 0",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    for check in checks {
        pool.execute(AssertSqlSafe(check)).await.unwrap();
    }
    // Of a date the limit of its places is still worked out by a trigger.
    for (table, triggers) in
        [("tokens", "ALL"), ("requests", "ALL"), ("effects", "ALL"), ("dates", "verifying_facts")]
    {
        let table = format!(
            "ALTER TABLE miomente_partner_portal_rebooking_{table} DISABLE TRIGGER {triggers}"
        );
        pool.execute(AssertSqlSafe(table)).await.unwrap();
    }
    (pool, site.store)
}

pub(crate) fn said<T: std::fmt::Debug>(read: Result<T, PortError>) -> String {
    let error = read.unwrap_err();
    assert!(matches!(error, PortError::Permanent(_)), "people must look: {error:?}");
    error.source().unwrap().to_string()
}

/// Spoils one row of a table; what is said about it then. It is listed until it is whole again.
pub(crate) async fn spoilt(
    pool: &PgPool,
    table: &str,
    set: &str,
    row: &str,
    read: impl AsyncFn() -> String,
) -> String {
    let table = format!("miomente_partner_portal_rebooking_{table}");
    let mut keep = pool.acquire().await.unwrap();
    keep.execute(AssertSqlSafe(format!(
        "CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE {row}"
    )))
    .await
    .unwrap();
    pool.execute(AssertSqlSafe(format!("UPDATE {table} SET {set} WHERE {row}"))).await.unwrap();
    let said = read().await;
    let store = PostgresStore::new(pool.clone());
    let listed = store.malformed_rows().await.unwrap();
    assert_eq!(listed.len(), 1, "{set}: {listed:?}");
    assert_eq!(listed[0].row.table, table, "{set}");
    let columns: String = sqlx::query_scalar(
        "SELECT string_agg(format('%1$I = k.%1$I', attname), ', ') FROM pg_attribute \
         WHERE attrelid = $1::regclass AND attnum > 0 AND attgenerated = '' AND attidentity = ''",
    )
    .bind(&table)
    .fetch_one(pool)
    .await
    .unwrap();
    keep.execute(AssertSqlSafe(format!(
        "UPDATE {table} AS t SET {columns} FROM kept AS k WHERE t.id = k.id"
    )))
    .await
    .unwrap();
    keep.execute("DROP TABLE kept").await.unwrap();
    assert_eq!(store.malformed_rows().await.unwrap(), [], "{set} is mended");
    said
}
