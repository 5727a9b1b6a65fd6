//! A worker that is stopped, and the one beside it on the same database.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use common::{Site, count, issue, now, pool, site_with, token};
use rebooking_core::change::{Change, Commit};
use rebooking_core::effect::{EffectKind, MailKind, NewEffect};
use rebooking_core::policy::Delivery;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{GatedQueue, Trouble, samples};
use rebooking_core::worker::Worker;
use rebooking_core::{Policy, Rebookings};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::PgPool;

const HOUR: Duration = Duration::from_secs(3600);
const LEASED: &str =
    "SELECT count(*) FROM miomente_partner_portal_rebooking_effects WHERE state = 'leased'";
const TRIES: &str = "SELECT sum(attempts)::bigint FROM miomente_partner_portal_rebooking_effects";

/// Leases and calls of hours: whoever waited for the end of one would wait for long.
fn policy() -> Policy {
    let delivery = Delivery {
        lease: TimeDelta::hours(2),
        deadline: TimeDelta::hours(1),
        backoff_base: TimeDelta::milliseconds(1),
        grace: TimeDelta::milliseconds(1),
        ..Delivery::default()
    };
    Policy { delivery, ..Policy::default() }
}

/// Two sites on one database, and a link whose mail is due.
async fn with_a_mail_due(database: &TestDatabase) -> (PgPool, [Site; 2]) {
    let pool = pool(&database.url()).await;
    let sites = [(); 2].map(|()| site_with(PostgresStore::new(pool.clone()), policy()));
    let [Site { store, .. }, _] = &sites;
    let token = token(7001, 1, now(store).await);
    issue(store, std::slice::from_ref(&token)).await;
    let mut change = Change::at(token.issued_at());
    change.effects.push(NewEffect::once(token.id(), EffectKind::Mail(MailKind::Declined)));
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    (pool, sites)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_worker_had_not_begun_another_one_takes_at_once() {
    let database = TestDatabase::migrated().await.unwrap();
    let (pool, [stopped, other]) = with_a_mail_due(&database).await;
    let queue = Arc::new(GatedQueue::new(Arc::new(stopped.store.clone())));
    let mut ports = stopped.rebookings.ports().clone();
    ports.queue = queue.clone();
    let rebookings = Rebookings::new(ports, policy(), samples::link_keys()).unwrap();
    let worker = Worker::start(&rebookings, HOUR);
    queue.until_each_lane_waits().await;
    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (1, 1));
    tokio::join!(worker.stop(), async { queue.let_each_lane_through() });

    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (0, 0));
    assert_eq!(other.rebookings.deliver().await.unwrap().done, 1);
    assert_eq!((stopped.mailer.sent().len(), other.mailer.sent().len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_worker_was_cut_off_from_another_one_takes_without_waiting_for_its_lease() {
    let database = TestDatabase::migrated().await.unwrap();
    let (pool, [stopped, other]) = with_a_mail_due(&database).await;
    stopped.mailer.every_call(Some(Trouble::Hang));
    let worker = Worker::start(&stopped.rebookings, HOUR);
    while count(&pool, LEASED).await == 0 {}
    worker.stop_within(Duration::ZERO).await;

    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (0, 1));
    while other.rebookings.deliver().await.unwrap().done == 0 {}
    assert_eq!(other.mailer.sent().len(), 1);
}
