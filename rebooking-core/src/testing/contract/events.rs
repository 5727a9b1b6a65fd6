//! The contract of [`EventSink`]: every event arrives with its id, and says nothing of people that
//! nobody asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;

use crate::effect::EventKind;
use crate::event::Event;
use crate::ports::EventSink;
use crate::testing::events::one_of_each;
use crate::testing::{MemoryEvents, samples};

/// An adapter with what takes its events, which the cases look into.
#[async_trait]
pub trait EventSinkUnderTest: Send + Sync {
    /// The adapter.
    fn sink(&self) -> Arc<dyn EventSink>;

    /// Every event that arrived, oldest first, twins too.
    async fn arrived(&self) -> Vec<ArrivedEvent>;
}

/// An event as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct ArrivedEvent {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// All that can be read of it, but for what is different each time that it is sent.
    pub text: String,
}

#[async_trait]
impl EventSinkUnderTest for MemoryEvents {
    fn sink(&self) -> Arc<dyn EventSink> {
        Arc::new(self.clone())
    }

    async fn arrived(&self) -> Vec<ArrivedEvent> {
        let arrived = self.taken().into_iter().map(|event| ArrivedEvent {
            id: event.id.to_string(),
            kind: event.kind.to_string(),
            text: format!("{event:?}"),
        });
        arrived.collect()
    }
}

async fn all_sent(under_test: &impl EventSinkUnderTest) -> Vec<Event> {
    let events = one_of_each(&MemoryEvents::new()).await;
    for event in &events {
        under_test.sink().take(event).await.unwrap();
    }
    events
}

/// Each under its id, in the order in which they were told.
pub async fn every_event_arrives_with_its_id_and_kind(under_test: impl EventSinkUnderTest) {
    let sent = all_sent(&under_test).await;
    let named = |event: &Event| (event.id.to_string(), event.kind.to_string());
    let arrived = under_test.arrived().await;
    let arrived: Vec<_> = arrived.into_iter().map(|event| (event.id, event.kind)).collect();
    assert_eq!(arrived, sent.iter().map(named).collect::<Vec<_>>());
    let kinds: BTreeSet<&str> = arrived.iter().map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(kinds, EventKind::ALL.iter().map(|kind| kind.as_str()).collect());
    let ids: BTreeSet<&str> = arrived.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids.len(), arrived.len(), "no two have one id");
}

/// So that whoever is told twice knows it.
pub async fn a_repetition_is_the_same_event(under_test: impl EventSinkUnderTest) {
    let event = one_of_each(&MemoryEvents::new()).await.remove(0);
    for _ in 0..2 {
        under_test.sink().take(&event).await.unwrap();
    }
    let arrived = under_test.arrived().await;
    assert_eq!(arrived.len(), 2, "at least once");
    assert_eq!(arrived[0], arrived[1]);
}

/// Neither name nor address of anybody, nor what they wrote (promise I8).
pub async fn nobody_is_named(under_test: impl EventSinkUnderTest) {
    let customer = samples::booking().customer;
    all_sent(&under_test).await;
    for event in under_test.arrived().await {
        for private in [customer.email.expose(), customer.name.expose(), "@", "Lieber abends"] {
            assert!(!event.text.contains(private), "{} says {private}", event.kind);
        }
    }
}

/// Tests that where events go keeps its contract, one test a case. The expression makes an
/// [`EventSinkUnderTest`](crate::testing::contract::events::EventSinkUnderTest) that does not ask
/// for the customer.
#[macro_export]
macro_rules! events_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $sink:expr) => {
        $crate::contract_cases! { events [$(#[$attribute])*] ($($argument)*) [$sink]
            every_event_arrives_with_its_id_and_kind
            a_repetition_is_the_same_event
            nobody_is_named
        }
    };
}
