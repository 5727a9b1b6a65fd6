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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOriginError;

impl fmt::Display for ParseOriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address that begins with https:// or http://")
    }
}

impl std::error::Error for ParseOriginError {}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(address: &str) -> WebOrigin {
        address.parse().unwrap()
    }

    #[test]
    fn case_path_and_usual_port_make_no_difference() {
        let same = origin("https://umbuchen.example.com");
        for address in ["https://UMBUCHEN.example.com:443/x?y", "HTTPS://umbuchen.example.com/"] {
            assert_eq!(origin(address), same, "{address}");
        }
        assert_eq!(same.to_string(), "https://umbuchen.example.com");
    }

    #[test]
    fn scheme_host_and_port_do() {
        let one = origin("https://example.com");
        for other in [
            "http://example.com",
            "https://example.com:8443",
            "https://example.com.evil.test",
            "https://a.example.com",
        ] {
            assert_ne!(origin(other), one, "{other}");
        }
    }

    #[test]
    fn what_is_no_web_address_has_no_origin() {
        for address in [
            "",
            "null",
            "example.com",
            "/x",
            "file:///x",
            "https://",
            "https://user@example.com",
            "data:x",
        ] {
            assert_eq!(address.parse::<WebOrigin>(), Err(ParseOriginError), "{address}");
        }
    }

    #[test]
    fn a_host_header_names_the_origin_with_or_without_its_usual_port() {
        let origin = origin("https://example.com");
        assert!(origin.is_at("example.com") && origin.is_at("EXAMPLE.com:443"));
        assert!(
            !origin.is_at("example.com:80") && !origin.is_at("example.org") && !origin.is_at("")
        );
    }
}
