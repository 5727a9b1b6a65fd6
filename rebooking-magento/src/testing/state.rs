//! What the shop keeps.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::answer::amount;

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Shop {
    pub(super) products: Vec<Product>,
    pub(super) labels: BTreeMap<String, Vec<(i64, String)>>,
    pub(super) carts: Vec<Cart>,
    pub(super) orders: Vec<Order>,
    pub(super) payment_methods: Vec<(String, String)>,
    pub(super) locale: String,
    pub(super) tax_percent: i64,
    pub(super) next: BTreeMap<&'static str, i64>,
    pub(super) now: DateTime<Utc>,
}

impl Shop {
    /// The next number of a table.
    pub(super) fn number(&mut self, table: &'static str) -> i64 {
        let next = self.next.entry(table).or_default();
        *next += 1;
        *next
    }

    pub(super) fn product(&self, id: i64) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    pub(super) fn by_sku(&self, sku: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.sku == sku)
    }

    pub(super) fn order(&mut self, id: i64) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.id == id)
    }

    pub(super) fn cart(&mut self, id: i64) -> Option<&mut Cart> {
        self.carts.iter_mut().find(|cart| cart.id == id)
    }

    pub(super) fn moment(&self) -> String {
        self.now.format("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// A product: a course, a date, or both in one.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub(super) id: i64,
    pub(super) sku: String,
    pub(super) name: String,
    /// In cents.
    pub(super) price: i64,
    pub(super) enabled: bool,
    pub(super) kind: &'static str,
    pub(super) attributes: Vec<(String, String)>,
    /// The configurable product that it is a variant of.
    pub(super) parent: Option<i64>,
    /// Id of the option, then each value: id, title, price in cents, SKU.
    pub(super) options: Vec<(i64, String, Vec<OptionValue>)>,
    /// Pieces in the source, and the sum of the reservations.
    pub(super) quantity: i64,
    pub(super) reserved: i64,
}

impl Product {
    pub(super) const fn salable(&self) -> i64 {
        if self.enabled { self.quantity - self.reserved } else { 0 }
    }
}

/// A value of an option: id, title, price in cents beside the product's, what is put behind its
/// SKU.
pub(super) type OptionValue = (i64, String, i64, String);

/// A cart.
#[derive(Clone, Debug)]
pub(super) struct Cart {
    pub(super) id: i64,
    pub(super) active: bool,
    pub(super) rows: Vec<CartRow>,
    pub(super) address: Option<Value>,
    pub(super) discount: i64,
}

/// A row of a cart.
#[derive(Clone, Debug)]
pub(super) struct CartRow {
    pub(super) id: i64,
    /// The course: the configurable product, or the one with options.
    pub(super) course: i64,
    /// What has the stock: the variant, or the product itself.
    pub(super) stocked: i64,
    pub(super) quantity: i64,
    /// For one, in cents.
    pub(super) price: i64,
    pub(super) option: Option<Value>,
    pub(super) sku: String,
}

/// An order.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) id: i64,
    pub(super) number: String,
    pub(super) cart: i64,
    pub(super) state: &'static str,
    pub(super) created: String,
    pub(super) updated: String,
    pub(super) address: Value,
    pub(super) method: String,
    pub(super) discount: i64,
    pub(super) paid: Option<i64>,
    pub(super) refunded: Option<i64>,
    pub(super) rows: Vec<Row>,
    pub(super) comments: Vec<Comment>,
    pub(super) invoices: Vec<Invoice>,
    pub(super) memos: Vec<Memo>,
    /// What `POST /orders` may set: `ext_order_id` and the relations.
    pub(super) columns: Map<String, Value>,
}

/// A row of an order.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) parent: Option<i64>,
    pub(super) product: i64,
    pub(super) kind: &'static str,
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) ordered: i64,
    pub(super) cancelled: i64,
    pub(super) refunded: i64,
    pub(super) invoiced: i64,
    pub(super) price: i64,
    pub(super) discount: i64,
    pub(super) amount_refunded: i64,
    pub(super) tax_percent: i64,
    pub(super) option: Option<Value>,
}

/// A line of an order's history.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) id: i64,
    pub(super) text: String,
    pub(super) status: String,
    pub(super) created: String,
    pub(super) of: Option<&'static str>,
}

/// An invoice over the whole order.
#[derive(Clone, Debug)]
pub(super) struct Invoice {
    pub(super) id: i64,
    pub(super) total: i64,
    pub(super) transaction: Option<String>,
}

