//! What time brings: expiry, new links, reminders, wishes, new dates for those who wait, and
//! forgetting.

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::error::InvalidInput;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::service::{LinkView, NewWish, Swept};
use rebooking_core::testing::{World, samples};
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::WishKind;

use crate::stage::{FIRST, customer_mails, mailed_link, rebooked, text, ticket};

fn new_dates() -> NewWish {
    let email = samples::booking().customer.email;
    NewWish {
        email,
        kind: WishKind::NewDates,
        text: text("gern abends"),
        weekdays: Vec::new(),
        months: Vec::new(),
    }
}

/// The dates of the world, all sold out.
async fn sell_out(world: &World) {
    for id in World::<rebooking_core::testing::MemoryStore>::DATES {
        let mut date = world.store.date(id).await.unwrap().unwrap().value.date;
        date.capacity = date.taken;
        world.store.upsert_dates(&[date]).await.unwrap();
    }
}

async fn add_date(world: &World) {
    let date = samples::course_date(
        77,
        rebooking_core::ports::Clock::now(&world.clock) + TimeDelta::days(20),
        5,
    );
    world.store.upsert_dates(&[date]).await.unwrap();
}

#[tokio::test]
async fn i11_reading_changes_nothing_and_a_visit_counts_once() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = world.store.snapshot();
    let customer = world.rebookings.customer(&declined.link);
    let shown = customer.show().await.unwrap().into_offers().unwrap();
    assert_eq!(world.store.snapshot(), before);
    customer.visited(&shown).await.unwrap();
    let visited = world.store.snapshot();
    let again = customer.show().await.unwrap().into_offers().unwrap();
    customer.visited(&again).await.unwrap();
    assert_eq!(world.store.snapshot(), visited);
    let (before, after) = (&before.tokens[0], &visited.tokens[0]);
    assert_eq!(
        (&before.state(), &before.attempts()),
        (&after.state(), &after.attempts()),
        "apart from the token's use"
    );
}

#[tokio::test]
async fn the_first_customer_who_finds_no_date_makes_a_ticket_and_the_second_look_does_not() {
    let world = World::new();
    let declined = world.declined_booking().await;
    sell_out(&world).await;
    let customer = world.rebookings.customer(&declined.link);
    for _ in 0..2 {
        let shown = customer.show().await.unwrap().into_offers().unwrap();
        assert!(shown.offers.is_empty());
        customer.visited(&shown).await.unwrap();
    }
    world.deliver_all().await.unwrap();
    assert_eq!(ticket(&world, declined.token.case), ["Declined", "NoDates"]);
}

#[tokio::test]
async fn a_wish_lands_in_the_ticket_once_and_who_waits_is_told_of_a_date_that_fits() {
    let world = World::new();
    let declined = world.declined_booking().await;
    sell_out(&world).await;
    for _ in 0..2 {
        world.rebookings.customer(&declined.link).wish(&new_dates()).await.unwrap();
    }
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 0);
    add_date(&world).await;
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 1);
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 0, "told once");
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined", "new_dates"]);
    assert_eq!(ticket(&world, declined.token.case), ["Declined", "Wish(0)"]);
}

#[tokio::test]
async fn dates_that_were_on_offer_when_the_wish_was_made_are_no_news() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.rebookings.customer(&declined.link).wish(&new_dates()).await.unwrap();
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 0);
    add_date(&world).await;
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 1);
}

#[tokio::test]
async fn who_waits_longer_than_the_link_works_gets_a_fresh_one_with_the_news() {
    let world = World::new();
    let declined = world.declined_booking().await;
    sell_out(&world).await;
    world.rebookings.customer(&declined.link).wish(&new_dates()).await.unwrap();
    world.clock.advance(TimeDelta::days(40));
    add_date(&world).await;
    assert_eq!(world.rebookings.sweep().await.unwrap().announced, 1);
    world.deliver_all().await.unwrap();
    assert_ne!(mailed_link(&world).digest(), declined.link.digest());
    let chosen = world
        .rebookings
        .customer(&mailed_link(&world))
        .choose(&samples::choice(CourseDateId::new(77)))
        .await;
    assert!(chosen.is_ok(), "{chosen:?}");
}

