//! `/demo` and what is below it, before everything else that the service answers: pages for
//! browsers, JSON for everybody else. `/` leads there.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{Either, Full};
use rebooking_http::{RebookingService, ResponseBody};
use serde_json::json;
use tower_service::Service;

use super::controls::Moved;
use super::{Demo, pages};

type Answer = Response<Either<Full<Bytes>, ResponseBody>>;

/// A page shows our styles and, in a frame, a mail.
const PAGE: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; frame-src \
                    'self'; form-action 'self'; \
                    base-uri 'none'; frame-ancestors 'none'";
/// A mail brings its styles along, and is shown in our frame.
const MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri \
                    'none'; frame-ancestors 'self'";

/// The service with the demo's routes in front of it.
#[derive(Clone)]
pub(crate) struct WithDemo {
    demo: Demo,
    service: RebookingService,
}

impl WithDemo {
    /// The demo's routes before those of the service.
    pub(crate) const fn new(demo: Demo, service: RebookingService) -> Self {
        Self { demo, service }
    }
}

impl<B> Service<Request<B>> for WithDemo
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Answer;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Infallible>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let path = request.uri().path();
        // Who knows nothing of the server but its address is led to where there is something to
        // see.
        if path == "/" && request.method() == Method::GET {
            let answer = self.demo.entrance().map(Either::Left);
            return Box::pin(async { Ok(answer) });
        }
        let below =
            path.strip_prefix("/demo").filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let place = below.map(ToOwned::to_owned).unwrap_or_default();
        let (demo, as_page) = (self.demo.clone(), wants_page(request.headers()));
        let is_ours = comes_from_us(request.headers());
        let method = below.map(|_| request.method().clone());
        let mut service = self.service.clone();
        Box::pin(async move {
            let answer = match method {
                Some(Method::GET) => demo.answer(&place, as_page).await,
                Some(Method::POST) if is_ours => demo.act(&place, as_page).await,
                Some(_) | None => None,
            };
            match answer {
                Some(answer) => Ok(answer.map(Either::Left)),
                None => service.call(request).await.map(|answer| answer.map(Either::Right)),
            }
        })
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get_all(ACCEPT).into_iter().filter_map(|accepted| accepted.to_str().ok());
    accepted.into_iter().any(|types| types.contains("text/html"))
}

/// Whether no other site's page has sent this: nobody's page moves the clock but ours.
fn comes_from_us(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    matches!(site, None | Some(b"same-origin" | b"none"))
}

impl Demo {
    /// Leads to the overview.
    fn entrance(&self) -> Response<Full<Bytes>> {
        leading_to(&format!("{}/demo", self.0.base))
    }

    /// Moves what is named by a place below `/demo`, if anything is. A browser is led back to where
    /// it was seen; the path alone, since it may know us by another name.
    async fn act(&self, place: &str, as_page: bool) -> Option<Response<Full<Bytes>>> {
        let parts: Vec<_> = place.split('/').skip(1).collect();
        let (moved, section) = match parts.as_slice() {
            ["clock", step] => (self.let_pass(step).await, "time"),
            ["systems", system, condition] => (self.switch(system, condition).await, "outside"),
            _ => return None,
        };
        Some(match (moved, as_page) {
            (Moved::NoSuchThing, _) => return None,
            (Moved::Busy, _) => {
                let why = "Something is under way. Wait until it is done, and try again.\n";
                let mut answer = answer(why.to_owned(), "text/plain; charset=utf-8", MAIL);
                *answer.status_mut() = StatusCode::CONFLICT;
                answer
            }
            (Moved::Done, true) => leading_to(&format!("{}/demo#{section}", self.0.base.path())),
            (Moved::Done, false) => {
                answer(format!("{:#}\n", self.controls().await), "application/json", MAIL)
            }
        })
    }

    /// What is at a place below `/demo`, if anything is.
    async fn answer(&self, place: &str, as_page: bool) -> Option<Response<Full<Bytes>>> {
        let parts: Vec<_> = place.trim_end_matches('/').split('/').skip(1).collect();
        let (template, document) = match parts.as_slice() {
            [] => ("overview.html", self.overview().await),
            ["mails"] => ("mails.html", json!({"mails": self.mails().await})),
            ["mails", "last", count] => {
                let (mut mails, count) = (self.mails().await, count.parse().ok()?);
                let last = mails.split_off(mails.len().saturating_sub(count));
                ("mails.html", json!({"mails": last}))
            }
            ["mails", number] => {
                ("mail.html", json!({"mail": self.mail(number.parse().ok()?).await?}))
            }
            ["mails", number, "body"] => {
                let mail = self.mail(number.parse().ok()?).await?;
                return Some(answer(
                    pages::leading_out(&mail.html),
                    "text/html; charset=utf-8",
                    MAIL,
                ));
            }
            ["mails", number, "calendar.ics"] => {
                let entry = self.mail(number.parse().ok()?).await?.entry?;
                return Some(answer(entry.text, "text/calendar; charset=utf-8", MAIL));
            }
            _ => return None,
        };
        Some(match as_page {
            true => answer(self.page(template, &document), "text/html; charset=utf-8", PAGE),
            false => answer(format!("{document:#}\n"), "application/json", MAIL),
        })
    }
}

fn leading_to(location: &str) -> Response<Full<Bytes>> {
    let mut answer = answer(String::new(), "text/plain", MAIL);
    *answer.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(location) = HeaderValue::try_from(location) {
        answer.headers_mut().insert(LOCATION, location);
    }
    answer
}

fn answer(text: String, content_type: &'static str, policy: &'static str) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::from(text));
    for (name, value) in [
        (CONTENT_TYPE, content_type),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
