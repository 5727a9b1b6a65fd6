//! One call to the shop: signed, bounded in time and size, its failure sorted.

mod fault;
pub(crate) mod oauth;
mod query;

use std::fmt;
use std::sync::Arc;

use rebooking_core::ports::{Clock, SecretSource, TraceParent};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Response};
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::settings::{Limits, ShopUrl, SignIn};

pub(crate) use self::fault::{Fault, Kind, Refusal, What};
pub(crate) use self::query::{Is, Query};

/// The way to one shop. A clone is the same way: all share the bound on calls at once.
#[derive(Clone)]
pub(crate) struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    shop: ShopUrl,
    sign_in: SignIn,
    limits: Limits,
    clock: Arc<dyn Clock>,
    secrets: Arc<dyn SecretSource>,
    permits: Semaphore,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("shop", &self.0.shop).finish_non_exhaustive()
    }
}

/// One call: a route with its placeholders, the path itself, and what is sent.
pub(crate) struct Call {
    /// The route as the documentation names it, for logs.
    route: &'static str,
    method: Method,
    kind: Kind,
    /// The code of a store view; the default one where there is none.
    store: Option<String>,
    path: String,
    query: Query,
    body: Option<Value>,
}

impl Call {
    /// Reads. Each `{}` of the route is filled with one of the values, encoded.
    pub(crate) fn get(route: &'static str, values: &[&str]) -> Self {
        Self::new(route, Method::GET, Kind::Read, values)
    }

    /// Creates, or changes.
    pub(crate) fn post(route: &'static str, values: &[&str]) -> Self {
        Self::new(route, Method::POST, Kind::Write, values)
    }

    /// Replaces; for a cart: turns it into an order.
    pub(crate) fn put(route: &'static str, values: &[&str]) -> Self {
        Self::new(route, Method::PUT, Kind::Write, values)
    }

    /// Takes away.
    pub(crate) fn delete(route: &'static str, values: &[&str]) -> Self {
        Self::new(route, Method::DELETE, Kind::Write, values)
    }

    fn new(route: &'static str, method: Method, kind: Kind, values: &[&str]) -> Self {
        let mut path = String::with_capacity(route.len() + 16);
        let mut values = values.iter();
        for (number, part) in route.split("{}").enumerate() {
            if number > 0 {
                path.push_str(&oauth::encode(values.next().copied().unwrap_or_default()));
            }
            path.push_str(part);
        }
        Self { route, method, kind, store: None, path, query: Query::new(), body: None }
    }

    /// In a store view: currency, prices, stock and the mails' sender follow from it.
    pub(crate) fn store(mut self, code: &str) -> Self {
        self.store = Some(code.to_owned());
        self
    }

    pub(crate) fn query(mut self, query: Query) -> Self {
        self.query = query;
        self
    }

    pub(crate) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    fn fault(&self, what: What) -> Fault {
        Fault { method: self.method.clone(), call: self.route, kind: self.kind, what }
    }

    fn url(&self, shop: &ShopUrl) -> Result<Url, Fault> {
        let store = self.store.as_deref().unwrap_or("default");
        let mut url = format!("{}/rest/{}/V1{}", shop.prefix(), oauth::encode(store), self.path);
        if let Some(query) = self.query.encoded() {
            url = format!("{url}?{query}");
        }
        let parsed = Url::parse(&url).map_err(|_| self.fault(What::Unmakeable("its address")))?;
        // A part that is a dot or two would lead elsewhere.
        if parsed.as_str() == url {
            Ok(parsed)
        } else {
            Err(self.fault(What::Unmakeable("its address")))
        }
    }
}

impl Client {
    pub(crate) fn new(
        http: reqwest::Client,
        shop: ShopUrl,
        sign_in: SignIn,
        limits: Limits,
        clock: Arc<dyn Clock>,
        secrets: Arc<dyn SecretSource>,
    ) -> Self {
        let permits = Semaphore::new(limits.at_once.clamp(1, Semaphore::MAX_PERMITS));
        Self(Arc::new(Inner { http, shop, sign_in, limits, clock, secrets, permits }))
    }

    /// Begins one request to a port: all of its calls share one span of time.
    pub(crate) fn session(&self) -> Session {
        Session { client: self.clone(), until: soon() + self.0.limits.total }
    }

