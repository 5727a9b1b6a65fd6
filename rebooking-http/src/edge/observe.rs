//! The outer half of the edge: a span without links, a metric and the admission of each request.

use axum::RequestPartsExt as _;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use http::request::Parts;
use tower_http::request_id::RequestId;
use tracing::{Instrument as _, Span, field};

use super::before::{AddressLimit, Before};
use super::cross_site::is_cross_site;
use super::floor::{Floor, Rejection};
use super::host;
use super::metrics::Meter;
use super::rate_limit::TooOften;
use super::route::Route;

/// Sees one request in and its answer out.
pub(super) async fn observe<F: Floor>(
    State(before): State<Before<F>>,
    mut request: Request,
    next: Next,
) -> Response {
    let route = Route::from_extensions(request.extensions());
    let trace = before.edge.trace_ids.of_request(request.headers());
    request.extensions_mut().insert(trace);
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    let span = tracing::info_span!(
        "request",
        method = %request.method(), route = route.name(), request_id = %id,
        trace_id = %format_args!("{:032x}", trace.trace_id),
        span_id = %format_args!("{:016x}", trace.span_id),
        status = field::Empty
    );
    observed(before, request, next, route).instrument(span).await
}

async fn observed<F: Floor>(
    before: Before<F>,
    request: Request,
    next: Next,
    route: Route,
) -> Response {
    let (meter, reader) = (Meter::start(), before.floor.reader(&request));
    let method = request.method().clone();
    let mut answer = match before.admit(request).await {
        Ok(request) => next.run(request).await,
        Err(rejection) => before.floor.reject(rejection, &reader),
    };
    // The limit of bodies answers in plain text, and no route of ours has this status.
    if answer.status() == StatusCode::PAYLOAD_TOO_LARGE {
        answer = before.floor.reject(Rejection::BodyTooLarge, &reader);
    }
    let headers = answer.headers_mut();
    if headers.contains_key(CONTENT_TYPE)
        && let Some(language) = F::language(&reader)
    {
        headers.entry(CONTENT_LANGUAGE).or_insert(language);
    }
    Span::current().record("status", answer.status().as_u16());
    tracing::info!("answered");
    meter.answered(&route, &method, answer.status());
    answer
}

impl<F: Floor> Before<F> {
    /// Lets a request in that may be answered at all, before any of its body is read.
    async fn admit(&self, request: Request) -> Result<Request, Rejection> {
        let (mut parts, body) = request.into_parts();
        self.limit_rate(&mut parts).await?;
        if is_cross_site(&parts.method, &parts.headers, self.edge.origin.as_ref()) {
            return Err(Rejection::CrossSite);
        }
        Ok(Request::from_parts(parts, body))
    }

    async fn limit_rate(&self, parts: &mut Parts) -> Result<(), TooOften> {
        let edge = &self.edge;
        let peer = host::given(&parts.extensions).copied();
        if let Some(address) = edge.limits.known(edge.proxies.caller(peer, &parts.headers)) {
            // Failed logins are counted by it on every route.
            parts.extensions.insert(address);
            if self.address_limit == AddressLimit::Counted {
                edge.limits.address(address)?;
            }
        }
        if let Ok(params) = parts.extract::<RawPathParams>().await
            && let Some((_, value)) =
                params.iter().find(|(name, _)| *name == edge.limited_parameter)
        {
            edge.limits.value(value)?;
        }
        Ok(())
    }
}
