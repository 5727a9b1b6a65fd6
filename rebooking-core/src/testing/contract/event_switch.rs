//! The contract of [`EventSwitch`].

use chrono::TimeDelta;

use crate::ports::{EventSwitch, EventsState};

/// Tests that an adapter keeps whether events are sent, one test a case; each gets a fresh one.
#[macro_export]
macro_rules! event_switch_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $adapter:expr) => {
        $crate::contract_cases! { event_switch [$(#[$attribute])*] ($($argument)*) [$adapter]
            an_outage_is_known_from_its_beginning_on
            an_outage_that_has_lasted_switches_off_once
            switched_on_the_time_begins_anew
        }
    };
}

const LONG: TimeDelta = TimeDelta::days(5);
const NOTHING: TimeDelta = TimeDelta::zero();

/// By what was said last, and however often it fails.
pub async fn an_outage_is_known_from_its_beginning_on(port: impl EventSwitch) {
    assert_eq!(port.state().await.unwrap(), EventsState::On);
    let first = port.failed("the first", LONG).await.unwrap();
    let EventsState::Failing { since: began, .. } = first else { panic!("{first:?}") };
    let again = port.failed("the second", LONG).await.unwrap();
    assert_eq!(again, EventsState::Failing { since: began, error: "the second".to_owned() });
    assert_eq!(port.state().await.unwrap(), again);
    assert!(!again.is_off());
}

/// Whoever fails later finds it off, and changes nothing of when.
pub async fn an_outage_that_has_lasted_switches_off_once(port: impl EventSwitch) {
    let _ = port.failed("the first", LONG).await.unwrap();
    let off = port.failed("the second", NOTHING).await.unwrap();
    let EventsState::SwitchedOff { since, at, error } = off.clone() else { panic!("{off:?}") };
    assert!(since <= at && error == "the second");
    let later = port.failed("the third", LONG).await.unwrap();
    let third = EventsState::SwitchedOff { since, at, error: "the third".to_owned() };
    assert_eq!((&later, &port.state().await.unwrap()), (&third, &third));
}

/// Nothing of the outage before counts.
pub async fn switched_on_the_time_begins_anew(port: impl EventSwitch) {
    assert!(!port.switch_on().await.unwrap(), "it is on");
    let off = port.failed("the first", NOTHING).await.unwrap();
    assert!(off.is_off());
    assert!(port.switch_on().await.unwrap());
    assert!(!port.switch_on().await.unwrap());
    assert_eq!(port.state().await.unwrap(), EventsState::On);
    let anew = port.failed("the second", LONG).await.unwrap();
    assert!(matches!(anew, EventsState::Failing { .. }), "{anew:?}");
}
