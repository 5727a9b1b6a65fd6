//! What is counted, for whoever reads it by a recorder of the `metrics` crate. Labels are words of
//! ours: a route is named as it is written in the code, and no link, path, address or name is ever
//! in one.

use http::{Method, StatusCode};
use metrics::{counter, histogram};
use tokio::time::Instant;

use crate::edge::route::Route;

/// One request.
pub(crate) struct Meter(Instant);

impl Meter {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn answered(self, route: &Route, method: &Method, status: StatusCode) {
        let (route, method) = (route.name().to_owned(), named(method));
        let status = status.as_str().to_owned();
        counter!(
            "rebooking_http_requests_total",
            "route" => route.clone(), "method" => method, "status" => status
        )
        .increment(1);
        histogram!("rebooking_http_request_duration_seconds", "route" => route, "method" => method)
            .record(self.0.elapsed());
    }
}

/// Anybody can make up methods: they share a name.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
