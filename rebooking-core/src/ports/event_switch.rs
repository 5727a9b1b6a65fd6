//! Whether events are sent at all: an endpoint that has failed for days is switched off.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::PortError;

/// Remembers how long nobody has taken events, for all processes on one store and beyond their end.
/// Without it nothing is ever switched off.
#[async_trait]
pub trait EventSwitch: Send + Sync {
    /// How it stands.
    async fn state(&self) -> Result<EventsState, PortError>;

    /// Notes that nobody takes events, whichever; `error` is a phrase without personal data. Once
    /// that has lasted `patience` they are switched off. Failures that are an hour apart are no
    /// outage of an hour: the time begins anew. Returns how it stands then.
    async fn failed(&self, error: &str, patience: TimeDelta) -> Result<EventsState, PortError>;

    /// Forgets what was noted: somebody has taken one, or support wants to try anew. Returns
    /// whether there was anything. May be repeated.
    async fn switch_on(&self) -> Result<bool, PortError>;
}

/// How the sending of events stands. Times are by the store's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum EventsState {
    /// They are taken, as far as anybody knows.
    On,
    /// Nobody takes any: they wait, and one is tried now and then.
    Failing {
        /// Since when.
        since: DateTime<Utc>,
        /// Why, last.
        error: String,
    },
    /// They wait, and none is tried.
    SwitchedOff {
        /// Since when nobody has taken any.
        since: DateTime<Utc>,
        /// When they were switched off.
        at: DateTime<Utc>,
        /// Why, last.
        error: String,
    },
}

impl EventsState {
    /// How far apart two failures of one outage may be: longer than any pause between two tries.
    pub const SAME_OUTAGE: TimeDelta = TimeDelta::hours(1);

    /// Whether none is tried.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        match self {
            Self::On | Self::Failing { .. } => false,
            Self::SwitchedOff { .. } => true,
        }
    }

    /// The word, whatever comes with it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Failing { .. } => "failing",
            Self::SwitchedOff { .. } => "switched_off",
        }
    }
}