#[tokio::test]
async fn a_wish_needs_the_right_address_and_a_money_back_wish_the_policy() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let stranger = NewWish { email: samples::email("fremd@example.net"), ..new_dates() };
    let refused = world.rebookings.customer(&declined.link).wish(&stranger).await;
    assert!(matches!(refused, Err(RebookError::WrongEmail { left: 4 })), "{refused:?}");
    let strict = World::with(rebooking_core::Policy {
        money_back: false,
        ..rebooking_core::Policy::default()
    });
    let link = strict.declined_booking().await.link;
    let refused = strict
        .rebookings
        .customer(&link)
        .wish(&NewWish { kind: WishKind::MoneyBack, ..new_dates() })
        .await;
    assert!(
        matches!(refused, Err(RebookError::Invalid(InvalidInput::MoneyBackNotOffered))),
        "{refused:?}"
    );
    let silent = NewWish { kind: WishKind::Other, text: FreeText::EMPTY, ..new_dates() };
    let refused = world.rebookings.customer(&declined.link).wish(&silent).await;
    assert!(matches!(refused, Err(RebookError::Invalid(InvalidInput::EmptyWish))), "{refused:?}");
}

#[tokio::test]
async fn an_expired_link_is_replaced_for_its_owner_only_so_often_and_everybody_hears_the_same() {
    let world = World::new();
    let mut link = world.declined_booking().await.link;
    world.rebookings.customer(&link).request_new_link(None).await.unwrap();
    assert!(
        world.rebookings.customer(&link).show().await.unwrap().into_offers().is_ok(),
        "one that works is not replaced"
    );
    for _ in 0..3 {
        world.clock.advance(TimeDelta::days(31));
        assert!(matches!(
            world.rebookings.customer(&link).show().await,
            Ok(LinkView::Expired { renewable: true, .. })
        ));
        world.rebookings.customer(&link).request_new_link(None).await.unwrap();
        world.deliver_all().await.unwrap();
        let next = mailed_link(&world);
        assert_ne!(next.digest(), link.digest());
        link = next;
    }
    world.clock.advance(TimeDelta::days(31));
    let before = world.store.snapshot();
    world.rebookings.customer(&link).request_new_link(None).await.unwrap();
    assert_eq!(world.store.snapshot(), before, "often enough");
    let unknown = rebooking_core::link::LinkSecret::parse(&"A".repeat(43)).unwrap();
    world.rebookings.customer(&unknown).request_new_link(None).await.unwrap();
}

#[tokio::test]
async fn an_unused_link_is_recalled_to_mind_once_and_its_expiry_written_down_once() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.deliver_all().await.unwrap();
    world.clock.advance(TimeDelta::days(23) - TimeDelta::nanoseconds(1));
    assert_eq!(world.rebookings.sweep().await.unwrap(), Swept::default());
    world.clock.advance(TimeDelta::nanoseconds(1));
    assert_eq!(world.rebookings.sweep().await.unwrap().reminded, 1);
    assert_eq!(world.rebookings.sweep().await.unwrap().reminded, 0);
    world.clock.advance(TimeDelta::days(7));
    assert_eq!(world.rebookings.sweep().await.unwrap().expired, 1);
    assert_eq!(world.rebookings.sweep().await.unwrap(), Swept::default());
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"], "a reminder of a dead link is not sent");
    assert_eq!(ticket(&world, declined.token.case).last().map(String::as_str), Some("Expired"));
}

#[tokio::test]
async fn ninety_days_after_its_end_nothing_personal_is_left_of_a_case() {
    let world = World::new();
    let (link, _) = rebooked(&world, samples::booking(), FIRST).await;
    world
        .rebookings
        .support("sam")
        .cancel(rebooking_core::value::ids::CaseId::new(7001), &text("auf Wunsch"))
        .await
        .unwrap();
    world.clock.advance(TimeDelta::days(90) - TimeDelta::nanoseconds(1));
    assert_eq!(world.rebookings.sweep().await.unwrap().forgotten, 0);
    world.clock.advance(TimeDelta::nanoseconds(1));
    assert_eq!(world.rebookings.sweep().await.unwrap().forgotten, 1);
    let kept = world.store.snapshot();
    assert!(kept.tokens.iter().all(|token| token.booking().customer.email.is_forgotten()));
    assert!(kept.confirmations.iter().all(|request| request.booking.customer.name.is_empty()));
    let shown = world.rebookings.customer(&link).show().await.unwrap();
    assert!(matches!(shown.into_offers(), Err(RebookError::Gone { .. })));
}
