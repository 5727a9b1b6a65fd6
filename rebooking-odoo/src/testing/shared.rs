//! What the server and the hands of a test both hold.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use super::trouble::Plan;
use super::world::World;
use crate::config::Flavour;

#[derive(Debug)]
pub(super) struct Shared {
    world: Mutex<World>,
    plan: Mutex<Plan>,
    /// Whether somebody listens at the port, as it should be and as it is.
    pub(super) open: watch::Sender<bool>,
    pub(super) listens: watch::Sender<bool>,
    pub(super) held: watch::Sender<Held>,
    /// A `load` has ended.
    pub(super) loaded: Notify,
}

/// Calls that wait for the test.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) holds: bool,
    pub(super) waiting: usize,
}

impl Shared {
    pub(super) fn new(flavour: Flavour) -> Self {
        Self {
            world: Mutex::new(World::new(flavour)),
            plan: Mutex::default(),
            open: watch::Sender::new(true),
            listens: watch::Sender::new(false),
            held: watch::Sender::default(),
            loaded: Notify::new(),
        }
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody listens any more once this returns.
    pub(super) async fn close(&self) {
        self.open.send_replace(false);
        let _ = self.listens.subscribe().wait_for(|listens| !*listens).await;
    }

    /// Waits as long as calls are held.
    pub(super) async fn pass(&self) {
        let mut held = self.held.subscribe();
        if held.borrow_and_update().holds {
            self.held.send_modify(|held| held.waiting += 1);
            let _ = held.wait_for(|held| !held.holds).await;
            self.held.send_modify(|held| held.waiting -= 1);
        }
    }
}
