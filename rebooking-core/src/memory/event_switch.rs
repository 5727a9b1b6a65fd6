//! Whether events are sent, in memory: right for one process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::{Clock, EventSwitch, EventsState, PortError};

/// Whether events are sent, in memory. A clone is another handle to the same.
#[derive(Clone)]
pub struct MemoryEventSwitch {
    clock: Arc<dyn Clock>,
    outage: Arc<Mutex<Option<Outage>>>,
}

#[derive(Clone)]
struct Outage {
    since: DateTime<Utc>,
    last: DateTime<Utc>,
    off_at: Option<DateTime<Utc>>,
    error: String,
}

impl MemoryEventSwitch {
    /// On.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, outage: Arc::default() }
    }

    fn outage(&self) -> MutexGuard<'_, Option<Outage>> {
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for MemoryEventSwitch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryEventSwitch(…)")
    }
}

impl From<Option<&Outage>> for EventsState {
    fn from(outage: Option<&Outage>) -> Self {
        let Some(Outage { since, off_at, error, .. }) = outage else { return Self::On };
        let (since, error) = (*since, error.clone());
        match *off_at {
            Some(at) => Self::SwitchedOff { since, at, error },
            None => Self::Failing { since, error },
        }
    }
}

#[async_trait]
impl EventSwitch for MemoryEventSwitch {
    async fn state(&self) -> Result<EventsState, PortError> {
        Ok(self.outage().as_ref().into())
    }

    async fn failed(&self, error: &str, patience: TimeDelta) -> Result<EventsState, PortError> {
        let now = self.clock.now();
        let mut outage = self.outage();
        let goes_on =
            |one: &Outage| one.off_at.is_some() || now - one.last <= EventsState::SAME_OUTAGE;
        let known = outage.take().filter(goes_on);
        let since = known.as_ref().map_or(now, |one| one.since);
        let off_at = known.and_then(|one| one.off_at);
        let off_at = off_at.or_else(|| (now - since >= patience).then_some(now));
        *outage = Some(Outage { since, last: now, off_at, error: error.to_owned() });
        Ok(outage.as_ref().into())
    }

    async fn switch_on(&self) -> Result<bool, PortError> {
        Ok(self.outage().take().is_some())
    }
}
