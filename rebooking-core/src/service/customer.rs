//! What customers do: open their link, choose a date, say what they wish.

pub(in crate::service) mod await_order;
pub(in crate::service) mod choose;
pub(in crate::service) mod show;
pub(in crate::service) mod visit;
pub(in crate::service) mod wish;
