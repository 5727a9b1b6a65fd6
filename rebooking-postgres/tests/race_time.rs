//! Races against time: links that expire while they are used, leases that run out; each with its
//! control.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use common::child::{Player, hear, role, say};
use common::{Site, count, issue, link, offer, pool, site, token, weakened};
use futures_util::StreamExt as _;
use futures_util::stream;
use rebooking_core::change::{Change, Commit, EffectWrite, Guard};
use rebooking_core::effect::{EffectKind, Lane, NewEffect, Outcome};
use rebooking_core::ports::store::{CaseKey, TokenKey};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::service::decisions;
use rebooking_core::testing::samples;
use rebooking_core::token::{RebookingToken, TokenParts};
use rebooking_core::value::ids::{CaseId, CourseDateId};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::Executor as _;
use sqlx::postgres::PgPool;

/// The other half of a test, in a process of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some((role, url)) = role() else { return };
    let (play, off) = role.split_once(' ').unwrap();
    let store = weakened(PostgresStore::new(pool(&url).await), off);
    match play {
        "sweep" => sweep(store, off).await,
        "worker" => work_late(store).await,
        other => panic!("no such play: {other}"),
    }
}

async fn sweep(store: PostgresStore, off: &str) {
    let site = site(store);
    say("ready");
    hear();
    let told_to_stop = tokio::task::spawn_blocking(hear);
    let mut noted = 0;
    while !told_to_stop.is_finished() {
        match site.rebookings.sweep().await {
            Ok(swept) => noted += swept.expired,
            // The tables refuse to reopen a used link, where the guards let it pass.
            Err(error) => assert_ne!(off, "none", "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    say(noted);
}

/// Behind the guard of the expiry stands the table.
async fn take_the_table_away(pool: &PgPool, off: &str) {
    if off.contains("Expiry") {
        let sql = "DROP TRIGGER using_an_expired_link ON miomente_partner_portal_rebooking_tokens";
        pool.execute(sql).await.unwrap();
    }
}

/// Links that expire while they are chosen with and another process sweeps: some are decided on
/// before their expiry and committed after it.
struct Race {
    pool: PgPool,
    site: Site,
    chosen: i64,
    /// How many expiries the other process wrote down.
    noted: u32,
    /// How many links were used, and written down as expired as well.
    both: i64,
}

const LINKS: i64 = 300;

async fn sweep_against_choices(off: &str) -> Race {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    take_the_table_away(&pool, off).await;
    let store = weakened(PostgresStore::new(pool.clone()), off);
    offer(&store, &[(1, 1_000)]).await;
    let mut sweeper = Player::start(&format!("sweep {off}"), &database.url());
    assert_eq!(sweeper.hear().as_deref(), Some("ready"));
    sweeper.say("go");
    let site = site(store);
    let chosen = stream::iter(1..=LINKS).map(|n| {
        let (store, rebookings) = (&site.store, &site.rebookings);
        async move {
            let now = store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now;
            // One in ten is in no hurry.
            let lasts = TimeDelta::milliseconds(if n % 10 == 0 { 60_000 } else { 100 });
            let token = RebookingToken::restore(TokenParts {
                expires_at: now + lasts,
                ..token(n, 1, now).into_parts()
            });
            issue(store, std::slice::from_ref(&token)).await;
            if n % 10 > 0 {
                let early = TimeDelta::milliseconds(n % 10);
                let left = token.expires_at()
                    - store.find(&CaseKey::Id(token.id().case)).await.unwrap().now
                    - early;
                tokio::time::sleep(left.to_std().unwrap_or_default()).await;
            }
            rebookings
                .customer(&link(&token))
                .choose(&samples::choice(CourseDateId::new(1)))
                .await
                .is_ok()
        }
    });
    let chosen = chosen.buffer_unordered(16).filter(|ok| std::future::ready(*ok)).count().await;
    sweeper.say("stop");
    let noted = sweeper.finish().pop().unwrap().parse().unwrap();
    let both = "SELECT count(*) FROM miomente_partner_portal_rebooking_audit AS used \
        JOIN miomente_partner_portal_rebooking_audit AS expired USING (subject, number, step) \
        WHERE used.event = 'chosen' AND expired.event = 'link_expired'";
    let both = count(&pool, both).await;
    Race { pool, site, chosen: i64::try_from(chosen).unwrap(), noted, both }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_or_expires_and_never_both() {
    let Race { pool, site, chosen, noted, both } = sweep_against_choices("none").await;
    assert_eq!(both, 0);
    site.rebookings.sweep().await.unwrap();
    common::assert_whole(&pool).await;
    let are = async |status| {
        let sql = "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens WHERE status = $1";
        sqlx::query_scalar::<_, i64>(sql).bind(status).fetch_one(&pool).await.unwrap()
    };
    assert_eq!((are("used").await, are("expired").await), (chosen, LINKS - chosen));
    assert!(chosen >= LINKS / 10, "{chosen} were in time");
    assert!(noted > 0, "the sweep had nothing to do");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guards_of_token_and_expiry_a_link_is_used_and_expires() {
    // A race shows itself in one of a few rounds.
    for _ in 0..5 {
        if sweep_against_choices("Token Expiry").await.both > 0 {
            return;
        }
    }
    panic!("nobody was used and expired: the test would not notice a guard that is gone");
}

/// Returns when the database's clock has come to a moment.
async fn until(store: &PostgresStore, moment: DateTime<Utc>) {
    while store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now < moment {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A choice that was decided in time and comes to the database too late.
async fn late_choice(off: &str) -> Commit {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    take_the_table_away(&pool, off).await;
    let store = weakened(PostgresStore::new(pool), off);
    offer(&store, &[(1, 10)]).await;
    let site = site(store);
    let (store, policy) = (&site.store, site.rebookings.policy());
    // On a machine that is busy elsewhere even a second may be over before the link is looked at:
    // then a longer one is.
    for lasts in [1, 10, 100] {
        let now = store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now;
        let token = RebookingToken::restore(TokenParts {
            expires_at: now + TimeDelta::seconds(lasts),
            ..token(lasts, 1, now).into_parts()
        });
        issue(store, std::slice::from_ref(&token)).await;
        let seen = store
            .open(&TokenKey::Link(token.link().digest.clone()), &policy.alternatives)
            .await
            .unwrap()
            .unwrap();
        let choice = samples::choice(CourseDateId::new(1));
        let Ok(decided) = decisions::choose(seen, &choice, policy, token.link().clone()) else {
            continue;
        };
        until(store, token.expires_at()).await;
        return store.commit(&decided.change.unwrap()).await.unwrap();
    }
    panic!("no link was looked at in time");
}

#[tokio::test]
async fn a_choice_that_arrives_after_the_expiry_is_lost() {
    assert_eq!(late_choice("none").await, Commit::Lost(Guard::Expiry));
}

#[tokio::test]
async fn without_the_guard_of_the_expiry_a_late_choice_is_applied() {
    assert_eq!(late_choice("Expiry").await, Commit::Applied);
}

/// Long enough for anything that the test does meanwhile; its end comes when the test says.
const LEASE: TimeDelta = TimeDelta::hours(1);

/// Claims, oversleeps its lease, and reports all the same.
async fn work_late(store: PostgresStore) {
    let claimed = store.claim(Lane::Orders, 1, LEASE).await.unwrap().remove(0);
    say("claimed");
    hear();
    let mut change = Change::at(claimed.now);
    change.effect = Some(EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done });
    let outcome = store.commit(&change).await.unwrap();
    say(outcome == Commit::Applied);
}

#[derive(Clone, Copy, PartialEq)]
enum First {
    Late,
    Punctual,
}

/// Two workers, one of them too late: whether each was allowed to report, the late one first.
async fn two_workers(first: First, off: &str) -> (bool, bool) {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = weakened(PostgresStore::new(pool.clone()), off);
    let token = token(7001, 1, common::now(&store).await);
    let mut change = Change::at(token.issued_at());
    change.effects.push(NewEffect::once(token.id(), EffectKind::PlaceOrder));
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    let mut late = Player::start(&format!("worker {off}"), &database.url());
    assert_eq!(late.hear().as_deref(), Some("claimed"));
    assert_eq!(
        store.claim(Lane::Orders, 1, LEASE).await.unwrap().len(),
        0,
        "nobody else has it before its time is over"
    );
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_effects SET leased_until = clock_timestamp()",
    )
    .await
    .unwrap();
    let claimed = store.claim(Lane::Orders, 1, TimeDelta::seconds(60)).await.unwrap().remove(0);
    assert_eq!((claimed.lease.fence, claimed.effect.attempts), (2, 2));
    let mut report = async || {
        late.say("go");
        late.hear().unwrap() == "true"
    };
    let mut change = Change::at(claimed.now);
    change.effect = Some(EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done });
    let reported = match first {
        First::Late => {
            let late = report().await;
            (late, store.commit(&change).await.unwrap() == Commit::Applied)
        }
        First::Punctual => {
            let punctual = store.commit(&change).await.unwrap() == Commit::Applied;
            (report().await, punctual)
        }
    };
    late.finish();
    reported
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_overslept_its_lease_reports_nothing_in_either_order() {
    assert_eq!(two_workers(First::Late, "none").await, (false, true));
    assert_eq!(two_workers(First::Punctual, "none").await, (false, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guard_of_the_lease_the_late_worker_reports_in_either_order() {
    assert!(two_workers(First::Late, "Lease").await.0);
    assert!(two_workers(First::Punctual, "Lease").await.0);
}
