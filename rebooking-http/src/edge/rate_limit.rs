//! How often somebody may ask: by the caller's address, and by the link that is asked about.

mod counter;
mod failed_logins;
mod rate;

use std::net::IpAddr;
use std::sync::Once;

use http::Extensions;
use sha2::{Digest as _, Sha256};

use crate::edge::client_ip::{ClientIp, rate_limit_key};
use crate::edge::floor::Rejection;
use counter::Counter;
use failed_logins::FailedLogins;
use rate::Key;
pub use rate::Rate;
pub(crate) use rate::TooOften;

/// How often somebody may ask. All count in this process only; a store that several servers share
/// has limits of its own for wrong addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct RateLimits {
    /// By the caller's address, of IPv6 by the first 64 bits: 240 at once, 240 a minute. `None` for
    /// no limit. It takes a [`ClientAddress`](crate::ClientAddress), and behind a proxy
    /// [`TrustedProxies`](crate::TrustedProxies): otherwise the proxy's one address stands for all
    /// callers, which is logged as a warning as soon as it is seen.
    pub per_address: Option<Rate>,
    /// By the link that is asked about, whoever asks: 30 at once, 30 a minute. `None` for no limit.
    pub per_link: Option<Rate>,
    /// How many access tokens of partners and support may be wrong, by the caller's address as
    /// above, whether typed into the sign-in form or sent to the API: 10 at once, 10 a minute.
    /// Beyond that no token from there is looked at, so that guessing ends. `None` for no limit.
    pub wrong_tokens: Option<Rate>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            per_address: Some(Rate::new(240, 240)),
            per_link: Some(Rate::new(30, 30)),
            wrong_tokens: Some(Rate::new(10, 10)),
        }
    }
}

impl From<TooOften> for Rejection {
    fn from(TooOften { seconds }: TooOften) -> Self {
        Self::TooManyRequests { seconds }
    }
}

/// The address that a request is counted by, where one is known. Never printed.
#[derive(Clone, Copy)]
pub(crate) struct KnownAddress(IpAddr);

impl KnownAddress {
    pub(crate) fn from_extensions(extensions: &Extensions) -> Option<Self> {
        extensions.get().copied()
    }
}

/// Counts requests.
pub(crate) struct Limits {
    /// Makes the digests of this process its own, so that nobody can tell from one who or which
    /// link it stands for.
    seed: [u8; 16],
    per_address: Option<Counter>,
    per_link: Option<Counter>,
    wrong_tokens: Option<FailedLogins>,
    /// What is wrong with callers' addresses is logged once.
    warned: Once,
}

impl Limits {
    /// `seed` is used for nothing else.
    pub(crate) fn new(limits: RateLimits, seed: [u8; 16]) -> Self {
        Self {
            seed,
            per_address: limits.per_address.map(Counter::new),
            per_link: limits.per_link.map(Counter::new),
            wrong_tokens: limits.wrong_tokens.map(FailedLogins::new),
            warned: Once::new(),
        }
    }

    /// The address to count by. Warns where it is none, or that of many.
    pub(crate) fn known(&self, caller: Option<ClientIp>) -> Option<KnownAddress> {
        let counts = self.per_address.is_some();
        match &caller {
            None if counts => self.warned.call_once(|| {
                tracing::warn!("no limit by address holds: requests come without a ClientAddress");
            }),
            Some(ClientIp { via_untrusted_proxy: true, .. }) if counts => self.warned.call_once(|| {
                tracing::warn!(
                    "requests come through a proxy that is not trusted, so all its callers share \
                     one limit: set trusted proxies"
                );
            }),
            Some(_) | None => {}
        }
        caller.map(|caller| KnownAddress(caller.address))
    }

    /// Counts a request of this address.
    pub(crate) fn address(&self, address: KnownAddress) -> Result<(), TooOften> {
        self.per_address.as_ref().map_or(Ok(()), |counter| counter.count(self.key_of(address)))
    }

    /// Counts a request about this link.
    pub(crate) fn value(&self, link: &str) -> Result<(), TooOften> {
        self.per_link.as_ref().map_or(Ok(()), |counter| counter.count(self.key(link.as_bytes())))
    }

    /// Whether a token from this address is looked at.
    pub(crate) fn may_show_token(&self, address: Option<KnownAddress>) -> Result<(), TooOften> {
        let counted = self.wrong_tokens.as_ref().zip(address);
        counted.map_or(Ok(()), |(wrong, address)| wrong.may_try(self.key_of(address)))
    }

    /// Counts a token from this address that is nobody's.
    pub(crate) fn wrong_token(&self, address: Option<KnownAddress>) {
        if let Some((wrong, address)) = self.wrong_tokens.as_ref().zip(address) {
            wrong.count(self.key_of(address));
        }
    }

    fn key_of(&self, address: KnownAddress) -> Key {
        match rate_limit_key(address.0) {
            IpAddr::V4(short) => self.key(&short.octets()),
            IpAddr::V6(long) => self.key(&long.octets()),
        }
    }

    fn key(&self, of: &[u8]) -> Key {
        let digest = Sha256::new_with_prefix(self.seed).chain_update(of).finalize();
        digest.first_chunk().copied().map(u128::from_le_bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_neither_the_link_nor_the_same_in_another_process() {
        let [one, other] = [7, 8].map(|seed| Limits::new(RateLimits::default(), [seed; 16]));
        assert_ne!(one.key(b"link"), other.key(b"link"));
        assert_eq!(other.key(b"link"), other.key(b"link"));
    }
}
