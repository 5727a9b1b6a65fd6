//! `/demo` and `/demo/mails`, before everything else that the service answers: pages for browsers, JSON for everybody else.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{Either, Full};
use rebooking_http::{AnswerBody, RebookingService};
use serde::Serialize;
use serde_json::{Value, json};
use tower_service::Service;

use super::mails::{Mail, Mails};
use super::roles::{DEMO_TOKENS, DemoRole};
use super::{Demo, pages, story};

type Answer = Response<Either<Full<Bytes>, AnswerBody>>;

/// The service with the demo's routes in front of it.
#[derive(Clone)]
pub(crate) struct WithDemo {
    demo: Demo,
    service: RebookingService,
}

impl WithDemo {
    pub(super) const fn new(demo: Demo, service: RebookingService) -> Self {
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
        let demo = self.demo.clone();
        let answer = if wants_page(request.headers()) { page } else { json };
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/demo") => Box::pin(async move { Ok(answer("overview.html", &demo.overview())) }),
            (&Method::GET, "/demo/mails") => {
                Box::pin(async move { Ok(answer("mails.html", &value(&demo.mails().await))) })
            }
            _ => {
                let answering = self.service.call(request);
                Box::pin(async move { answering.await.map(|answer| answer.map(Either::Right)) })
            }
        }
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).into_iter().filter_map(|accepted| accepted.to_str().ok());
    accepted.into_iter().any(|types| types.contains("text/html"))
}

fn value(document: &impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

fn json(_: &str, document: &Value) -> Answer {
    answer(format!("{document:#}\n"), "application/json")
}

fn page(template: &str, document: &Value) -> Answer {
    let mut answer = answer(pages::fill(template, document), "text/html; charset=utf-8");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer
}

fn answer(text: String, content_type: &'static str) -> Answer {
    let mut answer = Response::new(Either::Left(Full::from(text)));
    *answer.status_mut() = StatusCode::OK;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

impl Demo {
    /// What there is to play with.
    fn overview(&self) -> Value {
        let dates: Vec<Value> = self
            .0
            .courses
            .0
            .iter()
            .map(|date| {
                json!({
                    "id": date.id(),
                    "course": date.course.name,
                    "partnerId": date.partner.as_ref().map(|partner| partner.id),
                    "starts": date.slot.local_start().format("%Y-%m-%d %H:%M").to_string(),
                    "price": date.unit_price.decimal(),
                    "places": date.capacity,
                    "takenAtTheStart": date.taken,
                })
            })
            .collect();
        let bookings: Vec<Value> = self
            .0
            .waiting
            .iter()
            .map(|waiting| {
                let booking = &waiting.booking;
                json!({
                    "confirmationId": waiting.confirmation,
                    "orderItemId": booking.item,
                    "orderId": booking.order,
                    "orderNumber": booking.order_number,
                    "course": booking.course.name,
                    "dateId": booking.slot.id,
                    "participants": booking.participants.count(),
                    "partnerId": booking.partner.id,
                    "customer": booking.customer.name.expose(),
                    "customerEmail": booking.customer.email.expose(),
                })
            })
            .collect();
        let tokens: Vec<Value> = DEMO_TOKENS
            .into_iter()
            .map(|(token, role)| match role {
                DemoRole::Partner(partner) => {
                    json!({"token": token, "partnerId": partner, "page": "partner"})
                }
                DemoRole::Support(name) => json!({"token": token, "support": name, "page": "support"}),
            })
            .collect();
        let story = story::steps(self.0.base.as_str());
        let story: Vec<Value> =
            story.into_iter().map(|(what, lines)| json!({"what": what, "lines": lines})).collect();
        json!({
            "story": story,
            "bearerTokens": tokens,
            "bookings": bookings,
            "dates": dates,
            "mails": format!("{}/demo/mails", self.0.base),
        })
    }

    /// Every mail so far, oldest first, once what is under way has been delivered.
    async fn mails(&self) -> Mails {
        if let Err(error) = self.settled().await {
            tracing::warn!(error = %error.phrase(), "cannot see what is under way");
        }
        let mails: Vec<Mail> = self.0.mailer.sent().iter().map(|mail| Mail::of(mail, &self.0.base)).collect();
        Mails { mails }
    }
}
