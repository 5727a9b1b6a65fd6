//! What hosts tell the library: an order changed in the shop, dates came from elsewhere.

mod backlog;
pub(in crate::service) mod courses;
pub(in crate::service) mod open_request;
pub(in crate::service) mod order_changed;
pub(in crate::service) mod partner_names;
pub(in crate::service) mod reconcile_order;
pub(in crate::service) mod refresh;
