//! What has happened to orders in the shop since the last look, and which orders carry our keys.
//!
//! Each page is a request of its own with a span of time of its own, so that a long list takes as
//! long as it takes.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::PortError;
use rebooking_core::value::booking::OrderNumber;
use rebooking_core::value::ids::{OrderId, OrderItemId};

use crate::Magento;
use crate::client::{Call, Is, Query};
use crate::wire::{Decimal, Found, Moment, Order, OrderState};

/// Seconds are the resolution of the shop's moments, and clocks differ: each span overlaps the one
/// before by so much. To be told of a change twice must do no harm.
const OVERLAP: TimeDelta = TimeDelta::minutes(5);
const FIELDS: &str = "entity_id,increment_id,state,created_at,updated_at,total_refunded,\
     ext_order_id,items[item_id,parent_item_id,qty_ordered,qty_canceled,qty_refunded]";

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
    /// Bookings that are gone, oldest change first, each once.
    pub gone: Vec<GoneBooking>,
    /// Items of orders in force that have changed, that customers placed, and that wait for no
    /// payment and for nobody to look at them: oldest change first, each once.
    pub placed: Vec<OrderItemId>,
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
    /// Its number, as people know it.
    pub number: OrderNumber,
    /// Whether it is in force.
    pub live: bool,
}

impl Magento {
    /// The bookings that were cancelled or paid back whole since a look before, and those that
    /// customers placed from `placed_from` on. A refund of other items, or of a part, leaves a
    /// booking as it is. Our own comments change nothing. An order that is paid days after it was
    /// placed has changed by that.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn changes_since(
        &self,
        since: DateTime<Utc>,
        placed_from: DateTime<Utc>,
    ) -> Result<Changes, PortError> {
        let begin = since - OVERLAP;
        let mut seen = Seen::default();
        let (mut from, mut page) = (begin, 1);
        loop {
            let query = Query::new().filter("updated_at", Is::GreaterOrEqual, moment(from));
            let found = self.orders_page(query, "updated_at", page).await?;
            found.items.iter().for_each(|order| seen.note(order, placed_from - OVERLAP));
            let latest = found.items.iter().filter_map(|order| order.updated_at).max();
            let latest = latest.map_or(from, |Moment(at)| at.max(from));
            if is_last(&found, page) {
                return Ok(Changes {
                    gone: seen.gone,
                    placed: seen.placed,
                    until: latest.max(since),
                });
            }
            // An order that changes meanwhile moves to the end and shifts the pages; so a page
            // begins where the last one ended, unless all of it was of one second.
            (from, page) = if latest > from { (latest, 1) } else { (from, page + 1) };
        }
    }

    /// The orders that carry a key with this beginning and have changed since a moment, or all of
    /// them: a reconciler compares them with the rebookings that it knows.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn keyed_orders(
        &self,
        prefix: &str,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<KeyedOrder>, PortError> {
        let query = Query::new().filter("ext_order_id", Is::Like, format!("{prefix}%"));
        self.every_keyed(match since {
            Some(since) => query.filter("updated_at", Is::GreaterOrEqual, moment(since)),
            None => query,
        })
        .await
    }

    /// Those of some orders that still carry a key with this beginning, however they are now.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn keyed_among(
        &self,
        prefix: &str,
        orders: &[OrderId],
    ) -> Result<Vec<KeyedOrder>, PortError> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<String> = orders.iter().map(ToString::to_string).collect();
        let query = Query::new().filter("entity_id", Is::In, ids.join(","));
        let mut found = self.every_keyed(query).await?;
        found.retain(|order| order.key.starts_with(prefix));
        Ok(found)
    }

    async fn every_keyed(&self, query: Query) -> Result<Vec<KeyedOrder>, PortError> {
        let mut orders = Vec::new();
        for page in 1.. {
            let found = self.orders_page(query.clone(), "entity_id", page).await?;
            orders.extend(found.items.iter().filter_map(keyed));
            if is_last(&found, page) {
                break;
            }
        }
        Ok(orders)
    }

    async fn orders_page(
        &self,
        query: Query,
        by: &str,
        page: u32,
    ) -> Result<Found<Order>, PortError> {
        let query = query.ascending(by).page(page);
        let query = query.fields(&format!("items[{FIELDS}],total_count"));
        Ok(self.client.session().send(Call::get("/orders", &[]).query(query)).await?)
    }
}

/// As the shop compares moments.
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Beyond the last page the shop gives the last one again, so the count says where it ends.
fn is_last(found: &Found<Order>, page: u32) -> bool {
    found.items.is_empty() || u64::from(page) * u64::from(Query::PAGE) >= found.total_count
}

fn keyed(order: &Order) -> Option<KeyedOrder> {
    Some(KeyedOrder {
        key: order.ext_order_id.get()?.to_owned(),
        order: OrderId::new(order.entity_id.0),
        number: OrderNumber::parse(order.increment_id.or_empty()).ok()?,
        live: order.state() == OrderState::Live,
    })
}

/// What a look has found so far. Pages overlap, and each item is told once.
#[derive(Default)]
struct Seen {
    items: BTreeSet<OrderItemId>,
    gone: Vec<GoneBooking>,
    placed: Vec<OrderItemId>,
}

impl Seen {
    fn note(&mut self, order: &Order, placed_from: DateTime<Utc>) {
        for booking in gone(order) {
            if self.items.insert(booking.item) {
                self.gone.push(booking);
            }
        }
        let is_new = order.created_at.is_some_and(|Moment(at)| at >= placed_from);
        let is_a_customers = order.ext_order_id.get().is_none();
        let is_sold = order.state() == OrderState::Live && !order.waits();
        if !is_new || !is_a_customers || !is_sold {
            return;
        }
        // Those that are gone were noted.
        for row in order.rows() {
            let item = OrderItemId::new(row.item_id.0);
            if self.items.insert(item) {
                self.placed.push(item);
            }
        }
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
    use serde_json::json;

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

    #[test]
    fn a_row_is_gone_from_an_order_in_force_once_nothing_of_it_is_left() {
        for (cancelled, refunded, how) in [
            (0, 0, None),
            (1, 0, None),
            (0, 1, None),
            (2, 0, Some(Gone::Cancelled)),
            (0, 2, Some(Gone::Refunded)),
            (1, 1, Some(Gone::Refunded)),
        ] {
            let row = json!({
                "item_id": 1, "qty_ordered": 2, "qty_canceled": cancelled,
                "qty_refunded": refunded,
            });
            let other = json!({ "item_id": 2, "qty_ordered": 2 });
            let order = json!({ "entity_id": 1, "state": "processing", "items": [row, other] });
            let order: Order = serde_json::from_value(order).unwrap();
            let found = gone(&order).first().map(|booking| (booking.item.value(), booking.how));
            assert_eq!(found, how.map(|how| (1, how)), "{cancelled} off, {refunded} paid back");
            assert!(gone(&order).len() <= 1, "the other one is as it was");
        }
    }

    #[test]
    fn the_last_page_is_known_by_the_count_and_by_nothing_being_on_it() {
        for (orders, count, page, last) in [
            (1, 205, 1, false),
            (1, 205, 2, false),
            (1, 205, 3, true),
            (1, 200, 2, true),
            (0, 205, 1, true),
        ] {
            let orders = vec![json!({ "entity_id": 1 }); orders];
            let found = json!({ "items": orders, "total_count": count });
            let found: Found<Order> = serde_json::from_value(found).unwrap();
            assert_eq!(is_last(&found, page), last, "page {page} of {count}");
        }
    }
}
