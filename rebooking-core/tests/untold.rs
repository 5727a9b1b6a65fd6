//! Mails that do not arrive: what an outage costs, and what support is told when people must take
//! over.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

use chrono::TimeDelta;
use rebooking_core::effect::{Lane, TicketFact};
use rebooking_core::notice::Message;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::token::CancelReason;
use rebooking_core::value::text::FreeText;

fn facts(world: &World, declined: &DeclinedBooking) -> Vec<TicketFact> {
    let tickets = world.tickets.of_case(declined.token.case);
    tickets.iter().flat_map(|ticket| &ticket.notes).map(|note| note.fact).collect()
}

async fn rebooked(world: &World) -> DeclinedBooking {
    let declined = world.declined_booking().await;
    let _ = world.deliver_all().await.unwrap();
    let _ = world
        .rebookings
        .customer(&declined.link)
        .choose(&samples::choice(World::DATES[0]))
        .await
        .unwrap();
    declined
}

#[tokio::test]
async fn an_outage_of_days_kills_no_mail_and_is_over_within_a_quarter_of_an_hour() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.mailer.every_call(Some(Trouble::Unavailable));
    for _ in 0..7 * 24 * 6 {
        let _ = world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(10));
    }
    assert_eq!(world.rebookings.open_circuits()[0].lane, Lane::Mail);
    world.mailer.every_call(None);
    world.clock.advance(world.rebookings.policy().delivery.backoff_cap);
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(world.mailer.sent().len(), 1);
    assert_eq!(facts(&world, &declined), [TicketFact::Declined]);
    assert_eq!(world.rebookings.open_circuits(), []);
}

/// A relay that restarts must not hold mails up as long as a password that nobody renews.
#[tokio::test]
async fn a_short_outage_costs_seconds() {
    let world = World::new();
    let _ = world.declined_booking().await;
    world.mailer.next_call(Trouble::Unavailable);
    let _ = world.deliver_all().await.unwrap();
    world.clock.advance(world.rebookings.policy().delivery.backoff_base);
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(world.mailer.sent().len(), 1);
}

#[tokio::test]
async fn only_a_refused_address_makes_a_customer_unreachable() {
    for (trouble, expected) in [
        (None, TicketFact::Unreachable),
        (Some(Trouble::Panic), TicketFact::CustomerNotTold),
        (Some(Trouble::FailForGood), TicketFact::CustomerNotTold),
    ] {
        let world = World::new();
        let declined = world.declined_booking().await;
        match trouble {
            Some(trouble) => world.mailer.next_call(trouble),
            None => world.mailer.refuse(&declined.booking.customer.email),
        }
        let _ = world.deliver_all().await.unwrap();
        assert_eq!(facts(&world, &declined), [TicketFact::Declined, expected], "{trouble:?}");
    }
}

#[tokio::test]
async fn support_hears_of_a_partner_who_was_not_told() {
    let world = World::new();
    let declined = rebooked(&world).await;
    world.mailer.refuse(&samples::partner().email);
    let _ = world.deliver_all().await.unwrap();
    let facts = facts(&world, &declined);
    assert!(facts.contains(&TicketFact::PartnerNotTold), "{facts:?}");
    assert!(!facts.contains(&TicketFact::Unreachable), "{facts:?}");
}

#[tokio::test]
async fn a_customer_hears_that_a_rebooking_was_called_off() {
    for made in [true, false] {
        let world = World::new();
        let declined = rebooked(&world).await;
        if made {
            let _ = world.deliver_all().await.unwrap();
        }
        let reason = FreeText::line("Die Kundin hat angerufen.", 100);
        world.rebookings.support("sam").cancel(declined.token.case, &reason).await.unwrap();
        let _ = world.deliver_all().await.unwrap();
        let mail = world.mailer.last_to(&declined.booking.customer.email).unwrap();
        let Message::CalledOff { booking, why } = mail.message else {
            panic!("{:?}", mail.message)
        };
        assert_eq!((booking.slot.id, why), (World::DATES[0], CancelReason::Support));
    }
}

#[tokio::test]
async fn a_mail_that_comes_after_the_confirmation_says_so() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let _ = world.rebookings.deliver_lane(Lane::Orders).await.unwrap();
    let token = world.token(declined.token).await;
    let request = token.rebooking().unwrap().confirmation.unwrap();
    let _ = world
        .rebookings
        .partner(samples::partner().id)
        .confirm(&ConfirmationKey::Id(request))
        .await
        .unwrap();
    let _ = world.deliver_all().await.unwrap();
    let late = world.mailer.sent().into_iter().find_map(|mail| match mail.message {
        Message::Rebooked { confirmed, .. } => Some(confirmed),
        _ => None,
    });
    assert_eq!(late, Some(true));
}

/// The link of the first decline moved the booking, so the date that is declined now is in the
/// customer's calendar. The mail that would say so is overtaken by a new link.
#[tokio::test]
async fn a_link_that_overtakes_a_decline_carries_what_it_said() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let _ = world.deliver_all().await.unwrap();
    let request = world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let again = rebooking_core::service::Decline {
        reason: FreeText::line("Wasserschaden.", 100),
        proposed: Vec::new(),
    };
    let _ =
        world.rebookings.decline_unchecked(&ConfirmationKey::Id(request), &again).await.unwrap();
    let _ = world.rebookings.support("sam").reissue(declined.token.case).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    let mail = world.mailer.last_to(&declined.booking.customer.email).unwrap();
    let Message::LinkReplaced { reason, rebooked_before, .. } = mail.message else {
        panic!("{:?}", mail.message)
    };
    assert_eq!((reason.expose(), rebooked_before), ("Wasserschaden.", true));
}
