//! The stories of the specification, each with all that shop, helpdesk, mails and database say of
//! it.

mod backup;
mod choice;
mod money;
mod partner;
mod refused;
mod shop;
mod support;
mod waiting;
mod wishes;

use tests::stack::Stack;
use tests::stack::helpdesk::Ticket;
use tests::stack::people::{Guest, Link};
use tests::stack::shop::{Bought, SATURDAY};
use tests::stack::wait::eventually;

/// Erika has bought two places on Saturday, the kitchen declines, and her link is here.
pub(crate) async fn declined(stack: &Stack) -> (Guest, Bought, Link) {
    let erika = Guest::erika();
    let bought = stack.shop().sells(&erika, SATURDAY, 2).await;
    stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
    let link = stack.mails().link_to(&erika).await;
    stack.knows_the_dates().await;
    (erika, bought, link)
}

/// Waits until the ticket about a booking says something like this, and gives it.
async fn ticket_that_says(stack: &Stack, bought: Bought, words: &str) -> Ticket {
    eventually(&format!("a note with {words:?}"), || async {
        let ticket = stack.helpdesk().ticket(bought).await?;
        ticket.notes.iter().any(|note| note.body.contains(words)).then_some(ticket)
    })
    .await
}
