//! A second choice: named in case the partner declines, booked at once when that comes, and
//! exchanged for another date.

use tests::stack::Stack;
use tests::stack::people::Link;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Bought, Offered, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};

use super::{declined, ticket_that_says};

/// Three weeks later, at the same price.
const THREE_WEEKS_LATER: i64 = 93;

/// The order that carries a step of a case: its own, or the one that was bought.
async fn order_of(stack: &Stack, bought: Bought, step: u32) -> String {
    let key = Some(format!("reb-{}-{step}", bought.item));
    let orders = stack.shop().orders().await;
    let linked = orders.iter().find(|order| order.key == key);
    linked.map_or_else(|| bought.number(), |order| order.number.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_booked_when_the_partner_declines_and_exchanged_by_the_link_in_its_mail() {
    for orders in ["keep-order", "linked-order"] {
        let stack = Stack::with(&[("ORDERS", orders)]).await;
        let third =
            Offered { id: THREE_WEEKS_LATER, course: SUSHI, days: 51, price: 8_900, places: 10 };
        stack.shop_offers(third).await;
        let (erika, bought, link) = declined(&stack).await;
        let customer = stack.customer();
        assert_eq!(customer.chooses(&link, &erika, WEEK_LATER).await.status, 200, "{orders}");
        stack.mails().request_about(bought, 1).await;
        let named = customer.names_backup(&link, &erika, TWO_WEEKS_LATER).await;
        assert_eq!(named.status, 200, "{orders}: {named:?}");
        let order = order_of(&stack, bought, 1).await;
        stack.partner().declines(&order, WEEK_LATER, &[]).await;

        let mail = stack.mails().arrives(&erika.email, "Ihr Ersatztermin ist gebucht - #").await;
        assert!(mail.text.contains("TERMIN ODER ERSATZTERMINE ÄNDERN"), "{}", mail.text);
        let page = Link::in_text(&mail.text, "/rebook/").unwrap();
        stack.mails().request_about(bought, 2).await;
        let changed = customer.exchanges(&page, &erika, THREE_WEEKS_LATER).await;
        assert_eq!(changed.status, 200, "{orders}: {changed:?}");
        assert_eq!(customer.exchanges(&page, &erika, TWO_WEEKS_LATER).await.status, 410);
        stack.mails().request_about(bought, 3).await;
        stack.comes_to_rest().await;
        ticket_that_says(&stack, bought, "getauscht").await;

        let order = order_of(&stack, bought, 3).await;
        stack.partner().confirms(&order, THREE_WEEKS_LATER).await;
        ticket_that_says(&stack, bought, "bestätigt").await;
        let shown = customer.opens(&page).await;
        assert!(shown.body.contains("bestätigt"), "{orders}: {}", shown.body);
        promises_hold(&stack).await;
    }
}
