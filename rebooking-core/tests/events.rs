//! Events: each happening is told exactly once as far as anybody can tell, and an endpoint that
//! fails holds nothing else up.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the report")]

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use rebooking_core::audit::AuditEvent;
use rebooking_core::effect::{EffectStatus, EventKind, Lane};
use rebooking_core::event::Event;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::{EventSwitch as _, EventsState};
use rebooking_core::testing::events::one_of_each;
use rebooking_core::testing::{
    MemoryEventSwitch, MemoryEvents, SettableClock, Trouble, World, samples,
};
use rebooking_core::value::text::FreeText;
use rebooking_core::{Policy, Rebookings};

mod contract {
    rebooking_core::events_contract!(#[tokio::test] () => super::MemoryEvents::new());
    rebooking_core::event_switch_contract!(#[tokio::test] () => super::switch().1);
}

fn switch() -> (SettableClock, MemoryEventSwitch) {
    let clock = SettableClock::at(samples::now());
    (clock.clone(), MemoryEventSwitch::new(Arc::new(clock)))
}

fn kinds(events: &[Event]) -> Vec<EventKind> {
    events.iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn a_story_is_told_in_its_order() {
    use EventKind as E;
    let told = one_of_each(&MemoryEvents::new()).await;
    let first = told.iter().filter(|event| event.token.case == samples::booking().item.into());
    assert_eq!(
        first.map(|event| (event.token.step, event.kind)).collect::<Vec<_>>(),
        [
            (1, E::CaseOpened),
            (1, E::LinkMailed),
            (1, E::LinkOpened),
            (1, E::WishReceived),
            (1, E::WishReceived),
            (1, E::RebookingChosen),
            (1, E::OrderMade),
            (1, E::RebookingConfirmed),
            (1, E::RebookingDeclinedAgain),
            (2, E::LinkMailed),
            (2, E::LinkExpired),
        ]
    );
}

#[tokio::test]
async fn a_link_that_is_extended_expires_and_is_told_again() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    let case = world.declined_booking().await.token.case;
    for _ in 0..2 {
        world.clock.advance(TimeDelta::days(31));
        for _ in 0..2 {
            let _ = world.rebookings.sweep().await.unwrap();
        }
        let support = world.rebookings.support("anna");
        let _ = support.extend(case, 30).await.unwrap();
        let _ = world.deliver_all().await.unwrap();
    }
    let told = events.taken();
    let expired = told.iter().filter(|event| event.kind == EventKind::LinkExpired);
    let ids: Vec<_> = expired.map(|event| &event.id).collect();
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
}

#[tokio::test]
async fn an_endpoint_that_is_down_for_days_holds_up_nothing_else_and_misses_nothing() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    events.every_call(Some(Trouble::Unavailable));
    let declined = world.declined_booking().await;
    for _ in 0..4 * 24 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(world.mailer.sent().len(), 1);
    let open: Vec<_> = world.rebookings.open_circuits().into_iter().map(|one| one.lane).collect();
    assert_eq!(open, [Lane::Events]);
    events.every_call(None);
    world.clock.advance(TimeDelta::hours(1));
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(kinds(&events.taken()), [EventKind::CaseOpened, EventKind::LinkMailed]);
    assert!(events.taken().iter().all(|event| event.token == declined.token));
}

#[tokio::test]
async fn failures_that_are_more_than_an_hour_apart_are_no_outage() {
    let (clock, switch) = switch();
    let patience = TimeDelta::hours(2);
    for _ in 0..5 {
        assert!(!switch.failed("away", patience).await.unwrap().is_off());
        clock.advance(EventsState::SAME_OUTAGE + TimeDelta::seconds(1));
    }
    for _ in 0..2 {
        assert!(!switch.failed("away", patience).await.unwrap().is_off());
        clock.advance(EventsState::SAME_OUTAGE);
    }
    assert!(switch.failed("away", patience).await.unwrap().is_off());
}

/// A world whose endpoint has been away for so many days, with one event to tell.
async fn away_for(events: &MemoryEvents, days: u32) -> World {
    let world = World::with_events(Policy::default(), events);
    events.every_call(Some(Trouble::Unavailable));
    let _ = world.declined_booking().await;
    for _ in 0..days * 96 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(15));
    }
    world
}

async fn state(world: &World) -> EventsState {
    world.rebookings.support("anna").events().await.unwrap().unwrap()
}

#[tokio::test]
async fn an_endpoint_that_fails_for_days_is_switched_off_and_its_events_wait() {
    let events = MemoryEvents::new();
    let world = away_for(&events, 4).await;
    assert!(matches!(state(&world).await, EventsState::Failing { .. }));
    for _ in 0..2 * 96 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(15));
    }
    let EventsState::SwitchedOff { since, at, .. } = state(&world).await else {
        unreachable!("after six days")
    };
    assert_eq!((at - since).num_days(), 5);

    events.every_call(None);
    world.clock.advance(TimeDelta::days(1));
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(events.taken(), [], "nothing is tried any more");
    assert_eq!(world.mailer.sent().len(), 1, "and nothing else waits");
}

