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
    /// A `load` has ended.
    pub(super) loaded: Notify,
}

impl Shared {
    pub(super) fn new(flavour: Flavour) -> Self {
        Self {
            world: Mutex::new(World::new(flavour)),
            plan: Mutex::default(),
            open: watch::Sender::new(true),
            listens: watch::Sender::new(false),
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
}
