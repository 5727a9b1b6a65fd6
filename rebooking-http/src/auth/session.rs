//! Who is signed in on pages: a signed cookie that ends an hour after its last use, and the token
//! that the forms of its pages carry.
//!
//! Nothing is kept on the server: any server with the same key knows the same sign-ins. So taking a
//! bearer token away ends no session that was opened with it before the session's own end; a new
//! key ends all of them.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};
use rebooking_core::ports::SecretSource;
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
#[derive(Clone)]
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
    fn signing(&self, purpose: &[u8], what: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).ok()?;
        mac.update(purpose);
        mac.update(&[0]);
        mac.update(what.as_bytes());
        Some(mac)
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) principal: Principal,
    /// Tells this sign-in from others of the same principal.
    nonce: String,
    began: DateTime<Utc>,
    issued: DateTime<Utc>,
}

/// Opens sessions and knows them again.
pub(crate) struct Sessions {
    key: OnceLock<SessionKey>,
    secrets: Arc<dyn SecretSource>,
    cookie: &'static str,
    /// `Path=…; HttpOnly; …`
    attributes: String,
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
        let (cookie, secure) = match (base.is_secure(), path) {
            (true, "/") => ("__Host-rebooking_session", "; Secure"),
            (true, _) => ("__Secure-rebooking_session", "; Secure"),
            (false, _) => ("rebooking_session", ""),
        };
        Self {
            key: key.map(OnceLock::from).unwrap_or_default(),
            secrets,
            cookie,
            attributes: format!("Path={path}; HttpOnly; SameSite=Strict{secure}"),
        }
    }

    /// A new session; `None` without any randomness.
    pub(crate) fn open(&self, principal: Principal, now: DateTime<Utc>) -> Option<Session> {
        let nonce = URL_SAFE_NO_PAD.encode(self.secrets.bytes().ok()?);
        Some(Session { principal, nonce, began: now, issued: now })
    }

    /// The session that a request shows, if it is ours and not over.
    pub(crate) fn shown(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Session> {
        let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let mut cookies =
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let session = cookies
            .find_map(|(name, value)| if name == self.cookie { self.read(value) } else { None })?;
        let alive = session.issued <= now + SKEW && now < session.ends_at();
        alive.then_some(session)
    }

    /// The cookie of a session, as `Set-Cookie`.
    pub(crate) fn cookie(&self, session: &Session) -> Option<HeaderValue> {
        let text = session.text();
        let mac = self.key()?.signing(b"session v1", &text)?.finalize().into_bytes();
        let left = (session.ends_at() - session.issued).num_seconds();
        let (name, attributes) = (self.cookie, &self.attributes);
        let value =
            format!("{name}={text}.{}; {attributes}; Max-Age={left}", URL_SAFE_NO_PAD.encode(mac));
        HeaderValue::try_from(value).ok()
    }

    /// The `Set-Cookie` that ends a session.
    pub(crate) fn no_cookie(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(format!("{}=; {}; Max-Age=0", self.cookie, self.attributes)).ok()
    }

    /// The token for the forms of whoever is signed in, with a session of ours or by what their
    /// host's requests carry. It is the same for as long as the session lasts, so that pages in
    /// several windows stay usable.
    pub(crate) fn form_token(
        &self,
        principal: &Principal,
        session: Option<&Session>,
    ) -> Option<String> {
        let mac = self.key()?.signing(b"form v1", &whose(principal, session))?;
        Some(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Whether a form came from a page that was made for them.
    pub(crate) fn is_form_token(
        &self,
        given: &str,
        principal: &Principal,
        session: Option<&Session>,
    ) -> bool {
        let mac = self.key().and_then(|key| key.signing(b"form v1", &whose(principal, session)));
        let given = URL_SAFE_NO_PAD.decode(given).ok();
        // Compared to its end, whatever differs.
        mac.zip(given).is_some_and(|(mac, given)| mac.verify_slice(&given).is_ok())
    }

    /// The key that was set, or one of this process, made when it is first needed.
    fn key(&self) -> Option<&SessionKey> {
        if let Some(key) = self.key.get() {
            return Some(key);
        }
        let key = SessionKey::random(self.secrets.as_ref())?;
        Some(self.key.get_or_init(|| key))
    }

    fn read(&self, value: &str) -> Option<Session> {
        let (text, mac) = value.rsplit_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        self.key()?.signing(b"session v1", text)?.verify_slice(&mac).ok()?;
        Session::of_text(text)
    }
}

impl Session {
    /// The same as of now, where it is time to renew it.
    pub(crate) fn renewed(&self, now: DateTime<Utc>) -> Option<Self> {
        (now - self.issued >= RENEWED_AFTER).then(|| Self { issued: now, ..self.clone() })
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

fn named(principal: &Principal) -> (&'static str, String) {
    match principal {
        Principal::Partner(id) => ("partner", id.to_string()),
        Principal::Support(name) => ("support", name.clone()),
    }
}

fn whose(principal: &Principal, session: Option<&Session>) -> String {
    let (role, who) = named(principal);
    format!("{role}\0{who}\0{}", session.map_or("", |session| &session.nonce))
}
