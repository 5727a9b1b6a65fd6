//! What a worker that is stopped has in its hands: nothing of it waits for a lease to run out.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::effect::{Effect, EffectState, Lane};
use rebooking_core::notice::Notice;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::{EffectQueue, Mailer, PortError, Reports as _, async_trait};
use rebooking_core::system::SystemClock;
use rebooking_core::testing::{GatedQueue, World, samples};
use rebooking_core::value::ids::EffectId;
use rebooking_core::worker::Worker;
use rebooking_core::{Policy, Rebookings};
use tokio::sync::Semaphore;

const HOUR: Duration = Duration::from_secs(3600);

/// The world in real time, but for the store; calls to the outside have an hour.
fn patient(world: &World, queue: Arc<dyn EffectQueue>) -> Rebookings {
    let mut policy = Policy::default();
    policy.delivery.lease = TimeDelta::hours(2);
    policy.delivery.deadline = TimeDelta::hours(1);
    let mut ports = world.rebookings.ports().clone();
    (ports.queue, ports.clock) = (queue, Arc::new(SystemClock));
    Rebookings::new(ports, policy, samples::link_keys()).unwrap()
}

async fn effects(world: &World) -> Vec<Effect> {
    world.store.effects(None, PageRequest::default()).await.unwrap().rows
}

#[tokio::test]
async fn what_was_claimed_and_not_begun_another_worker_has_at_once_and_as_if_untried() {
    let world = World::new();
    world.declined_booking().await;
    let queue = Arc::new(GatedQueue::new(world.store.clone()));
    let worker = Worker::start(&patient(&world, queue.clone()), HOUR);
    queue.until_each_lane_waits().await;
    // It is told to stop while the queue has answered, and has not heard the answer.
    tokio::join!(worker.stop(), async { queue.let_each_lane_through() });

    assert!(world.mailer.sent().is_empty(), "nothing was begun");
    for effect in effects(&world).await {
        assert_eq!(effect.state, EffectState::Waiting { due_at: samples::now() }, "{effect:?}");
        assert_eq!(effect.attempts, 0, "{effect:?}");
    }
    assert_eq!(world.rebookings.deliver().await.unwrap().done, 2, "the mail and the ticket");
}

/// A relay that takes each mail when it is let.
struct Slow {
    asked: Semaphore,
    gate: Semaphore,
}

#[async_trait]
impl Mailer for Slow {
    async fn send(&self, _: &Notice) -> Result<(), PortError> {
        self.asked.add_permits(1);
        self.gate.acquire().await.unwrap().forget();
        Ok(())
    }
}

/// A worker with a mail under way, and that mail.
async fn with_a_mail_under_way(world: &World) -> (Worker, Arc<Slow>, EffectId) {
    world.declined_booking().await;
    let relay = Arc::new(Slow { asked: Semaphore::new(0), gate: Semaphore::new(0) });
    let rebookings = patient(world, world.store.clone());
    let mut ports = rebookings.ports().clone();
    ports.mailer = relay.clone();
    let rebookings =
        Rebookings::new(ports, rebookings.policy().clone(), samples::link_keys()).unwrap();
    let worker = Worker::start(&rebookings, HOUR);
    relay.asked.acquire().await.unwrap().forget();
    let mail = effects(world).await.into_iter().find(|effect| effect.kind.lane() == Lane::Mail);
    (worker, relay, mail.unwrap().id)
}

async fn effect(world: &World, id: EffectId) -> Effect {
    world.store.effect(id).await.unwrap().unwrap().value
}

#[tokio::test]
async fn a_call_that_is_cut_off_is_given_back_as_one_whose_outcome_nobody_knows() {
    let world = World::new();
    let (worker, _relay, mail) = with_a_mail_under_way(&world).await;
    worker.stop_within(Duration::ZERO).await;

    let mail = effect(&world, mail).await;
    // The relay may be at it still, and no longer than that.
    let due_at = samples::now() + Policy::default().delivery.grace;
    assert_eq!(mail.state, EffectState::Waiting { due_at });
    assert_eq!(mail.attempts, 1);
    let why = "the outcome is unknown: cut off, as its worker was stopped";
    assert_eq!(mail.last_error.as_deref(), Some(why));
}

#[tokio::test]
async fn what_is_under_way_and_ends_in_time_is_not_cut_off() {
    let world = World::new();
    let (worker, relay, mail) = with_a_mail_under_way(&world).await;
    let stopped = tokio::spawn(worker.stop_within(HOUR));
    // Whoever did not wait for it has cut it off by then.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    relay.gate.add_permits(1);
    stopped.await.unwrap();
    assert_eq!(effect(&world, mail).await.state, EffectState::Done { at: samples::now() });
}
