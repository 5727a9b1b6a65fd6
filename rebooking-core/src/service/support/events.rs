//! *Switch events on*: support has them tried again that nobody had taken for days.

use crate::effect::Lane;
use crate::error::RebookError;
use crate::ports::EventsState;
use crate::service::{AsSupport, Wakeup};

impl AsSupport<'_> {
    /// How the sending of events stands. `None` where the host has none, or nothing switches them
    /// off.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn events(self) -> Result<Option<EventsState>, RebookError> {
        let ports = self.rebookings.ports();
        match ports.event_switch.as_ref().filter(|_| ports.events.is_some()) {
            Some(switch) => Ok(Some(switch.state().await?)),
            None => Ok(None),
        }
    }

    /// Has events tried again that were switched off, or whose endpoint is away: each after the
    /// pause that it has, which is no longer than
    /// [`backoff_cap`](crate::policy::Delivery::backoff_cap). May be repeated.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn switch_events_on(self) -> Result<(), RebookError> {
        if let Some(switch) = &self.rebookings.ports().event_switch {
            let was_off = switch.switch_on().await?;
            tracing::info!(was_off, by = self.name, "events are switched on");
        }
        self.rebookings.0.circuits.reset(Lane::Events);
        self.rebookings.wake_for(Wakeup::lane(Lane::Events));
        Ok(())
    }
}
