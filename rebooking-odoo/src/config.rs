//! Settings: which Odoo, how to sign in, which helpdesk, and where tickets stand.

mod address;
mod reference;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use rebooking_core::ports::TicketStage;
use rebooking_core::value::customer::Language;
use secrecy::SecretString;

pub use address::{MalformedAddress, OdooAddress};
pub use reference::{MalformedReference, RecordRef};

/// Which Odoo, and how it is used.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct OdooSettings {
    /// Where it is.
    pub address: OdooAddress,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// An API key of the user that writes the tickets.
    pub key: SecretString,
    /// Which of the two helpdesks it has.
    pub flavour: Flavour,
    /// The team that new tickets belong to. Enterprise needs one.
    pub team: Option<RecordRef>,
    /// Where tickets stand.
    pub stages: Stages,
    /// The language of tickets and notes; without one it is the customer's.
    pub language: Option<Language>,
    /// How patient to be, and how gentle.
    pub limits: Limits,
}

impl OdooSettings {
    /// With the stages that the helpdesk comes with and no team.
    #[must_use]
    pub fn new(
        address: OdooAddress,
        protocol: Protocol,
        key: SecretString,
        flavour: Flavour,
    ) -> Self {
        Self {
            address,
            protocol,
            key,
            flavour,
            team: None,
            stages: Stages::defaults(flavour),
            language: None,
            limits: Limits::default(),
        }
    }
}

/// How an Odoo is spoken to. It is never guessed: the older way still works in 19, but is on its
/// way out there.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protocol {
    /// JSON-2, from Odoo 19 on.
    Json2 {
        /// The database; not needed where the server has one, or picks it by host.
        database: Option<String>,
    },
    /// JSON-RPC, for Odoo 17 and 18.
    JsonRpc {
        /// The database.
        database: String,
        /// The login of the user whose key it is.
        login: String,
    },
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json2 { .. } => "Json2 { .. }",
            Self::JsonRpc { .. } => "JsonRpc { .. }",
        })
    }
}

/// The two helpdesks; a database has at most one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Flavour {
    /// `helpdesk_mgmt` of the Odoo Community Association.
    Oca,
    /// Odoo's own `helpdesk`, which is part of Enterprise.
    Enterprise,
}

impl Flavour {
    /// What the helpdesk is called in settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oca => "oca",
            Self::Enterprise => "enterprise",
        }
    }
}

impl FromStr for Flavour {
    type Err = UnknownFlavour;

    fn from_str(name: &str) -> Result<Self, UnknownFlavour> {
        match name {
            "oca" => Ok(Self::Oca),
            "enterprise" => Ok(Self::Enterprise),
            _ => Err(UnknownFlavour),
        }
    }
}

/// A helpdesk that is neither of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`oca` or `enterprise` is needed")]
pub struct UnknownFlavour;

/// Which of the helpdesk's stages stands for which of ours. Without one a ticket stays where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Stages {
    /// The customer is expected to act.
    pub awaiting_customer: Option<RecordRef>,
    /// The partner is expected to answer.
    pub awaiting_partner: Option<RecordRef>,
    /// Support must act.
    pub needs_support: Option<RecordRef>,
    /// Nothing is left to do.
    pub solved: Option<RecordRef>,
}

impl Stages {
    /// Those that a helpdesk comes with: OCA's have external ids. Enterprise has stages of each
    /// team, so that there tickets stay where they are until the settings say more.
    #[must_use]
    pub fn defaults(flavour: Flavour) -> Self {
        let oca = |name: &str| {
            Some(RecordRef::ExternalId {
                module: "helpdesk_mgmt".to_owned(),
                name: format!("helpdesk_ticket_stage_{name}"),
            })
        };
        match flavour {
            Flavour::Oca => Self {
                awaiting_customer: oca("awaiting"),
                awaiting_partner: oca("in_progress"),
                needs_support: oca("new"),
                solved: oca("done"),
            },
            Flavour::Enterprise => Self::default(),
        }
    }

    pub(crate) const fn get(&self, stage: TicketStage) -> Option<&RecordRef> {
        match stage {
            TicketStage::AwaitingCustomer => self.awaiting_customer.as_ref(),
            TicketStage::AwaitingPartner => self.awaiting_partner.as_ref(),
            TicketStage::NeedsSupport => self.needs_support.as_ref(),
            TicketStage::Solved => self.solved.as_ref(),
        }
    }
}

/// How long to wait, and how many calls at once. An answer of more than 1 MiB is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Limits {
    /// The longest that one call may take, from its first byte to its last: 10 s.
    pub call: Duration,
    /// The longest that all calls for one note may take: 25 s. Keep it below the worker's deadline.
    pub total: Duration,
    /// How many calls are under way at most: 8.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { call: Duration::from_secs(10), total: Duration::from_secs(25), at_once: 8 }
    }
}
