//! The customer's choice: places, price, address, and the same request again.

use chrono::TimeDelta;
use mockall::mock;
use rebooking_core::eligibility::{PriceAdjustment, Refusal};
use rebooking_core::error::InvalidInput;
use rebooking_core::notice::Notice;
use rebooking_core::policy::{OrderStrategy, Policy, PriceRule};
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::ports::{Mailer, PortError, RebookingStore as _, async_trait};
use rebooking_core::service::{Choice, Declined};
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::token::LinkUnusable;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CaseId, ConfirmationId, TokenRef};
use rebooking_core::{RebookError, Rebookings};

use crate::stage::{FIRST, SECOND, because, customer_mails, free, partner_mails, rebooked, ticket};

#[tokio::test]
async fn a_choice_takes_the_places_and_order_partner_ticket_and_mails_follow() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = free(&world, FIRST).await;
    let chosen =
        world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await.unwrap();
    assert_eq!(
        (chosen.order_number.as_str(), chosen.order_pending),
        ("100007001", false),
        "the order stays"
    );
    assert_eq!(free(&world, FIRST).await, before - 2, "taken before the shop has heard of it");
    assert!(customer_mails(&world).is_empty(), "nothing outside happens in the request");
    world.deliver_all().await.unwrap();
    assert_eq!(world.shop.carrying("reb-7001-1").len(), 1);
    assert_eq!(customer_mails(&world), ["rebooked"], "the unsent link is no longer of use");
    assert_eq!(partner_mails(&world), ["partner_request"]);
    assert_eq!(ticket(&world, declined.token.case), ["Declined", "Rebooked"]);
}

