//! Every body that was recorded, and every one in the documentation of the shop, is read.

mod documented;

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::*;
use crate::client::Refusal;

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../tests/bodies/", $name))
    };
}

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

/// The names of the files that the tests below read: none is forgotten.
#[test]
fn every_recorded_body_has_its_test() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bodies");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    let files: BTreeSet<String> =
        files.map(|name| name.into_string().unwrap()).filter(|name| name != "README.md").collect();
    let source = include_str!("bodies.rs");
    let tested = |name: &String| source.contains(&format!("recorded!(\"{name}\")"));
    let forgotten: Vec<_> = files.iter().filter(|name| !tested(name)).collect();
    assert_eq!(forgotten, Vec::<&String>::new());
    let index = include_str!("../../tests/bodies/README.md");
    let unnamed = |name: &&String| {
        let stem = name.trim_end_matches(".json");
        !index.contains(stem)
    };
    assert_eq!(files.iter().filter(unnamed).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn an_order_has_two_rows_for_one_course_and_its_discount() {
    let order: Order = read(recorded!("order_discounted_guest_configurable.json"));
    assert_eq!((order.entity_id, order.increment_id.get()), (Id(1), Some("000000001")));
    assert_eq!((order.state(), order.store_id), (OrderState::Live, Some(Id(1))));
    let rows: Vec<_> = order.rows().collect();
    let [course] = rows.as_slice() else { panic!("one course") };
    assert_eq!((course.item_id, course.product_id), (Id(1), Some(Id(4))));
    assert_eq!(course.left().whole(), Some(3));
    // 3 × 89 less 17: no price for one person times three.
    assert_eq!(course.paid().to_string(), "250");
    let date = order.items.iter().find(|item| item.parent_item_id == Some(Id(1)));
    assert_eq!(date.unwrap().product_id, Some(Id(1)));
    let address = order.billing_address.as_ref().unwrap();
    assert_eq!(
        (address.firstname.get(), address.street.first().and_then(Text::get)),
        (Some("Erika"), Some("Weg 1"))
    );
    assert!(!format!("{order:?}").contains("Erika"));
}

#[test]
fn searches_find_one_or_none() {
    for (json, count) in [
        (recorded!("orders_by_quote_id.json"), 1),
        (recorded!("order_by_increment_id.json"), 1),
        (recorded!("orders_by_ext_order_id.json"), 1),
        (recorded!("orders_by_ext_prefix.json"), 1),
        (recorded!("orders_none.json"), 0),
        (recorded!("orders_changed_since.json"), 2),
    ] {
        let found: Found<Order> = read(json);
        assert_eq!((found.items.len(), found.total_count), (count, count as u64), "{json}");
    }
    let by_key: Found<Order> = read(recorded!("orders_by_ext_order_id.json"));
    assert_eq!(by_key.items[0].ext_order_id.get(), Some("rebooking-7001-1"));
    let item: Found<OrderItem> = read(recorded!("order_item_search.json"));
    assert_eq!(item.items[0].order_id, Some(Id(1)));
    let item: OrderItem = read(recorded!("order_item_get.json"));
    assert_eq!((item.order_id, item.product_id), (Some(Id(1)), Some(Id(4))));
}

#[test]
fn what_has_become_of_an_order_is_its_state_and_quantities() {
    let cancelled: Order = read(recorded!("order_cancelled.json"));
    assert_eq!(cancelled.state(), OrderState::Cancelled);
    // The child row still counts its places: only the parent's row tells.
    assert_eq!(cancelled.rows().map(|row| row.left().whole()).collect::<Vec<_>>(), [Some(0)]);
    let closed: Order = read(recorded!("order_closed.json"));
    assert_eq!((closed.state(), closed.paid()), (OrderState::Closed, Decimal::ZERO));
    let refunded: Order = read(recorded!("order_after_refund.json"));
    assert_eq!(refunded.state(), OrderState::Live);
    assert_eq!(refunded.paid().to_string(), "220");
    // What was adjusted is not in the items.
    assert_eq!(refunded.rows().next().unwrap().paid().to_string(), "250");
    assert_eq!(closed.rows().map(OrderItem::paid).collect::<Vec<_>>(), [Decimal::ZERO]);
    let linked: Order = read(recorded!("link_new.json"));
    assert_eq!(linked.grand_total, None, "the answer echoes the request");
    let commented: Order = read(recorded!("updated_at_after_comment.json"));
    assert_eq!(commented.status.get(), Some("complete"));
}

#[test]
fn carts_and_their_totals() {
    let cart: Cart = read(recorded!("discounted_cart.json"));
    assert_eq!(cart.is_active, Flag(true));
    let placed: Cart = read(recorded!("cart_after_placing.json"));
    assert_eq!(placed.is_active, Flag(false));
    let item: CartItem = read(recorded!("discounted_cart_item_added.json"));
    assert_eq!((item.item_id, item.qty.whole()), (Id(1), Some(3)));
    let totals: CartTotals = read(recorded!("discounted_cart_totals.json"));
    assert_eq!(totals.grand_total.unwrap().to_string(), "250");
    assert_eq!(totals.quote_currency_code.get(), Some("EUR"));
    let methods: Vec<PaymentMethod> = read(recorded!("discounted_cart_payment_methods.json"));
    let codes: Vec<_> = methods.iter().filter_map(|method| method.code.get()).collect();
    assert_eq!(codes, ["checkmo", "banktransfer"]);
}

#[test]
fn comments_and_credit_memos_hold_the_marker() {
    let comments: Found<Comment> = read(recorded!("comments.json"));
    assert_eq!(comments.items.len(), 2);
    assert!(comments.items[1].comment.or_empty().contains("→ 01.02.2027 [rebooking:7001-1]"));
    let memos: Found<CreditMemo> = read(recorded!("creditmemos_of_order.json"));
    let memo = &memos.items[0];
    assert!(memo.comments[0].comment.or_empty().ends_with("[rebooking:7001-1-refund]"));
    // As the documentation says, both may be null.
    let memo: CreditMemo = read(r#"{"entity_id":"1","comments":null}"#);
    assert_eq!(memo.comments.len(), 0);
}

#[test]
fn bare_answers_are_numbers_texts_and_truth_values() {
    for (json, done) in [
        (recorded!("cancel.json"), true),
        (recorded!("cancel_again.json"), false),
        (recorded!("cancel_invoiced.json"), false),
        (recorded!("comment.json"), true),
        (recorded!("undo_marker_on_original.json"), true),
    ] {
        assert_eq!(read::<Flag>(json).0, done);
    }
    for (json, id) in [
        (recorded!("invoice.json"), 1),
        (recorded!("refund_difference.json"), 1),
        (recorded!("refund_all_offline.json"), 2),
        ("2", 2),
        ("\"3\"", 3),
        ("\"6\"", 6),
    ] {
        assert_eq!(read::<Id>(json).0, id);
    }
    for (json, free) in [
        (recorded!("salable_after_3.json"), 7),
        (recorded!("salable_after_refund_all.json"), 8),
        ("10", 10),
    ] {
        assert_eq!(read::<Decimal>(json).floor(), free);
    }
}

#[test]
fn why_so_many_do_not_fit() {
    let no: Salability = read(recorded!("is_salable_8.json"));
    assert!(!no.salable.0);
    let codes: Vec<_> = no.errors.iter().filter_map(|reason| reason.code.get()).collect();
    assert_eq!(codes.len(), 3);
    let no: Salability =
        read(r#"{"salable":false,"errors":[{"code":"back_order-disabled","message":"…"}]}"#);
    assert_eq!(no.errors[0].code.get(), Some("back_order-disabled"));
    assert!(read::<Salability>(r#"{"salable":true}"#).salable.0);
}

#[test]
fn dates_are_products_with_attributes() {
    let children: Vec<Product> = read(recorded!("children.json"));
    let dates: Vec<_> = children.iter().map(|child| child.attribute("course_date")).collect();
    assert_eq!(dates, [Some("4"), Some("5"), Some("6")]);
    assert!(children.iter().all(Product::is_enabled));
    assert_eq!(children[0].attribute("category_ids"), None, "a list is no value");
    let variants: Vec<Variant> = read(recorded!("options_all.json"));
    assert_eq!((variants[0].attribute_id, variants[0].values[2].value_index), (Id(137), Id(6)));
    let found: Found<Product> = read(recorded!("product_by_id.json"));
    let date = &found.items[0];
    assert_eq!(date.attribute("course_end"), Some("2027-01-25 21:00"));
    assert_eq!(date.attribute("partner_email"), Some("kueche@example.org"));
    assert_eq!(date.price.unwrap().to_string(), "89");
}

#[test]
fn refusals_keep_their_template_and_no_value() {
    for (status, json, says) in [
        (404, recorded!("order_unknown.json"), "The entity that was requested doesn't exist."),
        (404, recorded!("item_unknown.json"), "The entity that was requested doesn't exist."),
        (404, recorded!("cart_after_placing_again.json"), "No such entity with %fieldName ="),
        (400, recorded!("refund_before_invoice.json"), "The most money available to refund is 0."),
        (400, recorded!("refund_too_much.json"), "The most money available to refund is 220."),
    ] {
        let refusal = refusal(status, "application/json", json);
        assert!(refusal.contains(says), "{refusal}");
    }
    let text = refusal(500, "text/plain", recorded!("salable_unknown_sku.txt"));
    assert!(text.contains("An error has happened during application run."), "{text}");
}

fn refusal(status: u16, content_type: &str, body: &str) -> String {
    let status = StatusCode::from_u16(status).unwrap();
    Refusal::new(status, content_type, body.as_bytes()).to_string()
}
