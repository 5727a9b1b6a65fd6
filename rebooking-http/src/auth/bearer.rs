//! Fixed bearer tokens: the simple answer to who calls.

use std::fmt;

use http::header::AUTHORIZATION;
use http::request::Parts;
use rebooking_core::ports::{PortError, async_trait};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::authenticator::Authenticator;
use super::principal::Principal;

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
