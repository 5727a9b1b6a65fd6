//! A request to the partner that is opened when its case, begun by hand, has nothing left to move.

use rebooking_core::RebookError;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::service::{Declined, Forget, ManualLink, OrderEvent};
use rebooking_core::testing::{World, samples};
use rebooking_core::value::ids::CaseId;

use crate::stage::{FIRST, because, customer_mails, free, mailed_link, text};

/// A case that support began before the partner was asked about its booking.
async fn begun_by_hand() -> Result<World, RebookError> {
    let (world, booking) = (World::new(), samples::booking());
    world.seed().await?;
    world.shop.put_booking(booking.clone());
    let by_hand = ManualLink { item: booking.item, reason: text("auf Wunsch"), again: true };
    world.rebookings.support("sam").send_link(&by_hand).await?;
    world.deliver_all().await?;
    Ok(world)
}

/// The partner is asked about the booking as it was, and says no.
async fn is_declined_late(world: &World) -> Result<(), RebookError> {
    let booking = samples::booking();
    let (before, mails) = (free(world, booking.slot.id).await, customer_mails(world));
    let request = ConfirmationKey::Id(world.store.open_confirmation(&booking).await?);
    let declined = world.rebookings.decline_unchecked(&request, &because("krank")).await?;
    world.deliver_all().await?;
    assert_eq!(declined, Declined::Already);
    let places = booking.participants.count();
    assert_eq!(free(world, booking.slot.id).await, before + places, "its places go back");
    assert_eq!(customer_mails(world), mails, "the customer hears nothing of it");
    Ok(())
}

#[tokio::test]
async fn declined_after_its_booking_has_moved_it_makes_no_second_link() -> Result<(), RebookError> {
    let world = begun_by_hand().await?;
    let link = mailed_link(&world);
    let chosen = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await?;
    world.deliver_all().await?;
    is_declined_late(&world).await?;
    let token = world.token(chosen.token.id()).await;
    assert!(token.rebooking().is_some_and(|moved| moved.state.is_live()), "the rebooking stands");
    Ok(())
}

#[tokio::test]
async fn declined_after_its_order_is_gone_it_makes_no_link() -> Result<(), RebookError> {
    let world = begun_by_hand().await?;
    world.rebookings.order_changed(samples::booking().order, OrderEvent::Cancelled).await?;
    is_declined_late(&world).await
}

#[tokio::test]
async fn declined_after_its_case_is_forgotten_it_makes_no_link() -> Result<(), RebookError> {
    let world = begun_by_hand().await?;
    let forget = Forget { reason: text("auf Wunsch"), cancel_open: true };
    let case = CaseId::from(samples::booking().item);
    world.rebookings.support("sam").forget(case, &forget).await?;
    is_declined_late(&world).await
}
