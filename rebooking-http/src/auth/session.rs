//! Who is signed in on pages: a signed cookie that ends an hour after its last use, and the token
//! that the forms of its pages carry.
//!
//! No session is kept on the server: any server with the same key knows the same sign-ins. Only who
//! has signed out is remembered, by the port `SignOuts`, so that a copied cookie is good for
//! nothing then. Taking a bearer token away ends no session that was opened with it before the
//! session's own end; signing out everywhere does, and a new key ends all of them.

#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use cookie::time::Duration;
use cookie::{Cookie, CookieJar, Key, SameSite};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};
use rebooking_core::ports::{PortError, SecretSource, SignOuts};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::value::ids::PartnerId;
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;

use crate::auth::Principal;

/// How long a sign-in lasts after its last use, and in all.
const IDLE: TimeDelta = TimeDelta::hours(1);
const IN_ALL: TimeDelta = TimeDelta::hours(12);
/// How far the clock of another server may be ahead, whose cookies are ours too.
const SKEW: TimeDelta = TimeDelta::minutes(1);
/// How old a cookie is before its use renews it.
const RENEWED_AFTER: TimeDelta = TimeDelta::minutes(5);

/// A key that sign-ins are signed with: at least 32 bytes from a good source. Never printed.
#[derive(Clone, derive_more::Debug)]
#[debug("SessionKey(…)")]
pub struct SessionKey(Arc<SecretBox<Vec<u8>>>);

/// A key that could be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a session key needs at least 32 bytes")]
pub struct WeakSessionKey;

impl SessionKey {
    /// Takes the bytes of a key.
    ///
    /// # Errors
    /// [`WeakSessionKey`] under 32 bytes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, WeakSessionKey> {
        if bytes.len() < 32 {
            Err(WeakSessionKey)
        } else {
            Ok(Self(Arc::new(SecretBox::new(Box::new(bytes)))))
        }
    }

    /// A key for this process alone; `None` while the system has no randomness to give.
    fn random(secrets: &dyn SecretSource) -> Option<Self> {
        let (first, second) = (secrets.bytes().ok()?, secrets.bytes().ok()?);
        Self::new([first, second].concat()).ok()
    }

    /// What is signed for one purpose can be shown for no other.
    pub(super) fn signing(&self, purpose: &[u8], what: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).ok()?;
        mac.update(purpose);
        mac.update(&[0]);
        mac.update(what.as_bytes());
        Some(mac)
    }
}

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) principal: Principal,
    /// Tells this sign-in from others of the same principal.
    pub(super) nonce: String,
    began: DateTime<Utc>,
    issued: DateTime<Utc>,
}

/// What is remembered of a session that was ended.
pub(crate) struct SignIn<'a> {
    who: String,
    number: &'a str,
    began: DateTime<Utc>,
    latest: DateTime<Utc>,
}

impl SignIn<'_> {
    /// Whether it was ended before its time.
    pub(crate) async fn is_ended(&self, port: &dyn SignOuts) -> Result<bool, PortError> {
        port.is_ended(&self.who, self.number, self.began).await
    }

    /// Ends it.
    pub(crate) async fn end(&self, port: &dyn SignOuts) -> Result<(), PortError> {
        port.end(&self.who, self.number, self.latest).await
    }

    /// Ends all that the same person began up to now.
    pub(crate) async fn end_all(
        &self,
        port: &dyn SignOuts,
        now: DateTime<Utc>,
    ) -> Result<(), PortError> {
        port.end_all(&self.who, now, now + IN_ALL + SKEW).await
    }
}

/// Opens sessions and knows them again.
pub(crate) struct Sessions {
    key: OnceLock<SessionKey>,
    secrets: Arc<dyn SecretSource>,
    /// Of the cookie, as are the next two.
    name: &'static str,
    path: String,
    is_secure: bool,
}

impl Sessions {
    pub(crate) fn new(
        key: Option<SessionKey>,
        base: &BaseUrl,
        secrets: Arc<dyn SecretSource>,
    ) -> Self {
        let path = if base.path().is_empty() { "/" } else { base.path() };
        // Browsers take a cookie of either prefix from nobody but this host, and the first for all
        // of it only (RFC 6265bis, 4.1.3).
        let name = match (base.is_secure(), path) {
            (true, "/") => "__Host-rebooking_session",
            (true, _) => "__Secure-rebooking_session",
            (false, _) => "rebooking_session",
        };
        let (path, is_secure) = (path.to_owned(), base.is_secure());
        let key = key.map(OnceLock::from).unwrap_or_default();
        Self { key, secrets, name, path, is_secure }
    }

