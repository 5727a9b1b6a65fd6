//! Whoever comes at the same time: one winner a link, and every place sold once.

use std::collections::BTreeSet;

use futures_util::future::{join, join_all};

use super::given::{self, taken};
use crate::audit::AuditEvent;
use crate::change::{Commit, Guard};
use crate::effect::{EffectKind, TicketFact};
use crate::error::RebookError;
use crate::link::{LinkPurpose, LinkSecret};
use crate::policy::Policy;
use crate::ports::RebookingStore;
use crate::ports::store::{CaseStatus, ConfirmationKey, PageRequest};
use crate::service::{Choice, Chosen, Decline, Declined, decisions};
use crate::testing::{SettableClock, World, samples};
use crate::token::{RebookingToken, TokenParts};
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, ConfirmationId};
use crate::value::text::FreeText;

async fn world<S: RebookingStore + 'static>(store: S) -> World<S> {
    let clock = SettableClock::at(given::now(&store).await);
    World::with_store(store, clock, Policy::default())
}

fn link(token: &RebookingToken) -> LinkSecret {
    samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap()
}

/// A customer who is told to come back comes back.
async fn choose<S: RebookingStore + 'static>(
    world: &World<S>,
    link: &LinkSecret,
    choice: &Choice,
) -> Result<Chosen, RebookError> {
    let mut tries = 0;
    loop {
        match world.rebookings.choose(link, choice).await {
            Err(RebookError::TryLater(_)) if tries < 100 => tries += 1,
            answer => return answer,
        }
    }
}

/// Promises I1 and I7: whatever the link's holder clicks, and however often.
pub async fn five_hundred_choices_with_one_link_make_one_rebooking(
    store: impl RebookingStore + 'static,
) {
    let (first, second) =
        (given::date(&store, 1, 1_000).await, given::date(&store, 2, 1_000).await);
    let token = given::issued(&store, 7001).await;
    let (world, link) = (world(store).await, link(&token));
    let choices = [samples::choice(first.id()), samples::choice(second.id())];
    let answers = join_all((0..500).map(|turn| choose(&world, &link, &choices[turn % 2]))).await;

    let file = world.store.case(token.id().case).await.unwrap().unwrap().value;
    let rebooking = file.tokens[0].rebooking().expect("somebody won");
    for (turn, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(chosen) => {
                assert_eq!(
                    (chosen.slot.id, choices[turn % 2].date),
                    (rebooking.slot.id, rebooking.slot.id)
                )
            }
            Err(RebookError::Gone { .. }) => assert_ne!(choices[turn % 2].date, rebooking.slot.id),
            Err(other) => panic!("a choice is the one that was made or comes too late: {other}"),
        }
    }
    let sold = taken(&*world.store, 1).await + taken(&*world.store, 2).await;
    assert_eq!(sold, first.taken + second.taken + 2, "one party of two has its places");
    assert_eq!((file.tokens.len(), file.effects.len(), file.audit.len()), (1, 1, 1));
    let live = world.store.live_confirmations(Some(rebooking.slot.id), 10).await.unwrap().value;
    assert_eq!(live.len(), 1, "the partner is asked once");
}

/// Promise I2: the date is sold to the last place, and not beyond.
pub async fn five_hundred_customers_fill_ten_places_exactly(store: impl RebookingStore + 'static) {
    let date = given::date(&store, 1, 10).await;
    let mut links = Vec::new();
    for item in 0..500_u32 {
        let fresh = given::fresh(&store, 7001 + i64::from(item)).await;
        let participants = samples::party(1 + item % 4);
        let booking = Booking { participants, ..fresh.booking().clone() };
        let token = given::issue(
            &store,
            RebookingToken::restore(TokenParts { booking, ..fresh.into_parts() }),
        )
        .await;
        links.push((link(&token), participants.count()));
    }
    let (world, choice) = (world(store).await, samples::choice(date.id()));
    let answers = join_all(links.iter().map(|(link, _)| choose(&world, link, &choice))).await;
    let mut seated = 0;
    for (answer, (_, party)) in answers.into_iter().zip(&links) {
        match answer {
            Ok(_) => seated += party,
            Err(RebookError::ChooseAgain { .. }) => {}
            Err(other) => panic!("a customer is seated or told to choose again: {other}"),
        }
    }
    assert_eq!(seated, 10, "a single customer would have taken what is left");
    assert_eq!(taken(&*world.store, 1).await, date.taken + seated);
}

