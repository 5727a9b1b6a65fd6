//! What every request passes: limits on how often, how long and how much, a span without links, and
//! the headers of every answer.

mod carried;
mod cross_site;
mod headers;

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

use carried::{Carried, Panicked};
pub(crate) use headers::Csp;

use crate::host;
use crate::language;
use crate::meters::Meter;
use crate::page::{self, Spoken};
use crate::reply::{Caller, Fault, Finished, Refused};
use crate::route::Route;
use crate::service::App;

/// Guards one request, whatever its route.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.next_request_id();
    let route = Route::of(request.extensions());
    let span = tracing::info_span!(
        "request", method = %request.method(), route = route.name(), request_id = %id, status = field::Empty
    );
    guarded(app, request, next, id, route).instrument(span).await
}

async fn guarded(app: App, mut request: Request, next: Next, id: String, route: Route) -> Response {
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
        answer =
            if method == Method::OPTIONS && matches!(*refused, Refused::Http(Fault::WrongMethod)) {
                StatusCode::NO_CONTENT.into_response()
            } else {
                let each_time = route.does_it_each_time(&method);
                match &reader {
                    Reader::Program(language) => {
                        refused.tell(&Caller { each_time, ..app.caller(*language) })
                    }
                    Reader::Person(spoken, word) => {
                        let to = Caller { each_time, ..app.reader(spoken.language()) };
                        let form = method == Method::POST;
                        page::refused::page_for(
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
    Person(Spoken, page::staff::Word),
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
            Self::Person(Spoken::of(request.uri().query(), headers), page::staff::Word::default())
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
async fn admitted(app: &App, request: Request, route: &Route) -> Result<Request, Fault> {
    let (mut parts, body) = request.into_parts();
    not_too_often(app, &mut parts, route).await?;
    if cross_site::is_cross_site(&parts.method, &parts.headers, app.origin()) {
        return Err(Fault::CrossSite);
    }
    let declared = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| {
        usize::try_from(length).map_or(true, |length| length > app.settings().body_limit)
    }) {
        return Err(Fault::TooLarge);
    }
    Ok(Request::from_parts(parts, body))
}

async fn not_too_often(app: &App, parts: &mut Parts, route: &Route) -> Result<(), Fault> {
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
async fn answered(app: &App, request: Request, next: Next) -> Response {
    let deadline = Instant::now() + app.settings().deadline;
    let (parts, body) = request.into_parts();
    let body = match whole(body, app.settings().body_limit, deadline).await {
        Ok(body) => body,
        Err(fault) => return fault.into_response(),
    };
    let route = next.run(Request::from_parts(parts, Body::from(body)));
    match timeout_at(deadline, Carried::new(route, app.running())).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(Panicked)) => Fault::Broken.into_response(),
        Err(_) => Fault::TooLate.into_response(),
    }
}

async fn whole(body: Body, limit: usize, deadline: Instant) -> Result<Bytes, Fault> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    match timeout_at(deadline, Limited::new(body, limit).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Fault::TooLarge),
        Ok(Err(_)) => Err(Fault::NotJson),
        Err(_) => Err(Fault::TooSlow),
    }
}

/// Why the answer is an error, if it is one. One that does not come from us gives way to the plain
/// reading of its status, so that nothing of the framework's ever reaches a caller.
fn refusal(answer: &mut Response) -> Option<Arc<Refused>> {
    if answer.extensions_mut().remove::<Finished>().is_some() {
        return None;
    }
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
            (404, Fault::NoSuchRoute),
            (405, Fault::WrongMethod),
            (413, Fault::TooLarge),
            (400, Fault::NotJson),
            (500, Fault::Broken),
        ] {
            let mut answer = Response::new(Body::from("Failed to deserialize"));
            *answer.status_mut() = StatusCode::from_u16(status).unwrap();
            let refused = refusal(&mut answer).unwrap();
            assert!(
                matches!(&*refused, Refused::Http(fault) if *fault == ours),
                "{status}: {refused:?}"
            );
        }
        assert!(refusal(&mut Response::new(Body::empty())).is_none());
    }
}
