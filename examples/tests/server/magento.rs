//! The server with a shop of its own: outside the demo, on a database, with a helpdesk.

use std::fs;

use serde_json::json;

use crate::mails::{files, link_in};
use crate::outside::{NEW, Outside, PARTNER, SUPPORT};
use crate::process::{Server, eventually};

/// Support sends her a link, for which the dates are imported; she looks at its page, and takes the
/// other date.
async fn moves(outside: &Outside, server: &Server, item: i64) {
    let body = json!({"orderItemId": item, "reason": "Der Koch ist krank."});
    server.post("/api/support/links", SUPPORT, body);
    let mail = eventually(|| files(&outside.mails).pop());
    let link = link_in(&fs::read_to_string(mail).unwrap(), "umbuchen.example.com");
    outside.imported().await;
    server.get(&format!("/api/rebook/{link}"), "");
    let choice = json!({"selectedDateId": NEW, "customerEmail": "erika@example.com"});
    server.post(&format!("/api/rebook/{link}"), "", choice);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_written_on_the_order_in_the_shop_and_into_the_helpdesk() {
    let outside = Outside::with("magento-keep-order").await;
    let server = outside.server(&[]);
    let (order, item) = outside.sell();
    moves(&outside, &server, item).await;
    let marker = format!("[rebooking:reb-{item}-1]");
    let comment = eventually(|| {
        let order = outside.shop.order(order)?;
        order.comments.into_iter().find(|comment| comment.contains(&marker))
    });
    assert!(!comment.contains("erika") && !comment.contains("/rebook/"), "{comment}");
    assert_eq!(outside.shop.orders().len(), 1, "the order stays");
    // She may have looked before the dates were there, which is a note of its own.
    let ticket = eventually(|| {
        let ticket = outside.odoo.tickets().pop()?;
        ticket.notes.iter().any(|note| note.body.contains("hat umgebucht")).then_some(ticket)
    });
    assert!(matches!(ticket.notes.len(), 2 | 3), "{:?}", ticket.notes);
    assert_eq!(outside.odoo.tickets().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_makes_a_linked_order_where_that_is_the_strategy() {
    let outside = Outside::with("magento-linked-order").await;
    let server = outside.server(&["--orders=linked-order"]);
    let (_, item) = outside.sell();
    moves(&outside, &server, item).await;
    let key = Some(format!("reb-{item}-1"));
    let linked = eventually(|| outside.shop.orders().into_iter().find(|order| order.key == key));
    assert_eq!(linked.items[0].1, "SUSHI-2");
    assert_eq!(outside.shop.orders().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_order_asks_the_partner_until_people_pay_it_back_in_the_shop() {
    let outside = Outside::with("magento-watched").await;
    let watched = ["--magento-watch-every=100ms", "--magento-open-requests=true"];
    let server = outside.server(&watched);
    let pending = || {
        let found = server.get("/api/partner/confirmations?status=pending", PARTNER);
        found["data"]["confirmations"].as_array().unwrap().clone()
    };
    assert_eq!(pending().len(), 0);
    let (order, _) = outside.sell();
    let asked = eventually(|| pending().pop());
    assert_eq!(
        (&asked["orderNumber"], &asked["participants"]),
        (&json!(format!("{order:09}")), &json!(2))
    );
    outside.shop.close(order);
    eventually(|| pending().is_empty().then_some(()));
}
