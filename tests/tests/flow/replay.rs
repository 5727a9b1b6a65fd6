//! The same choice again, and a choice that comes too late: what is answered, and what is not even
//! looked at.

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, Chosen, SupportChoice};
use rebooking_core::testing::{World, samples};
use rebooking_core::token::LinkUnusable;

use crate::stage::{FIRST, because, rebooked, request_of, text};

/// What a choice of the first date is answered with, and whether anything was written.
async fn chosen_again(world: &World, link: &LinkSecret, address: &str) -> (Option<String>, bool) {
    let choice = Choice { email: samples::email(address), ..samples::choice(FIRST) };
    let before = world.store.snapshot();
    let answer: Result<Chosen, RebookError> = world.rebookings.customer(link).choose(&choice).await;
    let why = match answer {
        Ok(_) => None,
        Err(RebookError::Gone { why: LinkUnusable::Used { .. }, .. }) => Some("used".to_owned()),
        Err(RebookError::Gone { why: LinkUnusable::Expired { .. }, .. }) => {
            Some("expired".to_owned())
        }
        Err(other) => Some(format!("{other:?}")),
    };
    (why, world.store.snapshot() == before)
}

fn nothing_but(why: &str) -> (Option<String>, bool) {
    (Some(why.to_owned()), true)
}

#[tokio::test]
async fn i7_a_date_that_was_declined_since_is_not_called_a_success_again() {
    let world = World::new();
    let (link, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    world.rebookings.decline_unchecked(&request, &because("wieder krank")).await.unwrap();
    assert_eq!(chosen_again(&world, &link, "erika@example.com").await, nothing_but("used"));
}

#[tokio::test]
async fn what_support_has_chosen_is_no_success_of_the_customers_own() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let choice = SupportChoice { date: FIRST, reason: text("am Telefon zugesagt") };
    world.rebookings.support("sam").choose(declined.token.case, &choice).await.unwrap();
    let again = chosen_again(&world, &declined.link, "erika@example.com").await;
    assert_eq!(again, nothing_but("used"));
}

#[tokio::test]
async fn once_a_customer_is_forgotten_no_address_is_tried_on_a_used_link() {
    let world = World::new();
    let (link, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let case = chosen.token.id().case;
    world.rebookings.support("sam").cancel(case, &text("auf Wunsch")).await.unwrap();
    world.clock.advance(TimeDelta::days(90));
    assert_eq!(world.rebookings.sweep().await.unwrap().forgotten, 1);
    assert_eq!(chosen_again(&world, &link, "erika@example.com").await, nothing_but("used"));
}

#[tokio::test]
async fn at_the_very_instant_of_the_expiry_a_choice_is_too_late_whatever_the_address() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let expiry = world.token(declined.token).await.expires_at();
    world.clock.advance(expiry - world.token(declined.token).await.issued_at());
    for address in ["erika@example.com", "fremd@example.net"] {
        let late = chosen_again(&world, &declined.link, address).await;
        assert_eq!(late, nothing_but("expired"), "{address}");
    }
}
