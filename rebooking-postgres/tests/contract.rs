//! The core's contract suite, each case on a database of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use rebooking_core::ports::{EventSwitch as _, Partners};
use rebooking_core::testing::contract::StoreUnderTest;
use rebooking_core::testing::contract::partners::PartnersUnderTest;
use rebooking_core::value::booking::{Course, PartnerEntry};
use rebooking_core::{
    calendars_contract, event_switch_contract, partners_contract, personal_contract,
    queue_contract, reports_contract, sign_outs_contract, store_contract,
};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// A store on a fresh database.
async fn store() -> PostgresStore {
    let database = TestDatabase::migrated().await.unwrap();
    PostgresStore::new(database.pool().await.unwrap())
}

store_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
queue_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
reports_contract!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await);
event_switch_contract!(
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await
);
calendars_contract!(
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
        StoreUnderTest::with_calendars(store().await)
);
sign_outs_contract!(
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => store().await
);
personal_contract!(
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () =>
        StoreUnderTest::with_personal(store().await)
);

/// The hours that passed are told to the database.
#[tokio::test]
async fn failures_that_are_more_than_an_hour_apart_are_no_outage() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let hours_pass = async |hours: &str| {
        let sql = format!(
            "UPDATE miomente_partner_portal_rebooking_event_outage SET \
             since = since - interval '{hours}', last_at = last_at - interval '{hours}'"
        );
        pool.execute(AssertSqlSafe(sql)).await.unwrap();
    };
    let patience = TimeDelta::hours(2);
    let is_off = async || store.failed("away", patience).await.unwrap().is_off();
    for _ in 0..4 {
        assert!(!is_off().await);
        hours_pass("61 minutes").await;
    }
    for _ in 0..2 {
        assert!(!is_off().await);
        hours_pass("59 minutes").await;
    }
    assert!(!is_off().await);
    hours_pass("3 minutes").await;
    assert!(is_off().await);
    hours_pass("9 days").await;
    assert!(is_off().await, "until somebody switches it on");
}

mod unclaimed {
    rebooking_core::unclaimed_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => super::store().await
    );
}

mod imports {
    rebooking_core::imports_contract!(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => super::store().await
    );
}

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

/// Places are counted as of the lock, whatever the host has set.
mod imports_under_repeatable_read {
    rebooking_core::imports_contract!(
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

/// The list of partners, with the host that fills it.
struct Listed {
    host: PgPool,
    store: PostgresStore,
}

impl Listed {
    async fn new() -> Self {
        let database = TestDatabase::migrated().await.unwrap();
        let host = database.pool().await.unwrap();
        Self { store: PostgresStore::new(host.clone()), host }
    }
}

#[async_trait]
impl PartnersUnderTest for Listed {
    fn partners(&self) -> Arc<dyn Partners> {
        Arc::new(self.store.clone())
    }

    async fn put_course(&self, _: &Course) {}

    async fn put(&self, entry: &PartnerEntry, courses: &[Course]) {
        let partner = &entry.partner;
        sqlx::query(
            "INSERT INTO miomente_partner_portal_rebooking_partners (id, name, email, language) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE \
             SET (name, email, language) = (excluded.name, excluded.email, excluded.language)",
        )
        .bind(partner.id.value())
        .bind(entry.name.expose())
        .bind(partner.email.expose())
        .bind(partner.language.as_str())
        .execute(&self.host)
        .await
        .unwrap();
        for course in courses {
            // One by its number, the next by its article number.
            let even = course.id.value() % 2 == 0;
            sqlx::query(
                "INSERT INTO miomente_partner_portal_rebooking_partner_courses \
                 (partner_id, course_id, course_sku) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(partner.id.value())
            .bind(even.then_some(course.id.value()))
            .bind((!even).then_some(&course.sku))
            .execute(&self.host)
            .await
            .unwrap();
        }
    }
}

partners_contract!(
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)] () => Listed::new().await
);
