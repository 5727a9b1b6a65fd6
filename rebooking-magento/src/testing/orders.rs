//! Orders: read, linked, commented on, cancelled.

use serde_json::{Map, Value, json};

use super::answer::{Answered, bad_request, not_found};
use super::request::{Request, integer, only};
use super::search::search;
use super::state::{Comment, Order, Shop};

/// The columns that a search may name.
const COLUMNS: [&str; 10] = [
    "entity_id",
    "increment_id",
    "quote_id",
    "ext_order_id",
    "relation_parent_id",
    "customer_email",
    "updated_at",
    "state",
    "status",
    "store_id",
];

/// What an update may set, and how long it may be: what is longer is cut without a word.
const SETTABLE: [(&str, usize); 6] = [
    ("ext_order_id", 32),
    ("relation_parent_id", 32),
    ("relation_parent_real_id", 32),
    ("relation_child_id", 32),
    ("relation_child_real_id", 32),
    ("original_increment_id", 50),
];

pub(super) fn get(shop: &mut Shop, id: i64) -> Answered {
    shop.order(id).map(|order| order.json()).ok_or_else(not_found)
}

pub(super) fn list(shop: &Shop, request: &Request) -> Answered {
    search(request, shop.orders.iter().map(Order::json).collect(), &COLUMNS)
}

pub(super) fn item(shop: &Shop, id: i64) -> Answered {
    let rows = shop.orders.iter().flat_map(|order| order.rows.iter().map(move |row| (order, row)));
    let mut rows = rows.filter(|(_, row)| row.id == id);
    rows.next().map(|(order, row)| row.json(order)).ok_or_else(not_found)
}

pub(super) fn items(shop: &Shop, request: &Request) -> Answered {
    let rows = shop.orders.iter().flat_map(|order| order.rows.iter().map(|row| row.json(order)));
    search(request, rows.collect(), &["item_id", "order_id", "product_id", "sku"])
}

/// `POST /orders`: changes the named columns of an order that is there. The answer echoes the
/// request.
pub(super) fn update(shop: &mut Shop, request: &Request) -> Answered {
    let entity = request.argument("entity")?;
    let names: Vec<&str> = SETTABLE.iter().map(|(name, _)| *name).collect();
    only(entity, &[&names[..], &["entity_id", "edit_increment", "items"]].concat())?;
    let id = integer(entity.get("entity_id")).unwrap_or_default();
    let now = shop.moment();
    let order =
        shop.order(id).ok_or_else(|| bad_request("Please provide payment for the order."))?;
    if entity.get("items").is_some() {
        // As the real one does: what was chosen with the item is gone.
        order.rows.iter_mut().for_each(|row| row.option = None);
    }
    for (name, longest) in SETTABLE {
        if let Some(value) = entity.get(name).and_then(Value::as_str) {
            let cut: String = value.chars().take(longest).collect();
            order.columns.insert(name.to_owned(), cut.into());
        }
    }
    if let Some(increment) = entity.get("edit_increment") {
        order.columns.insert("edit_increment".to_owned(), increment.clone());
    }
    order.updated.clone_from(&now);
    let mut echo = entity.as_object().cloned().unwrap_or_else(Map::new);
    for field in ["base_grand_total", "grand_total", "customer_email"] {
        echo.insert(field.to_owned(), Value::Null);
    }
    echo.insert("total_due".to_owned(), 0.into());
    echo.insert("updated_at".to_owned(), now.into());
    Ok(Value::Object(echo))
}

pub(super) fn comments(shop: &mut Shop, id: i64) -> Answered {
    let order = shop.order(id).ok_or_else(not_found)?;
    let rows = order.comments.iter().map(|comment| {
        let mut row = json!({
            "comment": comment.text, "created_at": comment.created, "entity_id": comment.id,
            "is_customer_notified": 0, "is_visible_on_front": 0, "parent_id": id,
            "status": comment.status,
        });
        if let (Some(row), Some(of)) = (row.as_object_mut(), comment.of) {
            row.insert("entity_name".to_owned(), of.into());
        }
        row
    });
    let rows: Vec<Value> = rows.collect();
    Ok(json!({ "total_count": rows.len(), "items": rows }))
}

/// A comment does not move `updated_at`.
pub(super) fn comment(shop: &mut Shop, id: i64, request: &Request) -> Answered {
    let history = request.argument("statusHistory")?;
    only(
        history,
        &[
            "comment",
            "is_customer_notified",
            "is_visible_on_front",
            "parent_id",
            "status",
            "entity_name",
        ],
    )?;
    let (now, number) = (shop.moment(), shop.number("comment"));
    let order = shop.order(id).ok_or_else(not_found)?;
    let status = history.get("status").and_then(Value::as_str);
    if status.is_some_and(|status| status != order.status()) {
        return Err(bad_request(
            "Unable to add comment: The status \"%1\" is not part of the order status history.",
        ));
    }
    let text = history.get("comment").and_then(Value::as_str).unwrap_or_default().to_owned();
    let status = order.status().to_owned();
    order.comments.push(Comment { id: number, text, status, created: now, of: None });
    Ok(true.into())
}

/// 200 in any case: `false` says that there was nothing to cancel.
pub(super) fn cancel(shop: &mut Shop, id: i64) -> Answered {
    let now = shop.moment();
    let order = shop.order(id).ok_or_else(not_found)?;
    if order.state != "new" {
        return Ok(false.into());
    }
    order.state = "canceled";
    order.updated = now;
    let mut freed = Vec::new();
    for row in &mut order.rows {
        // As recorded: the child row of a configurable product keeps its zero.
        if row.parent.is_none() {
            row.cancelled = row.ordered;
        }
        freed.push((row.product, row.ordered));
    }
    for product in &mut shop.products {
        // A configurable product has no stock of its own.
        let of = freed.iter().filter(|(id, _)| *id == product.id && product.kind != "configurable");
        product.reserved -= of.map(|(_, count)| count).sum::<i64>();
    }
    Ok(true.into())
}
