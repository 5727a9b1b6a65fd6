//! A difference goes back: once under its key, and never more than was paid.

use rebooking_core::ports::{CheckpointStore, PortError, Refund};
use rebooking_core::presentation::format;
use rebooking_core::presentation::locales::text;
use rebooking_core::value::customer::Language;
use rebooking_core::value::money::{Currency, Money};
use serde_json::{Value, json};

use super::history::marker;
use super::step::Step;
use super::undo::has_mark;
use crate::Magento;
use crate::catalog::permanent;
use crate::client::{Call, Is, Query, Session};
use crate::wire::{Decimal, Found, Invoice, Order};

const REFUND: &str = ":refund";
/// A linked order of a linked order, and so on: more than any case has steps.
const FURTHEST: usize = 20;

impl Magento {
    pub(super) async fn pay_back(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        let session = self.client.session();
        let mut order = self.order(&session, refund.booking.order.value()).await?;
        for _ in 0..FURTHEST {
            let memos = self.credit_memos(&session, order.entity_id.0).await?;
            if memos.iter().any(|memo| has_mark(memo, &refund.key, REFUND)) {
                return Ok(());
            }
            // A linked order is not paid: the money lies with the one that it replaces.
            let parent = order.relation_parent_id.get().and_then(|id| id.parse().ok());
            match parent {
                Some(parent) if order.total_paid.is_zero() => {
                    order = self.order(&session, parent).await?;
                }
                Some(_) | None => break,
            }
        }
        let adjustment = adjustment(&order, refund.amount)?;
        let store = self.catalog.store(&session, order.store_id).await?;
        let text = explained(store.language, &order, refund);
        let call = self.refund_call(&session, &order, refund.amount).await?;
        let items = order.rows().map(|row| json!({ "order_item_id": row.item_id.0, "qty": 0 }));
        let items: Vec<Value> = items.collect();
        // No items at all would pay back every item.
        if items.is_empty() {
            return Err(permanent("the order has no items"));
        }
        let mut body = json!({
            "items": items, "notify": false, "appendComment": false,
            "comment": { "comment": text, "is_visible_on_front": 0 },
            "arguments": {
                "shipping_amount": 0, "adjustment_positive": adjustment.json(),
                "adjustment_negative": 0,
            },
        });
        if let (Some(body), true) = (body.as_object_mut(), call.online) {
            body.insert("isOnline".to_owned(), true.into());
        }
        checkpoints.save(Step::Begun.write()).await?;
        Ok(session.tell(call.call.body(body)).await?)
    }

    /// By the gateway where it has taken as much with one invoice; else on paper.
    async fn refund_call(
        &self,
        session: &Session,
        order: &Order,
        amount: Money,
    ) -> Result<RefundCall, PortError> {
        let id = order.entity_id.to_string();
        if self.orders.refund_online {
            let query = Query::new()
                .filter("order_id", Is::Equal, &id)
                .fields("items[entity_id,grand_total,state,transaction_id],total_count");
            let invoices: Found<Invoice> =
                session.send(Call::get("/invoices", &[]).query(query)).await?;
            let amount = Decimal::from_money(amount);
            let covers = |invoice: &&Invoice| {
                invoice.is_captured() && invoice.grand_total.is_some_and(|total| amount <= total)
            };
            if let Some(invoice) = invoices.items.iter().find(covers) {
                let invoice = invoice.entity_id.to_string();
                let call = Call::post("/invoice/{}/refund", &[&invoice]);
                return Ok(RefundCall { call, online: true });
            }
        }
        Ok(RefundCall { call: Call::post("/order/{}/refund", &[&id]), online: false })
    }
}

struct RefundCall {
    call: Call,
    online: bool,
}

