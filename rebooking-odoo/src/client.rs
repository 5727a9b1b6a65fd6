//! Calls: one after the other within a time, few at once, answers bounded in size, no retries.

use std::fmt;
use std::time::Duration;

use rebooking_core::ports::TraceParent;
use reqwest::Response;
use serde_json::Value;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::call::Call;
use crate::config::{Limits, OdooSettings};
use crate::error::{CallError, Fault, UnusableSettings};
use crate::transport::Transport;
use crate::transport::message::{Answer, Request};

/// The longest answer that is read; those that we ask for are of a few hundred bytes.
const MAX_ANSWER: usize = 1 << 20;
/// How long the host's client should wait for a connection.
const CONNECT: Duration = Duration::from_secs(2);

/// What a host should make its client of: two seconds to connect, and no redirects, as a redirect
/// would carry the key elsewhere. The program installs the TLS provider first.
pub fn client_builder() -> reqwest::ClientBuilder {
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().connect_timeout(CONNECT).redirect(none)
}

/// The way to one Odoo.
pub(crate) struct Client {
    http: reqwest::Client,
    transport: Transport,
    /// Who we are for JSON-RPC, once we have asked: it never changes.
    uid: OnceCell<i64>,
    slots: Semaphore,
    limits: Limits,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

impl Client {
    pub(crate) fn new(
        http: reqwest::Client,
        settings: &OdooSettings,
    ) -> Result<Self, UnusableSettings> {
        Ok(Self {
            http,
            transport: Transport::new(settings)?,
            uid: OnceCell::new(),
            slots: Semaphore::new(settings.limits.at_once.clamp(1, Semaphore::MAX_PERMITS)),
            limits: settings.limits,
        })
    }

    /// Calls that share the time for all of them.
    pub(crate) fn begin(&self) -> Conversation<'_> {
        Conversation { client: self, until: Instant::now() + self.limits.total }
    }
}

/// The calls that one note needs.
pub(crate) struct Conversation<'a> {
    client: &'a Client,
    until: Instant,
}

impl Conversation<'_> {
    /// The result of a call.
    pub(crate) async fn call(&self, call: Call) -> Result<Value, CallError> {
        let request = match &self.client.transport {
            Transport::Json2(json2) => json2.request(&call),
            Transport::JsonRpc(json_rpc) => json_rpc.request(self.uid().await?, &call),
        };
        self.exchange(request).await.map_err(|fault| CallError::new(&call, fault))
    }

    /// Refuses an answer that is not what the call promises.
    pub(crate) async fn call_for<T>(
        &self,
        call: Call,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, CallError> {
        let answer = self.call(call.clone()).await?;
        read(&answer).ok_or_else(|| CallError::new(&call, Fault::Unexpected))
    }

    async fn uid(&self) -> Result<i64, CallError> {
        let sign_in = Call::read("common", "authenticate");
        let signed_in = self.client.uid.get_or_try_init(async || {
            let Transport::JsonRpc(json_rpc) = &self.client.transport else {
                return Err(Fault::Unsendable);
            };
            let answer = self.exchange(json_rpc.sign_in()).await?;
            match answer {
                Value::Bool(false) => Err(Fault::SignIn),
                answer => answer.as_i64().ok_or(Fault::Unexpected),
            }
        });
        signed_in.await.copied().map_err(|fault| CallError::new(&sign_in, fault))
    }

    async fn exchange(&self, request: Request) -> Result<Value, Fault> {
        let client = self.client;
        let slot = timeout_at(self.until, client.slots.acquire()).await;
        let _slot = slot.ok().and_then(Result::ok).ok_or(Fault::NotSent)?;
        let now = Instant::now();
        if now >= self.until {
            return Err(Fault::NotSent);
        }
        let until = self.until.min(now + client.limits.call);
        let exchanged = timeout_at(until, async {
            let mut sent = client.http.post(request.url).headers(request.headers);
            if let Some(parent) = TraceParent::current() {
                sent = sent.header(TraceParent::HEADER, parent.to_string());
            }
            let sent = sent.json(&request.body);
            let response = sent.send().await.map_err(|error| fault_of(&error))?;
            let status = response.status().as_u16();
            Ok(Answer { status, body: read_body(response).await? })
        });
        let answer = exchanged.await.map_err(|_| Fault::TimedOut)??;
        client.transport.result(&answer)
    }
}

/// The error itself is left behind: it quotes the address.
fn fault_of(error: &reqwest::Error) -> Fault {
    if error.is_connect() {
        Fault::NoConnection
    } else if error.is_timeout() {
        Fault::TimedOut
    } else if error.is_builder() {
        Fault::Unsendable
    } else {
        Fault::Broken
    }
}

async fn read_body(mut response: Response) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fault_of(&error))? {
        if body.len().saturating_add(chunk.len()) > MAX_ANSWER {
            return Err(Fault::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
