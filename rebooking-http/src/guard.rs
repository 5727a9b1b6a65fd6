//! What every request passes: limits on body and time, a span without links, and the headers of every answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument as _, Span, field};

use crate::language;
use crate::reply::{Fault, Refused};
use crate::service::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Guards one request, whatever its route.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.next_request_id();
    // The route as it is written in the code: the path holds the link.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let span = tracing::info_span!("request", method = %request.method(), route, request_id = %id, status = field::Empty);
    guarded(app, request, next, id).instrument(span).await
}

async fn guarded(app: App, request: Request, next: Next, id: String) -> Response {
    let language = language::asked_for(request.headers());
    let head = request.method() == Method::HEAD;
    let mut answer = answered(&app, request, next).await;
    if let Some(refused) = refusal(&mut answer) {
        answer = refused.tell(answer, language);
    }
    if head {
        answer = without_body(answer);
    }
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id);
    }
    Span::current().record("status", answer.status().as_u16());
    tracing::info!("answered");
    answer
}

/// Reads the body within its limit and lets the route answer within the deadline. The route runs in a task of its own: neither the
/// deadline nor a caller who hangs up ever breaks off a use case half-way.
async fn answered(app: &App, request: Request, next: Next) -> Response {
    let deadline = Instant::now() + app.settings().deadline;
    let (parts, body) = request.into_parts();
    let body = match timeout_at(deadline, Limited::new(body, app.settings().body_limit).collect()).await {
        Ok(Ok(collected)) => collected.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Fault::TooLarge.into_response(),
        Ok(Err(_)) => return Fault::NotJson.into_response(),
        Err(_) => return Fault::TooSlow.into_response(),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let task = app.running().spawn(next.run(request).in_current_span());
    match timeout_at(deadline, task).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_panicked)) => Fault::Broken.into_response(),
        Err(_) => Fault::TooLate.into_response(),
    }
}

/// Why the answer is an error, if it is one. One that does not come from us gives way to the plain reading of its status, so that
/// nothing of the framework's ever reaches a caller.
fn refusal(answer: &mut Response) -> Option<Arc<Refused>> {
    let ours = answer.extensions_mut().remove::<Arc<Refused>>();
    let status = answer.status();
    match (ours, status) {
        (Some(refused), _) => Some(refused),
        (None, StatusCode::NOT_FOUND) => Some(Arc::new(Fault::NoSuchRoute.into())),
        (None, StatusCode::METHOD_NOT_ALLOWED) => Some(Arc::new(Fault::WrongMethod.into())),
        (None, StatusCode::PAYLOAD_TOO_LARGE) => Some(Arc::new(Fault::TooLarge.into())),
        (None, status) if status.is_client_error() => Some(Arc::new(Fault::NotJson.into())),
        (None, status) if status.is_server_error() => Some(Arc::new(Fault::Broken.into())),
        (None, _) => None,
    }
}

fn without_body(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    if let (false, Some(length)) = (parts.headers.contains_key(CONTENT_LENGTH), body.size_hint().exact()) {
        parts.headers.insert(CONTENT_LENGTH, length.into());
    }
    Response::from_parts(parts, Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_is_not_ours_is_told_in_our_words() {
        for (status, ours) in [
            (404, Fault::NoSuchRoute),
            (405, Fault::WrongMethod),
            (413, Fault::TooLarge),
            (400, Fault::NotJson),
            (500, Fault::Broken),
        ] {
            let mut answer = Response::new(Body::from("Failed to deserialize"));
            *answer.status_mut() = StatusCode::from_u16(status).unwrap();
            let refused = refusal(&mut answer).unwrap();
            assert!(matches!(&*refused, Refused::Http(fault) if *fault == ours), "{status}: {refused:?}");
        }
        assert!(refusal(&mut Response::new(Body::empty())).is_none());
    }
}
