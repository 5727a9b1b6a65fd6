//! Events are effects of the change that brings them about: stored with it, and once, where the
//! host has switched them on.

use chrono::TimeDelta;

use crate::change::{Change, EffectWrite, Guard};
use crate::effect::{EffectKind, EventKind, Lane, MailKind};
use crate::event::Event;
use crate::policy::Policy;
use crate::ports::Clock as _;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, vanishes};
use crate::testing::{MemoryEvents, SettableClock, samples};

fn kinds(taken: &[Event]) -> Vec<EventKind> {
    taken.iter().map(|event| event.kind).collect()
}

/// Even if the mail that it tells of is sent again.
pub async fn what_happens_is_told_once_in_its_order(store: StoreUnderTest) {
    let events = MemoryEvents::new();
    let world = store.world_with_events(&events);
    let token = world.declined_booking().await.token;
    let _ = world.deliver_all().await.unwrap();
    let told = events.taken();
    assert_eq!(kinds(&told), [EventKind::CaseOpened, EventKind::LinkMailed]);
    assert!(told.iter().all(|event| event.token == token));
    assert!(told[0].at <= told[1].at && told[0].id != told[1].id);

    let support = world.rebookings.support("anna");
    support.resend(token.case).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(events.taken(), told);
}

/// A worker of a host that has switched them off takes none away.
pub async fn an_event_waits_for_a_worker_that_tells_it(store: StoreUnderTest) {
    let events = MemoryEvents::new();
    let told = store.world_with_events(&events);
    let _ = told.declined_booking().await;
    let silent = store.world(SettableClock::at(samples::now()), Policy::default());
    let _ = silent.deliver_all().await.unwrap();
    assert_eq!(events.taken(), []);
    let _ = told.deliver_all().await.unwrap();
    assert_eq!(kinds(&events.taken()), [EventKind::CaseOpened]);
}

/// Not a row, and no lane to ask for.
pub async fn nothing_is_stored_of_events_that_nobody_wants(store: StoreUnderTest) {
    let world = store.world(SettableClock::at(samples::now()), Policy::default());
    let case = world.declined_booking().await.token.case;
    let _ = world.deliver_all().await.unwrap();
    let hour = TimeDelta::hours(1);
    assert_eq!(store.queue.claim(Lane::Events, 10, hour).await.unwrap(), []);
    if store.reports.is_some() {
        let effects = given::effects(&store, case).await;
        let is_event = |kind| matches!(kind, EffectKind::Event(_));
        assert!(!effects.iter().any(|effect| is_event(effect.kind)));
        assert!(effects.iter().any(|one| one.kind == EffectKind::Mail(MailKind::Declined)));
    }
}

/// Under its id and as it was, so that who takes it may pass it over. What is done and no event
/// stays done.
pub async fn support_has_an_event_told_once_more_that_was_taken(store: StoreUnderTest) {
    if store.reports.is_none() {
        return;
    }
    let events = MemoryEvents::new();
    let world = store.world_with_events(&events);
    let case = world.declined_booking().await.token.case;
    let _ = world.deliver_all().await.unwrap();
    let told = events.taken();
    let effects = given::effects(&store, case).await;
    let opened = EffectKind::Event(EventKind::CaseOpened);
    let opened = effects.iter().find(|effect| effect.kind == opened).unwrap().id;
    let mail = effects.iter().find(|effect| effect.kind.lane() == Lane::Mail).unwrap().id;

    let write = |write| Change::at(world.clock.now()).note(write);
    vanishes(&store, write(EffectWrite::TellAgain(mail)), Guard::Effect).await;
    vanishes(&store, write(EffectWrite::Retry(opened)), Guard::Effect).await;
    vanishes(&store, write(EffectWrite::Skip(opened)), Guard::Effect).await;
    let support = world.rebookings.support("anna");
    support.retry(opened).await.unwrap();
    vanishes(&store, write(EffectWrite::TellAgain(opened)), Guard::Effect).await;
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(events.taken(), [told.as_slice(), &told[..1]].concat());
    assert!(support.retry(mail).await.is_err(), "a mail is not sent twice");
}
