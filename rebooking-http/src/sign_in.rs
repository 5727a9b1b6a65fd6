//! Who calls: the port for signing in, and the simple answer of fixed bearer tokens.

use std::fmt;

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use rebooking_core::ports::{PortError, async_trait};
use rebooking_core::value::ids::PartnerId;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::host;
use crate::limits::KnownAddress;
use crate::reply::{Fault, Refused};
use crate::service::App;

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A partner, who sees their own courses' bookings and no others.
    Partner(PartnerId),
    /// Somebody of support, by the name that the history keeps.
    Support(String),
}

/// Knows callers by their requests. Customers need no sign-in, so it is only asked about partners
/// and support.
///
/// It is shown the head of the request as the host has handed it in: with every header, and with
/// the extensions of the host's own layers, so that it can also pass on whom one of these has
/// found. On pages somebody types an access token into the sign-in form; then it is asked about the
/// same request with no other header than `Authorization: Bearer` and that token. Who is known by
/// other headers, a host's own cookie say, needs no such form.
///
/// It is asked anew with each request, by the API and by pages whose reader has no session of ours.
/// Whoever sends too many wrong tokens is refused before it is asked; see
/// [`RateLimits::wrong_tokens`](crate::RateLimits::wrong_tokens).
#[async_trait]
pub trait Authenticator: Send + Sync {
    /// Who sends this request; `None` when it proves nothing. It may be asked about the same
    /// request any number of times, changes nothing, and lets no token, cookie or address into a
    /// log. The caller waits for it, so it should give up long before
    /// [`HttpSettings::deadline`](crate::HttpSettings::deadline).
    ///
    /// # Errors
    /// [`PortError`] when it cannot tell: the caller is asked to try again later
    /// ([`PortError::Transient`] and the like), or sent to support. Nobody is let in, and nobody is
    /// told that their token is wrong.
    async fn authenticate(&self, parts: &Parts) -> Result<Option<Principal>, PortError>;
}

/// Fixed tokens in `Authorization: Bearer …`. Only their digests are kept; several may stand for
/// one principal, so that a token can be replaced while the old one still works.
#[derive(Clone, Default)]
pub struct StaticTokens {
    known: Vec<([u8; 32], Principal)>,
}

impl StaticTokens {
    /// Adds a token. An empty one is nobody's.
    #[must_use]
    pub fn with(mut self, token: &str, principal: Principal) -> Self {
        if !token.is_empty() {
            self.known.push((Sha256::digest(token).into(), principal));
        }
        self
    }
}

#[async_trait]
impl Authenticator for StaticTokens {
    async fn authenticate(&self, parts: &Parts) -> Result<Option<Principal>, PortError> {
        let Some(given) = bearer(parts) else { return Ok(None) };
        let given: [u8; 32] = Sha256::digest(given).into();
        // Every known token is compared to its end, so that time tells nothing of which one was
        // nearly met.
        let mut found = None;
        for (digest, principal) in &self.known {
            if bool::from(digest.ct_eq(&given)) {
                found = Some(principal.clone());
            }
        }
        Ok(found)
    }
}

impl fmt::Debug for StaticTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.known.iter().map(|(_, principal)| principal)).finish()
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Who sends a request: nobody, unless it proves who they are and there is something here for them.
pub(crate) async fn sender(app: &App, parts: &mut Parts) -> Result<Option<Principal>, Refused> {
    let address = KnownAddress::of(&parts.extensions);
    let shows_token = parts.headers.contains_key(AUTHORIZATION);
    if shows_token {
        app.limits().may_show_token(address).map_err(Fault::from)?;
    }
    let asked = host::as_handed_in(parts);
    let found = app.settings().authenticator.authenticate(asked.parts()).await;
    drop(asked);
    let found = found.map_err(|error| Refused::Core(error.into()))?;
    if shows_token && found.is_none() {
        app.limits().wrong_token(address);
    }
    Ok(found.filter(|principal| app.settings().serves.has(principal)))
}

/// A caller who is a partner.
pub(crate) struct PartnerCaller(pub(crate) PartnerId);

impl FromRequestParts<App> for PartnerCaller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        match sender(app, parts).await? {
            Some(Principal::Partner(partner)) => Ok(Self(partner)),
            Some(Principal::Support(_)) => Err(Fault::WrongRole.into()),
            None => Err(Fault::NotSignedIn.into()),
        }
    }
}

/// A caller who is of support.
pub(crate) struct SupportCaller(pub(crate) String);

impl FromRequestParts<App> for SupportCaller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        match sender(app, parts).await? {
            Some(Principal::Support(name)) => Ok(Self(name)),
            Some(Principal::Partner(_)) => Err(Fault::WrongRole.into()),
            None => Err(Fault::NotSignedIn.into()),
        }
    }
}
