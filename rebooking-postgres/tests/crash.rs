//! `kill -9` of a process with effects in flight.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use common::child::{Player, role, say};
use common::{Site, count, issue, link, offer, pool, site_with, token};
use rebooking_core::change::{Change, Commit};
use rebooking_core::effect::{EffectKind, Lane, MailKind, NewEffect};
use rebooking_core::notice::Notice;
use rebooking_core::policy::Delivery;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{EffectQueue, Mailer, PortError, RebookingStore};
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, CourseDateId};
use rebooking_core::worker::Worker;
use rebooking_core::{Policy, Rebookings};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;
use tokio::time::Instant;

/// Leases of a second, so that fifty crashes take no hour.
fn policy() -> Policy {
    let delivery = Delivery {
        lease: TimeDelta::seconds(1),
        deadline: TimeDelta::milliseconds(800),
        poll: TimeDelta::milliseconds(50),
        backoff_base: TimeDelta::milliseconds(10),
        backoff_cap: TimeDelta::milliseconds(50),
        grace: TimeDelta::milliseconds(100),
        tries: 1_000,
        ..Delivery::default()
    };
    Policy { delivery, ..Policy::default() }
}

/// Who never answers the worker: so it dies with an effect in its hands, in each lane in turn.
const HANGING: [&str; 3] = ["shop", "mailer", "tickets"];

/// A worker that says when it has begun, and works until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some((hanging, url)) = role() else { return };
    let site = site_with(PostgresStore::new(pool(&url).await), policy());
    if hanging == "relay" {
        return relay(&site).await;
    }
    match hanging.as_str() {
        "shop" => site.shop.every_call(Some(Trouble::Hang)),
        "mailer" => site.mailer.every_call(Some(Trouble::Hang)),
        _ => site.tickets.every_call(Some(Trouble::Hang)),
    }
    let worker = Worker::start(&site.rebookings, Duration::from_secs(3600));
    say("at work");
    tokio::time::sleep(Duration::from_secs(600)).await;
    worker.stop().await;
}

/// A relay that takes its time, and says which mail it has taken as soon as it has.
struct Relay;

#[async_trait]
impl Mailer for Relay {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        let spread = u64::from(notice.key.as_str().bytes().fold(0_u8, u8::wrapping_add));
        tokio::time::sleep(Duration::from_millis(5 + spread % 16)).await;
        say(&notice.key);
        Ok(())
    }
}

/// A worker with this relay, which works until it is killed.
async fn relay(site: &Site) {
    let mut ports = site.rebookings.ports().clone();
    ports.mailer = Arc::new(Relay);
    let rebookings = Rebookings::new(ports, policy(), samples::link_keys()).unwrap();
    let worker = Worker::start(&rebookings, Duration::from_secs(3600));
    tokio::time::sleep(Duration::from_secs(600)).await;
    worker.stop().await;
}

const OPEN: &str =
    "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE over_at IS NULL";
const DEAD: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE state NOT \
                    IN ('waiting', 'leased', 'done')";
const LEASED: &str =
    "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE state = 'leased'";
const IN_FLIGHT: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE \
                         state = 'leased' AND leased_until > clock_timestamp()";

const LEASED_FOR_TOO_LONG: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects \
    WHERE state = 'leased' AND leased_until > clock_timestamp() + interval '1 second'";

/// Every lease that there is: of which effect, by which number, and until when.
async fn leases(pool: &PgPool) -> Vec<(i64, i64, DateTime<Utc>)> {
    const SQL: &str = "SELECT id, fence, leased_until FROM \
                       miomente_partner_portal_rebooking_effects WHERE state = 'leased'";
    sqlx::query_as(SQL).fetch_all(pool).await.unwrap()
}

