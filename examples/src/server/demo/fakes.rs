//! What stands in, in memory, where nothing is connected.

use std::sync::Arc;

use chrono::TimeDelta;
use rebooking_core::memory::{
    MemoryMailer, MemoryPartners, MemoryShop, MemoryStore, MemoryTickets,
};
use rebooking_core::policy::{Delivery, Policy};
use rebooking_core::ports::PortsBuilder;

use super::clock::DemoClock;
use super::data;
use super::outside::{Gated, Switches, System};
use crate::config::Config;

/// The adapters in memory that the demo fills, reads and takes away.
#[derive(Clone)]
pub(crate) struct Fakes {
    pub(super) shop: MemoryShop,
    pub(super) tickets: MemoryTickets,
    /// Catches mails where no transport is set.
    pub(super) mailbox: MemoryMailer,
    /// What is used where there is no database, with its clock.
    pub(super) store: MemoryStore,
    pub(super) clock: DemoClock,
    pub(super) switches: Switches,
}

impl Default for Fakes {
    fn default() -> Self {
        let clock = DemoClock::default();
        Self {
            shop: MemoryShop::new(),
            tickets: MemoryTickets::new(),
            mailbox: MemoryMailer::new(),
            store: MemoryStore::new(Arc::new(clock.clone())),
            clock,
            switches: Switches::default(),
        }
    }
}

impl Fakes {
    /// The ports with an adapter in memory for each that the settings leave open. A shop and a
    /// support system that only play their part are for the demo alone.
    pub(crate) fn stand_in(&self, ports: PortsBuilder, config: &Config) -> PortsBuilder {
        let ports = match config.database {
            Some(_) => ports,
            None => {
                let store = Arc::new(self.store.clone());
                let clock = Arc::new(self.clock.clone());
                ports.database(store.clone()).imports(store).clock(clock)
            }
        };
        let Switches { shop, helpdesk, mail, .. } = self.switches.clone();
        let ports = ports.mailer(Arc::new(Gated::new(mail, self.mailbox.clone())));
        if !config.demo {
            return ports;
        }
        ports
            .orders(Arc::new(Gated::new(shop, self.shop.clone())))
            .tickets(Arc::new(Gated::new(helpdesk, self.tickets.clone())))
            .partners(Arc::new(partners()))
    }
}

fn partners() -> MemoryPartners {
    let partners = MemoryPartners::new();
    // Without it nobody has a name; a test reads it.
    for (entry, courses) in data::partners().unwrap_or_default() {
        partners.put(entry, &courses);
    }
    partners
}

/// The systems that are played by a fake.
pub(super) fn played(config: &Config) -> Vec<System> {
    let is_played = |system: &System| match system {
        System::Shop => config.magento.is_none(),
        System::Helpdesk => config.odoo.is_none(),
        System::Mail => config.mail.is_none(),
        System::Database => config.database.is_none(),
    };
    System::ALL.into_iter().filter(is_played).collect()
}

/// Whether nothing that happens here reaches anybody.
pub(super) fn is_play(config: &Config) -> bool {
    config.demo && played(config).len() == System::ALL.len()
}

/// The rules that the server plays by. Where all is play, whoever has switched a system on again
/// does not wait a quarter of an hour until it is asked again.
pub(crate) fn policy(config: &Config) -> Policy {
    let policy = config.policy.clone();
    if !is_play(config) {
        return policy;
    }
    let (first, longest) = (TimeDelta::milliseconds(500), TimeDelta::seconds(2));
    let set = policy.delivery;
    let delivery = Delivery {
        backoff_base: set.backoff_base.min(first),
        backoff_cap: set.backoff_cap.min(longest),
        unauthorized_pause: set.unauthorized_pause.min(longest),
        ..set
    };
    Policy { delivery, ..policy }
}
