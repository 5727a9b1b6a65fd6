//! What goes out and what comes back, whatever the protocol.

use reqwest::header::{HeaderMap, HeaderValue, USER_AGENT};
use serde_json::Value;
use url::Url;

/// What is sent, always by POST.
pub(crate) struct Request {
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// What comes back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// What every request carries.
pub(super) fn headers() -> HeaderMap {
    let agent = HeaderValue::from_static(concat!("rebooking/", env!("CARGO_PKG_VERSION")));
    HeaderMap::from_iter([(USER_AGENT, agent)])
}