    /// A new session; `None` without any randomness.
    pub(crate) fn open(&self, principal: Principal, now: DateTime<Utc>) -> Option<Session> {
        let nonce = URL_SAFE_NO_PAD.encode(self.secrets.bytes().ok()?);
        Some(Session { principal, nonce, began: now, issued: now })
    }

    /// The session that a request shows, if it is ours and not over.
    pub(crate) fn shown(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Session> {
        let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
        let session = cookies.find_map(|cookie| {
            if cookie.name() == self.name { self.read(cookie.into_owned()) } else { None }
        })?;
        let alive = session.issued <= now + SKEW && now < session.ends_at();
        alive.then_some(session)
    }

    /// The cookie of a session, as `Set-Cookie`.
    pub(crate) fn cookie(&self, session: &Session) -> Option<HeaderValue> {
        let mut jar = CookieJar::new();
        let left = (session.ends_at() - session.issued).num_seconds();
        jar.signed_mut(&self.signing_key()?).add(self.with(session.text(), left));
        HeaderValue::try_from(jar.get(self.name)?.to_string()).ok()
    }

    /// The `Set-Cookie` that ends a session.
    pub(crate) fn no_cookie(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(self.with(String::new(), 0).to_string()).ok()
    }

    fn with(&self, value: String, seconds: i64) -> Cookie<'static> {
        Cookie::build((self.name, value))
            .path(self.path.clone())
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.is_secure)
            .max_age(Duration::seconds(seconds))
            .build()
    }

    fn read(&self, cookie: Cookie<'static>) -> Option<Session> {
        let verified = CookieJar::new().signed(&self.signing_key()?).verify(cookie)?;
        Session::of_text(verified.value())
    }

    /// What cookies are signed with: a key of its own, so that nothing else that is signed passes
    /// for a session. The library takes twice as many bytes as it signs with.
    fn signing_key(&self) -> Option<Key> {
        let key = self.key()?.signing(b"session v2", "")?.finalize().into_bytes();
        Key::try_from(key.repeat(2).as_slice()).ok()
    }

    /// The key that was set, or one of this process, made when it is first needed.
    pub(super) fn key(&self) -> Option<&SessionKey> {
        if let Some(key) = self.key.get() {
            return Some(key);
        }
        let key = SessionKey::random(self.secrets.as_ref())?;
        Some(self.key.get_or_init(|| key))
    }
}

impl Session {
    /// The same as of now, where it is time to renew it.
    pub(crate) fn renewed(&self, now: DateTime<Utc>) -> Option<Self> {
        (now - self.issued >= RENEWED_AFTER).then(|| Self { issued: now, ..self.clone() })
    }

    /// Under which the host remembers that it is over: whose it is, its number, when it began, and
    /// when it ends at the latest.
    pub(crate) fn sign_in(&self) -> SignIn<'_> {
        let (role, who) = named(&self.principal);
        let latest = self.began + IN_ALL + SKEW;
        SignIn { who: format!("{role} {who}"), number: &self.nonce, began: self.began, latest }
    }

    fn ends_at(&self) -> DateTime<Utc> {
        (self.issued + IDLE).min(self.began + IN_ALL)
    }

    /// `partner.NQ.nonce.began.issued`: whose it is in base64url, moments in seconds.
    fn text(&self) -> String {
        let (role, who) = named(&self.principal);
        let (began, issued) = (self.began.timestamp(), self.issued.timestamp());
        format!("{role}.{}.{}.{began}.{issued}", URL_SAFE_NO_PAD.encode(who), self.nonce)
    }

    fn of_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (role, who, nonce) = (parts.next()?, parts.next()?, parts.next()?.to_owned());
        let mut moment = || DateTime::from_timestamp(parts.next()?.parse().ok()?, 0);
        let (began, issued) = (moment()?, moment()?);
        let who = String::from_utf8(URL_SAFE_NO_PAD.decode(who).ok()?).ok()?;
        let principal = match role {
            "partner" => Principal::Partner(PartnerId::new(who.parse().ok()?)),
            "support" => Principal::Support(who),
            _ => return None,
        };
        Some(Self { principal, nonce, began, issued })
    }
}

pub(super) fn named(principal: &Principal) -> (&'static str, String) {
    match principal {
        Principal::Partner(id) => ("partner", id.to_string()),
        Principal::Support(name) => ("support", name.clone()),
    }
}
