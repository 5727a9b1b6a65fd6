//! What every request passes: limits on how often, how long and how much, a span without links, and
//! the headers of every answer.

use std::sync::Arc;

use axum::RequestPartsExt as _;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, HeaderValue};
use http::request::Parts;
use http::{Method, StatusCode};
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use rebooking_core::value::customer::Language;
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument as _, Span, field};

use crate::edge::metrics::Meter;
use crate::edge::route::Route;
use crate::edge::run_to_completion::{Panicked, RunToCompletion};
use crate::edge::{cross_site, headers, host};
use crate::error::{ApiError, ErrorAudience, Finished, RequestError};
use crate::extract::language;
use crate::pages::{self, PageLocale};
use crate::state::AppState;

/// Guards one request, whatever its route.
pub(crate) async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let id = app.next_request_id();
    let route = Route::of(request.extensions());
    let span = tracing::info_span!(
        "request", method = %request.method(), route = route.name(), request_id = %id, status = field::Empty
    );
    guarded(app, request, next, id, route).instrument(span).await
}

async fn guarded(
    app: AppState,
    mut request: Request,
    next: Next,
    id: String,
    route: Route,
) -> Response {
    let (meter, reader) = (Meter::start(), Reader::of(&request, &route));
    let method = request.method().clone();
    if let Reader::Person(_, word) = &reader {
        request.extensions_mut().insert(word.clone());
    }
    let mut answer = match admitted(&app, request, &route).await {
        Ok(request) => answered(&app, request, next).await,
        Err(fault) => fault.into_response(),
    };
    if let Some(refused) = refusal(&mut answer) {
        answer = if method == Method::OPTIONS
            && matches!(*refused, ApiError::Http(RequestError::WrongMethod))
        {
            StatusCode::NO_CONTENT.into_response()
        } else {
            let each_time = route.does_it_each_time(&method);
            match &reader {
                Reader::Program(language) => {
                    refused.tell(&ErrorAudience { each_time, ..app.caller(*language) })
                }
                Reader::Person(spoken, word) => {
                    let to = ErrorAudience { each_time, ..app.reader(spoken.language()) };
                    let form = method == Method::POST;
                    pages::error_page::page_for(
                        app.pages(),
                        &refused,
                        &to,
                        spoken,
                        word.visitor().map(|who| (who, form)),
                    )
                }
            }
        };
    }
    if method == Method::HEAD {
        answer = without_body(answer);
    }
    headers::put(&mut answer, reader.language(), &id);
    Span::current().record("status", answer.status().as_u16());
    tracing::info!("answered");
    meter.answered(&route, &method, answer.status());
    answer
}

/// Who reads the answer: a program reads JSON, a person a page.
enum Reader {
    Program(Language),
    Person(PageLocale, pages::staff::Word),
}

impl Reader {
    /// By the route; where there is none, by what the caller would like to have.
    fn of(request: &Request, route: &Route) -> Self {
        let headers = request.headers();
        let wants_page = |accepted: &HeaderValue| {
            accepted.to_str().is_ok_and(|types| types.contains("text/html"))
        };
        let person = match route.is_for_programs() {
            Some(programs) => !programs,
            None => headers.get(ACCEPT).is_some_and(wants_page),
        };
        if person {
            Self::Person(
                PageLocale::of(request.uri().query(), headers),
                pages::staff::Word::default(),
            )
        } else {
            Self::Program(language::asked_for(headers))
        }
    }

    fn language(&self) -> Language {
        match self {
            Self::Program(language) => *language,
            Self::Person(spoken, _) => spoken.language(),
        }
    }
}

/// Lets a request in that may be answered at all, before any of its body is read.
async fn admitted(
    app: &AppState,
    request: Request,
    route: &Route,
) -> Result<Request, RequestError> {
    let (mut parts, body) = request.into_parts();
    not_too_often(app, &mut parts, route).await?;
    if cross_site::is_cross_site(&parts.method, &parts.headers, app.origin()) {
        return Err(RequestError::CrossSite);
    }
    let declared = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| {
        usize::try_from(length).map_or(true, |length| length > app.settings().body_limit)
    }) {
        return Err(RequestError::TooLarge);
    }
    Ok(Request::from_parts(parts, body))
}

