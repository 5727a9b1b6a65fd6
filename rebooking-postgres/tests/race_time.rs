//! Races against time: links that expire while they are used, leases that run out; each with its control.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::sync::Arc;

use chrono::TimeDelta;
use common::child::{Player, hear, role, say};
use common::{count, issue, link, offer, pool, site, token, weakened};
use futures_util::StreamExt as _;
use futures_util::stream;
use rebooking_core::change::{Change, Commit, EffectWrite, Guard};
use rebooking_core::effect::{EffectKind, Lane, NewEffect, Outcome};
use rebooking_core::ids::{CaseId, CourseDateId};
use rebooking_core::ports::RebookingStore;
use rebooking_core::service::decisions;
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;

/// The other half of a test, in a process of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "half of a test: the others start it in a process of its own"]
async fn child() {
    let Some((role, url)) = role() else { return };
    let (play, off) = role.split_once(' ').unwrap();
    let store = weakened(PostgresStore::new(pool(&url).await), off);
    match play {
        "sweep" => sweep(store).await,
        "worker" => work_late(store).await,
        other => panic!("no such play: {other}"),
    }
}

async fn sweep(store: PostgresStore) {
    let site = site(store);
    say("ready");
    hear();
    let mut noted = 0;
    for _ in 0..150 {
        noted += site.rebookings.sweep().await.unwrap().expired;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    say(noted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_or_expires_and_never_both() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    offer(&store, &[(1, 1_000)]).await;
    let mut sweeper = Player::start("sweep none", &database.url());
    assert_eq!(sweeper.hear().as_deref(), Some("ready"));
    // They expire one after the other while they are chosen with, so many are decided before and committed after.
    let now = store.latest(CaseId::new(0)).await.unwrap().now;
    let tokens: Vec<RebookingToken> = (0..300)
        .map(|n| {
            let expires_at = now + TimeDelta::milliseconds(500 + 5 * n);
            RebookingToken { expires_at, ..token(n + 1, 1, now) }
        })
        .collect();
    issue(&store, &tokens).await;
    sweeper.say("go");
    let site = Arc::new(site(store));
    let chosen = stream::iter(&tokens).map(|token| {
        let site = Arc::clone(&site);
        async move {
            // Close to its own expiry, from both sides.
            let left = token.expires_at - site.store.latest(token.id.case).await.unwrap().now;
            tokio::time::sleep(left.to_std().unwrap_or_default()).await;
            site.rebookings.choose(&link(token), &samples::choice(CourseDateId::new(1))).await.is_ok()
        }
    });
    let chosen = chosen.buffer_unordered(16).filter(|ok| std::future::ready(*ok)).count().await;
    let early: Vec<RebookingToken> = (1_000..1_100)
        .map(|n| RebookingToken { expires_at: now + TimeDelta::seconds(60), ..token(n, 1, now) })
        .collect();
    issue(&site.store, &early).await;
    for token in &early {
        site.rebookings.choose(&link(token), &samples::choice(CourseDateId::new(1))).await.unwrap();
    }
    let noted: usize = sweeper.finish().pop().unwrap().parse().unwrap();
    site.rebookings.sweep().await.unwrap();
    common::assert_whole(&pool).await;
    let both = "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used' AND expired_at IS NOT NULL";
    assert_eq!(count(&pool, both).await, 0);
    let used =
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used'")
            .await;
    assert_eq!(used, i64::try_from(chosen).unwrap() + 100);
    let expired = count(
        &pool,
        "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens WHERE status = 'expired'",
    )
    .await;
    assert_eq!(used + expired, 400);
    assert!(noted > 0, "the sweep had nothing to do");
}

/// A choice that was decided in time and comes to the database too late.
async fn late_choice(off: &str) -> Commit {
    let database = TestDatabase::migrated().await.unwrap();
    let store = weakened(PostgresStore::new(database.pool().await.unwrap()), off);
    offer(&store, &[(1, 10)]).await;
    let now = store.latest(CaseId::new(0)).await.unwrap().now;
    let token = RebookingToken { expires_at: now + TimeDelta::milliseconds(300), ..token(7001, 1, now) };
    issue(&store, std::slice::from_ref(&token)).await;
    let site = site(store);
    let seen =
        site.store.open(&token.link.digest, &site.rebookings.policy().alternatives).await.unwrap().unwrap();
    let answer = token.link.clone();
    let choice = samples::choice(CourseDateId::new(1));
    let decided = decisions::choose(seen, &choice, site.rebookings.policy(), answer).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    site.store.commit(&decided.change.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_choice_that_arrives_after_the_expiry_is_lost() {
    assert_eq!(late_choice("none").await, Commit::Lost(Guard::Expiry));
}

#[tokio::test]
async fn without_the_guard_of_the_expiry_a_late_choice_is_applied() {
    assert_eq!(late_choice("Expiry").await, Commit::Applied);
}

const LEASE: TimeDelta = TimeDelta::milliseconds(300);

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
    let store = weakened(PostgresStore::new(database.pool().await.unwrap()), off);
    let token = token(7001, 1, common::now(&store).await);
    let mut change = Change::at(token.issued_at);
    change.effects.push(NewEffect::once(token.id, EffectKind::PlaceOrder));
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    let mut late = Player::start(&format!("worker {off}"), &database.url());
    assert_eq!(late.hear().as_deref(), Some("claimed"));
    assert_eq!(
        store.claim(Lane::Orders, 1, LEASE).await.unwrap().len(),
        0,
        "nobody else has it before its time is over"
    );
    tokio::time::sleep(LEASE.to_std().unwrap()).await;
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
