//! A table that grows: the hot statements stay look-ups by index, and claiming does not slow down.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod changes;
#[path = "../common/mod.rs"]
mod common;
mod explain;
mod waiting;

use std::time::Duration;

use changes::hot_changes;
use chrono::TimeDelta;
use explain::{FEW_PAGES, explain_planned, pages, pages_without, plan};
use rebooking_core::change::{Change, Commit};
use rebooking_core::effect::{EffectKind, Lane, MailKind, NewEffect};
use rebooking_core::link::{LinkNonce, LinkPurpose, StoredLink};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::{CaseId, TokenRef};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{HotStatement, Size, TestDatabase, fill, hot_statements};
use sqlx::Executor as _;
use sqlx::postgres::PgPool;
use tokio::time::Instant;

fn stamp(item: i64) -> StoredLink {
    samples::link_keys()
        .stamp(LinkPurpose::Rebook, LinkNonce(i128::from(item).to_le_bytes()))
        .unwrap()
}

/// History of every link, bookings that were never declined, requests that were answered, partners
/// with a calendar, and two mails of one case that are due.
async fn live(pool: &PgPool, store: &PostgresStore, tokens: i64) {
    let confirmed = "INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, \
                     date_id, partner_id, state, booking) \
        SELECT n + 10000, n, n % 5000, n % 50, 'confirmed', '{}' FROM generate_series(1, $1) AS n";
    sqlx::query(confirmed).bind(tokens.min(100_000)).execute(pool).await.unwrap();
    // As every request of a rebooking: with a link to answer by, and the token that opened it.
    let answered = "INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, \
                    date_id, partner_id, state, booking, token_case, token_step, answer_key, \
                    answer_nonce, answer_digest) \
        SELECT 20000000 + n, 20000000 + n, -1, n % 50, 'declined', '{}', 2000000000 + n, 1, 1, \
            decode(md5(n::text), 'hex'), md5(n::text) || md5((-n)::text) \
        FROM generate_series(1, $1) AS n";
    sqlx::query(answered).bind(tokens.min(100_000)).execute(pool).await.unwrap();
    let calendars = "INSERT INTO miomente_partner_portal_rebooking_calendars (partner_id, digest) \
        SELECT n, md5(n::text) || md5((-n)::text) FROM generate_series(1, $1) AS n";
    sqlx::query(calendars).bind(tokens.min(100_000)).execute(pool).await.unwrap();
    let history = "INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, at, \
                   actor, event, note) \
        SELECT 'token', n, 1, now(), 'system', event, '' FROM generate_series(1, $1) AS n, \
        unnest('{link_mailed, page_opened}'::text[]) AS event";
    sqlx::query(history).bind(tokens).execute(pool).await.unwrap();
    let mut change = Change::at(samples::now());
    for kind in [MailKind::Declined, MailKind::Reminder] {
        change.effects.push(NewEffect::again(
            TokenRef::first(CaseId::new(4)),
            EffectKind::Mail(kind),
            7,
        ));
    }
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    pool.execute("VACUUM (ANALYZE)").await.unwrap();
}

/// Effects that have failed and wait for their time, as after a day without the mail relay.
async fn put_off(pool: &PgPool, effects: i64) {
    let sql = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, \
               kind, place, put_off, due_at, created_at) \
        SELECT 'put-off-' || n, 1000000000 + n, 1, 'mail', '{\"mail\": \"declined\"}', 1, true, \
        now() + interval '1 hour', \
            now() - interval '1 hour' FROM generate_series(1, $1) AS n";
    sqlx::query(sql).bind(effects).execute(pool).await.unwrap();
}

