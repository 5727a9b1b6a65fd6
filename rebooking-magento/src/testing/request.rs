//! A request as the routes see it.

use hyper::Method;
use serde_json::Value;

use super::answer::{Answer, bad_request, not_supported, required};

/// A call that reached the shop.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SeenCall {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: String,
    /// What stands behind `/V1`, such as `/orders/1/comments`.
    pub path: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
    /// What was sent.
    pub body: String,
    /// Which trace it says that it belongs to.
    pub trace: Option<String>,
}

impl SeenCall {
    /// Whether it may change anything.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.method != "GET"
    }
}

/// A call whose sign-in was checked, on its way to a route.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Value,
}

impl Request {
    /// One parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// An argument of the body.
    pub(super) fn argument(&self, name: &str) -> Result<&Value, Answer> {
        self.body.get(name).ok_or_else(|| required(name))
    }
}

/// Refuses what a body has beside the fields that the shop knows.
pub(super) fn only(object: &Value, known: &[&str]) -> Result<(), Answer> {
    let Some(object) = object.as_object() else { return Err(bad_request("Decoding error.")) };
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(not_supported(unknown)),
        None => Ok(()),
    }
}

/// A whole number, or a text that is one.
pub(super) fn integer(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
