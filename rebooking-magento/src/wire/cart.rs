//! Carts: what an order is made from.

use serde::Deserialize;

use super::{Decimal, Flag, Id, Text};

/// A cart, before and after it was turned into an order.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Cart {
    #[serde(default)]
    pub(crate) is_active: Flag,
}

/// One row of a cart.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CartItem {
    pub(crate) item_id: Id,
    #[serde(default)]
    pub(crate) qty: Decimal,
}

/// What a cart costs.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CartTotals {
    pub(crate) grand_total: Option<Decimal>,
    #[serde(default)]
    pub(crate) quote_currency_code: Text,
}

/// A way to pay that the shop offers for a cart.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PaymentMethod {
    #[serde(default)]
    pub(crate) code: Text,
}