/// What the dead worker had in its hands is there for the first that asks when the last of its
/// leases is over. Its last words may still be on their way when it is gone, so that it has put
/// something off instead.
async fn are_claimed_at_the_end_of_their_lease(store: &PostgresStore, pool: &PgPool) {
    let held = leases(pool).await;
    let until = held.iter().map(|(_, _, until)| *until).max().unwrap();
    while store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now < until {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for lane in Lane::ALL {
        let _ = store.claim(lane, 1_000, TimeDelta::zero()).await.unwrap();
    }
    let now = leases(pool).await;
    let left: Vec<_> = held.iter().filter(|lease| now.contains(lease)).collect();
    assert!(left.is_empty(), "leased beyond their lease: {left:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_workers_killed_at_work_lose_no_effect() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let site = site_with(PostgresStore::new(pool.clone()), policy());
    offer(&site.store, &[(1, 100_000)]).await;
    let now = common::now(&site.store).await;
    let tokens: Vec<RebookingToken> = (1..=600).map(|n| token(n, 1, now)).collect();
    issue(&site.store, &tokens).await;
    let choice = samples::choice(CourseDateId::new(1));
    for (round, some) in tokens.chunks(12).enumerate() {
        let mut worker = Player::start(HANGING[round % 3], &database.url());
        assert_eq!(worker.hear().as_deref(), Some("at work"));
        for token in some {
            site.rebookings.customer(&link(token)).choose(&choice).await.unwrap();
        }
        let patience = Instant::now();
        while count(&pool, IN_FLIGHT).await == 0 {
            assert!(
                patience.elapsed() < Duration::from_secs(20),
                "round {round}: it begins nothing"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        worker.kill();
        assert!(
            count(&pool, LEASED).await > 0,
            "round {round}: it was killed with nothing in flight"
        );
        assert_eq!(count(&pool, LEASED_FOR_TOO_LONG).await, 0, "round {round}");
        // Twice in each lane, so that fifty crashes take no hour.
        if round < 6 {
            are_claimed_at_the_end_of_their_lease(&site.store, &pool).await;
        }
    }
    let patience = Instant::now();
    while count(&pool, OPEN).await > 0 {
        site.rebookings.deliver().await.unwrap();
        assert!(patience.elapsed() < Duration::from_secs(60), "effects that nobody finishes");
    }
    assert_eq!(count(&pool, DEAD).await, 0);
    // The order, and what follows from it: two mails and a note.
    assert_eq!(
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_effects").await,
        4 * 600
    );
    common::assert_whole(&pool).await;
}

/// Links with a reminder each that is due.
async fn remind(store: &PostgresStore, items: std::ops::Range<i64>) {
    let now = common::now(store).await;
    let tokens: Vec<RebookingToken> = items.map(|item| token(item, 1, now)).collect();
    issue(store, &tokens).await;
    let mut change = Change::at(now);
    let kind = EffectKind::Mail(MailKind::Reminder);
    change.effects = tokens.iter().map(|token| NewEffect::once(token.id(), kind)).collect();
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
}

/// Ten mails are in flight whenever a worker is killed. What the relay has accepted is noted by
/// itself, so that only the mail between the two is sent twice. `REBOOKING_KILLS=200` says how it
/// is on average.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_at_any_moment_leaves_one_twin_at_most_on_average() {
    let kills = std::env::var("REBOOKING_KILLS").ok().and_then(|kills| kills.parse().ok());
    let (kills, each) = (kills.unwrap_or(12), 60);
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let site = site_with(PostgresStore::new(pool.clone()), policy());
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut take = |mails: Vec<String>| {
        mails.into_iter().for_each(|mail| *taken.entry(mail).or_default() += 1);
    };
    for round in 0..kills {
        remind(&site.store, round * each + 1..(round + 1) * each + 1).await;
        let mut worker = Player::start("relay", &database.url());
        take(worker.hear().into_iter().collect());
        // Any moment of the next seventy milliseconds, another one each time.
        tokio::time::sleep(Duration::from_micros(round.unsigned_abs() * 26_417 % 70_000)).await;
        take(worker.kill());
    }
    while count(&pool, OPEN).await > 0 {
        site.rebookings.deliver().await.unwrap();
    }
    take(site.mailer.sent().iter().map(|notice| notice.key.to_string()).collect());
    let (mails, sent) = (taken.len(), taken.values().sum::<u32>());
    assert_eq!(i64::try_from(mails).unwrap(), kills * each, "a mail was lost");
    let twins = i64::from(sent) - kills * each;
    println!("{kills} kills, {sent} mails sent, {twins} twins");
    // A few kills may be unlucky ones.
    let most = if kills < 100 { 2 * kills } else { kills };
    assert!(twins <= most, "{twins} twins after {kills} kills");
}
