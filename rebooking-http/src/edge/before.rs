//! The edge before one floor: what holds for its routes.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::task::TaskTracker;

use super::client_ip::TrustedProxies;
use super::origin::WebOrigin;
use super::rate_limit::Limits;
use super::request_id::RequestIds;
use super::trace::TraceIds;

/// What holds at the edge, whatever is behind it.
pub(crate) struct Edge {
    pub(crate) limits: Arc<Limits>,
    /// The parameter of a path whose every value has a limit of its own.
    pub(crate) limited_parameter: &'static str,
    pub(crate) proxies: TrustedProxies,
    /// Where pages of ours come from.
    pub(crate) origin: Option<WebOrigin>,
    pub(crate) body_limit: usize,
    pub(crate) deadline: Duration,
    pub(crate) request_ids: RequestIds,
    pub(crate) trace_ids: TraceIds,
    pub(crate) running: TaskTracker,
}

/// Whether requests are counted by the address that they come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddressLimit {
    Counted,
    /// For those who watch the process: they ask often, and from one address.
    Exempt,
}

/// The edge before one floor.
#[derive(Clone)]
pub(crate) struct Before<F> {
    pub(crate) edge: Arc<Edge>,
    pub(crate) floor: F,
    pub(crate) address_limit: AddressLimit,
}

impl<F> Before<F> {
    pub(crate) fn new(edge: &Arc<Edge>, floor: F) -> Self {
        Self { edge: edge.clone(), floor, address_limit: AddressLimit::Counted }
    }
}
