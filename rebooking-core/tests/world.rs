//! The fakes tied together carry a booking from its decline to the partner's confirmation.

use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::{World, samples};

#[tokio::test]
async fn a_declined_booking_is_rebooked_and_confirmed() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let _ = world.deliver_all().await.unwrap();
    let chosen = world
        .rebookings
        .customer(&declined.link)
        .choose(&samples::choice(World::DATES[0]))
        .await
        .unwrap();
    let _ = world.deliver_all().await.unwrap();
    let request = world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let _ = world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    let token = world.token(chosen.token.id()).await;
    assert_eq!(CaseStatus::from_token(&token, samples::now()), CaseStatus::Confirmed);
    let mails: Vec<_> =
        world.mailer.sent().iter().map(|mail| mail.message.kind().as_str()).collect();
    assert_eq!(mails, ["declined", "rebooked", "partner_request", "partner_confirmed"]);
    assert_eq!(world.shop.carrying(&token.order_key()).len(), 1);
    assert_eq!(world.tickets.of_case(token.id().case).len(), 1);
}
