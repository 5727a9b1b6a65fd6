//! The hardened edge: what every connection, request and answer passes, whatever the service behind
//! it is about.

pub(crate) mod before;
pub(crate) mod cached_for;
pub(crate) mod client_ip;
mod cross_site;
mod deadline;
pub(crate) mod floor;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod layers;
#[cfg_attr(not(feature = "metrics"), path = "edge/metrics/none.rs")]
mod metrics;
mod observe;
pub(crate) mod origin;
pub(crate) mod person;
pub(crate) mod rate_limit;
pub(crate) mod request_id;
pub(crate) mod route;
mod run_to_completion;
pub(crate) mod serve;
#[cfg(feature = "tls")]
pub(crate) mod tls;
pub(crate) mod trace;
