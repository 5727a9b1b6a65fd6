//! How often the background loop asks the store for work: each question costs the database
//! something, so none is asked without a reason. In the time of tokio, which passes at once.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use rebooking_core::ports::{AsOf, EffectQueue, PortError, async_trait};
use rebooking_core::service::Wakeup;
use rebooking_core::system::SystemClock;
use rebooking_core::testing::{MemoryStore, Trouble, World, samples};
use rebooking_core::value::ids::EffectId;
use rebooking_core::worker::Worker;
use rebooking_core::{Policy, Rebookings};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

const HOUR: Duration = Duration::from_secs(3600);

/// The queue of a memory store, and the lane of each claim.
struct Watched {
    store: Arc<MemoryStore>,
    claims: Mutex<Vec<Lane>>,
}

impl Watched {
    /// How many claims there were in orders, mail, tickets and events since it was asked last.
    fn since(&self) -> [usize; 4] {
        let claims = std::mem::take(&mut *self.claims.lock().unwrap());
        Lane::ALL.map(|lane| claims.iter().filter(|claim| **claim == lane).count())
    }
}

#[async_trait]
impl EffectQueue for Watched {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        self.claims.lock().unwrap().push(lane);
        self.store.claim(lane, limit, lease).await
    }

    async fn save_checkpoint(&self, lease: Lease, at: &Checkpoint) -> Result<bool, PortError> {
        self.store.save_checkpoint(lease, at).await
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        self.store.effect(id).await
    }
}

/// The world with a queue that is watched.
fn watched(world: &World, policy: Policy) -> (Rebookings, Arc<Watched>) {
    let queue = Arc::new(Watched { store: world.store.clone(), claims: Mutex::default() });
    (on_queue(world, queue.clone(), policy), queue)
}

/// The world with another queue, and what else stands on real time.
fn on_queue(world: &World, queue: Arc<dyn EffectQueue>, policy: Policy) -> Rebookings {
    let mut ports = world.rebookings.ports().clone();
    ports.queue = queue;
    ports.clock = Arc::new(SystemClock);
    Rebookings::new(ports, policy, samples::link_keys()).unwrap()
}

/// A policy that never looks for work by itself.
fn deaf() -> Policy {
    let mut policy = Policy::default();
    policy.delivery.poll = TimeDelta::hours(1);
    policy
}

#[tokio::test(start_paused = true)]
async fn an_idle_lane_is_looked_at_once_a_poll() {
    let (rebookings, queue) = watched(&World::new(), Policy::default());
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_millis(10_500)).await;
    assert_eq!(queue.since(), [11, 11, 11, 0]);
    worker.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_wake_up_wakes_the_lane_that_has_work_and_no_other() {
    let (rebookings, queue) = watched(&World::new(), deaf());
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_secs(1)).await;
    queue.since();
    rebookings.wake_for(Wakeup::lane(Lane::Mail));
    sleep(Duration::from_secs(1)).await;
    assert_eq!(queue.since(), [0, 1, 0, 0]);
    worker.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_choice_wakes_what_it_gives_work_to_and_so_does_what_follows() {
    let world = World::new();
    let link = world.declined_booking().await.link;
    world.deliver_all().await.unwrap();
    let (rebookings, queue) = watched(&world, deaf());
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_secs(1)).await;
    queue.since();
    let choice = samples::choice(World::<MemoryStore>::DATES[0]);
    rebookings.customer(&link).choose(&choice).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    // A look that finds the order and one that finds no more; the same for two mails, one after the
    // other, and for a note.
    assert_eq!(queue.since(), [2, 3, 2, 0]);
    assert_eq!(world.mailer.sent().len(), 3);
    worker.stop().await;
}

#[tokio::test(start_paused = true)]
async fn commits_in_quick_succession_are_looked_at_together() {
    let (rebookings, queue) = watched(&World::new(), deaf());
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_secs(1)).await;
    queue.since();
    for _ in 0..1_000 {
        rebookings.wake_for(Wakeup::lane(Lane::Orders));
        sleep(Duration::from_millis(1)).await;
    }
    let [orders, mail, tickets, events] = queue.since();
    assert!((40..=52).contains(&orders), "{orders}");
    assert_eq!([mail, tickets, events], [0, 0, 0]);
    worker.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_lane_whose_circuit_breaker_has_tripped_is_not_asked_at_all() {
    let world = World::new();
    world.mailer.every_call(Some(Trouble::Unavailable));
    world.declined_booking().await;
    let (rebookings, queue) = watched(&world, Policy::default());
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_millis(500)).await;
    assert_eq!(rebookings.open_circuits().len(), 1);
    queue.since();
    // The pause is one of real seconds, of which next to none pass here.
    for _ in 0..1_000 {
        rebookings.wake_for(Wakeup::lane(Lane::Mail));
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(queue.since()[1], 0);
    worker.stop().await;
}

/// A queue with one connection to its store: an attempt that is under way holds it while it writes
/// its checkpoint, and meanwhile a look for more work has to wait for it.
struct OneConnection {
    store: Arc<MemoryStore>,
    looks: Mutex<u32>,
    waited_for: Notify,
    free_again: Notify,
}

#[async_trait]
impl EffectQueue for OneConnection {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        if lane == Lane::Mail {
            let looks = {
                let mut looks = self.looks.lock().unwrap();
                *looks += 1;
                *looks
            };
            if looks == 2 {
                self.waited_for.notify_one();
                self.free_again.notified().await;
            }
        }
        self.store.claim(lane, limit, lease).await
    }

    async fn save_checkpoint(&self, lease: Lease, at: &Checkpoint) -> Result<bool, PortError> {
        self.waited_for.notified().await;
        let saved = self.store.save_checkpoint(lease, at).await;
        self.free_again.notify_one();
        saved
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        self.store.effect(id).await
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_under_way_goes_on_while_its_lane_looks_for_more() {
    let world = World::new();
    let queue = Arc::new(OneConnection {
        store: world.store.clone(),
        looks: Mutex::default(),
        waited_for: Notify::new(),
        free_again: Notify::new(),
    });
    let rebookings = on_queue(&world, queue, deaf());
    world.declined_booking().await;
    let worker = Worker::start(&rebookings, HOUR);
    sleep(Duration::from_secs(1)).await;
    rebookings.wake_for(Wakeup::lane(Lane::Mail));
    sleep(Duration::from_secs(1)).await;
    timeout(Duration::from_secs(60), worker.stop()).await.expect("the look ends");
    assert_eq!(world.mailer.sent().len(), 1);
}
