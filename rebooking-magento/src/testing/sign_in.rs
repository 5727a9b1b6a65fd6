//! Who calls: the signature of OAuth 1.0a, checked as the shop checks it, and the bearer.

use std::collections::{BTreeMap, BTreeSet};

use hyper::StatusCode;
use percent_encoding::percent_decode_str;
use rebooking_core::ports::Clock;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use super::answer::{Answer, unauthorized};
use crate::client::oauth;
use crate::settings::OAuthCredentials;

/// Credentials, and what was used of them.
#[derive(Debug)]
pub(super) struct SignIns {
    pub(super) credentials: OAuthCredentials,
    pub(super) bearer_is_on: bool,
    nonces: BTreeSet<String>,
}

impl SignIns {
    pub(super) fn new() -> Self {
        let secret = |text: &str| SecretString::from(text);
        Self {
            credentials: OAuthCredentials {
                consumer_key: secret("fake-consumer-key-0123456789abcde"),
                consumer_secret: secret("fake-consumer-secret-0123456789ab"),
                access_token: secret("fake-access-token-0123456789abcde"),
                access_token_secret: secret("fake-token-secret-0123456789abcde"),
            },
            bearer_is_on: false,
            nonces: BTreeSet::new(),
        }
    }

    /// Lets a call in that is signed, or that has the token where that is switched on.
    pub(super) fn check(
        &mut self,
        header: &str,
        method: &str,
        url: &Url,
        query: &[(String, String)],
        clock: &dyn Clock,
    ) -> Result<(), Answer> {
        if let Some(token) = header.strip_prefix("Bearer ") {
            let known = token == self.credentials.access_token.expose_secret();
            return if known && self.bearer_is_on { Ok(()) } else { Err(unauthorized("self")) };
        }
        let Some(sent) = header.strip_prefix("OAuth ") else { return Err(unauthorized("self")) };
        let sent = parts(sent);
        let part = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
        if part("oauth_signature_method") != "HMAC-SHA256" {
            let message = "Signature method %1 is not supported";
            let body =
                json!({ "message": message, "parameters": [part("oauth_signature_method")] });
            return Err(Answer::json(StatusCode::BAD_REQUEST, &body));
        }
        let timestamp: i64 = part("oauth_timestamp").parse().unwrap_or_default();
        if (clock.now().timestamp() - timestamp).abs() > 3600 {
            return Err(refused("The oauth_timestamp value is not valid. Verify and try again."));
        }
        let stamp = oauth::Stamp { nonce: part("oauth_nonce").to_owned(), timestamp };
        if stamp.nonce.is_empty() || stamp.nonce.len() > 32 {
            return Err(refused("The oauth_nonce value is not valid."));
        }
        let expected = oauth::authorization(&self.credentials, method, url, query, &stamp);
        let expected = parts(expected.trim_start_matches("OAuth "));
        if sent != expected {
            return Err(refused("The signature is invalid. Verify and try again."));
        }
        if !self.nonces.insert(stamp.nonce) {
            let message = "The nonce is already being used by the consumer with ID %1";
            let body = json!({ "message": message, "parameters": ["1"] });
            return Err(Answer::json(StatusCode::UNAUTHORIZED, &body));
        }
        Ok(())
    }

    /// How many calls were signed with a nonce of their own.
    pub(super) fn nonces(&self) -> usize {
        self.nonces.len()
    }
}

fn refused(message: &str) -> Answer {
    Answer::json(StatusCode::UNAUTHORIZED, &json!({ "message": message }))
}

fn parts(header: &str) -> BTreeMap<String, String> {
    let parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    let parts = parts.map(|(name, value)| {
        let value = percent_decode_str(value.trim_matches('"')).decode_utf8_lossy();
        (name.to_owned(), value.into_owned())
    });
    parts.collect()
}
