//! Whose request it is, as far as the network tells: the caller behind the proxies that are
//! trusted.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use http::header::FORWARDED;
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

/// The address at the other end of the connection. [`serve`](crate::serve) puts it into the
/// extensions of each request; a host with a server of its own puts it there too, or no limit by
/// address holds (see [`RateLimits`](crate::RateLimits)). It is never logged.
#[derive(Clone, Copy, derive_more::Debug, PartialEq, Eq)]
#[debug("ClientAddress(…)")]
pub struct ClientAddress(IpAddr);

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }
}

/// A network of proxies: one address, or `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(IpNet);

impl Network {
    pub(crate) fn holds(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

/// Neither an address nor a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address like 127.0.0.1, or a network like 10.0.0.0/8 or fd00::/8")]
pub struct ParseNetworkError;

impl FromStr for Network {
    type Err = ParseNetworkError;

    fn from_str(text: &str) -> Result<Self, ParseNetworkError> {
        let text = text.trim();
        let single = |address: IpAddr| IpNet::from(address.to_canonical());
        text.parse().or_else(|_| text.parse().map(single)).map(Self).map_err(|_| ParseNetworkError)
    }
}

/// The header in which a proxy says for whom it asks. Only one of them is believed: a proxy that
/// writes the one passes on whatever a caller has put into the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForwardedBy {
    /// `X-Forwarded-For`, what most proxies write.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl ForwardedBy {
    const fn header(self) -> HeaderName {
        match self {
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Self::Forwarded => FORWARDED,
        }
    }

    fn address(self, entry: &str) -> Option<IpAddr> {
        let node = match self {
            Self::XForwardedFor => entry.trim(),
            Self::Forwarded => entry.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
            })?,
        };
        let bare = node.trim_start_matches('[').trim_end_matches(']');
        let address =
            bare.parse().or_else(|_| node.parse().map(|with_port: SocketAddr| with_port.ip()));
        address.ok().map(|address| address.to_canonical())
    }
}

/// Who is believed about for whom they ask: nobody, unless it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct TrustedProxies {
    /// Where they are.
    pub networks: Vec<Network>,
    /// How they say it.
    pub header: ForwardedBy,
}

/// Whose request it is.
pub(crate) struct ClientIp {
    pub(crate) address: IpAddr,
    /// It came through a proxy that is not trusted, so the address may be that of many.
    pub(crate) via_untrusted_proxy: bool,
}

impl TrustedProxies {
    /// The right-most address that none of them has: what stands further left, anybody may have
    /// written. `None` where no [`ClientAddress`] is known.
    pub(crate) fn caller(
        &self,
        peer: Option<ClientAddress>,
        headers: &HeaderMap,
    ) -> Option<ClientIp> {
        let mut address = peer?.0;
        if !self.trusts(address) {
            let via_untrusted_proxy = [ForwardedBy::XForwardedFor, ForwardedBy::Forwarded]
                .iter()
                .any(|way| headers.contains_key(way.header()));
            return Some(ClientIp { address, via_untrusted_proxy });
        }
        let entries = headers.get_all(self.header.header()).into_iter().rev();
        for entry in entries.flat_map(|value| value.to_str().unwrap_or_default().rsplit(',')) {
            // An entry that hides the address, or is none, ends what can be known: the proxy that
            // wrote it answers for it.
            let Some(before) = self.header.address(entry) else { break };
            address = before;
            if !self.trusts(address) {
                break;
            }
        }
        Some(ClientIp { address, via_untrusted_proxy: false })
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.holds(address))
    }
}

/// The address as far as it tells callers apart. Of IPv6 a single caller mostly has a whole /64.
pub(crate) fn rate_limit_key(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => Ipv6Addr::from_bits(long.to_bits() & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(header: ForwardedBy, peer: &str, lines: &[&str]) -> String {
        let networks =
            ["10.0.0.0/8", "127.0.0.1", "fd00::/8"].map(|network| network.parse().unwrap());
        let proxies = TrustedProxies { networks: networks.to_vec(), header };
        let peer = ClientAddress::from(peer.parse::<IpAddr>().unwrap());
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header.header(), line.parse().unwrap());
        }
        proxies.caller(Some(peer), &headers).unwrap().address.to_string()
    }

    #[test]
    fn the_right_most_address_that_is_no_proxy_of_ours_is_the_caller() {
        for (peer, lines, told) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.1.1.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.1.1.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.1.1.1", &["1.2.3.4, 198.51.100.1, 10.2.2.2"], "198.51.100.1"),
            ("10.1.1.1", &["1.2.3.4", "198.51.100.1 , 10.2.2.2"], "198.51.100.1"),
            ("10.1.1.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("fd00::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            ("10.1.1.1", &["2001:db8::7"], "2001:db8::7"),
            ("10.1.1.1", &["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
            ("10.1.1.1", &[], "10.1.1.1"),
            ("10.1.1.1", &["1.2.3.4, unknown"], "10.1.1.1"),
            ("10.1.1.1", &["1.2.3.4, , 10.2.2.2"], "10.2.2.2"),
        ] {
            assert_eq!(caller(ForwardedBy::XForwardedFor, peer, lines), told, "{peer} {lines:?}");
        }
    }

    #[test]
    fn an_address_that_a_stranger_passes_on_is_known_for_that() {
        let proxies =
            TrustedProxies { networks: vec!["10.0.0.0/8".parse().unwrap()], ..Default::default() };
        for (peer, header, stranger) in [
            ("203.0.113.9", Some("x-forwarded-for"), true),
            ("203.0.113.9", Some("forwarded"), true),
            ("203.0.113.9", None, false),
            ("10.1.1.1", Some("x-forwarded-for"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert(header, "198.51.100.1".parse().unwrap());
            }
            let peer = ClientAddress::from(peer.parse::<IpAddr>().unwrap());
            let caller = proxies.caller(Some(peer), &headers).unwrap();
            assert_eq!(caller.via_untrusted_proxy, stranger, "{peer:?} {header:?}");
        }
    }

    #[test]
    fn the_other_header_is_read_where_the_proxies_write_that_one() {
        for (line, told) in [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("for=192.0.2.43, For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=1.2.3.4, for=_hidden", "10.1.1.1"),
            ("proto=https", "10.1.1.1"),
        ] {
            assert_eq!(caller(ForwardedBy::Forwarded, "10.1.1.1", &[line]), told, "{line}");
        }
    }

    #[test]
    fn one_callers_ipv6_addresses_count_as_one() {
        let same = |one: &str, other: &str| {
            rate_limit_key(one.parse().unwrap()) == rate_limit_key(other.parse().unwrap())
        };
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::7"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(!same("198.51.100.1", "198.51.100.2"));
    }
}
