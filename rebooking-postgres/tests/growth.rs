//! A table that grows: the hot statements stay look-ups by index, and claiming does not slow down.

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
use rebooking_core::change::{Change, Commit};
use rebooking_core::effect::{EffectKind, Lane, MailKind, NewEffect};
use rebooking_core::link::{LinkNonce, LinkPurpose, LinkStamp};
use rebooking_core::ports::RebookingStore;
use rebooking_core::testing::samples;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{HotStatement, Size, TestDatabase, fill, hot_statements};
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::time::Instant;

fn stamp(item: i64) -> LinkStamp {
    samples::link_keys().stamp(LinkPurpose::Rebook, LinkNonce(i128::from(item).to_le_bytes())).unwrap()
}

/// More pages than any look-up touches, and fewer than a whole index of a hundred thousand rows has.
const FEW_PAGES: i64 = 400;

/// How many pages a statement touches, planned for whatever arguments as it is after the first few times; and its plan. What it
/// writes is undone.
async fn pages(pool: &PgPool, hot: &HotStatement) -> (i64, String) {
    let mut connection = pool.begin().await.unwrap();
    connection.execute("SET LOCAL plan_cache_mode = force_generic_plan").await.unwrap();
    let HotStatement { sql, types, arguments, .. } = hot;
    connection.execute(AssertSqlSafe(format!("PREPARE hot ({types}) AS {sql}"))).await.unwrap();
    let explain = AssertSqlSafe(format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE hot ({arguments})"));
    let plan: serde_json::Value =
        sqlx::query_scalar(explain).persistent(false).fetch_one(&mut *connection).await.unwrap();
    connection.execute("DEALLOCATE hot").await.unwrap();
    connection.rollback().await.unwrap();
    let blocks = |name: &str| plan[0]["Plan"][name].as_i64().unwrap();
    (blocks("Shared Hit Blocks") + blocks("Shared Read Blocks"), plan.to_string())
}

/// Effects that have failed and wait for their time, as after a day without the mail relay.
async fn put_off(pool: &PgPool, effects: i64) {
    let sql = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place, put_off, due_at, created_at) \
        SELECT 'put-off-' || n, 1000000000 + n, 1, 'mail', '{\"mail\": \"declined\"}', 1, true, now() + interval '1 hour', \
            now() - interval '1 hour' FROM generate_series(1, $1) AS n";
    sqlx::query(sql).bind(effects).execute(pool).await.unwrap();
}

/// The middle of many claims of ten effects, with more of them waiting than are claimed.
async fn claiming(store: &PostgresStore, round: i64) -> Duration {
    let kind = EffectKind::Mail(MailKind::Declined);
    let now = common::now(store).await;
    for cases in (0..500).collect::<Vec<i64>>().chunks(50) {
        let mut change = Change::at(now);
        for case in cases {
            let token = common::token(round * 100_000_000 + case, 1, now).id;
            change.effects.push(NewEffect::once(token, kind));
        }
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    }
    let mut took = Vec::new();
    for _ in 0..40 {
        let began = Instant::now();
        assert_eq!(store.claim(Lane::Mail, 10, TimeDelta::hours(1)).await.unwrap().len(), 10);
        took.push(began.elapsed());
    }
    took.sort_unstable();
    took[took.len() / 2]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hot_statements_stay_index_look_ups_and_claims_stay_fast_from_a_thousand_tokens_to_a_million() {
    let mut claims = Vec::new();
    for (round, tokens) in [1_000, 100_000, 1_000_000].into_iter().enumerate() {
        let database = TestDatabase::migrated().await.unwrap();
        let pool = database.pool().await.unwrap();
        fill(
            &pool,
            Size { tokens, hot: 0, courses: 1_000, requests: 2_000.max(tokens / 10), done: tokens },
            stamp,
        )
        .await
        .unwrap();
        put_off(&pool, tokens / 10).await;
        for hot in hot_statements(stamp(1).digest.as_str()) {
            let (pages, plan) = pages(&pool, &hot).await;
            assert!(pages < FEW_PAGES, "{tokens} tokens, {}: {pages} pages\n{plan}", hot.name);
        }
        let store = PostgresStore::new(pool.clone());
        claims.push(claiming(&store, i64::try_from(round).unwrap() + 1).await);
        store.close().await;
        pool.close().await;
        database.drop_now().await.unwrap();
    }
    let (small, large) = (claims[0].max(Duration::from_millis(1)), claims[2]);
    assert!(large < small * 3, "claims slow down: {claims:?}");
}

#[tokio::test]
async fn a_statement_that_reads_a_whole_table_or_index_is_noticed() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    fill(&pool, Size { tokens: 20_000, hot: 0, courses: 10, requests: 0, done: 100_000 }, stamp)
        .await
        .unwrap();
    pool.execute("ALTER TABLE miomente_partner_portal_rebooking_tokens DROP CONSTRAINT idx_rebooking_token")
        .await
        .unwrap();
    let hot = hot_statements("x");
    let show = hot.iter().find(|hot| hot.name == "show").unwrap();
    assert!(pages(&pool, show).await.0 > FEW_PAGES);
    let whole_index = HotStatement {
        sql: "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE key LIKE $1".to_owned(),
        ..hot[0].clone()
    };
    pool.execute("SET enable_seqscan = off").await.unwrap();
    assert!(pages(&pool, &whole_index).await.0 > FEW_PAGES);
}