/// A partner who clicks twice, or in two tabs.
pub async fn many_declines_of_one_request_issue_one_link(store: impl RebookingStore + 'static) {
    let slot = given::date(&store, 1, 5).await.slot;
    let before = taken(&store, 1).await;
    let booking = Booking { slot, ..samples::booking_of(7001) };
    let asked = ConfirmationKey::Id(store.open_confirmation(&booking).await.unwrap());
    let world = world(store).await;
    let decline =
        Decline { reason: FreeText::line("Der Koch ist krank.", 100), proposed: Vec::new() };
    let answers =
        join_all((0..32).map(|_| world.rebookings.decline_unchecked(&asked, &decline))).await;
    let (issued, already): (Vec<_>, Vec<_>) =
        answers.into_iter().map(Result::unwrap).partition(|answer| *answer != Declined::Already);
    assert_eq!((issued.len(), already.len()), (1, 31));
    let file = world.store.case(CaseId::from(booking.item)).await.unwrap().unwrap().value;
    assert_eq!(file.tokens.len(), 1);
    assert_eq!(taken(&*world.store, 1).await, before - 2, "the places went back once");
}

/// Whoever slips in before the mark is declined with the others; nobody slips in after it.
pub async fn a_date_that_is_withdrawn_in_the_rush_keeps_nobody(
    store: impl RebookingStore + 'static,
) {
    let date = given::date(&store, 1, 40).await;
    let mut links = Vec::new();
    for item in 7001..=7020 {
        links.push(link(&given::issued(&store, item).await));
    }
    let (world, choice) = (world(store).await, samples::choice(date.id()));
    let reason = FreeText::line("Wasserschaden", 100);
    let rush = join_all(links.iter().map(|link| choose(&world, link, &choice)));
    let withdrawal = world.rebookings.withdraw(samples::partner().id, date.id(), &reason);
    let (answers, withdrawn) = join(rush, withdrawal).await;
    withdrawn.unwrap();
    // Who was seated after the withdrawal had looked is declined by the sweep.
    world.rebookings.sweep().await.unwrap();
    let seated = answers.iter().filter(|answer| answer.is_ok()).count() as u64;
    assert_eq!(world.store.live_confirmations(Some(date.id()), 100).await.unwrap().value, []);
    assert_eq!(taken(&*world.store, 1).await, date.taken, "every place went back");
    let partner = samples::partner().id;
    let declined = Some(CaseStatus::Declined);
    let page = PageRequest::new(1, 100);
    let rows = world.store.partner_rebookings(partner, declined, page).await.unwrap().value;
    assert_eq!(rows.total, seated, "everybody who was seated has a new link");
}

/// Two customers with different links, for the same last place.
pub async fn the_last_place_goes_to_one_of_two(store: impl RebookingStore + 'static) {
    let date = given::date(&store, 1, 3).await;
    let (one, other) = (given::issued(&store, 7001).await, given::issued(&store, 7002).await);
    let change = |token| given::choice(&store, token, 1);
    let (one, other) = (change(&one).await, change(&other).await);
    let (one, other) = join(store.commit(&one), store.commit(&other)).await;
    let mut outcomes = [one.unwrap(), other.unwrap()];
    outcomes.sort_by_key(|outcome| *outcome != Commit::Applied);
    assert_eq!(outcomes, [Commit::Applied, Commit::Lost(Guard::Places)]);
    assert_eq!(taken(&store, 1).await, date.taken + 2);
}

/// Promise I11: whoever opens the page, and however many at once, the token stays as it is; the
/// first visit is noted, and the first that finds no date makes one ticket.
pub async fn a_rush_of_visits_is_noted_once_beside_the_token(store: impl RebookingStore + 'static) {
    let token = given::issued(&store, 7001).await;
    let (world, link) = (world(store).await, link(&token));
    let shown = world.rebookings.show(&link).await.unwrap();
    let visits = join_all((0..50).map(|_| world.rebookings.visited(&shown))).await;
    assert!(visits.iter().all(Result::is_ok));
    let file = world.store.case(token.id().case).await.unwrap().unwrap().value;
    assert_eq!(file.tokens, [token]);
    let events: Vec<_> = file.audit.iter().map(|entry| entry.event).collect();
    assert_eq!(events, [AuditEvent::PageOpened, AuditEvent::NoDatesFound]);
    let kinds: Vec<_> = file.effects.iter().map(|effect| effect.kind).collect();
    assert_eq!(kinds, [EffectKind::Ticket(TicketFact::NoDates)]);
    let shown = world.rebookings.show(&link).await.unwrap();
    assert_eq!(decisions::visit(&shown), None, "nothing is left to note");
}

/// Of many who open the request of one booking one does, and all are told of the same.
pub async fn requests_for_one_booking_at_once_are_one(store: impl RebookingStore + 'static) {
    let booking = given::booking(&store, 7001).await;
    let opened = join_all((0..32).map(|_| store.open_confirmation(&booking))).await;
    let opened: BTreeSet<ConfirmationId> = opened.into_iter().map(Result::unwrap).collect();
    assert_eq!(opened.len(), 1);
    assert_eq!(
        store.confirmations(booking.partner.id, None, PageRequest::default()).await.unwrap().total,
        1
    );
}
