//! A worker that is stopped, and the one beside it on the same database.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use common::{count, issue, now, pool, site_with, token};
use rebooking_core::change::{Change, Commit};
use rebooking_core::effect::{
    Checkpoint, Claimed, Effect, EffectKind, Lane, Lease, MailKind, NewEffect,
};
use rebooking_core::policy::Delivery;
use rebooking_core::ports::{AsOf, EffectQueue, PortError, RebookingStore as _};
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::ids::EffectId;
use rebooking_core::worker::Worker;
use rebooking_core::{Policy, Rebookings};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use tokio::sync::Semaphore;

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

/// A link whose mail is due.
async fn one_mail_is_due(store: &PostgresStore) {
    let token = token(7001, 1, now(store).await);
    issue(store, std::slice::from_ref(&token)).await;
    let mut change = Change::at(token.issued_at());
    change.effects.push(NewEffect::once(token.id(), EffectKind::Mail(MailKind::Declined)));
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
}

/// A queue whose answers to claims arrive when they are let through.
struct Gated {
    store: PostgresStore,
    claimed: Semaphore,
    gate: Semaphore,
}

#[async_trait]
impl EffectQueue for Gated {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        let claimed = self.store.claim(lane, limit, lease).await?;
        self.claimed.add_permits(1);
        self.gate.acquire().await.unwrap().forget();
        Ok(claimed)
    }

    async fn save_checkpoint(&self, lease: Lease, at: &Checkpoint) -> Result<bool, PortError> {
        self.store.save_checkpoint(lease, at).await
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        self.store.effect(id).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_worker_had_not_begun_another_one_takes_at_once() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = pool(&database.url()).await;
    let (stopped, other) = (
        site_with(PostgresStore::new(pool.clone()), policy()),
        site_with(PostgresStore::new(pool.clone()), policy()),
    );
    one_mail_is_due(&stopped.store).await;
    let (claimed, gate) = (Semaphore::new(0), Semaphore::new(0));
    let queue = Arc::new(Gated { store: stopped.store.clone(), claimed, gate });
    let mut ports = stopped.rebookings.ports().clone();
    ports.queue = queue.clone();
    let rebookings = Rebookings::new(ports, policy(), samples::link_keys()).unwrap();
    let worker = Worker::start(&rebookings, HOUR);
    let every_lane = u32::try_from(Lane::ALL.len()).unwrap();
    queue.claimed.acquire_many(every_lane).await.unwrap().forget();
    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (1, 1));
    tokio::join!(worker.stop(), async { queue.gate.add_permits(Lane::ALL.len()) });

    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (0, 0));
    assert_eq!(other.rebookings.deliver().await.unwrap().done, 1);
    assert_eq!((stopped.mailer.sent().len(), other.mailer.sent().len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_worker_was_cut_off_from_another_one_takes_without_waiting_for_its_lease() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = pool(&database.url()).await;
    let (stopped, other) = (
        site_with(PostgresStore::new(pool.clone()), policy()),
        site_with(PostgresStore::new(pool.clone()), policy()),
    );
    one_mail_is_due(&stopped.store).await;
    stopped.mailer.every_call(Some(Trouble::Hang));
    let worker = Worker::start(&stopped.rebookings, HOUR);
    while count(&pool, LEASED).await == 0 {}
    worker.stop_within(Duration::ZERO).await;

    assert_eq!((count(&pool, LEASED).await, count(&pool, TRIES).await), (0, 1));
    while other.rebookings.deliver().await.unwrap().done == 0 {}
    assert_eq!(other.mailer.sent().len(), 1);
}
