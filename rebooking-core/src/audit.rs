//! Who did what, when: one entry for every committed change, without personal data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::value::ids::{CaseId, CourseDateId, PartnerId, TokenRef};
use crate::value::text::FreeText;

/// One line in the history of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// What it is about.
    pub subject: Subject,
    /// When, by the store's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: AuditEvent,
    /// Why, where support had to say. The purge of the case blanks it, as it may hold a name.
    pub note: FreeText,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One link of a case.
    Token(TokenRef),
    /// A booking that has not become a case; should it become one, this is the beginning of its
    /// history.
    Booking(CaseId),
    /// A whole date.
    Date(CourseDateId),
}

impl Subject {
    /// The case in whose history it stands.
    #[must_use]
    pub const fn case(self) -> Option<CaseId> {
        match self {
            Self::Token(token) => Some(token.case),
            Self::Booking(case) => Some(case),
            Self::Date(_) => None,
        }
    }
}

impl From<TokenRef> for Subject {
    fn from(token: TokenRef) -> Self {
        Self::Token(token)
    }
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
    RequestWithdrawn,
    OrderGone,
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
    /// Whether it is written down once for each link, however often it happens: a store keeps the
    /// first such entry of a token and passes over the others. So a visit needs to change nothing
    /// but the history (promise I11).
    #[must_use]
    pub const fn is_once(self) -> bool {
        matches!(self, Self::PageOpened | Self::NoDatesFound)
    }

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
            Self::RequestWithdrawn => "request_withdrawn",
            Self::OrderGone => "order_gone",
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
