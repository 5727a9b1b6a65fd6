//! Who calls: the port for signing in, and the simple answer of fixed bearer tokens.

use std::fmt;

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use rebooking_core::ids::PartnerId;
use rebooking_core::ports::async_trait;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

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

/// Knows callers by their requests. Customers need no sign-in, so it is only asked about partners and support.
///
/// On pages somebody types an access token into the sign-in form; then it is asked about a request whose only header is
/// `Authorization: Bearer` with that token. Who is known by other headers, a host's own cookie say, needs no such form.
#[async_trait]
pub trait Authenticator: Send + Sync {
    /// Who sends this request; `None` when it proves nothing. What it finds in the request stays out of logs.
    async fn authenticate(&self, parts: &Parts) -> Option<Principal>;
}

/// Fixed tokens in `Authorization: Bearer …`. Only their digests are kept; several may stand for one principal, so that a token can
/// be replaced while the old one still works.
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
    async fn authenticate(&self, parts: &Parts) -> Option<Principal> {
        let given = bearer(parts)?;
        let given: [u8; 32] = Sha256::digest(given).into();
        // Every known token is compared to its end, so that time tells nothing of which one was nearly met.
        let mut found = None;
        for (digest, principal) in &self.known {
            if bool::from(digest.ct_eq(&given)) {
                found = Some(principal.clone());
            }
        }
        found
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

/// A caller who is a partner.
pub(crate) struct PartnerCaller(pub(crate) PartnerId);

impl FromRequestParts<App> for PartnerCaller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        match app.settings().authenticator.authenticate(parts).await {
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
        match app.settings().authenticator.authenticate(parts).await {
            Some(Principal::Support(name)) => Ok(Self(name)),
            Some(Principal::Partner(_)) => Err(Fault::WrongRole.into()),
            None => Err(Fault::NotSignedIn.into()),
        }
    }
}
