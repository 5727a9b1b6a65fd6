//! What has happened to orders in the shop since the last look, and which orders carry our keys.

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::PortError;
use rebooking_core::value::ids::{OrderId, OrderItemId};

use crate::Magento;
use crate::client::{Call, Is, Query, Session};
use crate::wire::{Decimal, Found, Moment, Order, OrderState};

/// Seconds are the resolution of the shop's moments, and clocks differ: each span overlaps the one
/// before by so much. To be told of a change twice must do no harm.
const OVERLAP: TimeDelta = TimeDelta::minutes(5);
const FIELDS: &str = "entity_id,state,updated_at,total_refunded,ext_order_id,\
     items[item_id,parent_item_id,qty_ordered,qty_canceled,qty_refunded]";

/// One booking that is gone from the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct GoneBooking {
    /// Its order.
    pub order: OrderId,
    /// Its item.
    pub item: OrderItemId,
    /// How it went.
    pub how: Gone,
}

/// How a booking went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gone {
    /// Called off before it was paid.
    Cancelled,
    /// Paid back.
    Refunded,
}

/// What one look has found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Bookings that are gone, oldest change first.
    pub gone: Vec<GoneBooking>,
    /// Where the next look begins.
    pub until: DateTime<Utc>,
}

/// An order that carries one of our keys.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct KeyedOrder {
    /// The key that it was placed under.
    pub key: String,
    /// Its key in the shop.
    pub order: OrderId,
    /// Whether it is in force.
    pub live: bool,
}

impl Magento {
    /// The bookings that were cancelled or paid back whole since a look before. A refund of other
    /// items, or of a part, leaves a booking as it is. Our own comments change nothing.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn changes_since(&self, since: DateTime<Utc>) -> Result<Changes, PortError> {
        let session = self.client.session();
        let from = (since - OVERLAP).format("%Y-%m-%d %H:%M:%S").to_string();
        let query = Query::new().filter("updated_at", Is::GreaterOrEqual, from);
        let orders = self.every_order(&session, query, "updated_at").await?;
        let latest = orders.iter().filter_map(|order| order.updated_at).max();
        let until = latest.map_or(since, |Moment(at)| at.max(since));
        Ok(Changes { gone: orders.iter().flat_map(gone).collect(), until })
    }

    /// Every order that carries a key with this beginning: a reconciler compares them with the
    /// rebookings that it knows.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn keyed_orders(&self, prefix: &str) -> Result<Vec<KeyedOrder>, PortError> {
        let session = self.client.session();
        let query = Query::new().filter("ext_order_id", Is::Like, format!("{prefix}%"));
        let orders = self.every_order(&session, query, "entity_id").await?;
        let keyed = orders.iter().filter_map(|order| {
            Some(KeyedOrder {
                key: order.ext_order_id.get()?.to_owned(),
                order: OrderId::new(order.entity_id.0),
                live: order.state() == OrderState::Live,
            })
        });
        Ok(keyed.collect())
    }

    async fn every_order(
        &self,
        session: &Session,
        query: Query,
        by: &str,
    ) -> Result<Vec<Order>, PortError> {
        let mut orders = Vec::new();
        for page in 1.. {
            let query = query.clone().ascending(by).page(page);
            let query = query.fields(&format!("items[{FIELDS}],total_count"));
            let found: Found<Order> = session.send(Call::get("/orders", &[]).query(query)).await?;
            let (empty, total) = (found.items.is_empty(), found.total_count);
            orders.extend(found.items.0);
            if empty || orders.len() as u64 >= total {
                break;
            }
        }
        Ok(orders)
    }
}

/// Only the rows that customers see are counted: the shop leaves the others as they were.
fn gone(order: &Order) -> Vec<GoneBooking> {
    let state = order.state();
    let rows = order.rows().filter_map(|row| {
        let how = match state {
            OrderState::Cancelled => Gone::Cancelled,
            OrderState::Closed => Gone::Refunded,
            OrderState::Live if row.left() > Decimal::ZERO => return None,
            OrderState::Live if row.qty_refunded > Decimal::ZERO => Gone::Refunded,
            OrderState::Live => Gone::Cancelled,
        };
        let order = OrderId::new(order.entity_id.0);
        Some(GoneBooking { order, item: OrderItemId::new(row.item_id.0), how })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_changes_are_a_difference_paid_back_and_a_cancelled_order() {
        let recorded = include_str!("../tests/bodies/orders_changed_since.json");
        let found: Found<Order> = serde_json::from_str(recorded).unwrap();
        let found: Vec<_> = found.items.iter().flat_map(gone).collect();
        let (order, item) = (OrderId::new(2), OrderItemId::new(3));
        assert_eq!(found, [GoneBooking { order, item, how: Gone::Cancelled }]);
        let recorded = include_str!("../tests/bodies/order_closed.json");
        let closed: Order = serde_json::from_str(recorded).unwrap();
        assert_eq!(gone(&closed)[0].how, Gone::Refunded);
    }
}
