//! How the sending of events stands, as support reads it.

use chrono::{DateTime, Utc};
use rebooking_core::ports::EventsState;

use super::words::EventsWord;
use super::{body, moment};

body! {
    /// How the sending of events to another system stands.
    pub(crate) struct EventsStateBody(state: Option<&EventsState>) {
        state: EventsWord = state.into();
        /// Since when nobody has taken any.
        since: Option<DateTime<Utc>> = state.and_then(since).map(moment), unless "Option::is_none";
        /// When they were switched off.
        switched_off_at: Option<DateTime<Utc>> = state.and_then(off_at).map(moment),
            unless "Option::is_none";
        /// Why, last.
        error: Option<String> = state.and_then(error).map(str::to_owned),
            like "nobody answers over there: no connection to the endpoint",
            unless "Option::is_none";
    }
}

const fn since(state: &EventsState) -> Option<DateTime<Utc>> {
    match state {
        EventsState::On => None,
        EventsState::Failing { since, .. } | EventsState::SwitchedOff { since, .. } => Some(*since),
    }
}

const fn off_at(state: &EventsState) -> Option<DateTime<Utc>> {
    match state {
        EventsState::On | EventsState::Failing { .. } => None,
        EventsState::SwitchedOff { at, .. } => Some(*at),
    }
}

fn error(state: &EventsState) -> Option<&str> {
    match state {
        EventsState::On => None,
        EventsState::Failing { error, .. } | EventsState::SwitchedOff { error, .. } => Some(error),
    }
}
