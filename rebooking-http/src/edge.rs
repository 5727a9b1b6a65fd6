//! The hardened edge: what every connection, request and answer passes, whatever the service behind
//! it is about.

pub(crate) mod cached_for;
pub(crate) mod client_ip;
pub(crate) mod cross_site;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod host;
#[cfg_attr(not(feature = "metrics"), path = "edge/metrics/none.rs")]
pub(crate) mod metrics;
pub(crate) mod origin;
pub(crate) mod rate_limit;
pub(crate) mod robots;
pub(crate) mod route;
pub(crate) mod run_to_completion;
pub(crate) mod serve;
