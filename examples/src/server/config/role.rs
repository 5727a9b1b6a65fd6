//! Which part of the work a process does.

use clap::Args;

use super::read::{Reader, Setting};

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// What this process does: all, web for pages and API alone, worker for the delivery of mails,
    /// orders and tickets alone. Any number of each may share one database
    #[arg(long, env = "REBOOKING_ROLE", default_value = "all", help_heading = "Server")]
    role: String,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    All,
    /// Pages and API. What they commit rings the workers elsewhere.
    Web,
    /// Deliveries, imports, what people do in the shop. It answers `/healthz`, `/readyz` and
    /// `/metrics` alone.
    Worker,
}

impl Role {
    pub(crate) const fn serves_people(self) -> bool {
        match self {
            Self::All | Self::Web => true,
            Self::Worker => false,
        }
    }

    pub(crate) const fn delivers(self) -> bool {
        match self {
            Self::All | Self::Worker => true,
            Self::Web => false,
        }
    }
}

impl Setting for Role {
    const WANTED: &'static str = "all, web or worker";

    fn read(text: &str) -> Option<Self> {
        match text {
            "all" => Some(Self::All),
            "web" => Some(Self::Web),
            "worker" => Some(Self::Worker),
            _ => None,
        }
    }
}

impl Arguments {
    /// In memory there is nobody to share with.
    pub(super) fn read(&self, has_database: bool, reader: &mut Reader) -> Role {
        let mut role = Role::All;
        reader.set(&mut role, "role", &self.role);
        let wanted = "all: what is kept in memory no other process sees; or name --database-url";
        reader.demand(role == Role::All || has_database, "role", wanted);
        role
    }
}
