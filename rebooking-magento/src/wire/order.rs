//! Orders and what hangs on them: items, comments, invoices, credit memos.

use serde::Deserialize;

use super::{Decimal, Id, Items, Moment, Text};

/// An order, or those fields of it that were asked for.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Order {
    pub(crate) entity_id: Id,
    #[serde(default)]
    pub(crate) increment_id: Text,
    pub(crate) store_id: Option<Id>,
    #[serde(default)]
    pub(crate) state: Text,
    #[serde(default)]
    pub(crate) status: Text,
    pub(crate) created_at: Option<Moment>,
    pub(crate) updated_at: Option<Moment>,
    #[serde(default)]
    pub(crate) customer_email: Text,
    #[serde(default)]
    pub(crate) customer_firstname: Text,
    #[serde(default)]
    pub(crate) customer_lastname: Text,
    #[serde(default)]
    pub(crate) base_currency_code: Text,
    #[serde(default)]
    pub(crate) order_currency_code: Text,
    pub(crate) base_to_order_rate: Option<Decimal>,
    pub(crate) grand_total: Option<Decimal>,
    #[serde(default)]
    pub(crate) total_paid: Decimal,
    #[serde(default)]
    pub(crate) total_refunded: Decimal,
    pub(crate) base_total_paid: Option<Decimal>,
    pub(crate) base_total_refunded: Option<Decimal>,
    #[serde(default)]
    pub(crate) ext_order_id: Text,
    #[serde(default)]
    pub(crate) relation_parent_id: Text,
    #[serde(default)]
    pub(crate) items: Items<OrderItem>,
    pub(crate) billing_address: Option<Address>,
}

/// The machine's state of an order. Its status is a label that the shop may rename.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderState {
    /// In force, in whichever way it is paid.
    Live,
    /// Called off before it was paid.
    Cancelled,
    /// Paid back whole.
    Closed,
}

impl Order {
    pub(crate) fn state(&self) -> OrderState {
        match self.state.or_empty() {
            "canceled" => OrderState::Cancelled,
            "closed" => OrderState::Closed,
            _ => OrderState::Live,
        }
    }

    /// Whether the shop still waits: for the payment, for people who look at it, or for whoever has
    /// put it on hold. Then nothing is to be made of it yet.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.state.or_empty(), "pending_payment" | "payment_review" | "holded")
    }

    /// The rows that customers see: the child rows of configurable products are left out.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &OrderItem> {
        self.items.iter().filter(|item| item.parent_item_id.is_none())
    }

    /// What was paid and not given back.
    pub(crate) fn paid(&self) -> Decimal {
        self.total_paid.minus(self.total_refunded)
    }
}

/// One row of an order. A configurable product has two: the course with the price, and the date.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OrderItem {
    pub(crate) item_id: Id,
    pub(crate) order_id: Option<Id>,
    pub(crate) parent_item_id: Option<Id>,
    pub(crate) product_id: Option<Id>,
    #[serde(default)]
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) qty_ordered: Decimal,
    #[serde(default)]
    pub(crate) qty_canceled: Decimal,
    #[serde(default)]
    pub(crate) qty_refunded: Decimal,
    #[serde(default)]
    pub(crate) qty_invoiced: Decimal,
    pub(crate) price: Option<Decimal>,
    pub(crate) price_incl_tax: Option<Decimal>,
    pub(crate) row_total: Option<Decimal>,
    pub(crate) row_total_incl_tax: Option<Decimal>,
    #[serde(default)]
    pub(crate) discount_amount: Decimal,
    pub(crate) tax_amount: Option<Decimal>,
    /// Tax on the part that a discount takes off a price with tax in it.
    #[serde(default)]
    pub(crate) discount_tax_compensation_amount: Decimal,
    #[serde(default)]
    pub(crate) tax_percent: Decimal,
    pub(crate) product_option: Option<OrderedOption>,
}

impl OrderItem {
    /// How many of it are left: neither called off nor paid back.
    pub(crate) fn left(&self) -> Decimal {
        self.qty_ordered.minus(self.qty_canceled).minus(self.qty_refunded)
    }

