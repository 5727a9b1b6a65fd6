//! Who did what, when: one entry for every committed change, without personal data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, PartnerId};
use crate::text::FreeText;

/// One line in the history of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Which case; a partner's answer to an original booking that never became a case is kept under its order item all the same.
    pub case: CaseId,
    /// Which link of the case; 0 before there is one.
    pub step: u32,
    /// When, by the store's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: AuditEvent,
    /// Why, where support had to say. Support is told not to write names here: this outlives the purge.
    pub note: FreeText,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the link and knows the address.
    Customer,
    /// The partner.
    Partner(PartnerId),
    /// Somebody of support, by the name of their sign-in.
    Support(String),
    /// The shop.
    Shop,
    /// The library itself: the worker or the sweep.
    System,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the events")]
pub enum AuditEvent {
    Declined,
    DateWithdrawn,
    LimitReached,
    LinkIssued,
    LinkSuperseded,
    LinkMailed,
    LinkResent,
    LinkExtended,
    LinkCancelled,
    LinkExpired,
    LinkReminded,
    PageOpened,
    NoDatesFound,
    WrongAddress,
    Chosen,
    OrderMade,
    OrderMadeTooLate,
    OrderRefused,
    OrderUndone,
    DifferenceRefunded,
    PartnerConfirmed,
    RebookingCancelled,
    Wished,
    NewDatesAnnounced,
    MailRefused,
    TicketKept,
    EffectDied,
    EffectRetried,
    EffectSkipped,
    Forgotten,
}

impl AuditEvent {
    /// The word for columns and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::DateWithdrawn => "date_withdrawn",
            Self::LimitReached => "limit_reached",
            Self::LinkIssued => "link_issued",
            Self::LinkSuperseded => "link_superseded",
            Self::LinkMailed => "link_mailed",
            Self::LinkResent => "link_resent",
            Self::LinkExtended => "link_extended",
            Self::LinkCancelled => "link_cancelled",
            Self::LinkExpired => "link_expired",
            Self::LinkReminded => "link_reminded",
            Self::PageOpened => "page_opened",
            Self::NoDatesFound => "no_dates_found",
            Self::WrongAddress => "wrong_address",
            Self::Chosen => "chosen",
            Self::OrderMade => "order_made",
            Self::OrderMadeTooLate => "order_made_too_late",
            Self::OrderRefused => "order_refused",
            Self::OrderUndone => "order_undone",
            Self::DifferenceRefunded => "difference_refunded",
            Self::PartnerConfirmed => "partner_confirmed",
            Self::RebookingCancelled => "rebooking_cancelled",
            Self::Wished => "wished",
            Self::NewDatesAnnounced => "new_dates_announced",
            Self::MailRefused => "mail_refused",
            Self::TicketKept => "ticket_kept",
            Self::EffectDied => "effect_died",
            Self::EffectRetried => "effect_retried",
            Self::EffectSkipped => "effect_skipped",
            Self::Forgotten => "forgotten",
        }
    }
}
