//! Invoices and credit memos, with their ceilings.

use serde_json::{Value, json};

use super::answer::{Answer, Answered, amount, bad_request, cents, not_found};
use super::request::{Request, integer, only};
use super::search::search;
use super::state::{Comment, Invoice, Memo, Order, Shop};

pub(super) fn invoice(shop: &mut Shop, id: i64, transaction: Option<String>) -> Answered {
    let (now, number) = (shop.moment(), shop.number("invoice"));
    let order = shop.order(id).ok_or_else(not_found)?;
    if order.state != "new" {
        return Err(bad_request(
            "Invoice Document Validation Error(s):\nThe order does not allow an invoice to be \
             created.",
        ));
    }
    let total = order.total();
    order.invoices.push(Invoice { id: number, total, transaction });
    order.paid = Some(total);
    // An order of virtual items is complete as soon as it is invoiced.
    order.state = "complete";
    order.updated = now;
    let mut taken = Vec::new();
    for row in &mut order.rows {
        row.invoiced = row.ordered;
        taken.push((row.product, row.ordered));
    }
    for product in &mut shop.products {
        let of = taken.iter().filter(|(id, _)| *id == product.id && product.kind != "configurable");
        let count: i64 = of.map(|(_, count)| count).sum();
        product.quantity -= count;
        product.reserved -= count;
    }
    Ok(number.to_string().into())
}

pub(super) fn invoices(shop: &Shop, request: &Request) -> Answered {
    let rows = shop.orders.iter().flat_map(|order| {
        order.invoices.iter().map(|invoice| {
            let mut row = json!({
                "entity_id": invoice.id, "order_id": order.id, "state": 2,
                "grand_total": amount(invoice.total),
            });
            if let (Some(row), Some(transaction)) = (row.as_object_mut(), &invoice.transaction) {
                row.insert("transaction_id".to_owned(), transaction.clone().into());
            }
            row
        })
    });
    search(request, rows.collect(), &["entity_id", "order_id", "state", "transaction_id"])
}

pub(super) fn memos(shop: &Shop, request: &Request) -> Answered {
    let rows = shop.orders.iter().flat_map(|order| {
        order.memos.iter().map(|memo| {
            let comments = match &memo.comment {
                Some(comment) => json!([{ "comment": comment }]),
                None => Value::Null,
            };
            json!({
                "entity_id": memo.id, "order_id": order.id, "grand_total": amount(memo.total),
                "adjustment_positive": amount(memo.positive), "tax_amount": 0,
                "comments": comments,
            })
        })
    });
    search(request, rows.collect(), &["entity_id", "order_id"])
}

/// `POST /order/{id}/refund`: on paper.
pub(super) fn refund_order(shop: &mut Shop, id: i64, request: &Request) -> Answered {
    only(&request.body, &["items", "notify", "appendComment", "comment", "arguments"])?;
    refund(shop, id, request, false)
}

/// `POST /invoice/{id}/refund`: by the gateway, where it took the money.
pub(super) fn refund_invoice(shop: &mut Shop, invoice: i64, request: &Request) -> Answered {
    only(&request.body, &["items", "isOnline", "notify", "appendComment", "comment", "arguments"])?;
    let mut of = shop.orders.iter().flat_map(|order| order.invoices.iter().map(|i| (order.id, i)));
    let found = of.find(|(_, found)| found.id == invoice);
    let Some((order, invoice)) = found else { return Err(not_found()) };
    let online = request.body.get("isOnline").and_then(Value::as_bool).unwrap_or_default();
    if online && invoice.transaction.is_none() {
        return Err(bad_request("We can't create creditmemo for the invoice."));
    }
    refund(shop, order, request, online)
}

fn refund(shop: &mut Shop, id: i64, request: &Request, online: bool) -> Answered {
    let (now, memo, line) = (shop.moment(), shop.number("memo"), shop.number("comment"));
    let order = shop.order(id).ok_or_else(not_found)?;
    let arguments = request.body.get("arguments").cloned().unwrap_or_else(|| json!({}));
    only(
        &arguments,
        &["shipping_amount", "adjustment_positive", "adjustment_negative", "extension_attributes"],
    )?;
    let of = |name: &str| {
        cents(arguments.get(name).unwrap_or(&Value::Null))
            .ok_or_else(|| bad_request("Decoding error."))
    };
    let (positive, negative) = (of("adjustment_positive")?, of("adjustment_negative")?);
    let rows = refunded_rows(order, request.body.get("items"))?;
    let items: i64 = rows.iter().map(|(_, _, sum)| sum).sum();
    let total = items + positive - negative;
    let ceiling = order.ceiling();
    if total > ceiling {
        return Err(bad_request(&format!(
            "Creditmemo Document Validation Error(s):\nThe most money available to refund is {}.",
            amount(ceiling)
        )));
    }
    for (item, count, sum) in rows {
        for row in order.rows.iter_mut().filter(|row| row.id == item || row.parent == Some(item)) {
            row.refunded += count;
            if row.id == item {
                row.amount_refunded += sum;
            }
        }
    }
    order.refunded = Some(order.refunded.unwrap_or_default() + total);
    order.updated.clone_from(&now);
    let comment = request.body.pointer("/comment/comment").and_then(Value::as_str);
    let comment = comment.map(str::to_owned);
    order.memos.push(Memo { id: memo, total, positive, comment, online });
    if order.ceiling() == 0 {
        order.state = "closed";
    }
    // The shop tells its own history of it.
    let text =
        format!("We refunded {} € {}.", amount(total), if online { "online" } else { "offline" });
    let status = order.status().to_owned();
    order.comments.push(Comment { id: line, text, status, created: now, of: Some("creditmemo") });
    Ok(memo.to_string().into())
}

/// Item, how many, and the sum. No items at all means every item.
fn refunded_rows(order: &Order, items: Option<&Value>) -> Result<Vec<(i64, i64, i64)>, Answer> {
    let named: Vec<Value> = items.and_then(Value::as_array).cloned().unwrap_or_default();
    let parents = order.rows.iter().filter(|row| row.parent.is_none());
    if named.is_empty() {
        let all = parents.map(|row| (row.id, row.ordered - row.refunded));
        return Ok(all.map(|(id, count)| (id, count, sum_of(order, id, count))).collect());
    }
    let mut rows = Vec::new();
    for item in &named {
        only(item, &["order_item_id", "qty"])?;
        let id = integer(item.get("order_item_id")).unwrap_or_default();
        let count = integer(item.get("qty")).unwrap_or_default();
        let row = order.rows.iter().find(|row| row.id == id).ok_or_else(not_found)?;
        if count > row.invoiced - row.refunded {
            return Err(bad_request("We found an invalid quantity to refund item \"%1\"."));
        }
        rows.push((id, count, sum_of(order, id, count)));
    }
    Ok(rows)
}

fn sum_of(order: &Order, item: i64, count: i64) -> i64 {
    let row = order.rows.iter().find(|row| row.id == item);
    row.map_or(0, |row| row.total() * count / row.ordered.max(1))
}
