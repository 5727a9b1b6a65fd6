//! What stands in, in memory, where nothing is connected.

use std::sync::Arc;

use rebooking_core::memory::{
    MemoryMailer, MemoryShop, MemorySignOuts, MemoryStore, MemoryTickets,
};
use rebooking_core::ports::PortsBuilder;
use rebooking_core::system::SystemClock;

use crate::config::Config;

/// The adapters in memory that the demo fills and reads.
#[derive(Clone, Default)]
pub(crate) struct Fakes {
    pub(crate) shop: MemoryShop,
    /// Catches mails where no transport is set.
    pub(crate) mailbox: MemoryMailer,
}

impl Fakes {
    /// The ports with an adapter in memory for each that the settings leave open. A shop and a
    /// support system that only play their part are for the demo alone.
    pub(crate) fn stand_in(&self, ports: PortsBuilder, config: &Config) -> PortsBuilder {
        let ports = match config.database {
            Some(_) => ports,
            None => {
                let store = Arc::new(MemoryStore::new(Arc::new(SystemClock)));
                ports
                    .database(store.clone())
                    .personal(store.clone())
                    .unclaimed(store.clone())
                    .sign_outs(Arc::new(MemorySignOuts::new(Arc::new(SystemClock))))
                    .imports(store)
            }
        };
        let ports = ports.mailer(Arc::new(self.mailbox.clone()));
        match config.demo {
            true => {
                ports.orders(Arc::new(self.shop.clone())).tickets(Arc::new(MemoryTickets::new()))
            }
            false => ports,
        }
    }
}
