//! The id of each request, in its log and on its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderName, HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests, after a number that tells this process from others.
#[derive(Clone)]
pub(crate) struct RequestIds {
    process: u64,
    served: Arc<AtomicU64>,
}

impl RequestIds {
    pub(crate) fn new(process: u64) -> Self {
        Self { process, served: Arc::default() }
    }
}

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        let number = self.served.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:016x}-{number}", self.process);
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}
