//! What a test sees of the shop.

use serde_json::Value;

use super::state::Order;

/// An order as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenOrder {
    /// Its key.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// The cart that it was made from.
    pub cart: i64,
    /// `new`, `complete`, `canceled`, `closed`.
    pub state: String,
    /// Our key, where one was set.
    pub key: Option<String>,
    /// The order that it replaces.
    pub parent: Option<String>,
    /// Its total in cents.
    pub total: i64,
    /// The rows that customers see: item and SKU.
    pub items: Vec<(i64, String)>,
    /// Its comments, oldest first.
    pub comments: Vec<String>,
    /// Its credit memos.
    pub memos: Vec<SeenMemo>,
}

/// A credit memo as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct SeenMemo {
    /// How much, in cents.
    pub total: i64,
    /// By the gateway, or on paper.
    pub online: bool,
    /// Its comment.
    pub comment: String,
}

impl From<&Order> for SeenOrder {
    fn from(order: &Order) -> Self {
        let column =
            |name: &str| order.columns.get(name).and_then(Value::as_str).map(str::to_owned);
        let rows = order.rows.iter().filter(|row| row.parent.is_none());
        Self {
            id: order.id,
            number: order.number.clone(),
            cart: order.cart,
            state: order.state.to_owned(),
            key: column("ext_order_id"),
            parent: column("relation_parent_real_id"),
            total: order.total(),
            items: rows.map(|row| (row.id, row.sku.clone())).collect(),
            comments: order.comments.iter().map(|comment| comment.text.clone()).collect(),
            memos: order
                .memos
                .iter()
                .map(|memo| SeenMemo {
                    total: memo.total,
                    online: memo.online,
                    comment: memo.comment.clone().unwrap_or_default(),
                })
                .collect(),
        }
    }
}
