//! Where a web page comes from: scheme, host and port, as browsers compare them (RFC 6454).

use std::fmt;
use std::str::FromStr;

use http::Uri;

/// The origin of a web address, like `https://umbuchen.example.com`. What follows the host and its
/// port does not belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebOrigin {
    scheme: String,
    /// In lower case, without the usual port of the scheme.
    authority: String,
}

/// No web address with a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address that begins with https:// or http://")]
pub struct ParseOriginError;

impl FromStr for WebOrigin {
    type Err = ParseOriginError;

    /// Reads a whole address: `https://example.com/umbuchen` is of the origin
    /// `https://example.com`.
    fn from_str(address: &str) -> Result<Self, ParseOriginError> {
        let uri: Uri = address.trim().parse().map_err(|_| ParseOriginError)?;
        let scheme = uri.scheme_str().ok_or(ParseOriginError)?.to_ascii_lowercase();
        let authority = uri.authority().ok_or(ParseOriginError)?.as_str().to_ascii_lowercase();
        let usual_port = match scheme.as_str() {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(ParseOriginError),
        };
        if authority.contains('@') || authority.starts_with(':') {
            return Err(ParseOriginError);
        }
        let authority = authority.strip_suffix(usual_port).unwrap_or(&authority).to_owned();
        Ok(Self { scheme, authority })
    }
}

impl WebOrigin {
    /// Whether a `Host` header names the host and port of this origin.
    pub(crate) fn is_at(&self, host: &str) -> bool {
        format!("{}://{host}", self.scheme).parse().is_ok_and(|origin: Self| origin == *self)
    }
}

impl fmt::Display for WebOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}
