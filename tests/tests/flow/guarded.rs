//! Guards that no other test misses when they are taken off: what is carried over, who is told,
//! what is undone.

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::audit::AuditEvent;
use rebooking_core::effect::EffectKind;
use rebooking_core::error::{Conflict, Resource};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::service::{
    Choice, Decline, Declined, Forget, LinkSent, ManualLink, OrderClaim, OrderEvent,
};
use rebooking_core::testing::{World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::{CaseId, CourseDateId, PartnerId};
use rebooking_core::value::money::Money;

use crate::stage::{FIRST, because, customer_mails, mailed_link, partner_mails, rebooked, text};

type Told = Result<(), RebookError>;

const PRICED: CourseDateId = CourseDateId::new(77);

fn stranger() -> EmailAddress {
    EmailAddress::parse("fremd@example.net").unwrap()
}

/// A date at this price beside those of the same price.
async fn priced(world: &World, unit_price: Money) -> Told {
    let date = samples::course_date(77, samples::booking().slot.starts_at + TimeDelta::days(9), 9);
    Ok(world.store.upsert_dates(&[CourseDate { unit_price, ..date }]).await?)
}

/// What the next link by hand is about.
async fn sent_by_hand(world: &World) -> Result<Booking, RebookError> {
    let item = samples::booking().item;
    let by_hand = ManualLink { item, reason: text("Auf Ihren Wunsch."), again: true };
    match world.rebookings.support("sam").send_link(&by_hand).await? {
        LinkSent::Issued(token) => Ok(world.token(token).await.booking().clone()),
        other => panic!("{other:?}"),
    }
}

/// How many effects of a kind there are.
fn asked(world: &World, kind: EffectKind) -> usize {
    world.store.snapshot().effects.iter().filter(|kept| kept.effect.kind == kind).count()
}

#[tokio::test]
async fn a_link_in_place_of_an_expired_one_forgives_no_guessing_and_goes_to_its_address() -> Told {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.deliver_all().await?;
    let guess = Choice { email: stranger(), ..samples::choice(FIRST) };
    for _ in 0..2 {
        let refused = world.rebookings.customer(&declined.link).choose(&guess).await;
        assert!(matches!(refused, Err(RebookError::WrongEmail { .. })), "{refused:?}");
    }
    world.clock.advance(TimeDelta::days(31));
    let customer = world.rebookings.customer(&declined.link);
    customer.request_new_link(Some(&stranger())).await?;
    world.deliver_all().await?;
    assert_eq!(customer_mails(&world), ["declined"], "a stranger moves nothing");
    customer.request_new_link(Some(&samples::booking().customer.email)).await?;
    world.deliver_all().await?;
    assert_eq!(customer_mails(&world), ["declined", "link_replaced"]);
    assert_eq!(world.token(declined.token.next()).await.attempts().total, 2);
    Ok(())
}

#[tokio::test]
async fn a_link_after_another_decline_begins_without_wrong_addresses() -> Told {
    let world = World::new();
    let declined = world.declined_booking().await;
    let guess = Choice { email: stranger(), ..samples::choice(FIRST) };
    assert!(world.rebookings.customer(&declined.link).choose(&guess).await.is_err());
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await?;
    world.deliver_all().await?;
    let request = crate::stage::request_of(&world, declined.token).await;
    world.rebookings.decline_unchecked(&request, &because("krank")).await?;
    assert_eq!(world.token(declined.token.next()).await.attempts().total, 0);
    Ok(())
}

#[tokio::test]
async fn what_is_called_off_before_its_order_is_made_reaches_no_partner() -> Told {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await?;
    world.rebookings.support("sam").cancel(declined.token.case, &text("Telefon")).await?;
    world.deliver_all().await?;
    assert!(partner_mails(&world).is_empty(), "{:?}", partner_mails(&world));
    Ok(())
}

#[tokio::test]
async fn an_order_that_the_shop_has_called_off_is_nobodys_and_undone_by_nobody() -> Told {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let token = world.token(chosen.token.id()).await;
    let order = token.current_order();
    world.rebookings.order_changed(order, OrderEvent::Cancelled).await?;
    let gone = world.token(token.id()).await.milestones().order_gone_at;
    assert!(gone.is_some(), "no link moves it any more");
    world.clock.advance(TimeDelta::days(1));
    let claim = world.rebookings.reconcile_order(&token.order_key(), order).await?;
    assert_eq!((claim, asked(&world, EffectKind::UndoOrder)), (OrderClaim::Unclaimed, 0));
    Ok(())
}

#[tokio::test]
async fn a_date_withdrawn_while_an_order_is_made_has_it_undone_and_only_then() -> Told {
    for is_made in [false, true] {
        let world = World::new();
        let declined = world.declined_booking().await;
        world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await?;
        if is_made {
            world.deliver_all().await?;
        }
        let partner = world.rebookings.partner(samples::partner().id);
        partner.withdraw(FIRST, &text("Wasserschaden")).await?;
        assert_eq!(asked(&world, EffectKind::UndoOrder), usize::from(!is_made), "{is_made}");
        let history = world.store.snapshot().audit;
        let known = [AuditEvent::Declined, AuditEvent::DateWithdrawn];
        let events = history.iter().map(|entry| entry.event).filter(|event| known.contains(event));
        // What began the case, then the date and the booking on it.
        let wanted = [known[0], known[1], known[1]];
        assert_eq!(events.collect::<Vec<_>>(), wanted, "{is_made}");
    }
    Ok(())
}

#[tokio::test]
async fn a_second_decline_is_not_held_to_what_it_proposes() -> Told {
    let world = World::new();
    let declined = world.declined_booking().await;
    let again =
        Decline { proposed: vec![CourseDateId::new(4711)], ..because("Der Koch ist krank.") };
    let request = ConfirmationKey::Id(declined.confirmation);
    let answer = world.rebookings.decline_unchecked(&request, &again).await?;
    assert_eq!(answer, Declined::Already);
    Ok(())
}

#[tokio::test]
async fn a_forgotten_case_gets_no_link_by_hand() -> Told {
    let world = World::new();
    let declined = world.declined_booking().await;
    let forget = Forget { reason: text("auf Wunsch"), cancel_open: true };
    world.rebookings.support("sam").forget(CaseId::from(declined.booking.item), &forget).await?;
    let refused = sent_by_hand(&world).await;
    assert!(matches!(refused, Err(RebookError::Conflict(Conflict::Forgotten))), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_given_back_for_a_cheaper_date_stays_given_back_when_that_is_called_off() -> Told {
    let (old, paid) = (samples::booking().unit_price, samples::booking().paid);
    let (cheaper, dearer) = (samples::euros(7_900), samples::euros(9_900));
    for (price, is_made, wanted) in [
        (cheaper, true, (cheaper, samples::euros(15_800))),
        (cheaper, false, (old, paid)),
        (dearer, true, (old, paid)),
    ] {
        let world = World::new();
        let declined = world.declined_booking().await;
        priced(&world, price).await?;
        world.rebookings.customer(&declined.link).choose(&samples::choice(PRICED)).await?;
        if is_made {
            world.deliver_all().await?;
        }
        world.rebookings.support("sam").cancel(declined.token.case, &text("Telefon")).await?;
        let next = sent_by_hand(&world).await?;
        assert_eq!((next.unit_price, next.paid), wanted, "{price:?}, made: {is_made}");
        assert_eq!(next.slot.id, samples::booking().slot.id);
    }
    Ok(())
}

#[tokio::test]
async fn after_the_last_decline_a_link_by_hand_is_about_the_date_that_has_an_order() -> Told {
    for (is_made, wanted) in [(true, FIRST), (false, samples::booking().slot.id)] {
        let world = World::with(rebooking_core::policy::Policy {
            step_limit: 1,
            ..rebooking_core::policy::Policy::default()
        });
        let declined = world.declined_booking().await;
        world.deliver_all().await?;
        let link = mailed_link(&world);
        world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await?;
        if is_made {
            world.deliver_all().await?;
        }
        let partner = world.rebookings.partner(samples::partner().id);
        partner.withdraw(FIRST, &text("Wasserschaden")).await?;
        let next = sent_by_hand(&world).await?;
        assert_eq!(next.slot.id, wanted, "made: {is_made}, {}", declined.token);
    }
    Ok(())
}

#[tokio::test]
async fn a_date_of_nobody_is_withdrawn_by_who_has_all_bookings_on_it_and_by_nobody_else() -> Told {
    let (world, booking) = (World::new(), samples::booking());
    world.seed().await?;
    world.store.open_confirmation(&booking).await?;
    let date = samples::course_date(booking.slot.id.value(), booking.slot.starts_at, 0);
    world.store.upsert_dates(&[CourseDate { partner: None, ..date }]).await?;
    let withdraw = async |partner| {
        world.rebookings.partner(partner).withdraw(booking.slot.id, &text("Wasserschaden")).await
    };
    let refused = withdraw(PartnerId::new(6)).await;
    assert!(matches!(refused, Err(RebookError::NotFound(Resource::Date))), "{refused:?}");
    assert_eq!(withdraw(booking.partner.id).await?.links, 1);
    Ok(())
}
