//! The background loop: woken by commits, patient with what fails, stopped without leaving work
//! half-done.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rebooking_core::Rebookings;
use rebooking_core::policy::{OrderStrategy, Policy};
use rebooking_core::system::{SystemClock, SystemSecrets};
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::worker::Worker;

const HOUR: Duration = Duration::from_secs(3600);

/// The world with real time for everything but the store, whose moment is the sample's.
fn live(world: &World, policy: Policy) -> Rebookings {
    let mut ports = world.rebookings.ports().clone();
    (ports.clock, ports.secrets) = (Arc::new(SystemClock), Arc::new(SystemSecrets));
    Rebookings::new(ports, policy, samples::link_keys()).unwrap()
}

/// A policy that never looks for work by itself, so that only a commit can wake the worker.
fn deaf() -> Policy {
    let mut policy = Policy::default();
    policy.delivery.poll = chrono::TimeDelta::hours(1);
    policy
}

async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    unreachable!("{what} never came about");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_wakes_the_worker_without_waiting_for_the_next_look() {
    let world = World::new();
    let rebookings = live(&world, deaf());
    let link = world.declined_booking().await.link;
    let worker = Worker::start(&rebookings, HOUR);
    // What is there already it finds by its first look: from here on only a commit wakes it.
    until("the mail with the link", || world.mailer.sent().len() == 1).await;
    rebookings
        .customer(&link)
        .choose(&samples::choice(World::<rebooking_core::testing::MemoryStore>::DATES[0]))
        .await
        .unwrap();
    until("the order and what follows from it", || world.mailer.sent().len() == 3).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_round_that_did_something_is_reported_by_lane() {
    let world = World::new();
    let rebookings = live(&world, deaf());
    world.declined_booking().await;
    let done = Arc::new(Mutex::new(BTreeMap::new()));
    let told = done.clone();
    let worker = Worker::reporting(&rebookings, HOUR, move |lane, round| {
        assert!(round.total() > 0, "nothing is not worth reporting");
        *told.lock().unwrap().entry(lane.as_str()).or_insert(0) += round.done;
    });
    until("the mail, and the ticket", || {
        *done.lock().unwrap() == BTreeMap::from([("mail", 1), ("tickets", 1)])
    })
    .await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_commit_is_found_by_looking() {
    let world = World::new();
    let mut policy = Policy::default();
    policy.delivery.poll = chrono::TimeDelta::milliseconds(20);
    let worker = Worker::start(&live(&world, policy), HOUR);
    // Committed through another handle, which rings another bell.
    world.declined_booking().await;
    until("the mail", || !world.mailer.sent().is_empty()).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_order_gets_its_number_within_the_answer_while_the_worker_runs() {
    let world = World::new();
    let rebookings = live(&world, Policy { orders: OrderStrategy::LinkedOrder, ..deaf() });
    let worker = Worker::start(&rebookings, HOUR);
    let link = world.declined_booking().await.link;
    let choice = samples::choice(World::<rebooking_core::testing::MemoryStore>::DATES[0]);
    let chosen = rebookings.customer(&link).choose(&choice).await.unwrap();
    assert!(!chosen.order_pending, "{}", chosen.order_number);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_or_panics_ends_no_lane() {
    let world = World::new();
    let mut policy = Policy::default();
    policy.delivery.poll = chrono::TimeDelta::milliseconds(5);
    let worker = Worker::start(&live(&world, policy), HOUR);
    for trouble in [Trouble::Panic, Trouble::Fail] {
        for _ in 0..6 {
            world.store.next_call(trouble);
        }
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    world.store.calm_down();
    world.declined_booking().await;
    until("the mail", || !world.mailer.sent().is_empty()).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_takes_long_holds_up_no_other_of_its_lane() {
    let world = World::new();
    for item in 1..=25 {
        world.declined(samples::booking_of(item)).await;
    }
    world.mailer.next_call(Trouble::Hang);
    let worker = Worker::start(&live(&world, deaf()), HOUR);
    until("all other mails", || world.mailer.sent().len() == 24).await;
    worker.stop_within(Duration::ZERO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_worker_begins_nothing_new() {
    let world = World::new();
    let rebookings = live(&world, Policy::default());
    Worker::start(&rebookings, HOUR).stop().await;
    world.declined_booking().await;
    rebookings.wake();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(world.mailer.sent().is_empty());
}
