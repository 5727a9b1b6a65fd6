//! A person who is forgotten before the purge would do it.

use chrono::TimeDelta;

use crate::audit::{Actor, AuditEvent};
use crate::change::{Commit, Guard};
use crate::error::{Conflict, OpenCase, RebookError, StillOpen};
use crate::policy::Policy;
use crate::ports::RebookingStore;
use crate::service::{CaseVersion, Forget, ManualLink, decisions};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, Picture};
use crate::testing::contract::store::finds::moved;
use crate::testing::{SettableClock, World, samples};
use crate::value::booking::Booking;
use crate::value::ids::CaseId;
use crate::value::text::FreeText;

pub(in crate::testing::contract) async fn world(
    store: &StoreUnderTest,
) -> World<dyn RebookingStore> {
    let clock = SettableClock::self_winding(given::now(store).await);
    store.world(clock, Policy::default())
}

/// What support asks for.
pub(in crate::testing::contract) fn request(cancel_open: bool) -> Forget {
    Forget { reason: FreeText::line("Auf Wunsch, nach Art. 17.", 100), cancel_open }
}

/// What is open of the one case that is in the way.
pub(in crate::testing::contract) fn in_the_way(
    outcome: Result<(), RebookError>,
) -> Vec<(CaseId, StillOpen)> {
    let Err(RebookError::OpenCases(cases)) = outcome else { panic!("{outcome:?}") };
    cases.into_iter().map(|OpenCase { case, open }| (case, open)).collect()
}

pub(in crate::testing::contract) async fn assert_forgotten(store: &StoreUnderTest, case: CaseId) {
    for token in given::tokens(store, case).await {
        let customer = &token.booking().customer;
        assert!(customer.name.is_empty() && customer.email.is_forgotten(), "{}", token.id());
        assert!(token.milestones().forgotten_at.is_some(), "{}", token.id());
    }
}

/// The same on a day that is over.
pub(in crate::testing::contract) fn long_ago(mut booking: Booking) -> Booking {
    let before = TimeDelta::days(400);
    (booking.slot.starts_at, booking.slot.ends_at) =
        (booking.slot.starts_at - before, booking.slot.ends_at - before);
    booking
}

/// An item that a case has moved to is found with that case, and is no case of its own.
pub async fn the_item_that_a_case_has_moved_to_forgets_nothing(store: StoreUnderTest) {
    let token = moved(&store, 7001).await;
    let item = token.rebooking().and_then(|rebooking| rebooking.order.as_ref()).unwrap().item;
    let world = world(&store).await;

    let case = CaseId::new(item.value());
    let outcome = world.rebookings.support("anna").forget(case, &request(true)).await;

    assert!(matches!(outcome, Err(RebookError::NotFound(_))), "{outcome:?}");
    assert_eq!(given::tokens(&store, token.id().case).await, [token]);
}

/// By whom and why is kept, what support wrote before is not; asking again changes nothing.
pub async fn support_forgets_a_case_once_and_says_why(store: StoreUnderTest) {
    let world = world(&store).await;
    let case = world.declined(given::booking(&store, 7001).await).await.token.case;
    let support = world.rebookings.support("anna");
    support.cancel(case, &FreeText::line("Frau Mustermann hat angerufen.", 100)).await.unwrap();
    support.forget(case, &request(false)).await.unwrap();
    assert_forgotten(&store, case).await;
    let once = Picture::read(&store).await;
    support.forget(case, &request(true)).await.unwrap();
    assert_eq!(Picture::read(&store).await, once, "once");
    let Some(history) = given::history(&store, case).await else { return };
    let notes: Vec<_> = history.iter().filter(|entry| !entry.note.is_empty()).collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!((notes[0].event, &notes[0].note), (AuditEvent::Forgotten, &request(false).reason));
    assert_eq!(notes[0].actor, Actor::Support("anna".into()));
    assert!(history.iter().any(|entry| entry.event == AuditEvent::LinkCancelled), "that stays");
}

/// Its order is undone and its places are free, though nobody is named any more.
pub async fn an_open_case_is_forgotten_once_it_is_cancelled(store: StoreUnderTest) {
    let world = world(&store).await;
    let support = world.rebookings.support("anna");
    let unused = world.declined(given::booking(&store, 7001).await).await.token.case;
    let used = world.declined(given::booking(&store, 7002).await).await;
    let date = given::date(&store, 60, 5).await;
    let (date, taken) = (date.id(), date.taken);
    world.rebookings.customer(&used.link).choose(&samples::choice(date)).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    let used = used.token.case;
    let before = Picture::read(&store).await;
    for (case, open) in [(unused, StillOpen::Link), (used, StillOpen::Rebooking)] {
        let refused = support.forget(case, &request(false)).await;
        assert_eq!(in_the_way(refused), [(case, open)]);
    }
    assert_eq!(Picture::read(&store).await, before, "nothing of it was done");
    for case in [unused, used] {
        support.forget(case, &request(true)).await.unwrap();
        assert_forgotten(&store, case).await;
    }
    let done = world.deliver_all().await.unwrap();
    assert_eq!(done.dead, 0, "{done:?}");
    assert_eq!(given::taken(&store, 60).await, taken, "its places are given back");
    let token = given::newest(&store, used).await.unwrap();
    let rebooking = token.rebooking().unwrap();
    assert!(!rebooking.state.is_live(), "{:?}", rebooking.state);
    assert_eq!(rebooking.paid, token.booking().paid, "what was paid stays");
}

