//! The promises I1 to I11 of the design, held against all that can be seen from outside.

mod effects;
mod links;
mod orders;
mod places;
mod rows;
mod secrets;
mod told;

use super::Stack;
use super::evidence::Evidence;
use rows::{name, text};

pub use secrets::{Search, forms, said};

/// Waits until all is delivered, and then no promise is broken.
pub async fn promises_hold(stack: &Stack) {
    let evidence = Evidence::gather(stack).await;
    let breaches = breaches(&evidence);
    assert!(breaches.is_empty(), "{breaches:#?}\n{}", in_short(&evidence));
}

/// Every broken promise, in words that begin with its number.
#[must_use]
pub fn breaches(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    for check in [
        links::one_rebooking_a_link,
        links::success_is_durable,
        links::the_same_again_is_the_same,
        links::reading_changes_nothing,
        links::partners_see_their_own,
        places::are_taken_for_a_reason,
        orders::one_for_each_rebooking,
        orders::money_as_it_was_shown,
        effects::are_all_there,
        effects::are_all_over,
        told::mails_once,
        told::tickets_and_notes_once,
        secrets::links_are_nowhere_else,
        secrets::addresses_are_where_they_belong,
    ] {
        check(evidence, &mut found);
    }
    found
}

/// What a report of a breach begins with.
fn in_short(evidence: &Evidence) -> String {
    let tokens = evidence.tokens.iter().map(|token| {
        let state = (text(&token["status"]), text(&token["rebooking_state"]));
        format!("{} {state:?} on date {}\n", name(token), token["date_id"])
    });
    let effects = evidence.effects.iter().map(|effect| {
        format!("{} {} {}\n", text(&effect["key"]), text(&effect["state"]), effect["last_error"])
    });
    let orders = evidence.orders.iter().map(|order| {
        format!("{} {} {:?} {:?}\n", order.number, order.state, order.key, order.comments)
    });
    tokens.chain(effects).chain(orders).collect()
}
