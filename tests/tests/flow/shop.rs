//! What the shop does: refuse, refund, fall silent; and how effects survive it.

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::effect::{EffectState, EffectStatus};
use rebooking_core::policy::{OrderStrategy, Policy};
use rebooking_core::rebooking::RebookingState;
use rebooking_core::service::{LinkView, OrderEvent};
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::token::CancelReason;

use crate::stage::{
    FIRST, customer_mails, free, mailed_link, partner_mails, rebooked, text, ticket,
};

#[tokio::test]
async fn an_order_that_the_shop_refuses_gives_the_places_back_and_brings_an_apology_and_a_new_link()
{
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = free(&world, FIRST).await;
    world.shop.sold_out(FIRST);
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(free(&world, FIRST).await, before);
    assert_eq!(customer_mails(&world), ["order_refused"]);
    assert!(partner_mails(&world).is_empty(), "the partner never heard of it");
    let shown = world
        .rebookings
        .customer(&mailed_link(&world))
        .show()
        .await
        .unwrap()
        .into_offers()
        .unwrap();
    assert!(
        shown.offers.iter().all(|offer| offer.date().id() != FIRST),
        "the refused date is lost"
    );
}

#[tokio::test]
async fn a_refund_in_the_shop_kills_the_link_at_once() {
    let world = World::new();
    let declined = world.declined_booking().await;
    for _ in 0..2 {
        world.rebookings.order_changed(declined.booking.order, OrderEvent::Refunded).await.unwrap();
    }
    let shown = world.rebookings.customer(&declined.link).show().await;
    let why = CancelReason::Refunded;
    assert!(matches!(shown, Ok(LinkView::Cancelled { why: told, .. }) if told == why));
    world.deliver_all().await.unwrap();
    assert!(customer_mails(&world).is_empty(), "a dead link is not mailed");
}

#[tokio::test]
async fn a_refund_after_the_choice_gives_the_places_back_and_tells_the_partner() {
    let world = World::new();
    let before = {
        world.seed().await.unwrap();
        free(&world, FIRST).await
    };
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    world.rebookings.order_changed(samples::booking().order, OrderEvent::Refunded).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(free(&world, FIRST).await, before);
    assert_eq!(partner_mails(&world), ["partner_request", "partner_withdrawn"]);
    let state = world.token(chosen.token.id()).await.rebooking().unwrap().state;
    assert_eq!(state, RebookingState::Cancelled(CancelReason::Refunded));
}

#[tokio::test]
async fn a_request_whose_order_is_gone_is_withdrawn_so_that_a_later_decline_sends_no_link() {
    use rebooking_core::ports::RebookingStore as _;
    use rebooking_core::ports::store::ConfirmationKey;
    let world = World::new();
    world.seed().await.unwrap();
    let request =
        ConfirmationKey::Id(world.store.open_confirmation(&samples::booking()).await.unwrap());
    world.rebookings.order_changed(samples::booking().order, OrderEvent::Cancelled).await.unwrap();
    let declined = world
        .rebookings
        .decline_unchecked(&request, &crate::stage::because("krank"))
        .await
        .unwrap();
    assert_eq!(declined, rebooking_core::service::Declined::Already);
}

#[tokio::test]
async fn closing_the_original_of_a_linked_order_is_no_event_for_the_rebooking() {
    let world = World::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    world.rebookings.order_changed(samples::booking().order, OrderEvent::Cancelled).await.unwrap();
    let token = world.token(chosen.token.id()).await;
    assert_eq!(token.rebooking().unwrap().state, RebookingState::AwaitingPartner);
    world.rebookings.order_changed(token.current_order(), OrderEvent::Cancelled).await.unwrap();
    let state = world.token(chosen.token.id()).await.rebooking().unwrap().state;
    assert_eq!(state, RebookingState::Cancelled(CancelReason::OrderCancelled));
}

#[tokio::test]
async fn after_a_refund_neither_a_decline_nor_support_makes_a_link_and_the_statistic_knows() {
    use rebooking_core::ports::RebookingStore as _;
    use rebooking_core::ports::store::ConfirmationKey;
    use rebooking_core::service::{Declined, ManualLink};
    let world = World::new();
    world.seed().await.unwrap();
    let booking = samples::booking();
    let request = ConfirmationKey::Id(world.store.open_confirmation(&booking).await.unwrap());
    let by_hand = ManualLink { item: booking.item, reason: text("auf Wunsch"), again: true };
    world.rebookings.support("sam").send_link(&by_hand).await.unwrap();
    let case = rebooking_core::value::ids::CaseId::from(booking.item);
    world.rebookings.support("sam").cancel(case, &text("doch nicht")).await.unwrap();
    let taken = free(&world, booking.slot.id).await;
    world.rebookings.order_changed(booking.order, OrderEvent::Refunded).await.unwrap();
    assert_eq!(
        free(&world, booking.slot.id).await,
        taken + 2,
        "the request that nobody held is closed too"
    );
    let declined = world
        .rebookings
        .decline_unchecked(&request, &crate::stage::because("krank"))
        .await
        .unwrap();
    assert_eq!(declined, Declined::Already);
    assert!(matches!(
        world.rebookings.support("sam").send_link(&by_hand).await,
        Err(RebookError::Conflict(_))
    ));
    let (from, until) = (samples::now() - TimeDelta::days(1), samples::now() + TimeDelta::days(1));
    let earned = world.rebookings.support("sam").earnings(from, until).await.unwrap().value;
    assert_eq!(earned.iter().map(|month| month.refunded).sum::<u64>(), 1);
}

