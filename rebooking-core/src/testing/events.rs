//! Events as they come about: a story in which everything happens that there is an event of.

use chrono::TimeDelta;

use super::world::DeclinedBooking;
use super::{MemoryEvents, Trouble, World, samples};
use crate::error::RebookError;
use crate::event::Event;
use crate::policy::Policy;
use crate::ports::store::ConfirmationKey;
use crate::service::{Decline, Forget, NewWish};
use crate::value::text::FreeText;
use crate::wish::WishKind;

/// At least one event of every kind, told by the use cases, in the order in which they happened.
///
/// # Panics
/// When a use case refuses what the story asks for.
#[expect(clippy::expect_used, reason = "a story that cannot be told should say so at once")]
pub async fn one_of_each(events: &MemoryEvents) -> Vec<Event> {
    let world = World::with_events(Policy::default(), events);
    told(&world).await.expect("the story can be told");
    events.taken()
}

async fn told(world: &World) -> Result<(), RebookError> {
    let link = confirmed_and_declined_again(world).await?;
    refused(world, 7002).await?;
    called_off_and_forgotten(world, 7003).await?;
    world.clock.advance(TimeDelta::days(31));
    let _ = world.rebookings.sweep().await?;
    let _ = world.deliver_all().await?;
    // Its second link has expired by now.
    debug_assert!(world.token(link.token.next()).await.milestones().expired_at.is_some());
    Ok(())
}

/// The customer looks, says what would fit, and takes a date that the partner confirms at first.
async fn confirmed_and_declined_again(world: &World) -> Result<DeclinedBooking, RebookError> {
    let declined = world.declined_booking().await;
    let _ = world.deliver_all().await?;
    let customer = world.rebookings.customer(&declined.link);
    customer.visited(&customer.show().await?.into_offers()?).await?;
    for (kind, text) in [(WishKind::Other, "Lieber abends."), (WishKind::MoneyBack, "")] {
        let (email, text) = (samples::booking().customer.email, FreeText::line(text, 100));
        let wish = NewWish { email, kind, text, weekdays: Vec::new(), months: Vec::new() };
        customer.wish(&wish).await?;
    }
    let _ = customer.choose(&samples::choice(World::DATES[0])).await?;
    let _ = world.deliver_all().await?;
    let token = world.token(declined.token).await;
    let request = token.rebooking().and_then(|rebooking| rebooking.confirmation);
    let request = ConfirmationKey::Id(request.ok_or(RebookError::UnknownLink)?);
    let _ = world.rebookings.confirm_unchecked(&request).await?;
    let reason = FreeText::line("Die Küche ist zu.", 100);
    let again = Decline { reason, proposed: Vec::new() };
    let _ = world.rebookings.decline_unchecked(&request, &again).await?;
    let _ = world.deliver_all().await?;
    Ok(declined)
}

async fn refused(world: &World, item: i64) -> Result<(), RebookError> {
    let declined = world.declined(samples::booking_of(item)).await;
    let customer = world.rebookings.customer(&declined.link);
    let _ = customer.choose(&samples::choice(World::DATES[1])).await?;
    world.shop.next_call(Trouble::Refuse);
    let _ = world.deliver_all().await?;
    Ok(())
}

async fn called_off_and_forgotten(world: &World, item: i64) -> Result<(), RebookError> {
    let declined = world.declined(samples::booking_of(item)).await;
    let customer = world.rebookings.customer(&declined.link);
    let _ = customer.choose(&samples::choice(World::DATES[1])).await?;
    let _ = world.deliver_all().await?;
    let (support, case) = (world.rebookings.support("anna"), declined.token.case);
    let reason = FreeText::line("Die Küche hat einen Wasserschaden.", 100);
    support.cancel(case, &reason).await?;
    let _ = world.deliver_all().await?;
    support.forget(case, &Forget { reason, cancel_open: false }).await?;
    let _ = world.deliver_all().await?;
    Ok(())
}