async fn not_too_often(
    app: &AppState,
    parts: &mut Parts,
    route: &Route,
) -> Result<(), RequestError> {
    let peer = host::given(&parts.extensions).copied();
    if let Some(address) = app.limits().known(app.settings().proxies.caller(peer, &parts.headers)) {
        // Wrong tokens are counted by it on every route.
        parts.extensions.insert(address);
        if !route.is_watched() {
            app.limits().address(address)?;
        }
    }
    if let Ok(params) = parts.extract::<RawPathParams>().await
        && let Some((_, link)) = params.iter().find(|(name, _)| *name == "token")
    {
        app.limits().link(link)?;
    }
    Ok(())
}

/// Reads the body within its limit and lets the route answer within the deadline. The route is
/// carried through: neither the deadline nor a caller who hangs up ever breaks off a use case
/// half-way.
async fn answered(app: &AppState, request: Request, next: Next) -> Response {
    let deadline = Instant::now() + app.settings().deadline;
    let (parts, body) = request.into_parts();
    let body = match whole(body, app.settings().body_limit, deadline).await {
        Ok(body) => body,
        Err(fault) => return fault.into_response(),
    };
    let route = next.run(Request::from_parts(parts, Body::from(body)));
    match timeout_at(deadline, RunToCompletion::new(route, app.running())).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(Panicked)) => RequestError::Broken.into_response(),
        Err(_) => RequestError::TooLate.into_response(),
    }
}

async fn whole(body: Body, limit: usize, deadline: Instant) -> Result<Bytes, RequestError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    match timeout_at(deadline, Limited::new(body, limit).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(RequestError::TooLarge),
        Ok(Err(_)) => Err(RequestError::NotJson),
        Err(_) => Err(RequestError::TooSlow),
    }
}

/// Why the answer is an error, if it is one. One that does not come from us gives way to the plain
/// reading of its status, so that nothing of the framework's ever reaches a caller.
fn refusal(answer: &mut Response) -> Option<Arc<ApiError>> {
    if answer.extensions_mut().remove::<Finished>().is_some() {
        return None;
    }
    let ours = answer.extensions_mut().remove::<Arc<ApiError>>();
    let status = answer.status();
    match (ours, status) {
        (Some(refused), _) => Some(refused),
        (None, StatusCode::NOT_FOUND) => Some(Arc::new(RequestError::NoSuchRoute.into())),
        (None, StatusCode::METHOD_NOT_ALLOWED) => Some(Arc::new(RequestError::WrongMethod.into())),
        (None, StatusCode::PAYLOAD_TOO_LARGE) => Some(Arc::new(RequestError::TooLarge.into())),
        (None, status) if status.is_client_error() => Some(Arc::new(RequestError::NotJson.into())),
        (None, status) if status.is_server_error() => Some(Arc::new(RequestError::Broken.into())),
        (None, _) => None,
    }
}

/// Every route answers `OPTIONS`, which the framework does not know: it names the other methods
/// once the guard is through.
pub(crate) fn allow_options(mut answer: Response) -> Response {
    let allowed = answer.headers().get(ALLOW).and_then(|allow| allow.to_str().ok());
    if let Some(Ok(all)) =
        allowed.map(|allowed| HeaderValue::try_from(format!("{allowed},OPTIONS")))
    {
        answer.headers_mut().insert(ALLOW, all);
    }
    answer
}

fn without_body(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    if let (false, Some(length)) =
        (parts.headers.contains_key(CONTENT_LENGTH), body.size_hint().exact())
    {
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
            (404, RequestError::NoSuchRoute),
            (405, RequestError::WrongMethod),
            (413, RequestError::TooLarge),
            (400, RequestError::NotJson),
            (500, RequestError::Broken),
        ] {
            let mut answer = Response::new(Body::from("Failed to deserialize"));
            *answer.status_mut() = StatusCode::from_u16(status).unwrap();
            let refused = refusal(&mut answer).unwrap();
            assert!(
                matches!(&*refused, ApiError::Http(fault) if *fault == ours),
                "{status}: {refused:?}"
            );
        }
        assert!(refusal(&mut Response::new(Body::empty())).is_none());
    }
}