/// The amount in the shop's base currency, never more than is there: what rounding alone puts on
/// top is left off, and what is missing beyond that is for people.
fn adjustment(order: &Order, amount: Money) -> Result<Decimal, PortError> {
    let number = order.increment_id.or_empty();
    let currency = Currency::parse(order.order_currency_code.or_empty()).ok();
    if currency != Some(amount.currency()) || amount.sign().is_le() {
        return Err(permanent(format!("order {number}: not an amount of its currency")));
    }
    let left = order.paid();
    let asked = Decimal::from_money(amount);
    let cent = Money::new(1, amount.currency()).map(Decimal::from_money).unwrap_or_default();
    if left <= Decimal::ZERO {
        return Err(permanent(format!(
            "order {number}: nothing is paid that could be given back; take {} off its bill",
            amount.decimal()
        )));
    }
    if asked.minus(left) > cent {
        let left = left.money_at_most(amount.currency()).map(Money::decimal).unwrap_or_default();
        return Err(permanent(format!(
            "order {number}: {} should go back, but only {left} is paid and not given back",
            amount.decimal()
        )));
    }
    let given = asked.min(left);
    let base = Currency::parse(order.base_currency_code.or_empty()).ok();
    let Some(base) = base.filter(|base| Some(*base) != currency) else { return Ok(given) };
    let rate = order.base_to_order_rate.filter(|rate| *rate > Decimal::ZERO);
    let Some(rate) = rate else {
        return Err(permanent(format!("order {number}: no rate of exchange to {base}")));
    };
    let converted = given.over(rate).and_then(|given| given.money_at_most(base));
    let converted = converted.map(Decimal::from_money).unwrap_or_default();
    let paid = order.base_total_paid.unwrap_or_default();
    let left = paid.minus(order.base_total_refunded.unwrap_or_default());
    Ok(converted.min(left))
}

/// An adjustment carries no tax in the shop, so the comment says what bookkeeping needs: net, tax
/// and gross.
fn explained(language: Language, order: &Order, refund: &Refund) -> String {
    let item = refund.booking.item.value();
    let row = order.rows().find(|row| row.item_id.0 == item).or_else(|| order.rows().next());
    let percent = row.map(|row| row.tax_percent).unwrap_or_default();
    let gross = Decimal::from_money(refund.amount);
    let hundred = Decimal::from_count(100);
    let net = gross.times(hundred).over(hundred.plus(percent));
    let net = net.and_then(|net| net.money(refund.amount.currency())).unwrap_or(refund.amount);
    let tax = refund.amount.minus(net).unwrap_or(Money::zero(refund.amount.currency()));
    let shown = |money| format::amount(language, money);
    let (net, tax, gross) = (shown(net), shown(tax), shown(refund.amount));
    let percent = percent.to_string();
    let said = text!(language, "shop-difference", gross, net, percent, tax);
    format!("{said} {}", marker(&refund.key, REFUND))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 180.00 francs are paid, which the shop has booked as 200.00 euros.
    fn order(more: Value) -> Order {
        let mut order = json!({
            "entity_id": 1, "order_currency_code": "CHF", "base_currency_code": "EUR",
            "base_to_order_rate": 0.9, "total_paid": 180, "base_total_paid": 200,
        });
        let (Some(order_fields), Value::Object(more)) = (order.as_object_mut(), more) else {
            panic!("an object");
        };
        order_fields.extend(more);
        serde_json::from_value(order).unwrap()
    }

    fn back(order: &Order, minor: i64) -> Result<Decimal, String> {
        let francs = Money::new(minor, Currency::parse("CHF").unwrap()).unwrap();
        adjustment(order, francs).map_err(|error| error.phrase())
    }

    fn decimal(text: &str) -> Result<Decimal, String> {
        Ok(Decimal::parse(text).unwrap())
    }

    #[test]
    fn an_amount_goes_back_in_the_shops_own_currency_and_never_more_than_is_left_of_that() {
        assert_eq!(back(&order(json!({})), 2_000), decimal("22.22"), "22.2222 is cut");
        assert_eq!(back(&order(json!({ "base_total_refunded": 190 })), 2_000), decimal("10"));
        assert_eq!(back(&order(json!({ "base_currency_code": "CHF" })), 2_000), decimal("20"));
        let said = back(&order(json!({ "base_to_order_rate": 0 })), 2_000).unwrap_err();
        assert!(said.contains("no rate of exchange to EUR"), "{said}");
    }

    #[test]
    fn a_cent_too_much_is_left_off_and_what_is_beyond_that_is_for_people() {
        let order = order(json!({ "base_currency_code": "CHF", "total_refunded": 80 }));
        assert_eq!(back(&order, 10_000), decimal("100"));
        assert_eq!(back(&order, 10_001), decimal("100"));
        let said = back(&order, 10_002).unwrap_err();
        assert!(said.contains("only 100.00 is paid and not given back"), "{said}");
    }
}