/// A credit memo.
#[derive(Clone, Debug)]
pub(super) struct Memo {
    pub(super) id: i64,
    pub(super) total: i64,
    pub(super) positive: i64,
    pub(super) comment: Option<String>,
    pub(super) online: bool,
}

impl Order {
    pub(super) fn total(&self) -> i64 {
        self.rows.iter().map(Row::total).sum()
    }

    /// What the shop calls the state; people may rename it.
    pub(super) const fn status(&self) -> &'static str {
        match self.state.as_bytes() {
            b"new" => "pending",
            _ => self.state,
        }
    }

    pub(super) fn ceiling(&self) -> i64 {
        self.paid.unwrap_or_default() - self.refunded.unwrap_or_default()
    }

    pub(super) fn json(&self) -> Value {
        let name = |field: &str| self.address.get(field).cloned().unwrap_or(Value::Null);
        let (total, paid) = (self.total(), self.paid.unwrap_or_default());
        let sum: i64 = self.rows.iter().map(|row| row.price * row.ordered).sum();
        let quantity: i64 =
            self.rows.iter().filter(|row| row.parent.is_none()).map(|row| row.ordered).sum();
        let mut order = json!({
            "base_currency_code": "EUR", "order_currency_code": "EUR", "base_to_order_rate": 1,
            "base_grand_total": amount(total), "grand_total": amount(total),
            "base_total_due": amount(total - paid), "total_due": amount(total - paid),
            "created_at": self.created, "updated_at": self.updated,
            "customer_email": name("email"), "customer_firstname": name("firstname"),
            "customer_lastname": name("lastname"), "customer_is_guest": 1,
            "discount_amount": amount(-self.discount), "entity_id": self.id,
            "increment_id": self.number, "is_virtual": 1, "quote_id": self.cart,
            "shipping_amount": 0, "state": self.state, "status": self.status(), "store_id": 1,
            "subtotal": amount(sum), "tax_amount": 0, "total_qty_ordered": quantity,
            "items": self.rows.iter().map(|row| row.json(self)).collect::<Vec<_>>(),
            "billing_address": self.address,
            "payment": {
                "method": self.method, "amount_ordered": amount(total),
                "additional_information": ["Check / Money order"], "account_status": null,
            },
            "status_histories": [],
        });
        let fields = [
            ("total_paid", self.paid),
            ("base_total_paid", self.paid),
            ("total_refunded", self.refunded),
            ("base_total_refunded", self.refunded),
        ];
        if let Some(order) = order.as_object_mut() {
            for (field, value) in fields {
                if let Some(value) = value {
                    order.insert(field.to_owned(), amount(value));
                }
            }
            order.extend(self.columns.clone());
            // What is null is left out.
            order.retain(|_, value| !value.is_null());
        }
        order
    }
}

impl Row {
    pub(super) fn total(&self) -> i64 {
        self.price * self.ordered - self.discount
    }

    pub(super) fn json(&self, order: &Order) -> Value {
        let mut row = json!({
            "amount_refunded": amount(self.amount_refunded), "base_amount_refunded": 0,
            "discount_amount": amount(self.discount), "is_virtual": 1, "item_id": self.id,
            "name": self.name, "order_id": order.id, "original_price": amount(self.price),
            "price": amount(self.price), "product_id": self.product, "product_type": self.kind,
            "qty_canceled": self.cancelled, "qty_invoiced": self.invoiced,
            "qty_ordered": self.ordered, "qty_refunded": self.refunded, "qty_shipped": 0,
            "row_total": amount(self.total()), "row_total_incl_tax": amount(self.total()),
            "sku": self.sku, "store_id": 1, "tax_amount": 0, "tax_percent": self.tax_percent,
        });
        if let Some(row) = row.as_object_mut() {
            if let Some(parent) = self.parent {
                row.insert("parent_item_id".to_owned(), parent.into());
                let parent = order.rows.iter().find(|row| row.id == parent);
                row.insert(
                    "parent_item".to_owned(),
                    parent.map_or(Value::Null, |row| row.json(order)),
                );
            } else {
                row.insert("price_incl_tax".to_owned(), amount(self.price));
            }
            if let Some(option) = &self.option {
                row.insert("product_option".to_owned(), option.clone());
            }
        }
        row
    }
}
