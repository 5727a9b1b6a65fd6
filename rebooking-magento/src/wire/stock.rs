//! Stock, and the shop's store views.

use serde::Deserialize;

use super::{Decimal, Flag, Id, Items, Text};

/// The stock of a website.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Stock {
    pub(crate) stock_id: Id,
}

/// Whether so many can be bought.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Salability {
    #[serde(default)]
    pub(crate) salable: Flag,
    /// Why not.
    #[serde(default)]
    pub(crate) errors: Items<Reason>,
}

/// One reason of several.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Reason {
    #[serde(default)]
    pub(crate) code: Text,
}

/// The stock of a product in a shop without MSI.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StockItem {
    #[serde(default)]
    pub(crate) qty: Decimal,
    #[serde(default)]
    pub(crate) is_in_stock: Flag,
    #[serde(default)]
    pub(crate) min_qty: Decimal,
}

/// A store view.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StoreConfig {
    pub(crate) id: Id,
    #[serde(default)]
    pub(crate) code: Text,
    #[serde(default)]
    pub(crate) locale: Text,
    #[serde(default)]
    pub(crate) timezone: Text,
    #[serde(default)]
    pub(crate) base_currency_code: Text,
}