/// A link was sent by hand for a booking that the partner gives all the same: without a name there
/// would be a stranger at the door. Once it has taken place nothing is in the way.
pub async fn a_booking_that_still_takes_place_is_not_forgotten(store: StoreUnderTest) {
    let world = world(&store).await;
    let support = world.rebookings.support("anna");
    let booking = given::booking(&store, 7001).await;
    let case = CaseId::from(booking.item);
    store.open_confirmation(&booking).await.unwrap();
    for sent in [false, true] {
        if sent {
            let reason = FreeText::line("Telefonat", 100);
            let link = ManualLink { item: booking.item, reason, again: false };
            support.send_link(&link).await.unwrap();
        }
        let refused = support.forget(case, &request(true)).await;
        assert_eq!(in_the_way(refused), [(case, StillOpen::Booking)], "link sent: {sent}");
    }
    let over = long_ago(given::booking(&store, 7002).await);
    let asked = store.open_confirmation(&over).await.unwrap();
    support.forget(CaseId::from(over.item), &request(false)).await.unwrap();
    let customer = given::request(&store, asked).await.booking.customer;
    assert!(customer.name.is_empty() && customer.email.is_forgotten());
}

/// What waits to be mailed is left out; what others must hear is told without a name.
pub async fn nobody_is_mailed_once_they_are_forgotten(store: StoreUnderTest) {
    let world = world(&store).await;
    let case = world.declined(given::booking(&store, 7001).await).await.token.case;
    world.rebookings.support("anna").forget(case, &request(true)).await.unwrap();
    let done = world.deliver_all().await.unwrap();
    assert!(done.total() > 0 && done.dead == 0, "{done:?}");
    let address = &samples::booking().customer.email;
    assert!(world.mailer.last_to(address).is_none());
    let tickets = world.tickets.of_case(case);
    let notes: Vec<_> = tickets.iter().flat_map(|ticket| &ticket.notes).collect();
    assert!(!notes.is_empty(), "support's tickets are told all the same");
    assert!(notes.iter().all(|note| note.booking.customer.email.is_forgotten()), "{notes:?}");
}

/// What support has noted stands in the history with who wrote it, and is wiped with the case. What
/// was decided before that is lost, and a forgotten case takes no note.
pub async fn a_note_is_kept_until_its_case_is_forgotten(store: StoreUnderTest) {
    let world = world(&store).await;
    let case = world.declined(given::booking(&store, 7001).await).await.token.case;
    let support = world.rebookings.support("anna");
    let note = FreeText::line("Erika Mustermann kann nur dienstags.", 100);
    let seen = given::newest(&store, case).await.unwrap();
    let as_seen = CaseVersion::at(seen.id(), seen.version());
    support.note(as_seen, &note).await.unwrap();
    let again = support.note(as_seen, &note).await;
    assert!(matches!(again, Err(RebookError::Conflict(Conflict::Changed))), "{again:?}");
    let noted = async || {
        let history = given::history(&store, case).await.unwrap_or_default();
        let notes = history.into_iter().filter(|entry| entry.event == AuditEvent::Noted);
        notes.map(|entry| (entry.actor, entry.note)).collect::<Vec<_>>()
    };
    let anna = Actor::Support("anna".into());
    let reports = store.reports.is_some();
    if reports {
        assert_eq!(noted().await, [(anna.clone(), note.clone())]);
    }

    let newest = given::newest(&store, case).await.unwrap();
    let now = given::now(&store).await;
    let late = decisions::note(newest, &note, &anna, now).unwrap().change.unwrap();
    support.forget(case, &request(true)).await.unwrap();
    assert_eq!(store.commit(&late).await.unwrap(), Commit::Lost(Guard::Token));
    let refused = support.note(case, &note).await;
    assert!(matches!(refused, Err(RebookError::Conflict(Conflict::Forgotten))), "{refused:?}");
    if reports {
        assert_eq!(noted().await, [(anna, FreeText::EMPTY)], "that there was one stays");
    }
}