#[tokio::test]
async fn support_switches_events_on_and_they_are_told_at_once() {
    let events = MemoryEvents::new();
    let world = away_for(&events, 6).await;
    assert!(state(&world).await.is_off());
    // The breaker has just been asked, and would wait for a quarter of an hour.
    let _ = world.deliver_all().await.unwrap();
    events.every_call(None);
    world.rebookings.support("anna").switch_events_on().await.unwrap();
    assert_eq!(state(&world).await, EventsState::On);
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(kinds(&events.taken()), [EventKind::CaseOpened, EventKind::LinkMailed]);
}

#[tokio::test]
async fn a_process_that_starts_anew_tries_once_and_goes_on_where_it_works() {
    let events = MemoryEvents::new();
    let world = away_for(&events, 6).await;
    let anew = || {
        let ports = world.rebookings.ports().clone();
        Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap()
    };
    let first = anew();
    let _ = first.deliver_lane(Lane::Events).await.unwrap();
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(first.deliver_lane(Lane::Events).await.unwrap().total(), 0);
    assert!(state(&world).await.is_off());

    events.every_call(None);
    let second = anew();
    let _ = second.deliver_lane(Lane::Events).await.unwrap();
    assert_eq!(kinds(&events.taken()), [EventKind::CaseOpened]);
    assert_eq!(state(&world).await, EventsState::On);
}

#[tokio::test]
async fn a_host_without_events_has_nothing_to_switch() {
    let world = World::new();
    assert_eq!(world.rebookings.support("anna").events().await.unwrap(), None);
}

#[tokio::test]
async fn what_is_told_twice_after_a_crash_has_one_id() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    events.next_call(Trouble::Unanswered);
    let _ = world.declined_booking().await;
    for _ in 0..3 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::hours(1));
    }
    let mut times: BTreeMap<_, u32> = BTreeMap::new();
    events.taken().into_iter().for_each(|event| *times.entry(event.id).or_default() += 1);
    assert_eq!(times.into_values().collect::<Vec<_>>(), [2, 1]);
}

#[tokio::test]
async fn an_event_that_is_told_late_says_what_was_so_when_it_happened() {
    let events = MemoryEvents::new();
    let policy = Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() };
    let world = World::with_events(policy, &events);
    let declined = world.declined_booking().await;
    let _ = world.deliver_all().await.unwrap();
    events.every_call(Some(Trouble::Unavailable));
    let customer = world.rebookings.customer(&declined.link);
    let _ = customer.choose(&samples::choice(World::DATES[0])).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    events.every_call(None);
    world.clock.advance(TimeDelta::hours(1));
    let _ = world.deliver_all().await.unwrap();
    let told = events.taken();
    let after = |kind| {
        let event = told.iter().find(|event| event.kind == kind).unwrap();
        event.after.as_ref().unwrap().order_number.clone()
    };
    assert_eq!(after(EventKind::RebookingChosen), declined.booking.order_number);
    assert_ne!(after(EventKind::OrderMade), declined.booking.order_number);
}

#[tokio::test]
async fn support_sees_an_event_that_was_refused_and_sends_it_again() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    events.next_call(Trouble::FailForGood);
    let token = world.declined_booking().await.token;
    let _ = world.deliver_all().await.unwrap();
    let dead = async || {
        let reports = world.rebookings.reports().unwrap();
        reports.effects(Some(EffectStatus::Dead), PageRequest::default()).await.unwrap().rows
    };
    let refused = dead().await;
    assert_eq!(refused.len(), 1);
    assert_eq!(kinds(&events.taken()), [EventKind::LinkMailed], "it holds up none after it");
    let ticket = world.tickets.of_case(token.case);
    let notes: usize = ticket.iter().map(|ticket| ticket.notes.len()).sum();
    assert_eq!(notes, 1, "the customer's case is none of this");

    world.rebookings.support("anna").retry(refused[0].id).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(kinds(&events.taken()), [EventKind::LinkMailed, EventKind::CaseOpened]);
    assert!(dead().await.is_empty());
}

#[tokio::test]
async fn an_event_that_is_refused_again_and_again_is_given_up_after_days_and_not_before() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    events.every_call(Some(Trouble::Fail));
    let _ = world.declined_booking().await;
    let dead = async || {
        let reports = world.rebookings.reports().unwrap();
        reports.effects(Some(EffectStatus::Dead), PageRequest::default()).await.unwrap().total
    };
    for _ in 0..4 * 24 * 2 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(30));
    }
    assert_eq!(dead().await, 0, "after four days");
    world.clock.advance(TimeDelta::days(2));
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(dead().await, 1, "and the next one of its case is tried");
}

#[tokio::test]
async fn support_may_take_an_event_off() {
    let events = MemoryEvents::new();
    let world = World::with_events(Policy::default(), &events);
    events.every_call(Some(Trouble::FailForGood));
    let token = world.declined_booking().await.token;
    let _ = world.deliver_all().await.unwrap();
    let file = async || {
        let reports = world.rebookings.reports().unwrap();
        reports.case(token.case).await.unwrap().unwrap().value
    };
    let dead = file().await.effects.into_iter().find(|one| one.kind.lane() == Lane::Events);
    let reason = FreeText::line("Das System gibt es nicht mehr.", 100);
    world.rebookings.support("anna").skip(dead.unwrap().id, &reason).await.unwrap();
    let history = file().await.audit;
    assert!(history.iter().any(|entry| entry.event == AuditEvent::EffectSkipped));
}