#[tokio::test]
async fn i7_the_same_request_again_gives_the_same_answer_and_does_nothing() {
    let world = World::new();
    let (link, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let before = world.store.snapshot();
    let again = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    assert_eq!((again.order_number, again.slot), (chosen.order_number, chosen.slot));
    assert_eq!(world.store.snapshot(), before);
}

#[tokio::test]
async fn i1_another_date_for_a_used_link_is_refused() {
    let world = World::new();
    let (link, _) = rebooked(&world, samples::booking(), FIRST).await;
    let refused = world.rebookings.customer(&link).choose(&samples::choice(SECOND)).await;
    assert!(
        matches!(refused, Err(RebookError::Gone { why: LinkUnusable::Used { .. }, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_wrong_address_is_counted_and_locks_the_link_also_for_its_owner() {
    let world = World::new();
    let link = world.declined_booking().await.link;
    let wrong = Choice { email: samples::email("fremd@example.net"), ..samples::choice(FIRST) };
    for left in (0..5).rev() {
        let refused = world.rebookings.customer(&link).choose(&wrong).await;
        assert!(
            matches!(refused, Err(RebookError::WrongEmail { left: told }) if told == left),
            "{refused:?}"
        );
    }
    let locked = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await;
    assert!(matches!(locked, Err(RebookError::TooManyAttempts { wait: Some(_) })), "{locked:?}");
    world.clock.advance(TimeDelta::minutes(15));
    assert!(world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.is_ok());
}

#[tokio::test]
async fn i9_with_settle_a_dearer_date_needs_the_total_that_was_shown() {
    let world = World::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let link = world.declined_booking().await.link;
    price(&world, 9500).await;
    let refused = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await;
    assert_eq!(total_to_agree_to(refused), Some(19_000), "without agreement");
    let stale = Choice { expected_total: Some("178.00".into()), ..samples::choice(FIRST) };
    assert_eq!(
        total_to_agree_to(world.rebookings.customer(&link).choose(&stale).await),
        Some(19_000),
        "a price that changed"
    );
    let agreed = Choice { expected_total: Some("190.00".into()), ..samples::choice(FIRST) };
    let chosen = world.rebookings.customer(&link).choose(&agreed).await.unwrap();
    assert_eq!(chosen.consequence, PriceAdjustment::ToPay(samples::euros(1200)));
}

#[tokio::test]
async fn a_total_that_is_none_is_refused_also_where_a_choice_is_repeated() {
    let world = World::new();
    let (link, _) = rebooked(&world, samples::booking(), FIRST).await;
    for total in ["178.005", "-10000000000001"] {
        let wrong = Choice { expected_total: Some(total.into()), ..samples::choice(FIRST) };
        let refused = world.rebookings.customer(&link).choose(&wrong).await;
        assert!(
            matches!(refused, Err(RebookError::Invalid(InvalidInput::ExpectedTotal(_)))),
            "{refused:?}"
        );
    }
    world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
}

#[tokio::test]
async fn with_absorb_a_dearer_date_costs_the_customer_nothing_and_a_cheaper_one_gives_back_once() {
    for (cents, consequence, back) in [
        (9500, PriceAdjustment::Absorbed(samples::euros(1200)), Vec::new()),
        (7900, PriceAdjustment::Refund(samples::euros(2000)), vec![samples::euros(2000)]),
    ] {
        let world = World::new();
        let link = world.declined_booking().await.link;
        price(&world, cents).await;
        let chosen =
            world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
        assert_eq!(chosen.consequence, consequence);
        world.deliver_all().await.unwrap();
        world.deliver_all().await.unwrap();
        let refunds: Vec<_> =
            world.shop.refunds().into_iter().map(|refund| refund.amount).collect();
        assert_eq!(refunds, back);
    }
}

/// Three places for 250.00, each 89.00 by the list: the discount of 17.00 is kept at each step.
#[tokio::test]
async fn a_discount_is_kept_along_a_chain_of_rebookings_to_the_cent() {
    let world = World::new();
    let euros = samples::euros;
    let (participants, paid) = (samples::party(3), euros(25_000));
    let first = world.declined(Booking { participants, paid, ..samples::booking() }).await;
    price(&world, 8_400).await;
    let cheaper = world.rebookings.customer(&first.link).choose(&samples::choice(FIRST)).await;
    assert_eq!(cheaper.unwrap().consequence, PriceAdjustment::Refund(euros(1_500)));
    world.deliver_all().await.unwrap();

    let key = ConfirmationKey::Id(request(&world, first.token).await);
    let declined = world.rebookings.decline_unchecked(&key, &because("Rohrbruch")).await.unwrap();
    let Declined::LinkIssued(second) = declined else { panic!("{declined:?}") };
    let booking = world.token(second).await.booking().clone();
    assert_eq!((booking.unit_price, booking.paid), (euros(8_400), euros(23_500)));
    let link = world.link(second).await;
    let dearer = world.rebookings.customer(&link).choose(&samples::choice(SECOND)).await;
    assert_eq!(dearer.unwrap().consequence, PriceAdjustment::Absorbed(euros(1_500)));
    world.deliver_all().await.unwrap();

    let back: Vec<_> = world.shop.refunds().into_iter().map(|refund| refund.amount).collect();
    assert_eq!(back, [euros(1_500)]);
    assert_eq!(world.token(second).await.moved_booking().unwrap().paid, euros(23_500));
}

#[tokio::test]
async fn a_linked_order_answers_with_our_reference_until_the_shop_has_given_its_number() {
    let world = World::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let link = world.declined_booking().await.link;
    let chosen = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    assert_eq!((chosen.order_number.as_str(), chosen.order_pending), ("100007001-1", true));
    world.deliver_all().await.unwrap();
    let again = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    assert!(
        !again.order_pending && again.order_number.as_str() != "100007001-1",
        "{}",
        again.order_number
    );
}

#[tokio::test]
async fn a_linked_order_that_is_made_while_the_answer_waits_is_in_the_answer() {
    let world = World::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let link = world.declined_booking().await.link;
    let choice = samples::choice(FIRST);
    let (chosen, delivered) =
        futures_util::join!(world.rebookings.customer(&link).choose(&choice), async {
            while world.token(TokenRef::first(CaseId::new(7001))).await.rebooking().is_none() {
                tokio::task::yield_now().await;
            }
            world.deliver_all().await
        });
    delivered.unwrap();
    assert!(!chosen.unwrap().order_pending);
}

mock! {
    Mail {}
    #[async_trait]
    impl Mailer for Mail {
        async fn send(&self, notice: &Notice) -> Result<(), PortError>;
    }
}

#[tokio::test]
async fn no_request_ever_calls_the_outside() {
    let world = World::new();
    let link = world.declined_booking().await.link;
    let mut mail = MockMail::new();
    mail.expect_send().never();
    let mut ports = world.rebookings.ports().clone();
    ports.mailer = std::sync::Arc::new(mail);
    let policy = Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() };
    let rebookings = Rebookings::new(ports, policy, samples::link_keys()).unwrap();
    // Whoever calls these now hears of it.
    world.shop.every_call(Some(Trouble::Panic));
    world.tickets.every_call(Some(Trouble::Panic));
    rebookings.customer(&link).show().await.unwrap();
    assert!(
        rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap().order_pending
    );
}

async fn price(world: &World, cents: i64) {
    let mut date = world.store.date(FIRST).await.unwrap().unwrap().value.date;
    date.unit_price = samples::euros(cents);
    world.store.upsert_dates(&[date]).await.unwrap();
}

async fn request(world: &World, token: TokenRef) -> ConfirmationId {
    world.token(token).await.rebooking().unwrap().confirmation.unwrap()
}

fn total_to_agree_to<T>(refused: Result<T, RebookError>) -> Option<i64> {
    match refused {
        Err(RebookError::ChooseAgain { why: Refusal::PriceChanged { total }, .. }) => {
            Some(total.minor())
        }
        Ok(_) | Err(_) => None,
    }
}
