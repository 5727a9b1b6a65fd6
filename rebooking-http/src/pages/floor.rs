//! The floor of pages: every answer is a page for people, of success and of errors.

use std::pin::Pin;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use http::header::COOKIE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};

use super::error_page;
use super::locale::PageLocale;
use super::renderer::see_other;
use super::state::PagesState;
use super::visitor::Visitor;
use crate::edge::floor::{Floor, Rejection};
use crate::edge::route::Route;
use crate::error::{ApiError, ErrorAudience};
use crate::extract::handler::TryHandler;
use crate::extract::language;

/// Tells errors as pages.
#[derive(Clone)]
pub(crate) struct PageFloor {
    state: PagesState,
    behind_sign_in: bool,
}

/// Who reads an error page, and what led to it.
#[derive(Clone)]
pub(crate) struct PageReader {
    pub(super) locale: PageLocale,
    /// What was asked for is done anew each time.
    pub(super) each_time: bool,
    /// A form was sent.
    pub(super) sent: bool,
    route: Route,
    /// Whose session of ours it is, behind the sign-in.
    cookies: HeaderMap,
}

/// Mails go out, a link or an address is replaced, a time grows. The forms of a case are carried
/// out once, but whoever opens the case anew gets a new form.
const NOT_IDEMPOTENT: [&str; 2] = ["/support/cases/{id}", "/partner/calendar"];

impl Floor for PageFloor {
    type Reader = PageReader;

    fn reader(&self, request: &Request) -> PageReader {
        let route = Route::from_extensions(request.extensions());
        let sent = request.method() == Method::POST;
        PageReader {
            locale: PageLocale::new(request.uri().query(), request.headers()),
            each_time: sent && NOT_IDEMPOTENT.contains(&route.name()),
            sent,
            route,
            cookies: if self.behind_sign_in { cookies(request) } else { HeaderMap::new() },
        }
    }

    fn language(reader: &PageReader) -> Option<HeaderValue> {
        language::header(reader.locale.language())
    }

    fn reject(&self, rejection: Rejection, reader: &PageReader) -> Response {
        // Only where a route has begun its reader is known to have been let in.
        let visitor = match rejection {
            Rejection::AnswerTimeout | Rejection::Panicked => {
                Visitor::by_session(&reader.cookies, &reader.route, &self.state)
            }
            _ => None,
        };
        self.error(&rejection.into(), reader, visitor.as_ref())
    }
}

fn cookies(request: &Request) -> HeaderMap {
    request.headers().get_all(COOKIE).into_iter().map(|line| (COOKIE, line.clone())).collect()
}

impl PageFloor {
    pub(crate) const fn for_anybody(state: PagesState) -> Self {
        Self { state, behind_sign_in: false }
    }

    /// Behind the sign-in.
    pub(crate) const fn for_staff(state: PagesState) -> Self {
        Self { state, behind_sign_in: true }
    }

    fn error(&self, error: &ApiError, reader: &PageReader, visitor: Option<&Visitor>) -> Response {
        let audience = self.state.reader(reader.locale.language());
        let to = ErrorAudience { each_time: reader.each_time, ..audience };
        let staff = visitor.map(|visitor| (visitor, reader.sent));
        error_page::page_for(self.state.pages(), error, &to, &reader.locale, staff)
    }
}

/// A handler of a page for anybody, whose errors are told as pages.
#[derive(Clone, Copy)]
pub(super) struct Page<H>(pub(super) H);

impl<T, H: TryHandler<T, PagesState>> Handler<T, PagesState> for Page<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: PagesState) -> Self::Future {
        Box::pin(async move {
            let floor = PageFloor::for_anybody(state);
            let reader = floor.reader(&request);
            let answer = self.0.answer(request, &floor.state).await;
            answer.unwrap_or_else(|error| floor.error(&error, &reader, None))
        })
    }
}

/// The same for who is signed in; everybody else is sent to the sign-in. Errors are told in the
/// frame of their own pages.
#[derive(Clone, Copy)]
pub(super) struct StaffPage<H>(pub(super) H);

impl<T, H: TryHandler<T, PagesState>> Handler<T, PagesState> for StaffPage<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: PagesState) -> Self::Future {
        Box::pin(async move {
            let floor = PageFloor::for_staff(state);
            let reader = floor.reader(&request);
            let (mut parts, body) = request.into_parts();
            let visitor = match Visitor::new(&mut parts, &floor.state).await {
                Ok(Some(visitor)) => visitor,
                Ok(None) => return to_sign_in(&parts, &floor.state),
                Err(error) => return floor.error(&error, &reader, None),
            };
            parts.extensions.insert(visitor.clone());
            let answer = self.0.answer(Request::from_parts(parts, body), &floor.state).await;
            answer.unwrap_or_else(|error| floor.error(&error, &reader, Some(&visitor)))
        })
    }
}

/// What the address of the page says when a form came too late.
pub(super) const ENDED: &str = "ended";

/// To the sign-in, and back to the page that was asked for.
fn to_sign_in(parts: &Parts, app: &PagesState) -> Response {
    let locale = PageLocale::new(parts.uri.query(), &parts.headers);
    let asked = parts.uri.path_and_query().map_or("/", |asked| asked.as_str());
    let next =
        form_urlencoded::byte_serialize(app.pages().path(asked).as_bytes()).collect::<String>();
    // A form is on a page that only who is signed in gets: whoever sends one has been signed in,
    // and what it says is lost.
    let query =
        if parts.method == Method::POST { locale.onward(ENDED) } else { locale.elsewhere() };
    let and = if query.is_empty() { "?" } else { "&" };
    see_other(&format!("{}{query}{and}next={next}", app.pages().path("/sign-in")))
}
