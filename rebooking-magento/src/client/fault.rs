//! What goes wrong with a call, sorted by status and call and never by text: the shop translates
//! its texts.

use std::fmt;

use rebooking_core::ports::PortError;
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// Whether a call changes anything over there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only reads: whatever happens, nothing has happened.
    Read,
    /// After a lost answer nobody knows whether it was done.
    Write,
}

/// A call that brought no usable answer. Its text is fit for logs: no address, no name, no link.
#[derive(Debug, thiserror::Error)]
#[error("{method} /V1{call}: {what}")]
pub(crate) struct Fault {
    pub(crate) method: Method,
    /// The route, with placeholders for what is in it.
    pub(crate) call: &'static str,
    pub(crate) kind: Kind,
    pub(crate) what: What,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum What {
    #[error("no connection to the shop")]
    Unreachable,
    #[error("not sent: the time for all calls together is used up")]
    NotSent,
    #[error("the request could not be made: {0}")]
    Unmakeable(&'static str),
    #[error("the connection broke before the whole answer was there")]
    Broken,
    #[error("no answer in time")]
    TimedOut,
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
    #[error("redirected: set the shop's final address")]
    Redirected,
    #[error("{0}")]
    Refused(Box<Refusal>),
}

impl Fault {
    /// The status of a refusal.
    pub(crate) const fn status(&self) -> Option<StatusCode> {
        match &self.what {
            What::Refused(refusal) => Some(refusal.status),
            _ => None,
        }
    }

    /// The shop says that there is no such thing (or no such route).
    pub(crate) fn is_not_found(&self) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.status == StatusCode::NOT_FOUND && refusal.is_magentos)
    }

