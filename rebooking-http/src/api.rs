//! The JSON API, by who calls it.

pub(crate) mod customer;
pub(crate) mod health;
#[cfg(feature = "openapi")]
pub(crate) mod openapi;
pub(crate) mod partner;
pub(crate) mod support;
