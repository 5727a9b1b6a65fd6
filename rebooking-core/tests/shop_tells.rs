//! What the shop tells: one booking of an order is gone, an order carries a key of ours, a booking
//! was sold.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

use chrono::TimeDelta;
use rebooking_core::Policy;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, EffectStatus};
use rebooking_core::error::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::Message;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::service::{Answer, Decline, ManualLink, OrderClaim, OrderEvent};
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::testing::{World, samples};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{OrderId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;

const OTHER: OrderId = OrderId::new(4_711);

/// A booking on a linked order of its own.
async fn linked() -> (World, DeclinedBooking, RebookingToken) {
    let orders = OrderStrategy::LinkedOrder;
    let world = World::with(Policy { orders, order_wait: TimeDelta::zero(), ..Policy::default() });
    let declined = world.declined_booking().await;
    let choice = samples::choice(World::DATES[0]);
    let _ = world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    let token = world.token(declined.token).await;
    (world, declined, token)
}

async fn undone(world: &World, declined: &DeclinedBooking) -> usize {
    let page = PageRequest::new(1, 100);
    let reports = world.rebookings.ports().reports.clone().unwrap();
    let effects = reports.effects(None, page).await.unwrap().rows;
    let of_case = effects.iter().filter(|effect| effect.token == declined.token);
    of_case.filter(|effect| effect.kind == EffectKind::UndoOrder).count()
}

#[tokio::test]
async fn a_linked_order_is_claimed_by_its_rebooking_and_no_other_order_is() {
    let (world, declined, token) = linked().await;
    let (key, order) = (token.order_key(), token.current_order());
    let rebookings = &world.rebookings;
    assert_eq!(rebookings.reconcile_order(&key, order).await.unwrap(), OrderClaim::Claimed);
    assert_eq!(rebookings.reconcile_order(&key, OTHER).await.unwrap(), OrderClaim::Unclaimed);
    for key in ["reb-4711-1", "reb-7001-9", "reb-anything", "other"] {
        let found = rebookings.reconcile_order(key, order).await.unwrap();
        assert_eq!(found, OrderClaim::Unclaimed, "{key}");
    }
    assert_eq!(undone(&world, &declined).await, 0, "nothing is called off by looking");
}

#[tokio::test]
async fn an_order_of_a_link_that_was_never_used_is_claimed_by_nobody() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let key = world.token(declined.token).await.order_key();
    let found = world.rebookings.reconcile_order(&key, OTHER).await.unwrap();
    assert_eq!(found, OrderClaim::Unclaimed);
}

#[tokio::test]
async fn an_order_that_lives_though_it_was_called_off_is_called_off_once_more() {
    let (world, declined, token) = linked().await;
    let (key, order) = (token.order_key(), token.current_order());
    let reason = FreeText::line("Am Telefon besprochen", 100);
    world.rebookings.support("susi").cancel(declined.token.case, &reason).await.unwrap();
    let look = || world.rebookings.reconcile_order(&key, order);
    assert_eq!(look().await.unwrap(), OrderClaim::Claimed, "it is about to be called off");
    let _ = world.deliver_all().await.unwrap();
    world.clock.advance(TimeDelta::hours(1));
    for _ in 0..3 {
        assert_eq!(look().await.unwrap(), OrderClaim::CalledOff);
    }
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(undone(&world, &declined).await, 2, "by one more effect, however often it is seen");
    assert_eq!(world.shop.carrying(&key).len(), 0);
}

#[tokio::test]
async fn the_end_of_one_booking_of_an_order_ends_no_other() {
    let world = World::new();
    let [ours, theirs] = [7_001, 7_002].map(samples::booking_of);
    let theirs = rebooking_core::value::booking::Booking { order: ours.order, ..theirs };
    let (order, item) = (ours.order, theirs.item);
    let ours = world.declined(ours).await;
    let theirs = world.declined(theirs).await;
    let unknown = OrderItemId::new(4_711);
    for _ in 0..2 {
        for item in [unknown, item] {
            let told = world.rebookings.booking_changed(order, item, OrderEvent::Refunded).await;
            told.unwrap();
        }
    }
    let now = world.rebookings.ports().clock.now();
    assert!(world.token(ours.token).await.usable(now).is_ok());
    assert!(world.token(theirs.token).await.usable(now).is_err());
}

#[tokio::test]
async fn a_request_that_was_never_declined_is_withdrawn_with_its_booking_alone() {
    let world = World::new();
    let [ours, theirs] = [7_001, 7_002].map(samples::booking_of);
    let theirs = rebooking_core::value::booking::Booking { order: ours.order, ..theirs };
    for booking in [&ours, &theirs] {
        world.store.open_confirmation(booking).await.unwrap();
    }
    let cancelled = OrderEvent::Cancelled;
    world.rebookings.booking_changed(ours.order, theirs.item, cancelled).await.unwrap();
    let left = world.store.order_state(ours.order).await.unwrap().value.confirmations;
    let left: Vec<_> = left.iter().map(|request| request.booking.item).collect();
    assert_eq!(left, [ours.item]);
}

#[tokio::test]
async fn a_booking_that_was_sold_is_asked_for_once_and_never_again_after_its_decline() {
    let world = World::new();
    world.seed().await.unwrap();
    let booking = samples::booking();
    let opened = world.rebookings.open_request(&booking).await.unwrap().unwrap();
    assert_eq!(world.rebookings.open_request(&booking).await.unwrap(), Some(opened));
    let asked = ConfirmationKey::Id(opened);
    let decline = Decline { reason: FreeText::line("Rohrbruch", 100), proposed: Vec::new() };
    let _ = world.rebookings.decline_unchecked(&asked, &decline).await.unwrap();
    assert_eq!(world.rebookings.open_request(&booking).await.unwrap(), None);
}

