//! What belongs to no request has traces of its own.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::{Arc, Mutex};

use rebooking_core::Rebookings;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer, PortError, TraceParent, async_trait};
use rebooking_core::testing::{World, samples};

/// A relay that notes the trace of each mail, and refuses it for now.
#[derive(Default)]
struct Relay(Mutex<Vec<Option<TraceParent>>>);

#[async_trait]
impl Mailer for Relay {
    async fn send(&self, _: &Notice) -> Result<(), PortError> {
        self.0.lock().unwrap().push(TraceParent::current());
        Err(PortError::Transient("later".into()))
    }
}

#[tokio::test]
async fn each_try_of_each_effect_is_a_trace_of_its_own_whatever_it_was_asked_for_by() {
    let world = World::new();
    let relay = Arc::new(Relay::default());
    let mut ports = world.rebookings.ports().clone();
    ports.mailer = relay.clone();
    let policy = world.rebookings.policy().clone();
    let rebookings = Rebookings::new(ports, policy, samples::link_keys()).unwrap();
    let request = TraceParent::new(1, 2, true).unwrap();
    for item in [7001, 7002] {
        request.scope(world.declined(samples::booking_of(item))).await;
    }
    for _ in 0..2 {
        rebookings.deliver().await.unwrap();
        world.clock.advance(rebookings.policy().delivery.backoff_cap);
    }
    let mut traces: Vec<_> = relay.0.lock().unwrap().iter().map(|trace| trace.unwrap()).collect();
    let mails = traces.len();
    traces.sort_by_key(ToString::to_string);
    traces.dedup();
    assert_eq!((mails, traces.len()), (4, 4));
    assert!(!traces.contains(&request));
}
