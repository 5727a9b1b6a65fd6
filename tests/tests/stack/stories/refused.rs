//! What cannot be done: sold out meanwhile, by us or in the shop.

use tests::stack::Stack;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{TWO_WEEKS_LATER, WEEK_LATER};

use super::{declined, ticket_that_says};

/// Dates are read when a link is issued, and then not for long.
const SELDOM: [(&str, &str); 2] = [("SCHEDULE_INTERVAL", "6s"), ("SCHEDULE_MAX_AGE", "3600s")];

#[tokio::test(flavor = "multi_thread")]
async fn what_the_shop_sold_meanwhile_is_refused_and_the_customer_chooses_once_more() {
    for orders in ["keep-order", "linked-order"] {
        let stack = Stack::with(&[&SELDOM[..], &[("ORDERS", orders)]].concat()).await;
        let (erika, bought, link) = declined(&stack).await;
        assert_eq!(stack.customer().dates(&link).await, [WEEK_LATER, TWO_WEEKS_LATER]);
        stack.shop().has_left(WEEK_LATER, 1).await;
        let answer = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
        if answer.status != 409 {
            // The shop was asked once more, while the answer waited or afterwards.
            assert!(matches!(answer.status, 200 | 410), "{answer:?}");
            stack.mails().arrives(&erika.email, "Bitte wählen Sie noch einmal einen Termin").await;
            ticket_that_says(&stack, bought, "Shop").await;
        }
        let newest = stack.mails().to(&erika.email).iter().rev().find_map(|mail| mail.link());
        let done = stack.customer().clicks(&newest.unwrap(), &erika, TWO_WEEKS_LATER).await;
        assert!(done.body.contains("Umbuchung erfolgreich!"), "{orders}: {done:?}");
        promises_hold(&stack).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_out_is_answered_with_the_dates_that_are_left() {
    let stack = Stack::start().await;
    let (erika, _, link) = declined(&stack).await;
    stack.shop().has_left(WEEK_LATER, 1).await;
    tests::stack::wait::eventually("that the date is gone", || async {
        (stack.customer().dates(&link).await == [TWO_WEEKS_LATER]).then_some(())
    })
    .await;
    let refused = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (409, &"sold_out".into()));
    let left = refused.json()["error"]["availableDates"].as_array().unwrap().len();
    assert_eq!(left, 1);
    promises_hold(&stack).await;
}
