//! Who waits longest, however many cases are newer.

use rebooking_core::ports::Reports as _;
use rebooking_core::ports::reports::{CaseFilter, CaseOrder, PageRequest};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{Size, TestDatabase, fill};
use sqlx::Executor as _;

use crate::stamp;

#[tokio::test]
async fn who_waits_longest_comes_first_however_many_cases_are_newer() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let size = Size { tokens: 10_050, hot: 0, courses: 1, requests: 0, done: 0 };
    fill(&pool, size, stamp).await.unwrap();
    for case in [1, 2, 10_050] {
        let stranded = format!(
            "INSERT INTO miomente_partner_portal_rebooking_audit \
                 (subject, number, step, at, actor, event, note) \
             VALUES ('token', {case}, 1, now() - {case} * interval '1 second', 'customer', \
                 'no_dates_found', '')"
        );
        pool.execute(sqlx::AssertSqlSafe(stranded)).await.unwrap();
    }
    let store = PostgresStore::new(pool);
    let filter = CaseFilter { order: CaseOrder::LongestWaiting, ..CaseFilter::default() };
    let found = store.cases(&filter, PageRequest::new(1, 4)).await.unwrap().value;
    let cases: Vec<_> = found.rows.iter().map(|row| row.token.id().case.value()).collect();
    assert_eq!(cases, [10_050, 2, 1, 10_049], "and then the newest of the others");
}
