//! What an event says, on a token as it is by the time that somebody is told.

use super::*;
use crate::effect::EffectState;
use crate::testing::events::one_of_each;
use crate::testing::{MemoryEvents, samples};
use crate::value::ids::EffectId;

fn told(kind: EventKind) -> impl Fn(&&Event) -> bool {
    move |event| event.kind == kind
}

async fn story() -> Vec<Event> {
    one_of_each(&MemoryEvents::new()).await
}

#[tokio::test]
async fn an_event_says_which_booking_became_which() {
    let story = story().await;
    let made = story.iter().find(told(EventKind::OrderMade)).unwrap();
    let after = made.after.as_ref().unwrap();
    assert_eq!(made.before, samples::booking().into());
    assert_eq!((made.cause, made.price), (Cause::Declined, Some(PriceAdjustment::Same)));
    assert_ne!(after.slot, made.before.slot);
    assert_eq!((after.participants, after.paid), (made.before.participants, made.before.paid));
    assert!(made.at >= samples::now());
}

#[tokio::test]
async fn nothing_is_said_of_a_choice_that_had_not_been_made() {
    for event in story().await {
        let is_known = event.after.is_some() && event.price.is_some();
        assert_eq!(is_known, event.kind.follows_a_choice(), "{}", event.kind);
    }
}

#[tokio::test]
async fn each_wish_is_told_as_what_it_was() {
    let story = story().await;
    let wishes = story.iter().filter(told(EventKind::WishReceived)).map(|event| event.wish);
    assert_eq!(wishes.collect::<Vec<_>>(), [Some(WishKind::Other), Some(WishKind::MoneyBack)]);
    let others = story.iter().filter(|event| event.kind != EventKind::WishReceived);
    assert!(others.into_iter().all(|event| event.wish.is_none()));
}

#[tokio::test]
async fn why_a_rebooking_was_called_off_is_told_with_that_alone() {
    for event in story().await {
        let why = (event.kind == EventKind::RebookingCancelled).then_some(CancelReason::Support);
        assert_eq!(event.cancelled, why, "{}", event.kind);
    }
}

#[tokio::test]
async fn the_customer_is_named_where_the_host_asks_and_they_are_not_forgotten() {
    let named = one_of_each(&MemoryEvents::with_customer()).await;
    for event in named {
        let is_forgotten = event.kind == EventKind::CaseForgotten;
        let known = (!is_forgotten).then(|| samples::booking().customer);
        assert_eq!(event.customer, known, "{}", event.kind);
    }
    assert!(story().await.into_iter().all(|event| event.customer.is_none()));
}

#[test]
fn an_effect_that_tells_nothing_is_no_event() {
    let token = samples::token(samples::booking(), samples::now());
    let kind = EffectKind::PlaceOrder;
    let effect = Effect {
        id: EffectId::new(1),
        key: EffectKey::new(token.id(), kind, 0),
        token: token.id(),
        kind,
        state: EffectState::Waiting { due_at: samples::now() },
        attempts: 0,
        last_error: None,
        created_at: samples::now(),
        since: samples::now(),
    };
    assert_eq!(Event::new(&effect, &token, true), None);
}