    /// The shop refuses what is asked, by its own rules.
    pub(crate) fn is_bad_request(&self) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.status == StatusCode::BAD_REQUEST && refusal.is_magentos)
    }

    /// The shop refuses us and not what is asked: a permission or the sign-in.
    pub(crate) fn is_refused(&self) -> bool {
        self.status().is_some_and(|status| matches!(status.as_u16(), 401 | 403))
    }

    const fn refusal(&self) -> Option<&Refusal> {
        match &self.what {
            What::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl From<Fault> for PortError {
    fn from(fault: Fault) -> Self {
        let lost = match fault.kind {
            Kind::Read => Self::Transient,
            Kind::Write => Self::Unknown,
        };
        let sort = match &fault.what {
            What::Unreachable => Self::Unavailable,
            What::NotSent => Self::Transient,
            What::Unmakeable(_) | What::Redirected => Self::Permanent,
            What::Broken | What::TimedOut | What::TooLong(_) | What::Unreadable(_) => lost,
            What::Refused(refusal) => match refusal.status.as_u16() {
                // A missing permission, too: the shop tells them apart no better than this.
                401 | 403 => Self::Unauthorized,
                408 | 425 | 429 => Self::Transient,
                // Maintenance. A proxy says the same of a shop that was too slow.
                503 if fault.kind == Kind::Read => Self::Unavailable,
                500..=599 => lost,
                // A proxy on the way, and not the shop.
                404 if !refusal.is_magentos => Self::Transient,
                _ => Self::Permanent,
            },
        };
        sort(Box::new(fault))
    }
}

/// A status other than success, with what may be kept of it.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    content_type: String,
    /// Its message, placeholders unfilled, or the beginning of its text.
    said: String,
    /// The permission that is missing, or else the sign-in.
    resources: Option<String>,
    /// It has the shape of Magento's errors, so no proxy has answered.
    is_magentos: bool,
}

/// How much of an error is looked at.
pub(crate) const LOOKED_AT: usize = 2048;
/// How much of it is kept.
const KEPT: usize = 160;

impl Refusal {
    pub(crate) fn new(status: StatusCode, content_type: &str, body: &[u8]) -> Self {
        let content_type = content_type.split(';').next().unwrap_or_default();
        let content_type: String = kept(content_type).chars().take(40).collect();
        let json = serde_json::from_slice::<Value>(body).ok();
        let message = json.as_ref().and_then(|json| json.get("message")).and_then(Value::as_str);
        let resources = json.as_ref().and_then(|json| json.pointer("/parameters/resources"));
        Self {
            status,
            said: match message {
                Some(message) => kept(message),
                None => text_of(&content_type, body),
            },
            resources: resources.and_then(Value::as_str).map(kept),
            is_magentos: message.is_some(),
            content_type,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered {} ({})", self.status.as_u16(), self.content_type)?;
        match &self.resources {
            Some(resources) => write!(
                f,
                ": the integration lacks the permission {resources}, or its credentials are wrong"
            ),
            None if self.said.is_empty() => Ok(()),
            None => write!(f, ": {}", self.said),
        }
    }
}

/// Plain text says what is wrong. A page of HTML may show anything, and is not kept.
fn text_of(content_type: &str, body: &[u8]) -> String {
    let beginning = body.get(..LOOKED_AT).unwrap_or(body);
    if content_type == "text/plain" {
        kept(&String::from_utf8_lossy(beginning))
    } else {
        String::new()
    }
}

/// One short line without what looks like an address, a link or a secret.
fn kept(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words = words.filter(|word| !word.is_empty()).map(|word| {
        let hidden = word.contains(['@', '?']) || word.contains("//") || is_token(word);
        if hidden { "…" } else { word }
    });
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().take(KEPT).collect()
}

/// Long, with letters and digits: a key, a token, a hash.
fn is_token(word: &str) -> bool {
    let letters = word.chars().any(|c| c.is_ascii_alphabetic());
    let digits = word.chars().filter(char::is_ascii_digit).count();
    word.chars().count() >= 20 && letters && digits >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: Kind, status: u16, content_type: &str, body: &str) -> Fault {
        let status = StatusCode::from_u16(status).unwrap();
        let refusal = Refusal::new(status, content_type, body.as_bytes());
        let (method, call) = (Method::GET, "/orders");
        Fault { method, call, kind, what: What::Refused(Box::new(refusal)) }
    }

    fn sorted(kind: Kind, status: u16) -> PortError {
        fault(kind, status, "application/json", r#"{"message":"Nein."}"#).into()
    }

    #[test]
    fn what_was_lost_on_a_write_is_unknown_and_on_a_read_is_not() {
        for status in [500, 502, 504] {
            assert!(matches!(sorted(Kind::Write, status), PortError::Unknown(_)), "{status}");
            assert!(matches!(sorted(Kind::Read, status), PortError::Transient(_)), "{status}");
        }
        assert!(matches!(sorted(Kind::Write, 503), PortError::Unknown(_)));
        assert!(matches!(sorted(Kind::Read, 503), PortError::Unavailable(_)));
        assert!(matches!(sorted(Kind::Write, 429), PortError::Transient(_)));
        assert!(matches!(sorted(Kind::Write, 400), PortError::Permanent(_)));
        assert!(matches!(sorted(Kind::Write, 401), PortError::Unauthorized(_)));
    }

    #[test]
    fn a_404_that_is_not_the_shops_may_pass() {
        let proxy = fault(Kind::Read, 404, "text/html", "<h1>Not here</h1>");
        assert!(!proxy.is_not_found());
        assert!(matches!(PortError::from(proxy), PortError::Transient(_)));
        assert!(fault(Kind::Read, 404, "application/json", r#"{"message":"x"}"#).is_not_found());
    }

    #[test]
    fn a_missing_permission_is_named() {
        let body = r#"{"message":"The consumer isn't authorized to access %resources.",
            "parameters":{"resources":"Magento_Sales::actions_view"}}"#;
        let said = fault(Kind::Read, 401, "application/json; charset=utf-8", body).to_string();
        assert_eq!(
            said,
            "GET /V1/orders: answered 401 (application/json): the integration lacks the permission \
             Magento_Sales::actions_view, or its credentials are wrong"
        );
    }

    #[test]
    fn what_the_shop_quotes_is_not_repeated() {
        for (content_type, body) in [
            (
                "application/json",
                r#"{"message":"No mail to erika@example.com via https://x/a",
                "parameters":{"name":"Erika"},"trace":"Erika"}"#,
            ),
            ("text/plain", "Token abcdef0123456789abcdef of erika@example.com failed"),
            ("text/html", "<p>Erika Mustermann, https://x/rebook/abc"),
        ] {
            let said = fault(Kind::Read, 400, content_type, body).to_string();
            for word in ["erika", "Erika", "https", "abcdef"] {
                assert!(!said.contains(word), "{said}");
            }
        }
    }
}
