//! Orders in the shop that no rebooking claims, as support reads them.

use chrono::{DateTime, Utc};
use rebooking_core::ports::UnclaimedOrder;
use rebooking_core::service::UnclaimedList;

use super::{body, moment};

body! {
    pub(crate) struct UnclaimedOrders(found: &UnclaimedList) {
        orders: Vec<UnclaimedOrderRow> = found.orders.iter().map(UnclaimedOrderRow::new).collect();
        /// Whether there are more than are in the list.
        more: bool = found.more;
    }

    /// An order in the shop that carries a key of ours and that no rebooking claims.
    pub(crate) struct UnclaimedOrderRow(found: &UnclaimedOrder) {
        order_id: i64 = found.order.value();
        order_number: String = found.number.to_string();
        /// The key of ours that it carries.
        key: String = found.key.clone();
        /// Since when nobody claims it.
        found_at: DateTime<Utc> = moment(found.found_at);
    }

    /// An order that support has dealt with.
    pub(crate) struct DealtWith(order: i64) {
        order_id: i64 = order;
    }
}
