//! What partners do: decline, confirm, answer by mail, propose dates, withdraw a date.

pub(in crate::service) mod answer;
pub(in crate::service) mod confirm;
pub(in crate::service) mod decline;
pub(in crate::service) mod propose;
pub(in crate::service) mod withdraw;