    /// The shop's moment is not told with its answers, so it is ours.
    pub(crate) fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.0.clock.now()
    }

    /// Signs a call anew: the shop takes no nonce twice.
    fn authorization(&self, call: &Call, url: &Url) -> Result<HeaderValue, Fault> {
        let unmakeable = || call.fault(What::Unmakeable("its sign-in"));
        let header = match &self.0.sign_in {
            SignIn::Bearer(token) => format!("Bearer {}", token.expose_secret()),
            SignIn::OAuth1(credentials) => {
                let bytes = self.0.secrets.bytes().map_err(|_| unmakeable())?;
                let nonce = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                let stamp = oauth::Stamp { nonce, timestamp: self.0.clock.now().timestamp() };
                let method = call.method.as_str();
                oauth::authorization(credentials, method, url, call.query.pairs(), &stamp)
            }
        };
        let mut header = HeaderValue::from_str(&header).map_err(|_| unmakeable())?;
        header.set_sensitive(true);
        Ok(header)
    }

    async fn send(&self, call: &Call) -> Result<Vec<u8>, Fault> {
        let url = call.url(&self.0.shop)?;
        let authorization = self.authorization(call, &url)?;
        let mut request = self
            .0
            .http
            .request(call.method.clone(), url.clone())
            .header(AUTHORIZATION, authorization)
            .header(ACCEPT, "application/json");
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        if let Some(parent) = TraceParent::current() {
            request = request.header(TraceParent::HEADER, parent.to_string());
        }
        let response = request.send().await.map_err(|error| call.fault(sorted(&error)))?;
        if *response.url() != url {
            return Err(call.fault(What::Redirected));
        }
        self.answer(call, response).await
    }

    async fn answer(&self, call: &Call, response: Response) -> Result<Vec<u8>, Fault> {
        let status = response.status();
        if status.is_success() {
            return self.body(call, response, self.0.limits.answer).await;
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let content_type = content_type.to_owned();
        // The status says it all; a body that breaks off or never ends takes nothing from it.
        let body = self.body(call, response, fault_size(self.0.limits.answer));
        let body = match timeout_at(soon() + FAULT_BODY, body).await {
            Ok(Ok(body)) => body,
            Ok(Err(_)) | Err(_) => Vec::new(),
        };
        Err(call.fault(What::Refused(Box::new(Refusal::new(status, &content_type, &body)))))
    }

    async fn body(
        &self,
        call: &Call,
        mut response: Response,
        longest: usize,
    ) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| call.fault(What::Broken))? {
            if body.len() + chunk.len() > longest {
                return Err(call.fault(What::TooLong(longest)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// How long the body of an error is waited for.
const FAULT_BODY: std::time::Duration = std::time::Duration::from_secs(2);

/// Errors are short; the trace of a shop in developer mode is not.
fn fault_size(answer: usize) -> usize {
    answer.min(64 * 1024)
}

/// On tokio's clock: deadlines of calls, on which no decision hangs.
fn soon() -> Instant {
    Instant::now()
}

/// The library's own error text names the address, so only its sort is kept.
fn sorted(error: &reqwest::Error) -> What {
    if error.is_connect() {
        What::Unreachable
    } else if error.is_builder() {
        What::Unmakeable("its parts")
    } else if error.is_redirect() {
        What::Redirected
    } else if error.is_timeout() {
        What::TimedOut
    } else {
        What::Broken
    }
}

/// The calls of one request to a port.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    client: Client,
    until: Instant,
}

impl Session {
    /// Sends one call and reads its answer.
    pub(crate) async fn send<T: DeserializeOwned>(&self, call: Call) -> Result<T, Fault> {
        let body = self.bytes(&call).await?;
        serde_json::from_slice(&body).map_err(|error| {
            // serde_json may quote what it found; where it stood says enough.
            let place = format!("line {}, column {}", error.line(), error.column());
            call.fault(What::Unreadable(place))
        })
    }

    /// Sends one call whose answer says nothing of use.
    pub(crate) async fn tell(&self, call: Call) -> Result<(), Fault> {
        self.send::<serde::de::IgnoredAny>(call).await.map(drop)
    }

    /// A worker that was frozen past its time sends nothing more: the check is the last thing
    /// before the call.
    async fn bytes(&self, call: &Call) -> Result<Vec<u8>, Fault> {
        let inner = &self.client.0;
        let permit = timeout_at(self.until, inner.permits.acquire()).await;
        let Ok(Ok(_permit)) = permit else { return Err(call.fault(What::NotSent)) };
        let begun = soon();
        if begun >= self.until {
            return Err(call.fault(What::NotSent));
        }
        let until = self.until.min(begun + inner.limits.call);
        let answer = match timeout_at(until, self.client.send(call)).await {
            Ok(answer) => answer,
            Err(_) => Err(call.fault(What::TimedOut)),
        };
        match &answer {
            Ok(body) => {
                let bytes = body.len();
                tracing::debug!(method = %call.method, call = call.route, bytes, "shop answered")
            }
            Err(fault) => tracing::debug!(%fault, "shop failed"),
        }
        answer
    }
}
