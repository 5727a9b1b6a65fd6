//! Events of cases to an endpoint of another system, by the rules of Standard Webhooks: signed,
//! with an id that stays the same, again until they are taken.

mod answer;
mod secret;
mod signature;

use std::sync::Arc;

use derive_more::Debug;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, StatusCode};
use rebooking_core::event::Event;
use rebooking_core::ports::{Clock, EventSink, PortError, TraceParent, async_trait};
use rebooking_core::presentation::WebUrl;
use reqwest::redirect;

use crate::dto::event::WebhookBody;
use answer::WebhookFault;

pub use secret::{MalformedWebhookSecret, WebhookSecret};
pub use signature::{VerifiedWebhook, WebhookRefused, sign_webhook, verify_webhook};

/// The headers of a webhook.
pub(crate) const ID: &str = "webhook-id";
pub(crate) const TIMESTAMP: &str = "webhook-timestamp";
pub(crate) const SIGNATURE: &str = "webhook-signature";

/// Where events are sent, and by whose signature.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebhookSettings {
    /// The endpoint. An `https` one, unless the network in between is yours. Never printed: such
    /// addresses often hold a key.
    #[debug("…")]
    pub url: WebUrl,
    /// Secrets that are signed with, each by a signature of its own, so that a receiver may know
    /// any one of them. While they are changed there are two.
    pub secrets: Vec<WebhookSecret>,
    /// Whether events name the customer: name, address and language. Not by default.
    pub with_customer: bool,
}

impl WebhookSettings {
    /// One secret, and no customer.
    #[must_use]
    pub fn new(url: WebUrl, secret: WebhookSecret) -> Self {
        Self { url, secrets: vec![secret], with_customer: false }
    }
}

/// A sink that sends events to an endpoint.
///
/// An answer of 2xx takes the event. Everything else has it sent again, with the pauses of the
/// worker's [`Delivery`](rebooking_core::policy::Delivery), until it is given up and support
/// decides: who answers 401, 403, 404, 405 or 410, redirects, or is not there at all holds up all
/// events, and every other refusal this one. What is answered beside the status is not read.
#[derive(Clone, Debug)]
#[debug("Webhooks(…)")]
pub struct Webhooks {
    http: reqwest::Client,
    settings: WebhookSettings,
    clock: Arc<dyn Clock>,
}

impl Webhooks {
    /// Sends by `http`, best made by [`webhook_client_builder`]. Calls nobody yet. The clock dates
    /// each attempt, as receivers refuse what is older than minutes.
    #[must_use]
    pub fn new(http: reqwest::Client, settings: WebhookSettings, clock: Arc<dyn Clock>) -> Self {
        Self { http, settings, clock }
    }

    /// Whether the endpoint can be reached: what it answers to a `HEAD`, which tells it nothing.
    /// Many take `POST` alone and answer 401, 404 or 405 here, and take events all the same.
    /// Bounded by nothing but the client. May be repeated.
    ///
    /// # Errors
    /// [`PortError::Unavailable`] without a connection, [`PortError::Unknown`] without an answer.
    pub async fn reach(&self) -> Result<StatusCode, PortError> {
        let request = self.http.head(self.settings.url.as_str());
        let request = request.header(USER_AGENT, HeaderValue::from_static("rebooking"));
        match request.send().await {
            Ok(answer) => Ok(answer.status()),
            Err(error) => Err(WebhookFault::from(&error).into()),
        }
    }

    async fn send(&self, event: &Event) -> Result<(), WebhookFault> {
        let body = serde_json::to_string(&WebhookBody::new(event));
        let body = body.map_err(|_| WebhookFault::Unsendable)?;
        let (id, now) = (event.id.as_str(), self.clock.now().timestamp());
        let signature = sign_webhook(&self.settings.secrets, id, now, body.as_bytes());
        let mut request = self
            .http
            .post(self.settings.url.as_str())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static("rebooking"))
            .header(ID, id)
            .header(TIMESTAMP, now)
            .header(SIGNATURE, signature);
        if let Some(parent) = TraceParent::current() {
            request = request.header(TraceParent::HEADER, parent.to_string());
        }
        // The error itself is left behind: it quotes the address.
        let answer = request.body(body).send().await.map_err(|error| WebhookFault::from(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(WebhookFault::Status(status)),
        }
    }
}

#[async_trait]
impl EventSink for Webhooks {
    async fn take(&self, event: &Event) -> Result<(), PortError> {
        self.send(event).await.map_err(PortError::from)
    }

    fn wants_customer(&self) -> bool {
        self.settings.with_customer
    }
}

/// What a host should make its client of: no redirects, as one would carry events elsewhere. The
/// worker bounds each call. The program installs the TLS provider first.
pub fn webhook_client_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(redirect::Policy::none())
}
