//! Events reach an endpoint as webhooks: signed, under one id, naming nobody, and again until they
//! are taken.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the report")]

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once};

use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rebooking_core::effect::EventKind;
use rebooking_core::ports::{Clock as _, EventSink, PortError, async_trait};
use rebooking_core::presentation::WebUrl;
use rebooking_core::system::SystemClock;
use rebooking_core::testing::MemoryEvents;
use rebooking_core::testing::contract::events::{ArrivedEvent, EventSinkUnderTest};
use rebooking_core::testing::events::one_of_each;
use rebooking_http::{
    WebhookSecret, WebhookSettings, Webhooks, verify_webhook, webhook_client_builder,
};
use serde_json::Value;
use tokio::net::TcpListener;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NEXT: &str = "whsec_/////////////////////////////////////////w==";

mod contract {
    rebooking_core::events_contract!(#[tokio::test] () => super::Endpoint::start().await);
}

/// Another system, which takes what is sent to it.
#[derive(Clone)]
struct Endpoint {
    address: SocketAddr,
    came: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
}

impl Endpoint {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let this = Self { address, came: Arc::default(), answers: Arc::default() };
        let here = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let here = here.clone();
                let answer = service_fn(move |request| here.clone().answer(request));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
            }
        });
        this
    }

    async fn answer(
        self,
        request: Request<Incoming>,
    ) -> Result<Response<Empty<Bytes>>, Infallible> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        self.came.lock().unwrap().push((head.headers, body));
        let status = self.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::NO_CONTENT);
        let mut answer = Response::new(Empty::new());
        *answer.status_mut() = status;
        answer.headers_mut().insert("location", "/elsewhere".parse().unwrap());
        Ok(answer)
    }

    fn webhooks(&self, secrets: &[&str]) -> Webhooks {
        webhooks(self.address, secrets)
    }

    fn bodies(&self) -> Vec<Value> {
        let came = self.came.lock().unwrap();
        came.iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
    }
}

fn webhooks(address: SocketAddr, secrets: &[&str]) -> Webhooks {
    with_settings(address, secrets, |_| {})
}

fn with_settings(
    address: SocketAddr,
    secrets: &[&str],
    change: impl FnOnce(&mut WebhookSettings),
) -> Webhooks {
    static TLS: Once = Once::new();
    TLS.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let url = WebUrl::parse(&format!("http://{address}/hooks?key=geheim")).unwrap();
    let secrets: Vec<WebhookSecret> = secrets.iter().map(|text| text.parse().unwrap()).collect();
    let mut settings = WebhookSettings::new(url, secrets[0].clone());
    settings.secrets = secrets;
    change(&mut settings);
    let http = webhook_client_builder().build().unwrap();
    Webhooks::new(http, settings, Arc::new(SystemClock))
}

#[async_trait]
impl EventSinkUnderTest for Endpoint {
    fn sink(&self) -> Arc<dyn EventSink> {
        Arc::new(self.webhooks(&[SECRET]))
    }

    async fn arrived(&self) -> Vec<ArrivedEvent> {
        let came = self.came.lock().unwrap();
        let arrived = came.iter().map(|(headers, body)| {
            let known = [SECRET.parse().unwrap()];
            let id = verify_webhook(&known, headers, body, SystemClock.now()).unwrap().id;
            let sent: Value = serde_json::from_slice(body).unwrap();
            assert_eq!(sent["data"]["id"], id, "body and header name one event");
            let kind = sent["type"].as_str().unwrap().to_owned();
            ArrivedEvent { id, kind, text: String::from_utf8(body.to_vec()).unwrap() }
        });
        arrived.collect()
    }
}

/// `REBOOKING_WRITE_EXPECTED=1` writes the file anew.
#[tokio::test]
async fn every_kind_of_event_is_sent_as_it_is_documented() {
    let endpoint = Endpoint::start().await;
    let sink = endpoint.webhooks(&[SECRET]);
    let mut events = one_of_each(&MemoryEvents::new()).await;
    events.sort_by_key(|event| EventKind::ALL.iter().position(|kind| *kind == event.kind));
    events.dedup_by_key(|event| event.kind);
    for event in &events {
        sink.take(event).await.unwrap();
    }
    let sent = serde_json::to_string_pretty(&endpoint.bodies()).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expected/webhooks.json");
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        std::fs::write(&path, &sent).unwrap();
    }
    assert_eq!(sent, std::fs::read_to_string(path).unwrap_or_default());
}