/// The quickest of many claims of ten effects, with more of them waiting than are claimed. Whatever
/// else this machine does only makes claims slower, so that the quickest says most about the claim.
async fn claiming(store: &PostgresStore, round: i64) -> Duration {
    let kind = EffectKind::Mail(MailKind::Declined);
    let now = common::now(store).await;
    for cases in (0..500).collect::<Vec<i64>>().chunks(50) {
        let mut change = Change::at(now);
        for case in cases {
            let token = common::token(round * 100_000_000 + case, 1, now).id();
            change.effects.push(NewEffect::once(token, kind));
        }
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    }
    let mut quickest = Duration::MAX;
    for _ in 0..40 {
        let began = Instant::now();
        assert_eq!(store.claim(Lane::Mail, 10, TimeDelta::hours(1)).await.unwrap().len(), 10);
        quickest = quickest.min(began.elapsed());
    }
    quickest
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hot_statements_stay_index_look_ups_and_claims_stay_fast_up_to_a_million_tokens() {
    let mut claims = Vec::new();
    for (round, tokens) in [1_000, 100_000, 1_000_000].into_iter().enumerate() {
        let database = TestDatabase::migrated().await.unwrap();
        let pool = database.pool().await.unwrap();
        let courses = tokens.clamp(1_000, 10_000);
        fill(&pool, Size { tokens, hot: 0, courses, requests: 1_000, done: tokens }, stamp)
            .await
            .unwrap();
        let store = PostgresStore::new(pool.clone());
        put_off(&pool, tokens / 10).await;
        live(&pool, &store, tokens).await;
        let changes = hot_changes(&store, tokens).await;
        let mut unmissed = Vec::new();
        for hot in hot_statements(stamp(1).digest.as_str()).into_iter().chain(changes) {
            let (pages, plan) = pages(&pool, &hot).await;
            assert!(pages < FEW_PAGES, "{tokens} tokens, {}: {pages} pages\n{plan}", hot.name);
            // The control: without an index that it lives on, the same check fails.
            for index in hot.indexes.iter().filter(|_| tokens == 100_000) {
                let without = pages_without(&pool, &hot, index).await;
                if without < FEW_PAGES {
                    unmissed.push(format!("{}: {index}, {without} pages", hot.name));
                }
            }
        }
        assert!(unmissed.is_empty(), "indexes that nobody misses: {unmissed:#?}");
        claims.push(claiming(&store, i64::try_from(round).unwrap() + 1).await);
        store.close().await;
        pool.close().await;
        database.drop_now().await.unwrap();
    }
    let (small, large) = (claims[0].max(Duration::from_millis(1)), claims[2]);
    assert!(large < small * 3, "claims slow down: {claims:?}");
}

/// As when the mail relay is away for a day: every case has a mail that was put off, and ten that
/// wait for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_passes_by_none_of_a_hundred_thousand_effects_that_wait_for_an_earlier_one() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    put_off(&pool, 10_000).await;
    let kind = EffectKind::Mail(MailKind::Reminder);
    let ask = async |cases: &[i64], times: u32| {
        let mut change = Change::at(samples::now());
        for case in cases {
            let token = TokenRef::first(CaseId::new(*case));
            change.effects.extend((1..=times).map(|n| NewEffect::again(token, kind, n)));
        }
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    };
    for cases in (1_000_000_001..=1_000_010_000).collect::<Vec<i64>>().chunks(100) {
        ask(cases, 10).await;
    }
    ask(&(1..=20).collect::<Vec<i64>>(), 1).await;
    pool.execute("VACUUM (ANALYZE)").await.unwrap();
    let claim = hot_statements("").into_iter().find(|hot| hot.name == "claim").unwrap();
    let (few, plan) = pages(&pool, &claim).await;
    assert!(few < FEW_PAGES, "{few} pages\n{plan}");
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_effects SET put_off = false, due_at = created_at \
         WHERE put_off AND key NOT LIKE 'put-off%'",
    )
    .await
    .unwrap();
    assert!(
        pages(&pool, &claim).await.0 >= FEW_PAGES,
        "had they not stood aside, it would go through them"
    );
    assert_eq!(store.claim(Lane::Mail, 30, TimeDelta::hours(1)).await.unwrap().len(), 20);
}

/// A session keeps a plan until PostgreSQL counts the rows again. It must be right for a queue that
/// was empty when it was made, and is long when the shop has been away for a while since.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_that_was_made_while_nothing_waited_is_as_good_when_much_does() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let never =
        "ALTER TABLE miomente_partner_portal_rebooking_effects SET (autovacuum_enabled = off)";
    pool.execute(never).await.unwrap();
    let size = Size { tokens: 1_000, hot: 0, courses: 1_000, requests: 0, done: 100_000 };
    fill(&pool, size, stamp).await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let changes = hot_changes(&store, 1_000).await;
    pool.execute("VACUUM (ANALYZE)").await.unwrap();
    let hot: Vec<_> = hot_statements(stamp(1).digest.as_str()).into_iter().chain(changes).collect();
    let mut session = pool.begin().await.unwrap();
    // As the store has it in all of its sessions.
    session.execute("SET LOCAL enable_seqscan = off").await.unwrap();
    for (n, hot) in hot.iter().enumerate() {
        plan(&mut session, &format!("hot_{n}"), hot).await;
    }
    put_off(&pool, 20_000).await;
    let mut long = Vec::new();
    for (n, hot) in hot.iter().enumerate() {
        session.execute("SAVEPOINT before").await.unwrap();
        let (pages, plan) = explain_planned(&mut session, &format!("hot_{n}"), hot).await;
        session.execute("ROLLBACK TO before").await.unwrap();
        if pages >= FEW_PAGES {
            long.push(format!("{}: {pages} pages\n{plan}", hot.name));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[tokio::test]
async fn a_statement_that_reads_a_whole_index_is_noticed() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let size = Size { tokens: 0, hot: 0, courses: 10, requests: 0, done: 100_000 };
    fill(&pool, size, stamp).await.unwrap();
    let whole_index = HotStatement {
        name: "whole index",
        sql: "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE key LIKE $1"
            .to_owned(),
        types: "text".to_owned(),
        arguments: "'x'".to_owned(),
        indexes: &[],
    };
    pool.execute("SET enable_seqscan = off").await.unwrap();
    assert!(pages(&pool, &whole_index).await.0 > FEW_PAGES);
}
