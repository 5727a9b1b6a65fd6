//! What a row of an order costs, and what of it is paid.

use rebooking_core::value::money::{Currency, Money};

use crate::wire::{Decimal, Order, OrderItem};

/// The list price of one place, and what the customer has paid for the row and not been given back.
/// What was given back without a row is known for the order alone, so a row never holds more than
/// is left of that: of what was paid, or, while nothing is, of what is to be paid. The sum is never
/// divided: 3 places for 250.00 have no price each.
pub(super) fn prices(order: &Order, row: &OrderItem) -> Option<(Money, Money)> {
    let currency = Currency::parse(order.order_currency_code.or_empty()).ok()?;
    let (list, paid) = (row.list_price(), row.paid());
    let whole = Some(order.total_paid).filter(|paid| !paid.is_zero()).or(order.grand_total);
    let left = whole.map_or(paid, |whole| whole.minus(order.total_refunded));
    let paid = paid.min(left).max(Decimal::ZERO);
    Some((list.money(currency)?, paid.money(currency)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is paid for the first row of an order, in cents.
    fn paid(order: serde_json::Value) -> i64 {
        let mut order = order;
        order["entity_id"] = json!(1);
        order["order_currency_code"] = json!("EUR");
        let order: Order = serde_json::from_value(order).unwrap();
        let paid = prices(&order, order.rows().next().unwrap()).unwrap().1;
        paid.minor()
    }

    /// Three places at 119.00 with 19 % tax in it, a tenth off: each as the shop writes it.
    fn row(discount: f64, tax: f64, compensation: f64) -> serde_json::Value {
        json!({
            "item_id": 1, "qty_ordered": 3, "price": 100, "price_incl_tax": 119,
            "row_total": 300, "row_total_incl_tax": 357, "discount_amount": discount,
            "tax_amount": tax, "discount_tax_compensation_amount": compensation,
            "tax_percent": 19,
        })
    }

    #[test]
    fn a_discount_counts_with_its_tax_however_the_shop_takes_it_off() {
        for (discount, tax, compensation, cents) in [
            // Off prices with tax, off net prices, and off net prices after the tax was reckoned.
            (35.7, 51.3, 5.7, 32_130),
            (30.0, 51.3, 0.0, 32_130),
            (30.0, 57.0, 0.0, 32_700),
            (0.0, 57.0, 0.0, 35_700),
        ] {
            let row = row(discount, tax, compensation);
            let order = json!({ "grand_total": 357, "items": [row] });
            assert_eq!(paid(order), cents, "{discount} off, {tax} of tax");
        }
        let untold = json!({
            "item_id": 1, "qty_ordered": 3, "price_incl_tax": 119, "row_total_incl_tax": 357,
            "discount_amount": 35.7,
        });
        assert_eq!(paid(json!({ "grand_total": 357, "items": [untold] })), 32_130);
    }

    /// What the shop notes of one place that was paid back is net and before the discount.
    #[test]
    fn what_is_left_of_a_row_is_its_share_of_the_sum() {
        for (refunded, cancelled, total_refunded, cents) in
            [(1, 0, 107.1, 21_420), (2, 0, 214.2, 10_710), (0, 1, 0.0, 21_420), (3, 0, 321.3, 0)]
        {
            let mut row = row(35.7, 51.3, 5.7);
            row["qty_refunded"] = json!(refunded);
            row["qty_canceled"] = json!(cancelled);
            row["amount_refunded"] = json!(100 * refunded);
            row["discount_refunded"] = json!(11.9 * f64::from(refunded));
            row["tax_refunded"] = json!(17.1 * f64::from(refunded));
            let order = json!({
                "grand_total": 321.3, "total_paid": 321.3, "total_refunded": total_refunded,
                "items": [row],
            });
            assert_eq!(paid(order), cents, "{refunded} paid back, {cancelled} cancelled");
        }
    }

    #[test]
    fn a_share_is_exact_to_the_cent_and_never_more_than_the_order_holds() {
        let order = |total_paid: f64, total_refunded: f64, refunded: u32| {
            json!({
                "grand_total": 250, "total_paid": total_paid, "total_refunded": total_refunded,
                "items": [{
                    "item_id": 1, "qty_ordered": 3, "qty_refunded": refunded,
                    "price_incl_tax": 89, "row_total_incl_tax": 267, "discount_amount": 17,
                }],
            })
        };
        for (total_paid, total_refunded, refunded, cents) in [
            (250.0, 0.0, 0, 25_000),
            (250.0, 83.33, 1, 16_667),
            // The shop has rounded its part up.
            (250.0, 83.34, 1, 16_666),
            (250.0, 166.67, 2, 8_333),
            // Given back without a row.
            (250.0, 20.0, 0, 23_000),
            (250.0, 260.0, 0, 0),
            // Paid in part, and not at all yet.
            (100.0, 0.0, 0, 10_000),
            (0.0, 0.0, 0, 25_000),
        ] {
            let told = paid(order(total_paid, total_refunded, refunded));
            assert_eq!(told, cents, "{total_paid} less {total_refunded}, {refunded} places");
        }
    }
}
