//! The port for signing in: a host says who calls.

use http::request::Parts;
use rebooking_core::ports::{PortError, async_trait};

use super::principal::Principal;

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
