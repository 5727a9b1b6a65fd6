//! Whoever comes at the same time: one winner a link, and every place sold once.

use std::collections::BTreeSet;

use futures_util::future::{join, join_all};

use crate::audit::{Actor, AuditEvent};
use crate::change::{Commit, Guard};
use crate::effect::{EffectKind, TicketFact};
use crate::error::RebookError;
use crate::link::{LinkPurpose, LinkSecret};
use crate::policy::Policy;
use crate::ports::RebookingStore;
use crate::ports::reports::PageRequest;
use crate::ports::store::{CaseKey, ConfirmationKey};
use crate::rebooking::RebookingState;
use crate::service::{Choice, Chosen, Decline, Declined, ManualLink, decisions};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, taken};
use crate::testing::{SettableClock, World, samples};
use crate::token::{RebookingToken, TokenParts};
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, ConfirmationId};
use crate::value::text::FreeText;

async fn world(store: &StoreUnderTest) -> World<dyn RebookingStore> {
    store.world(SettableClock::at(given::now(store).await), Policy::default())
}

fn link(token: &RebookingToken) -> LinkSecret {
    samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap()
}

/// A customer who is told to come back comes back.
async fn choose(
    world: &World<dyn RebookingStore>,
    link: &LinkSecret,
    choice: &Choice,
) -> Result<Chosen, RebookError> {
    let mut tries = 0;
    loop {
        match world.rebookings.customer(link).choose(choice).await {
            Err(RebookError::TryLater(_)) if tries < 100 => tries += 1,
            answer => return answer,
        }
    }
}

/// Promises I1 and I7: whatever the link's holder clicks, and however often.
pub async fn five_hundred_choices_with_one_link_make_one_rebooking(store: StoreUnderTest) {
    let (first, second) =
        (given::date(&store, 1, 1_000).await, given::date(&store, 2, 1_000).await);
    let token = given::issued(&store, 7001).await;
    let (world, link) = (world(&store).await, link(&token));
    let choices = [samples::choice(first.id()), samples::choice(second.id())];
    let answers = join_all((0..500).map(|turn| choose(&world, &link, &choices[turn % 2]))).await;

    let tokens = given::tokens(&store, token.id().case).await;
    let rebooking = tokens[0].rebooking().expect("somebody won");
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
    let sold = taken(&store, 1).await + taken(&store, 2).await;
    assert_eq!(sold, first.taken + second.taken + 2, "one party of two has its places");
    let effects = given::effects(&store, token.id().case).await;
    assert_eq!((tokens.len(), effects.len()), (1, 1));
    let history = given::history(&store, token.id().case).await;
    assert!(history.is_none_or(|history| history.len() == 1));
    let live = store.live_confirmations(Some(rebooking.slot.id), 10).await.unwrap().value;
    assert_eq!(live.len(), 1, "the partner is asked once");
}

/// Promise I2: the date is sold to the last place, and not beyond.
pub async fn five_hundred_customers_fill_ten_places_exactly(store: StoreUnderTest) {
    let date = given::date(&store, 1, 10).await;
    let mut links = Vec::new();
    for item in 0..500_u32 {
        let fresh = given::fresh(&store, 7001 + i64::from(item)).await;
        let participants = samples::party(1 + item % 4);
        let booking = Booking { participants, ..fresh.booking().clone() }.at_list_price();
        let token = given::issue(
            &store,
            RebookingToken::restore(TokenParts { booking, ..fresh.into_parts() }),
        )
        .await;
        links.push((link(&token), participants.count()));
    }
    let (world, choice) = (world(&store).await, samples::choice(date.id()));
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
    assert_eq!(taken(&store, 1).await, date.taken + seated);
}

/// A partner who clicks twice, or in two tabs.
pub async fn many_declines_of_one_request_issue_one_link(store: StoreUnderTest) {
    let slot = given::date(&store, 1, 5).await.slot;
    let before = taken(&store, 1).await;
    let booking = Booking { slot, ..samples::booking_of(7001) };
    let asked = ConfirmationKey::Id(store.open_confirmation(&booking).await.unwrap());
    let world = world(&store).await;
    let decline =
        Decline { reason: FreeText::line("Der Koch ist krank.", 100), proposed: Vec::new() };
    let answers =
        join_all((0..32).map(|_| world.rebookings.decline_unchecked(&asked, &decline))).await;
    let (issued, already): (Vec<_>, Vec<_>) =
        answers.into_iter().map(Result::unwrap).partition(|answer| *answer != Declined::Already);
    assert_eq!((issued.len(), already.len()), (1, 31));
    assert_eq!(given::tokens(&store, CaseId::from(booking.item)).await.len(), 1);
    assert_eq!(taken(&store, 1).await, before - 2, "the places went back once");
}

