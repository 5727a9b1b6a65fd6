//! What belongs to no request has traces of its own.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{
    AsOf, CourseSchedule, Mailer, PortError, Ports, Schedule, TraceParent, async_trait,
};
use rebooking_core::testing::{
    CountingSecrets, MemoryMailer, MemoryShop, MemoryStore, MemoryTickets, SettableClock, World,
    samples,
};
use rebooking_core::value::ids::CourseId;
use rebooking_core::{Policy, Rebookings};

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

/// A schedule without dates, which notes the trace of each question.
#[derive(Default)]
struct Empty(Mutex<Vec<Option<TraceParent>>>);

#[async_trait]
impl Schedule for Empty {
    async fn dates(&self, _: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        self.0.lock().unwrap().push(TraceParent::current());
        Ok(AsOf { now: samples::now(), value: CourseSchedule::default() })
    }
}

#[tokio::test]
async fn each_import_is_a_trace_of_its_own_unless_a_host_says_for_whom_it_is() {
    let clock = SettableClock::at(samples::now());
    let store = Arc::new(MemoryStore::new(Arc::new(clock.clone())));
    let schedule = Arc::new(Empty::default());
    let ports = Ports::builder()
        .database(store.clone())
        .schedule(schedule.clone())
        .imports(store)
        .orders(Arc::new(MemoryShop::new()))
        .tickets(Arc::new(MemoryTickets::new()))
        .mailer(Arc::new(MemoryMailer::new()))
        .clock(Arc::new(clock.clone()))
        .secrets(Arc::new(CountingSecrets::default()));
    let ports = ports.build().unwrap();
    let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap();
    let [one, other] = [40, 41].map(CourseId::new);
    rebookings.refresh(one).await.unwrap();
    rebookings.refresh(other).await.unwrap();
    clock.advance(TimeDelta::minutes(1));
    rebookings.refresh(one).await.unwrap();
    let request = TraceParent::new(1, 2, true).unwrap();
    request.scope(rebookings.refresh(one)).await.unwrap();

    let traces = schedule.0.lock().unwrap().clone();
    let mut traces: Vec<_> = traces.into_iter().map(|trace| trace.unwrap().to_string()).collect();
    assert_eq!(traces.pop(), Some(request.to_string()));
    traces.sort();
    traces.dedup();
    assert_eq!(traces.len(), 3);
}
