//! What people do in the shop: cancel, pay back, offer and drop dates.

use tests::stack::Stack;
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Offered, SATURDAY, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};
use tests::stack::wait::eventually;

use super::declined;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_when_the_shop_pays_the_order_back() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.shop().pays_back(bought).await;
    eventually("that the link is dead", || async {
        let answer = stack.customer().looks(&link).await;
        (answer.status == 410).then(|| {
            assert_eq!(answer.json()["error"]["code"], "token_cancelled", "{answer:?}");
        })
    })
    .await;
    let refused = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!(refused.status, 410, "{refused:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebooking_that_is_paid_back_in_the_shop_is_off_and_the_partner_is_told() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    stack.partner().request(&bought.number(), WEEK_LATER, "pending").await;
    stack.comes_to_rest().await;
    stack.shop().pays_back(bought).await;
    stack.mails().arrives("kueche@example.org", "Anfrage zurückgezogen: ").await;
    stack.mails().arrives(&erika.email, "Ihre Umbuchung wurde aufgehoben - #").await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_paid_back_asks_its_partner_no_longer() {
    let stack = Stack::start().await;
    let bought = stack.shop().sells(&Guest::erika(), SATURDAY, 2).await;
    stack.partner().request(&bought.number(), SATURDAY, "pending").await;
    stack.shop().pays_back(bought).await;
    eventually("that nobody waits for the partner", || async {
        stack.partner().requests("pending").await.is_empty().then_some(())
    })
    .await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_in_the_shop_is_on_the_page_and_one_that_is_dropped_is_not() {
    let stack = Stack::start().await;
    let (erika, _, link) = declined(&stack).await;
    let date = Offered { id: 97, course: SUSHI, days: 40, price: 8_900, places: 4 };
    stack.shop_offers(date).await;
    stack.shop().takes_off(TWO_WEEKS_LATER).await;
    eventually("the new date, and not the dropped one", || async {
        (stack.customer().dates(&link).await == [WEEK_LATER, 97]).then_some(())
    })
    .await;
    let done = stack.customer().clicks(&link, &erika, 97).await;
    assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bought_and_moved_is_counted_once_in_shop_and_store() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    let max = Guest::max();
    let other = stack.shop().sells(&max, SATURDAY, 1).await;
    stack.partner().declines(&other.number(), SATURDAY, &[WEEK_LATER]).await;
    let second = stack.mails().link_to(&max).await;
    eventually("that Erika's two places are taken", || async {
        let shown = stack.customer().looks(&second).await.json();
        let dates = shown["data"]["availableDates"].as_array()?.clone();
        let week = dates.iter().find(|date| date["id"] == WEEK_LATER)?;
        (week["spotsAvailable"] == 8 && week["proposedByPartner"] == true).then_some(())
    })
    .await;
    assert_eq!(stack.shop().left(WEEK_LATER).await, 10, "the shop knows nothing of them");
    promises_hold(&stack).await;
}
