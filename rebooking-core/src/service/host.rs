//! What hosts tell the library: an order changed in the shop, dates came from elsewhere.

pub(in crate::service) mod order_changed;
pub(in crate::service) mod refresh;
