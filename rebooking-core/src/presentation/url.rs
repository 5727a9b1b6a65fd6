//! URLs: the base URL of the service, and the links that begin with it. Nothing else
//! builds them.

use std::fmt;

use crate::link::LinkSecret;

/// An absolute URL of HTTP: `https://www.example.com/hilfe`. Safe to stand in a page, a mail or a
/// header as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebUrl(String);

impl WebUrl {
    /// The longest URL that is taken, in bytes.
    pub const MAX_LEN: usize = 200;

    /// Takes `http://` or `https://`, a host, and what may follow (RFC 3986). Letters beyond ASCII
    /// must be encoded already.
    ///
    /// # Errors
    /// [`MalformedUrl`] for anything else, and for a URL with a user or a password in it.
    pub fn parse(raw: &str) -> Result<Self, MalformedUrl> {
        let address = raw.trim();
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let named = host.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '[');
        let host_only = host.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c));
        let plain = address
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&()*+,;=%".contains(c));
        if named && host_only && plain && address.len() <= Self::MAX_LEN {
            Ok(Self(address.to_owned()))
        } else {
            Err(MalformedUrl)
        }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A URL that is written in this crate itself; a test there parses it.
    pub(super) fn from_source(url: &'static str) -> Self {
        Self(url.to_owned())
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not an address that a browser opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an absolute address like https://www.example.com, at most {} characters", WebUrl::MAX_LEN)]
pub struct MalformedUrl;

/// What every link begins with. It comes from the settings alone, never from a request, so that
/// nobody can make us mail a link to a server of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(WebUrl);

impl BaseUrl {
    /// Takes an address without query and fragment; a slash at its end is taken off.
    ///
    /// # Errors
    /// [`MalformedUrl`] for anything else.
    pub fn parse(raw: &str) -> Result<Self, MalformedUrl> {
        let address = WebUrl::parse(raw.trim().trim_end_matches('/'))?;
        if address.0.contains(['?', '#']) { Err(MalformedUrl) } else { Ok(Self(address)) }
    }

    /// The host, without a port: `umbuchen.example.com`.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        match authority.rsplit_once(':') {
            // The last colon of an IPv6 address in brackets is none of a port.
            Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
            Some(_) | None => authority,
        }
    }

    /// Where a customer rebooks. It holds the secret: for the customer's mail only.
    #[must_use]
    pub fn customer_link(&self, secret: &LinkSecret) -> String {
        format!("{self}/rebook/{}", secret.expose())
    }

    /// Where a partner answers a request without signing in. It holds the secret: for the partner's
    /// mail only.
    #[must_use]
    pub fn partner_link(&self, secret: &LinkSecret) -> String {
        format!("{self}/partner/answer/{}", secret.expose())
    }

    /// Where a partner's calendar program reads what they have confirmed. It holds the secret: for
    /// that partner only.
    #[must_use]
    pub fn calendar_link(&self, secret: &LinkSecret) -> String {
        format!("{self}/partner/calendar/{}.ics", secret.expose())
    }

    /// The address as text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The path that everything lies under, without a slash at its end: empty, or like `/portal`.
    #[must_use]
    pub fn path(&self) -> &str {
        let after_scheme = self.as_str().split_once("://").map_or("", |(_, rest)| rest);
        after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or_default()
    }

    /// Whether browsers reach it over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.as_str().starts_with("https://")
    }
}

impl Default for BaseUrl {
    /// Where the example server listens: `http://127.0.0.1:8080`.
    fn default() -> Self {
        Self(WebUrl("http://127.0.0.1:8080".into()))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{LinkKey, LinkNonce, LinkPurpose};

    #[test]
    fn links_begin_with_the_base_address_and_end_with_the_secret() {
        let key = LinkKey::new(vec![7; 32]).unwrap();
        let secret = LinkSecret::derive(&key, LinkPurpose::Rebook, &LinkNonce([1; 16]));
        let base = BaseUrl::parse("https://umbuchen.example.com/portal/").unwrap();
        let exposed = secret.expose();
        assert_eq!(
            base.customer_link(&secret),
            format!("https://umbuchen.example.com/portal/rebook/{exposed}")
        );
        assert_eq!(
            base.partner_link(&secret),
            format!("https://umbuchen.example.com/portal/partner/answer/{exposed}")
        );
        assert_eq!(
            base.calendar_link(&secret),
            format!("https://umbuchen.example.com/portal/partner/calendar/{exposed}.ics")
        );
    }

    #[test]
    fn only_absolute_addresses_of_the_web_are_taken() {
        for good in [
            "http://127.0.0.1:8080",
            "https://example.com",
            "https://[::1]:8080/a",
            " http://a.b/ ",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        let long = format!("https://example.com/{}", "x".repeat(200));
        for bad in [
            "",
            "example.com",
            "//example.com",
            "/rebook",
            "ftp://example.com",
            "javascript:alert(1)",
            "https://",
            "https:///rebook",
            "https://?a",
            "https://user:secret@example.com",
            "https://example.com/a b",
            "https://example.com/\"onclick",
            "https://example.com/<b>",
            "https://example.com/'",
            "https://example.com\r\nBcc: a@b",
            "https://bücher.de",
            "https://example.com?a=1",
            "https://example.com#a",
            &long,
        ] {
            assert_eq!(BaseUrl::parse(bad), Err(MalformedUrl), "{bad}");
        }
    }

    #[test]
    fn a_host_is_named_without_its_port() {
        for (address, host) in [
            ("https://umbuchen.example.com/portal", "umbuchen.example.com"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("https://[::1]:8080/a", "[::1]"),
            ("https://[fe80::1]", "[fe80::1]"),
        ] {
            assert_eq!(BaseUrl::parse(address).unwrap().host(), host);
        }
    }

    #[test]
    fn a_home_page_may_have_a_query() {
        assert!(WebUrl::parse("https://example.com/?from=mail").is_ok());
    }
}