#[tokio::test]
async fn i3_an_order_made_without_an_answer_is_found_again_and_not_made_twice() {
    for orders in [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder] {
        let world = World::with(Policy { orders, ..Policy::default() });
        let link = world.declined_booking().await.link;
        world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
        world.shop.next_call(Trouble::Unanswered);
        world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(20));
        world.deliver_all().await.unwrap();
        assert_eq!(world.shop.carrying("reb-7001-1").len(), 1, "{orders:?}");
        assert_eq!(customer_mails(&world).last(), Some(&"rebooked"), "{orders:?}");
    }
}

#[tokio::test]
async fn a_customer_rebooks_while_shop_tickets_and_mail_are_all_down_and_nothing_is_lost() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.shop.every_call(Some(Trouble::Fail));
    world.tickets.every_call(Some(Trouble::Hang));
    world.mailer.every_call(Some(Trouble::Unanswered));
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await.unwrap();
    for _ in 0..4 {
        world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(16));
    }
    world.shop.every_call(None);
    world.tickets.every_call(None);
    world.mailer.every_call(None);
    for _ in 0..3 {
        world.clock.advance(TimeDelta::minutes(16));
        world.deliver_all().await.unwrap();
    }
    assert_eq!(world.shop.carrying("reb-7001-1").len(), 1);
    assert_eq!(customer_mails(&world).last(), Some(&"rebooked"));
    assert_eq!(ticket(&world, declined.token.case), ["Declined", "Rebooked"]);
}

#[tokio::test]
async fn i5_an_effect_that_never_works_dies_visibly_and_support_brings_it_back() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.mailer.every_call(Some(Trouble::Fail));
    for _ in 0..40 {
        world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(16));
    }
    let dead = world
        .rebookings
        .support("sam")
        .effects(Some(EffectStatus::Dead), rebooking_core::ports::reports::PageRequest::default())
        .await
        .unwrap();
    let dead = &dead.rows[0];
    assert!(matches!(dead.state, EffectState::Dead { .. }));
    assert_eq!(
        dead.last_error.as_deref(),
        Some("refused for good: given up: out of reach for now: scripted: out of reach")
    );
    // The address may be sound: nobody has refused it.
    assert_eq!(
        ticket(&world, declined.token.case),
        ["Declined", "CustomerNotTold"],
        "support is told"
    );
    world.mailer.every_call(None);
    world.rebookings.support("sam").retry(dead.id).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"]);
}

#[tokio::test]
async fn a_panic_and_a_hang_harm_no_other_effect() {
    for trouble in [Trouble::Panic, Trouble::Hang] {
        let world = World::new();
        world.declined(samples::booking_of(7001)).await;
        world.declined(samples::booking_of(7002)).await;
        world.mailer.next_call(trouble);
        let delivered = world.rebookings.deliver().await.unwrap();
        assert_eq!(customer_mails(&world), ["declined"], "{trouble:?}");
        assert_eq!(delivered.done, 3, "{trouble:?}: the other mail and both tickets");
    }
}

#[tokio::test]
async fn time_alone_kills_no_effect_that_was_never_tried() {
    let world = World::new();
    world.declined_booking().await;
    world.clock.advance(TimeDelta::days(10));
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"]);
}

#[tokio::test]
async fn an_order_cannot_be_skipped_but_a_mail_can() {
    use rebooking_core::ports::reports::PageRequest;
    let world = World::new();
    let link = world.declined_booking().await.link;
    world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    let waiting = world
        .rebookings
        .support("sam")
        .effects(Some(EffectStatus::Waiting), PageRequest::default())
        .await
        .unwrap()
        .rows;
    let id = |name: &str| waiting.iter().find(|effect| effect.kind.to_string() == name).unwrap().id;
    let refused = world.rebookings.support("sam").skip(id("order-place"), &text("von Hand")).await;
    assert!(matches!(refused, Err(RebookError::Conflict(_))), "{refused:?}");
    world.rebookings.support("sam").skip(id("mail-declined"), &text("angerufen")).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["rebooked"]);
}
