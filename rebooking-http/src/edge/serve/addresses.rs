//! How many connections an address has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};

use crate::edge::client_ip::{Network, rate_limit_key};

/// Counts connections by address.
pub(super) struct Addresses {
    open: Arc<Open>,
    most: usize,
    uncounted: Vec<Network>,
    /// It is logged once: whoever floods us must not flood the log, too.
    warned: Once,
}

#[derive(Default)]
struct Open(Mutex<HashMap<IpAddr, usize>>);

impl Open {
    fn count(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection of an address, for as long as it lives.
pub(super) struct Slot {
    open: Arc<Open>,
    /// None for who is not counted.
    address: Option<IpAddr>,
}

impl Addresses {
    pub(super) fn new(most: usize, uncounted: Vec<Network>) -> Self {
        Self { open: Arc::default(), most, uncounted, warned: Once::new() }
    }

    /// A place for one more; `None` where the address has as many as it may.
    pub(super) fn place(&self, address: IpAddr) -> Option<Slot> {
        let address = address.to_canonical();
        let is_counted = !self.uncounted.iter().any(|network| network.holds(address));
        let address = is_counted.then(|| rate_limit_key(address));
        if let Some(address) = address {
            let mut open = self.open.count();
            let count = open.entry(address).or_default();
            if *count >= self.most {
                drop(open);
                self.warned.call_once(|| {
                    tracing::warn!(
                        "an address has as many connections as it may: more are closed; a proxy \
                         must be named as uncounted"
                    );
                });
                return None;
            }
            *count += 1;
        }
        Some(Slot { open: self.open.clone(), address })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut open = self.open.count();
        if let Some(count) = open.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test]
    fn an_address_has_so_many_places_and_gets_them_back() {
        let addresses = Addresses::new(2, Vec::new());
        let held: Vec<_> = (0..2).map(|_| addresses.place(from("203.0.113.9")).unwrap()).collect();
        assert!(addresses.place(from("203.0.113.9")).is_none());
        assert!(addresses.place(from("::ffff:203.0.113.9")).is_none(), "it is the same");
        assert!(addresses.place(from("203.0.113.10")).is_some(), "another one is not");
        drop(held);
        assert!(addresses.place(from("203.0.113.9")).is_some());
        assert!(addresses.open.count().is_empty(), "who has none is forgotten");
    }

    #[test]
    fn one_callers_ipv6_addresses_are_one() {
        let addresses = Addresses::new(1, Vec::new());
        let _held = addresses.place(from("2001:db8:1:2::1")).unwrap();
        assert!(addresses.place(from("2001:db8:1:2::2")).is_none());
        assert!(addresses.place(from("2001:db8:1:3::1")).is_some());
    }

    #[test]
    fn a_proxy_has_as_many_as_there_are() {
        let addresses = Addresses::new(1, vec!["10.0.0.0/8".parse().unwrap()]);
        let held: Vec<_> = (0..10).map(|_| addresses.place(from("10.1.1.1"))).collect();
        assert!(held.iter().all(Option::is_some));
    }
}
