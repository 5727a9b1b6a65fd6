//! Events of cases, for a host that has switched them on.

use std::borrow::Cow;
use std::sync::atomic::Ordering;

use super::Rebookings;
use super::deliver::circuit::Health;
use crate::change::Change;
use crate::effect::Lane;
use crate::event;
use crate::ports::PortError;

impl Rebookings {
    /// The change with the events that it brings about, so that they are stored with it or not at
    /// all (promise I4). As it is where the host has switched events off.
    pub(super) fn with_events<'a>(&self, change: &'a Change) -> Cow<'a, Change> {
        if !self.serves(Lane::Events) {
            return Cow::Borrowed(change);
        }
        let events = event::of_change(change);
        if events.is_empty() {
            return Cow::Borrowed(change);
        }
        let mut change = change.clone();
        change.effects.extend(events);
        Cow::Owned(change)
    }

    /// Whether this process delivers what is in a lane. Events wait for one that has a port for
    /// them.
    pub(crate) fn serves(&self, lane: Lane) -> bool {
        match lane {
            Lane::Orders | Lane::Mail | Lane::Tickets => true,
            Lane::Events => self.0.ports.events.is_some(),
        }
    }

    /// Whether nothing is tried in a lane whose breaker has tripped: what was switched off stays so
    /// for all processes until somebody switches it on.
    pub(super) async fn is_switched_off(&self, lane: Lane) -> Result<bool, PortError> {
        match &self.0.ports.event_switch {
            Some(switch) if lane == Lane::Events => Ok(switch.state().await?.is_off()),
            Some(_) | None => Ok(false),
        }
    }

    /// Notes how an attempt to send an event ended, where that says something of the endpoint.
    pub(super) async fn watch_endpoint(&self, lane: Lane, health: Health<'_>) {
        let Some(switch) = self.0.ports.event_switch.as_ref().filter(|_| lane == Lane::Events)
        else {
            return;
        };
        let patience = self.policy().delivery.give_up_after;
        let known = &self.0.events_are_taken;
        let noted = match health {
            Health::Unauthorized(error) | Health::Unavailable(error) => {
                known.store(false, Ordering::Relaxed);
                switch.failed(&error.phrase(), patience).await.map(|state| {
                    if state.is_off() {
                        tracing::error!("events are switched off: nobody has taken any for long");
                    }
                })
            }
            // Once after a start, too: an outage before it is over.
            Health::Served if !known.swap(true, Ordering::Relaxed) => {
                switch.switch_on().await.map(drop)
            }
            Health::Served | Health::Unclear | Health::Nothing => Ok(()),
        };
        if let Err(error) = noted {
            tracing::warn!(error = %error.phrase(), "cannot note how events are taken");
        }
    }
}
