//! The systems around the server, each of which can be taken away while one looks on.

mod gate;

use rebooking_core::effect::Lane;
use rebooking_core::memory::{MemoryStore, Trouble};

pub(super) use gate::{Gate, Gated};

/// A system that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Shop,
    Helpdesk,
    Mail,
    Database,
}

/// How a system is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Condition {
    /// It works.
    #[default]
    On,
    /// Nobody answers.
    Off,
    /// It works, and takes some seconds for each call.
    Slow,
    /// It answers and lets us do nothing, as after a changed password.
    Refusing,
}

impl System {
    pub(super) const ALL: [Self; 4] = [Self::Shop, Self::Helpdesk, Self::Mail, Self::Database];

    /// The word in paths and JSON.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Helpdesk => "helpdesk",
            Self::Mail => "mail",
            Self::Database => "database",
        }
    }

    /// What waits while it is away; without the database nothing is taken on that could.
    pub(super) const fn lane(self) -> Option<Lane> {
        match self {
            Self::Shop => Some(Lane::Orders),
            Self::Helpdesk => Some(Lane::Tickets),
            Self::Mail => Some(Lane::Mail),
            Self::Database => None,
        }
    }

    /// How it can be. A database in memory is there or is not.
    pub(super) const fn conditions(self) -> &'static [Condition] {
        match self {
            Self::Shop | Self::Helpdesk | Self::Mail => {
                &[Condition::On, Condition::Off, Condition::Slow, Condition::Refusing]
            }
            Self::Database => &[Condition::On, Condition::Off],
        }
    }
}

impl Condition {
    /// The word in paths and JSON.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Slow => "slow",
            Self::Refusing => "refusing",
        }
    }
}

/// The switches of all of them. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Switches {
    pub(super) shop: Gate,
    pub(super) helpdesk: Gate,
    pub(super) mail: Gate,
    database: Gate,
}

impl Switches {
    pub(super) fn condition(&self, system: System) -> Condition {
        self.gate(system).condition()
    }

    /// `store` is what the database is, where it is memory.
    pub(super) fn set(&self, system: System, condition: Condition, store: &MemoryStore) {
        self.gate(system).set(condition);
        if system == System::Database {
            let is_away = condition != Condition::On;
            store.every_call(is_away.then_some(Trouble::Unavailable));
        }
    }

    const fn gate(&self, system: System) -> &Gate {
        match system {
            System::Shop => &self.shop,
            System::Helpdesk => &self.helpdesk,
            System::Mail => &self.mail,
            System::Database => &self.database,
        }
    }
}
