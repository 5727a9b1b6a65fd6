//! Settings of a shop: where it is, how we sign in, how patient we are.

mod catalog;
mod orders;

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

pub use self::catalog::{
    CatalogSettings, DateEnd, Layout, PartnerAttributes, StockSource, TaxView, VenueAttributes,
};
pub use self::orders::OrderSettings;

/// All that an adapter must know of a shop.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct MagentoSettings {
    /// Where it is.
    pub shop: ShopUrl,
    /// How we sign in.
    pub sign_in: SignIn,
    /// How much is asked of it.
    pub limits: Limits,
    /// How its products are course dates.
    pub catalog: CatalogSettings,
    /// How its orders are made and changed.
    pub orders: OrderSettings,
}

impl MagentoSettings {
    /// A shop with everything as it comes: dates are variants of a configurable product, with
    /// stock from MSI.
    #[must_use]
    pub fn new(shop: ShopUrl, sign_in: SignIn) -> Self {
        Self {
            shop,
            sign_in,
            limits: Limits::default(),
            catalog: CatalogSettings::default(),
            orders: OrderSettings::default(),
        }
    }
}

/// Where the shop is: what stands before `/rest/`, as the world sees it.
///
/// Magento checks a signature against the scheme and the host that it sees itself. Behind a proxy
/// that ends TLS it must be told the public ones, or every signature is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct ShopUrl(Url);

impl ShopUrl {
    /// Reads an address such as `https://shop.example.com` or `https://example.com/shop/`.
    ///
    /// # Errors
    /// [`MalformedShopUrl`], without repeating the address.
    pub fn parse(raw: &str) -> Result<Self, MalformedShopUrl> {
        let url = Url::parse(raw.trim()).map_err(|_| MalformedShopUrl::Address)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(MalformedShopUrl::Login);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(MalformedShopUrl::Address);
        }
        match (url.scheme(), url.host()) {
            ("https", Some(_)) => Ok(Self(url)),
            ("http", Some(host)) if is_this_machine(&host) => Ok(Self(url)),
            ("http", Some(_)) => Err(MalformedShopUrl::InClear),
            _ => Err(MalformedShopUrl::Address),
        }
    }

    /// What every path begins with, without a slash at its end.
    pub(crate) fn prefix(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl fmt::Debug for ShopUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShopUrl({})", self.prefix())
    }
}

/// What is wrong with the address of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedShopUrl {
    /// Not an address of a shop.
    #[error("an address like https://shop.example.com, without ? and #")]
    Address,
    /// A name or password in the address would stand in logs.
    #[error("no user and no password in the shop's address: the integration signs in")]
    Login,
    /// Orders and addresses would be overheard.
    #[error("without TLS only to this machine: orders hold names and addresses")]
    InClear,
}

/// How we sign in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignIn {
    /// OAuth 1.0a with HMAC-SHA256: what every Magento takes.
    OAuth1(OAuthCredentials),
    /// The integration's access token alone, where the shop has switched that on
    /// (`oauth/consumer/enable_integration_as_bearer`).
    Bearer(SecretString),
}

/// The four credentials on the shop's page *System, Integrations*. They do not expire.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct OAuthCredentials {
    /// *Consumer Key*.
    pub consumer_key: SecretString,
    /// *Consumer Secret*.
    pub consumer_secret: SecretString,
    /// *Access Token*.
    pub access_token: SecretString,
    /// *Access Token Secret*.
    pub access_token_secret: SecretString,
}

/// How much is asked of the shop, and how long an answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Limits {
    /// How many calls are under way at once: 8.
    pub at_once: usize,
    /// The longest that one call may take: 10 s.
    pub call: Duration,
    /// The longest that all calls of one request to a port may take: 25 s. Keep it below the
    /// worker's deadline: a worker that was frozen for longer than its lease then writes nothing
    /// any more.
    pub total: Duration,
    /// The longest answer, in bytes: 4 MB.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 8,
            call: Duration::from_secs(10),
            total: Duration::from_secs(25),
            answer: 4 * 1024 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_is_named_with_or_without_a_folder() {
        for (raw, prefix) in [
            ("https://shop.example.com", "https://shop.example.com"),
            (" https://shop.example.com/ ", "https://shop.example.com"),
            ("https://example.com:8443/shop/", "https://example.com:8443/shop"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(ShopUrl::parse(raw).unwrap().prefix(), prefix);
        }
    }

    #[test]
    fn what_is_no_shop_is_refused_without_repeating_it() {
        for (raw, wrong) in [
            ("", MalformedShopUrl::Address),
            ("shop.example.com", MalformedShopUrl::Address),
            ("ftp://shop.example.com", MalformedShopUrl::Address),
            ("https://shop.example.com/?a=b", MalformedShopUrl::Address),
            ("https://anna:secret@shop.example.com", MalformedShopUrl::Login),
            ("http://shop.example.com", MalformedShopUrl::InClear),
            ("http://localhost.example.com", MalformedShopUrl::InClear),
        ] {
            let refused = ShopUrl::parse(raw).unwrap_err();
            assert_eq!(refused, wrong, "{raw}");
            assert!(!refused.to_string().contains("secret"));
        }
    }

    #[test]
    fn debug_prints_no_credential() {
        let secret = |text: &str| SecretString::from(text);
        let credentials = OAuthCredentials {
            consumer_key: secret("ck-hidden"),
            consumer_secret: secret("cs-hidden"),
            access_token: secret("at-hidden"),
            access_token_secret: secret("ats-hidden"),
        };
        for sign_in in [SignIn::OAuth1(credentials), SignIn::Bearer(secret("b-hidden"))] {
            let printed = format!("{sign_in:?}");
            assert!(!printed.contains("hidden"), "{printed}");
        }
    }
}
