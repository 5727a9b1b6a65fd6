//! What another price leads to: absorbed, paid back, or agreed to.

use tests::stack::Stack;
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Offered, SATURDAY, SUSHI};
use tests::stack::wait::eventually;

const CHEAPER: i64 = 93;
const DEARER: i64 = 94;

/// A date for 20 € less and one for 20 € more, both for two.
async fn with_other_prices(settings: &[(&str, &str)]) -> Stack {
    let stack = Stack::with(settings).await;
    for (id, price) in [(CHEAPER, 7_900), (DEARER, 9_900)] {
        let date = Offered { id, course: SUSHI, days: 40, price, places: 10 };
        stack.shop_offers(date).await;
    }
    stack
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cheaper_date_pays_the_difference_back_once() {
    for orders in ["keep-order", "linked-order"] {
        let stack = with_other_prices(&[("ORDERS", orders)]).await;
        let (erika, bought, link) = super::declined(&stack).await;
        let done = stack.customer().clicks(&link, &erika, CHEAPER).await;
        assert!(done.body.contains("Umbuchung erfolgreich!"), "{orders}: {done:?}");
        stack.comes_to_rest().await;
        let memos = stack.shop().order(bought.order).await.memos;
        let back: Vec<i64> = memos.iter().map(|memo| memo.total).collect();
        assert_eq!(back, [2_000], "{orders}");
        promises_hold(&stack).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dearer_date_costs_nothing_more_where_that_is_the_rule() {
    let stack = with_other_prices(&[]).await;
    let (erika, bought, link) = super::declined(&stack).await;
    stack.customer().clicks(&link, &erika, DEARER).await;
    stack.comes_to_rest().await;
    let order = stack.shop().order(bought.order).await;
    assert_eq!((order.memos.len(), order.comments.len()), (0, 1), "{order:?}");
    assert!(!order.comments[0].contains("noch zu zahlen"), "{order:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_prices_are_settled_more_is_agreed_to_and_never_charged_silently() {
    let stack = with_other_prices(&[("PRICE_RULE", "settle")]).await;
    let (erika, bought, link) = super::declined(&stack).await;
    let silent = stack.customer().chooses(&link, &erika, DEARER).await;
    assert_eq!((silent.status, &silent.json()["error"]["code"]), (409, &"price_changed".into()));
    assert_eq!(silent.json()["error"]["total"].to_string(), "198.00");
    let agreed = stack.customer().agrees(&link, &erika, DEARER, 198).await;
    assert_eq!(agreed.status, 200, "{agreed:?}");
    stack.comes_to_rest().await;
    let order = stack.shop().order(bought.order).await;
    assert!(order.comments[0].contains("noch zu zahlen: 20,00"), "{order:?}");
    let mail = stack.mails().arrives(&erika.email, "Umbuchung bestätigt - #").await;
    assert!(mail.text.contains("20,00"), "{}", mail.text);
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discount_is_kept_to_the_cent() {
    let stack = with_other_prices(&[]).await;
    let erika = Guest::erika();
    let bought = stack.shop().sells_for_less(&erika, SATURDAY, 3, 1_700).await;
    stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
    let link = stack.mails().link_to(&erika).await;
    let shown = eventually("the cheaper date", || async {
        let shown = stack.customer().looks(&link).await.json();
        let dates = shown["data"]["availableDates"].as_array()?.clone();
        dates.into_iter().find(|date| date["id"] == CHEAPER)
    })
    .await;
    assert_eq!(shown["difference"].to_string(), "-30.00", "{shown}");
    stack.customer().clicks(&link, &erika, CHEAPER).await;
    stack.comes_to_rest().await;
    let memos = stack.shop().order(bought.order).await.memos;
    assert_eq!(memos.iter().map(|memo| memo.total).collect::<Vec<_>>(), [3_000]);
    promises_hold(&stack).await;
}
