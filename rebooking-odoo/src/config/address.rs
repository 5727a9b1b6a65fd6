//! Where an Odoo is.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// The address of an Odoo, such as `https://odoo.example.com`.
#[derive(Clone, PartialEq, Eq)]
pub struct OdooAddress(Url);

impl OdooAddress {
    /// Reads an address that may also be in clear (`http`) anywhere: the key is then on the wire
    /// for everybody on the way to read. For a network that is yours from end to end.
    ///
    /// # Errors
    /// [`MalformedAddress`] says what would be right.
    pub fn in_trusted_network(raw: &str) -> Result<Self, MalformedAddress> {
        let url = Url::parse(raw.trim()).map_err(|_| MalformedAddress::Address)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        match url.scheme() {
            "https" | "http" if url.has_host() && plain => Ok(Self(url)),
            _ => Err(MalformedAddress::Address),
        }
    }

    /// The address of something below it.
    pub(crate) fn join(&self, path: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }
}

impl FromStr for OdooAddress {
    type Err = MalformedAddress;

    /// Reads an address: `https`, or `http` on this machine.
    fn from_str(raw: &str) -> Result<Self, MalformedAddress> {
        let address = Self::in_trusted_network(raw)?;
        let here = match address.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        match address.0.scheme() == "https" || here {
            true => Ok(address),
            false => Err(MalformedAddress::InClear),
        }
    }
}

impl fmt::Debug for OdooAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OdooAddress({})", self.0)
    }
}

/// Not an address that a key may be sent to. It is not repeated, as it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedAddress {
    /// Not of the form that is needed.
    #[error("an address like https://odoo.example.com is needed, without a user or a query")]
    Address,
    /// The key would go over the network in clear.
    #[error("https is needed, as the key goes with every call; http only to this machine")]
    InClear,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_in_clear_to_this_machine_only() {
        for fine in ["https://odoo.example.com", "http://127.0.0.1:8069", "http://[::1]:8069/"] {
            assert!(fine.parse::<OdooAddress>().is_ok(), "{fine}");
        }
        let raw = "http://odoo:8069";
        assert_eq!(raw.parse::<OdooAddress>(), Err(MalformedAddress::InClear));
        assert!(OdooAddress::in_trusted_network(raw).is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for raw in ["odoo.example.com", "ftp://x", "https://a:b@x", "https://x?db=y", "https://"] {
            assert_eq!(raw.parse::<OdooAddress>(), Err(MalformedAddress::Address), "{raw}");
        }
    }

    #[test]
    fn a_path_before_ours_stays() {
        let address: OdooAddress = "https://x.example.com/odoo/".parse().unwrap();
        assert_eq!(address.join(&["json", "2"]).as_str(), "https://x.example.com/odoo/json/2");
    }
}
