//! The inner half of the edge: the body is read and the route answers, both within the deadline.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::StatusCode;
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError};
use tokio::time::{Instant, timeout_at};
use tower_http::catch_panic::CatchPanic;
use tower_service::Service as _;

use super::before::Before;
use super::floor::{Floor, Rejection};
use super::run_to_completion::RunToCompletion;

/// Reads the body and lets the route answer. The route runs to completion: neither the deadline nor
/// a caller who hangs up ever breaks off a use case half-way.
pub(super) async fn answer_in_time<F: Floor>(
    State(Before { edge, floor, .. }): State<Before<F>>,
    request: Request,
    next: Next,
) -> Response {
    let deadline = Instant::now() + edge.deadline;
    let reader = floor.reader(&request);
    let (parts, body) = request.into_parts();
    let body = match collect(body, deadline).await {
        Ok(body) => body,
        // The layer of the limit, further out, answers for it.
        Err(Rejection::BodyTooLarge) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(rejection) => return floor.reject(rejection, &reader),
    };
    let panicked = {
        let (floor, reader) = (floor.clone(), reader.clone());
        move |_panic| floor.reject(Rejection::Panicked, &reader)
    };
    let route = CatchPanic::custom(next, panicked).call(Request::from_parts(parts, body.into()));
    match timeout_at(deadline, RunToCompletion::new(route, &edge.running)).await {
        Ok(Ok(answer)) => answer.map(Body::new),
        Err(_elapsed) => floor.reject(Rejection::AnswerTimeout, &reader),
    }
}

async fn collect(body: Body, deadline: Instant) -> Result<Bytes, Rejection> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    match timeout_at(deadline, body.collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if is_too_large(&error) => Err(Rejection::BodyTooLarge),
        Ok(Err(_)) => Err(Rejection::BodyUnreadable),
        Err(_elapsed) => Err(Rejection::BodyTimeout),
    }
}

/// Whether the limit of the body was met, however often the error has been wrapped.
fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(|error| error.is::<LengthLimitError>())
}