    /// What one of it costs by the list, tax included: no discount is in it.
    pub(crate) fn list_price(&self) -> Decimal {
        let of_the_row = || self.row_total_incl_tax.or(self.row_total)?.over(self.qty_ordered);
        self.price_incl_tax.or(self.price).or_else(of_the_row).unwrap_or_default()
    }

    /// What the customer pays for what is left of the row, tax and discounts reckoned in.
    ///
    /// The shop pays rows back by the piece, and writes what went back before tax and before the
    /// discount: so what is left is a share of the whole, by pieces, and is never divided by them
    /// alone. What was paid back without pieces stands at the order alone.
    pub(crate) fn paid(&self) -> Decimal {
        self.sum().times(self.left()).over(self.qty_ordered).unwrap_or_default()
    }

    /// What the whole row comes to, as it was ordered.
    ///
    /// The recorded shop takes a cart's discount off `row_total_incl_tax` in an order, and does not
    /// in a cart; the documentation takes it off neither. The price for one tells which it is.
    /// Where the shop takes discounts off net prices, `discount_amount` is net as well: the tax
    /// that the row says it bears leads past that.
    fn sum(&self) -> Decimal {
        let listed = self.list_price().times(self.qty_ordered);
        let row = self.row_total_incl_tax.or(self.row_total).unwrap_or(listed);
        let whole = row.plus(self.discount_amount);
        if listed.minus(whole).abs() < listed.minus(row).abs() {
            return row;
        }
        match (self.row_total, self.tax_amount) {
            (Some(net), Some(tax)) if !self.discount_amount.is_zero() && net < row => net
                .plus(tax)
                .plus(self.discount_tax_compensation_amount)
                .minus(self.discount_amount),
            _ => row.minus(self.discount_amount),
        }
    }

    /// The values of its custom options, as ids.
    pub(crate) fn custom_options(&self) -> &[OrderedCustomOption] {
        self.product_option
            .as_ref()
            .and_then(|option| option.extension_attributes.as_ref())
            .map_or(&[], |extension| &extension.custom_options)
    }
}

/// What was chosen with a product.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OrderedOption {
    extension_attributes: Option<OrderedExtension>,
}

#[derive(Clone, Debug, Deserialize)]
struct OrderedExtension {
    #[serde(default)]
    custom_options: Items<OrderedCustomOption>,
}

/// One custom option and the value that was chosen: ids, whose labels stand at the product.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OrderedCustomOption {
    pub(crate) option_id: Id,
    /// The id of a value, or what was typed in.
    #[serde(default)]
    pub(crate) option_value: Text,
}

/// Who pays. Copied from one order to the next and shown nowhere.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Address {
    #[serde(default)]
    pub(crate) firstname: Text,
    #[serde(default)]
    pub(crate) lastname: Text,
    #[serde(default)]
    pub(crate) company: Text,
    #[serde(default)]
    pub(crate) street: Items<Text>,
    #[serde(default)]
    pub(crate) city: Text,
    #[serde(default)]
    pub(crate) postcode: Text,
    #[serde(default)]
    pub(crate) region: Text,
    pub(crate) region_id: Option<Id>,
    #[serde(default)]
    pub(crate) country_id: Text,
    #[serde(default)]
    pub(crate) telephone: Text,
    #[serde(default)]
    pub(crate) email: Text,
}

/// One line of an order's history.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Comment {
    pub(crate) entity_id: Option<Id>,
    #[serde(default)]
    pub(crate) comment: Text,
}

/// What was invoiced.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) entity_id: Id,
    pub(crate) grand_total: Option<Decimal>,
    #[serde(default)]
    pub(crate) state: Text,
    #[serde(default)]
    pub(crate) transaction_id: Text,
}

impl Invoice {
    /// A gateway has taken the money, so the gateway can give it back.
    pub(crate) fn is_captured(&self) -> bool {
        self.state.get() == Some("2") && self.transaction_id.get().is_some()
    }
}

/// What was paid back.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CreditMemo {
    #[serde(default)]
    pub(crate) comments: Items<Comment>,
}