/// Whoever slips in before the mark is declined with the others; nobody slips in after it.
pub async fn a_date_that_is_withdrawn_in_the_rush_keeps_nobody(store: StoreUnderTest) {
    let date = given::date(&store, 1, 40).await;
    let mut links = Vec::new();
    for item in 7001..=7020 {
        links.push(link(&given::issued(&store, item).await));
    }
    let (world, choice) = (world(&store).await, samples::choice(date.id()));
    let reason = FreeText::line("Wasserschaden", 100);
    let rush = join_all(links.iter().map(|link| choose(&world, link, &choice)));
    let withdrawal = world.rebookings.partner(samples::partner().id).withdraw(date.id(), &reason);
    let (answers, withdrawn) = join(rush, withdrawal).await;
    withdrawn.unwrap();
    // Who was seated after the withdrawal had looked is declined by the sweep.
    world.rebookings.sweep().await.unwrap();
    let seated = answers.iter().filter(|answer| answer.is_ok()).count() as u64;
    assert_eq!(store.live_confirmations(Some(date.id()), 100).await.unwrap().value, []);
    assert_eq!(taken(&store, 1).await, date.taken, "every place went back");
    let mut declined = 0;
    for item in 7001..=7020 {
        let tokens = given::tokens(&store, CaseId::new(item)).await;
        let state = tokens[0].rebooking().map(|rebooking| rebooking.state);
        declined += u64::from(state == Some(RebookingState::DeclinedAgain) && tokens.len() == 2);
    }
    assert_eq!(declined, seated, "everybody who was seated has a new link");
}

/// Two customers with different links, for the same last place.
pub async fn the_last_place_goes_to_one_of_two(store: StoreUnderTest) {
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
pub async fn a_rush_of_visits_is_noted_once_beside_the_token(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let (world, link) = (world(&store).await, link(&token));
    let shown = world.rebookings.customer(&link).show().await.unwrap().into_offers().unwrap();
    let visits = join_all((0..50).map(|_| world.rebookings.customer(&link).visited(&shown))).await;
    assert!(visits.iter().all(Result::is_ok));
    let case = token.id().case;
    assert_eq!(given::tokens(&store, case).await, [token]);
    if let Some(history) = given::history(&store, case).await {
        let events: Vec<_> = history.iter().map(|entry| entry.event).collect();
        assert_eq!(events, [AuditEvent::PageOpened, AuditEvent::NoDatesFound]);
    }
    let effects = given::effects(&store, case).await;
    let kinds: Vec<_> = effects.iter().map(|effect| effect.kind).collect();
    assert_eq!(kinds, [EffectKind::Ticket(TicketFact::NoDates)]);
    let shown = world.rebookings.customer(&link).show().await.unwrap().into_offers().unwrap();
    assert_eq!(decisions::visit(&shown), None, "nothing is left to note");
}

/// Of many who open the request of one booking one does, and all are told of the same.
pub async fn requests_for_one_booking_at_once_are_one(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let opened = join_all((0..32).map(|_| store.open_confirmation(&booking))).await;
    let opened: BTreeSet<ConfirmationId> = opened.into_iter().map(Result::unwrap).collect();
    assert_eq!(opened.len(), 1);
    let live = store.live_confirmations(Some(booking.slot.id), 10).await.unwrap().value;
    assert_eq!(live.len(), 1);
    if let Some(reports) = &store.reports {
        let page = PageRequest::default();
        let listed = reports.confirmations(booking.partner.id, None, page).await.unwrap();
        assert_eq!(listed.total, 1);
    }
}

/// Support sends a link by hand at the moment at which the shop's new order opens the partner's
/// request: whichever is first, the link holds the request, so that a choice closes it.
pub async fn a_link_by_hand_and_a_request_at_once_are_one_case(store: StoreUnderTest) {
    let races = join_all((7001..=7040).map(|item| {
        let store = store.clone();
        async move {
            let booking = given::booking(&store, item).await;
            let answer = given::answer_link([u8::try_from(item - 7000).unwrap(); 16]);
            let ask = store.ask_for_confirmation(&booking, &answer);
            let ((), asked) = join(send(&store, &booking), ask).await;
            let case = store.find(&CaseKey::Item(booking.item)).await.unwrap().value;
            let (asked, token) = (asked.unwrap(), case.newest().unwrap());
            assert!(asked.is_some(), "the partner of {item} is not asked");
            assert_eq!((token.holds(), token.origin()), (asked, asked), "{item}");
            assert_eq!(case.confirmation.map(|request| request.id), asked, "{item}");
        }
    }));
    races.await;
}

async fn send(store: &StoreUnderTest, booking: &Booking) {
    let (reason, again) = (FreeText::line("Am Telefon besprochen", 100), false);
    let request = ManualLink { item: booking.item, reason, again };
    let link = given::fresh(store, booking.item.value()).await.link().clone();
    let (actor, policy) = (Actor::Support("eva".to_owned()), Policy::default());
    loop {
        let seen = store.find(&CaseKey::Item(booking.item)).await.unwrap();
        let shop = Some(booking.clone());
        let sent = decisions::manual_link(seen, shop, &request, &actor, &policy, link.clone());
        match store.commit(&sent.unwrap().change.unwrap()).await.unwrap() {
            Commit::Applied => return,
            Commit::Lost(guard) => assert_eq!(guard, Guard::Confirmation),
        }
    }
}
