//! When no date suits: no dates at all, wishes, and money back.

use tests::stack::Stack;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Offered, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};
use tests::stack::wait::eventually;

use super::{declined, ticket_that_says};

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_no_date_is_told_that_support_will_call_and_support_has_the_ticket() {
    let stack = Stack::start().await;
    for date in [WEEK_LATER, TWO_WEEKS_LATER] {
        stack.shop().takes_off(date).await;
    }
    let (_, bought, link) = declined(&stack).await;
    let page = eventually("a page without dates", || async {
        let page = stack.customer().opens(&link).await.body;
        page.contains("Leider keine Termine verfügbar").then_some(page)
    })
    .await;
    assert!(page.contains("Unser Support-Team wird sich bei Ihnen melden"), "{page}");
    let ticket = eventually("a ticket for support", || async {
        let ticket = stack.helpdesk().ticket(bought).await?;
        (ticket.stage == "New").then_some(ticket)
    })
    .await;
    for _ in 0..3 {
        stack.customer().opens(&link).await;
    }
    stack.comes_to_rest().await;
    let now = stack.helpdesk().ticket(bought).await.unwrap();
    assert_eq!(now.notes.len(), ticket.notes.len(), "told once, however often it is opened");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_new_dates_is_told_of_the_first_and_takes_it() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    assert_eq!(stack.customer().wishes(&link, &erika, "new_dates", "").await.status, 200);
    let date = Offered { id: 96, course: SUSHI, days: 51, price: 8_900, places: 10 };
    stack.shop_offers(date).await;
    stack.mails().arrives(&erika.email, "Neue Termine für Ihre Buchung #").await;
    let done = stack.customer().clicks(&link, &erika, 96).await;
    assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
    ticket_that_says(&stack, bought, "hat umgebucht").await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_and_money_back_stand_in_the_ticket_each_once_and_more_urgent() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    let wish = "Lieber sonntags";
    assert_eq!(stack.customer().wishes(&link, &erika, "other", wish).await.status, 200);
    let ticket = ticket_that_says(&stack, bought, wish).await;
    assert_eq!((ticket.stage.as_str(), ticket.priority.as_str()), ("New", "2"));
    let money = "Bitte zurück";
    for _ in 0..2 {
        assert_eq!(stack.customer().wishes(&link, &erika, "money_back", money).await.status, 200);
    }
    assert_eq!(ticket_that_says(&stack, bought, money).await.priority, "3");
    assert_eq!(stack.shop().order(bought.order).await.memos.len(), 0, "support pays, not we");
    promises_hold(&stack).await;
}
