//! The queue of effects as PostgreSQL sees it: what a claim writes, and what it passes by.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use chrono::TimeDelta;
use common::{count, token};
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{EffectKind, Lane, MailKind, NewEffect, Outcome};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::testing::samples;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{TestDatabase, hot_statements};
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{AssertSqlSafe, Executor as _};

const HOUR: TimeDelta = TimeDelta::hours(1);

/// A database where so many mails of different cases are due.
async fn due(mails: i64) -> (PgPool, PostgresStore) {
    let pool = TestDatabase::migrated().await.unwrap().pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let mut change = Change::at(samples::now());
    for case in 1..=mails {
        change.effects.push(mail(case, MailKind::Declined));
    }
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    (pool, store)
}

fn mail(case: i64, kind: MailKind) -> NewEffect {
    NewEffect::once(token(case, 1, samples::now()).id(), EffectKind::Mail(kind))
}

async fn settle(store: &PostgresStore, outcome: Outcome) {
    let claimed = store.claim(Lane::Mail, 1, HOUR).await.unwrap().remove(0);
    let mut change = Change::at(claimed.now);
    change.effect = Some(EffectWrite::Settle { lease: claimed.lease, outcome });
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
}

/// How many rows a session has written so far, and how many of these writes stayed on their page
/// and touched no index.
async fn written(session: &mut PgConnection) -> (i64, i64) {
    const SEEN: &str = "SELECT pg_stat_get_xact_tuples_updated(t), \
                        pg_stat_get_xact_tuples_hot_updated(t) \
        FROM (SELECT 'miomente_partner_portal_rebooking_effects'::regclass AS t) AS one";
    sqlx::query_as(SEEN).fetch_one(session).await.unwrap()
}

/// The same for one claim of ten effects.
async fn claim_ten(pool: &PgPool) -> (i64, i64) {
    let hot = hot_statements("").into_iter().find(|hot| hot.name == "claim").unwrap();
    let mut claim = pool.begin().await.unwrap();
    let before = written(&mut claim).await;
    claim
        .execute(AssertSqlSafe(format!("PREPARE claim ({}) AS {}", hot.types, hot.sql)))
        .await
        .unwrap();
    assert_eq!(claim.fetch_all("EXECUTE claim ('mail', 10, 1)").await.unwrap().len(), 10);
    let after = written(&mut claim).await;
    claim.execute("DEALLOCATE claim").await.unwrap();
    claim.commit().await.unwrap();
    (after.0 - before.0, after.1 - before.1)
}

#[tokio::test]
async fn claims_stay_on_their_page_the_first_and_the_later_ones() {
    let (pool, _store) = due(10).await;
    // The leases of a microsecond are over when the next claim comes.
    for _ in 0..3 {
        assert_eq!(claim_ten(&pool).await, (10, 10));
    }
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_effects SET state = 'waiting', leased_until = \
         NULL, put_off = true",
    )
    .await
    .unwrap();
    pool.execute("VACUUM FULL miomente_partner_portal_rebooking_effects").await.unwrap();
    assert_eq!(claim_ten(&pool).await, (10, 10));
}

#[tokio::test]
async fn an_index_on_what_a_claim_changes_is_noticed() {
    let (pool, _store) = due(10).await;
    pool.execute("CREATE INDEX ON miomente_partner_portal_rebooking_effects (lane, leased_until)")
        .await
        .unwrap();
    assert_eq!(claim_ten(&pool).await, (10, 0));
}

/// Only speed hangs on this, so no case of the contract shows it: see `growth` for how much.
#[tokio::test]
async fn what_follows_an_effect_that_was_put_off_stands_aside_with_it() {
    let (pool, store) = due(1).await;
    let mut before = Change::at(samples::now());
    before.effects.push(mail(1, MailKind::Rebooked));
    assert_eq!(store.commit(&before).await.unwrap(), Commit::Applied);
    settle(&store, Outcome::Retry { after: HOUR, error: "out of reach".into() }).await;
    let mut after = Change::at(samples::now());
    after.effects.push(mail(1, MailKind::Reminder));
    assert_eq!(store.commit(&after).await.unwrap(), Commit::Applied);
    const ASIDE: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects \
        WHERE put_off AND due_at > now() + interval '30 minutes'";
    assert_eq!(count(&pool, ASIDE).await, 3);
}
