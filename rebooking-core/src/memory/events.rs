//! Where events go in memory: keeps every one that was handed over, twins too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::trouble::{Trouble, Troubles};
use crate::event::Event;
use crate::ports::{EventSink, PortError};

/// A sink in memory. A clone is another handle to the same events.
#[derive(Clone, Debug, Default)]
pub struct MemoryEvents {
    events: Arc<Mutex<Vec<Event>>>,
    calls: Troubles,
    with_customer: bool,
}

impl MemoryEvents {
    /// No event yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, and asks for the customer.
    #[must_use]
    pub fn with_customer() -> Self {
        Self { with_customer: true, ..Self::default() }
    }

    /// Every event that was taken, oldest first; the same one twice where it was handed over twice.
    #[must_use]
    pub fn taken(&self) -> Vec<Event> {
        self.events().clone()
    }

    /// What happens to the next call; said several times, to the calls after it.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.calls.next_call(trouble);
    }

    /// What happens to every call that nothing was said about.
    pub fn every_call(&self, trouble: Option<Trouble>) {
        self.calls.every_call(trouble);
    }

    fn events(&self) -> MutexGuard<'_, Vec<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl EventSink for MemoryEvents {
    async fn take(&self, event: &Event) -> Result<(), PortError> {
        let answer = self.calls.begin().await?;
        self.events().push(event.clone());
        answer.carry(())
    }

    fn wants_customer(&self) -> bool {
        self.with_customer
    }
}
