//! Orders in the shop that carry a key of ours and that no rebooking claims, until people have
//! dealt with them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::PortError;
use crate::value::booking::OrderNumber;
use crate::value::ids::OrderId;

/// An order that no rebooking claims.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct UnclaimedOrder {
    /// Its key in the shop.
    pub order: OrderId,
    /// Its number, as people know it.
    pub number: OrderNumber,
    /// The key of ours that it carries.
    pub key: String,
    /// Since when nobody claims it.
    pub found_at: DateTime<Utc>,
}

/// What is known of an order that nobody claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Noted {
    /// Nothing was known: it is on the list from now on.
    New,
    /// It is on the list.
    Listed,
    /// Support has dealt with it: it is not listed again.
    DealtWith,
}

/// The list of such orders, in the same data as the rebookings. Who watches the shop writes it, and
/// support reads it. Every call may be repeated.
#[async_trait]
pub trait UnclaimedOrders: Send + Sync {
    /// Notes that nobody claims an order. One that was mended before is new again.
    async fn note(
        &self,
        order: OrderId,
        number: &OrderNumber,
        key: &str,
    ) -> Result<Noted, PortError>;

    /// Takes an order off the list, as somebody claims it, or it is not in force any more. One that
    /// is not on it is none of the store's business.
    async fn mended(&self, order: OrderId) -> Result<(), PortError>;

    /// The list, the longest known first, at most `limit`.
    async fn unclaimed(&self, limit: u32) -> Result<Vec<UnclaimedOrder>, PortError>;

    /// Support has dealt with an order; who says so is kept. `false` when it is not on the list.
    async fn dealt_with(&self, order: OrderId, by: &str) -> Result<bool, PortError>;
}