/// Support sends a link before the shop's new order is heard of.
async fn sent_by_hand(world: &World) -> LinkSecret {
    world.seed().await.unwrap();
    let booking = samples::booking();
    world.shop.put_booking(booking.clone());
    let reason = FreeText::line("Am Telefon besprochen", 100);
    let link = ManualLink { item: booking.item, reason, again: false };
    world.rebookings.support("anna").send_link(&link).await.unwrap();
    world.link(TokenRef::first(booking.item.into())).await
}

#[tokio::test]
async fn a_choice_closes_a_request_that_was_opened_after_the_link_by_hand() {
    let world = World::new();
    let link = sent_by_hand(&world).await;
    let opened = world.rebookings.open_request(&samples::booking()).await.unwrap().unwrap();
    assert_eq!(world.rebookings.open_request(&samples::booking()).await.unwrap(), Some(opened));
    let choice = samples::choice(World::DATES[0]);
    let _ = world.rebookings.customer(&link).choose(&choice).await.unwrap();
    let key = CaseKey::Confirmation(ConfirmationKey::Id(opened));
    let request = world.store.find(&key).await.unwrap().value.confirmation.unwrap();
    assert_eq!(request.state, ConfirmationState::Withdrawn);
}

#[tokio::test]
async fn a_booking_that_was_moved_by_hand_before_it_is_heard_of_opens_no_request() {
    let world = World::new();
    let link = sent_by_hand(&world).await;
    let choice = samples::choice(World::DATES[0]);
    let _ = world.rebookings.customer(&link).choose(&choice).await.unwrap();
    assert_eq!(world.rebookings.open_request(&samples::booking()).await.unwrap(), None);
}

/// What the partner was mailed, and the link in it.
fn asked_by_mail(world: &World) -> Vec<LinkSecret> {
    let links = world.mailer.sent().into_iter().filter_map(|notice| match notice.message {
        Message::BookingRequest { booking, answer } => {
            assert_eq!(
                (booking.item, notice.to),
                (samples::booking().item, samples::partner().email)
            );
            Some(answer)
        }
        _ => None,
    });
    links.collect()
}

#[tokio::test]
async fn a_partner_is_mailed_about_a_booking_once_and_answers_by_the_link() {
    for confirmed in [true, false] {
        let world = World::new();
        world.seed().await.unwrap();
        for _ in 0..3 {
            world.rebookings.open_request(&samples::booking()).await.unwrap();
            world.deliver_all().await.unwrap();
        }
        let [link] = asked_by_mail(&world).try_into().unwrap();
        let answer = if confirmed {
            Answer::Confirm
        } else {
            let reason = FreeText::line("Rohrbruch", 100);
            Answer::Decline(Decline { reason, proposed: Vec::new() })
        };
        for _ in 0..2 {
            let partner = world.rebookings.partner_by_link(&link);
            partner.answer(&samples::partner().email, &answer).await.unwrap();
        }
        world.deliver_all().await.unwrap();
        let item = CaseKey::Item(samples::booking().item);
        let case = world.store.find(&item).await.unwrap().value;
        assert_eq!(
            case.tokens.len(),
            usize::from(!confirmed),
            "a decline gives the customer a link"
        );
        let mails: Vec<_> =
            world.mailer.sent().iter().map(|notice| notice.message.kind().as_str()).collect();
        let rest: &[&str] = if confirmed { &[] } else { &["declined"] };
        assert_eq!(mails, [&["booking_request"], rest].concat());
    }
}

#[tokio::test]
async fn a_partner_who_has_answered_elsewhere_is_not_asked_any_more() {
    let world = World::new();
    world.seed().await.unwrap();
    let asked = world.rebookings.open_request(&samples::booking()).await.unwrap().unwrap();
    world.rebookings.confirm_unchecked(&ConfirmationKey::Id(asked)).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(asked_by_mail(&world).len(), 0);
}

#[tokio::test]
async fn wrong_addresses_on_the_link_for_a_booking_lock_it() {
    let world = World::new();
    world.seed().await.unwrap();
    world.rebookings.open_request(&samples::booking()).await.unwrap();
    world.deliver_all().await.unwrap();
    let link = asked_by_mail(&world).remove(0);
    let partner = world.rebookings.partner_by_link(&link);
    let wrong = samples::email("junk@example.net");
    for left in (0..5).rev() {
        let refused = partner.answer(&wrong, &Answer::Confirm).await.unwrap_err();
        assert!(matches!(refused, RebookError::WrongEmail { left: now } if now == left));
    }
    let locked = partner.answer(&samples::partner().email, &Answer::Confirm).await.unwrap_err();
    assert!(matches!(locked, RebookError::TooManyAttempts { wait: Some(_) }), "{locked:?}");
}

#[tokio::test]
async fn a_request_that_the_partners_address_refuses_is_left_to_support() {
    let world = World::new();
    world.seed().await.unwrap();
    world.mailer.refuse(&samples::partner().email);
    world.rebookings.open_request(&samples::booking()).await.unwrap();
    world.deliver_all().await.unwrap();
    let dead = world
        .rebookings
        .support("anna")
        .effects(Some(EffectStatus::Dead), PageRequest::new(1, 9))
        .await;
    let [dead] = dead.unwrap().rows.try_into().unwrap();
    assert_eq!(dead.token, TokenRef::booking(samples::booking().item.into()));
    world.rebookings.support("anna").retry(dead.id).await.unwrap();
    world.deliver_all().await.unwrap();
    let reason = FreeText::line("Angerufen", 100);
    world.rebookings.support("anna").skip(dead.id, &reason).await.unwrap();
}
