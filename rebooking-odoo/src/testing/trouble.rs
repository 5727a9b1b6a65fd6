//! What goes wrong with a call, and with which.

use rebooking_core::ports::TraceParent;
use serde_json::json;

use super::http::Request;

/// How one call goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Trouble {
    /// What the caller sees.
    pub symptom: Symptom,
    /// Whether the call is carried out all the same.
    pub done: bool,
}

/// What the caller sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Symptom {
    /// Nobody listens, until the fake is calmed down. Nothing can be done then.
    Refused,
    /// The connection is reset in the middle of the answer.
    Reset,
    /// Nothing, until the caller gives up.
    Silent,
    /// One byte a second.
    Drip,
    /// Ten megabytes.
    Huge,
    /// JSON that is no answer to this call.
    WrongJson,
    /// Another answer altogether: status, content type, body.
    Answer(u16, &'static str, String),
}

impl Symptom {
    /// An error of Odoo's own under status 500.
    #[must_use]
    pub fn error_in_json() -> Self {
        let body = json!({
            "name": "psycopg2.OperationalError",
            "message": "x",
            "arguments": ["x"],
            "context": {},
            "debug": "Traceback (most recent call last)",
        });
        Self::Answer(500, "application/json", body.to_string())
    }

    /// A page or a text under a status.
    #[must_use]
    pub fn page(status: u16) -> Self {
        let body = format!("<!doctype html><html><body><h1>{status}</h1></body></html>");
        Self::Answer(status, "text/html; charset=utf-8", body)
    }
}

/// The calls so far, and the troubles to come.
#[derive(Debug, Default)]
pub(super) struct Plan {
    calls: Vec<String>,
    bodies: Vec<String>,
    traces: Vec<Option<String>>,
    at: Vec<(usize, Trouble)>,
    next_write: Option<Trouble>,
    every: Option<Trouble>,
}

/// What is to become of one call.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) trouble: Option<Trouble>,
    /// Nobody is to listen once this call is answered.
    pub(super) last: bool,
}

impl Plan {
    /// True when nobody is to listen from now on.
    pub(super) fn at(&mut self, call: usize, trouble: Trouble) -> bool {
        let refused = trouble.symptom == Symptom::Refused;
        self.at.push((self.calls.len() + call, trouble));
        refused && call == 0
    }

    pub(super) fn at_next_write(&mut self, trouble: Trouble) {
        self.next_write = Some(trouble);
    }

    pub(super) fn at_every(&mut self, trouble: Trouble) {
        self.every = Some(trouble);
    }

    pub(super) fn clear(&mut self) {
        self.at.clear();
        self.next_write = None;
        self.every = None;
    }

    /// Keeps what was sent.
    pub(super) fn heard(&mut self, request: &Request) {
        self.bodies.push(String::from_utf8_lossy(&request.body).into_owned());
        self.traces.push(request.header(TraceParent::HEADER).map(str::to_owned));
    }

    pub(super) fn traces(&self) -> &[Option<String>] {
        &self.traces
    }

    pub(super) fn bodies(&self) -> &[String] {
        &self.bodies
    }

    pub(super) fn calls(&self) -> &[String] {
        &self.calls
    }

    /// Counts a call, and says what is to become of it.
    pub(super) fn called(&mut self, name: &str) -> Fate {
        let number = self.calls.len();
        self.calls.push(name.to_owned());
        let method = name.rsplit_once('/').map_or(name, |(_, method)| method);
        let writes = matches!(method, "create" | "load" | "message_post" | "write");
        let planned = self.at.iter().find(|(at, _)| *at == number);
        let trouble = planned
            .map(|(_, trouble)| trouble.clone())
            .or_else(|| if writes { self.next_write.take() } else { None })
            .or_else(|| self.every.clone());
        let last = self
            .at
            .iter()
            .any(|(at, trouble)| *at == number + 1 && trouble.symptom == Symptom::Refused);
        Fate { trouble, last }
    }
}