#[test]
fn nobody_is_named_unless_the_settings_say_so() {
    let address = SocketAddr::from(([127, 0, 0, 1], 9));
    assert!(!webhooks(address, &[SECRET]).wants_customer());
    assert!(with_settings(address, &[SECRET], |to| to.with_customer = true).wants_customer());
}

#[tokio::test]
async fn the_customer_is_named_where_the_host_asks() {
    let endpoint = Endpoint::start().await;
    let event = one_of_each(&MemoryEvents::with_customer()).await.remove(0);
    endpoint.webhooks(&[SECRET]).take(&event).await.unwrap();
    assert_eq!(endpoint.bodies()[0]["data"]["customer"]["email"], "erika@example.com");
}

#[tokio::test]
async fn a_receiver_that_knows_the_old_or_the_new_secret_believes_it() {
    let endpoint = Endpoint::start().await;
    let event = one_of_each(&MemoryEvents::new()).await.remove(0);
    endpoint.webhooks(&[NEXT, SECRET]).take(&event).await.unwrap();
    let (headers, body) = endpoint.came.lock().unwrap()[0].clone();
    for known in [SECRET, NEXT] {
        let known = [known.parse().unwrap()];
        assert!(verify_webhook(&known, &headers, &body, SystemClock.now()).is_ok());
    }
}

#[tokio::test]
async fn what_is_not_taken_says_why_and_not_where() {
    let endpoint = Endpoint::start().await;
    let event = one_of_each(&MemoryEvents::new()).await.remove(0);
    let sink = endpoint.webhooks(&[SECRET]);
    for (status, wanted) in [
        (StatusCode::INTERNAL_SERVER_ERROR, "out of reach for now: the endpoint answered 500"),
        (StatusCode::GONE, "we are refused over there: the endpoint answered 410"),
        (StatusCode::FOUND, "we are refused over there: the endpoint answered 302"),
        (StatusCode::SERVICE_UNAVAILABLE, "nobody answers over there: the endpoint answered 503"),
    ] {
        endpoint.answers.lock().unwrap().push_back(status);
        let refused = sink.take(&event).await.unwrap_err();
        assert_eq!(refused.phrase(), wanted);
        assert!(!format!("{refused:?} {sink:?}").contains("geheim"));
    }
    assert_eq!(endpoint.came.lock().unwrap().len(), 4, "no redirect is followed");
    sink.take(&event).await.unwrap();
}

#[tokio::test]
async fn an_endpoint_is_looked_at_and_hears_nothing_that_could_be_an_event() {
    let endpoint = Endpoint::start().await;
    let sink = endpoint.webhooks(&[SECRET]);
    for status in [StatusCode::NO_CONTENT, StatusCode::METHOD_NOT_ALLOWED, StatusCode::FOUND] {
        endpoint.answers.lock().unwrap().push_back(status);
        assert_eq!(sink.reach().await.unwrap(), status);
    }
    for (headers, body) in endpoint.came.lock().unwrap().iter() {
        assert!(body.is_empty() && !headers.contains_key("webhook-id"), "{headers:?}");
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let away = webhooks(gone, &[SECRET]).reach().await.unwrap_err();
    assert!(matches!(away, PortError::Unavailable(_)), "{away:?}");
    assert!(!format!("{away:?}").contains("geheim"));
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_holds_up_all_events() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let event = one_of_each(&MemoryEvents::new()).await.remove(0);
    let refused = webhooks(free, &[SECRET]).take(&event).await.unwrap_err();
    assert!(matches!(refused, PortError::Unavailable(_)), "{refused:?}");
    assert!(!format!("{refused:?}").contains("geheim"));
}
