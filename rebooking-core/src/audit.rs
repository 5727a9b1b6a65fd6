//! Who did what, when: one entry for every committed change, without personal data.

use chrono::{DateTime, Utc};

use crate::value::ids::{CaseId, CourseDateId, PartnerId, TokenRef};
use crate::value::text::FreeText;
use crate::value::words::words;

/// One line in the history of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct AuditEntry {
    /// What it is about.
    pub subject: Subject,
    /// When, by the store's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: AuditEvent,
    /// Why, where support had to say, or what support has [noted](AuditEvent::Noted). It is blanked
    /// with the rest of the case, as it may hold a name; why a case was
    /// [forgotten](AuditEvent::Forgotten) stays.
    pub note: FreeText,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Exhaustive: whoever reads it handles each.
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

    /// The word, whichever it is.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token(_) => "token",
            Self::Booking(_) => "booking",
            Self::Date(_) => "date",
        }
    }
}

impl From<TokenRef> for Subject {
    fn from(token: TokenRef) -> Self {
        if token.is_link() { Self::Token(token) } else { Self::Booking(token.case) }
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
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

impl Actor {
    /// The word, whoever it is.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Partner(_) => "partner",
            Self::Support(_) => "support",
            Self::Shop => "shop",
            Self::System => "system",
        }
    }
}

words! {
    /// What was done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[allow(missing_docs, reason = "the names are the events")]
    // Exhaustive: whoever reads it handles each.
    pub enum AuditEvent, "event" {
        Declined = "declined",
        DateWithdrawn = "date_withdrawn",
        LimitReached = "limit_reached",
        LinkIssued = "link_issued",
        LinkSuperseded = "link_superseded",
        LinkMailed = "link_mailed",
        LinkResent = "link_resent",
        LinkExtended = "link_extended",
        LinkCancelled = "link_cancelled",
        LinkExpired = "link_expired",
        LinkReminded = "link_reminded",
        PageOpened = "page_opened",
        NoDatesFound = "no_dates_found",
        WrongAddress = "wrong_address",
        Chosen = "chosen",
        BackupsNamed = "backups_named",
        BackupBooked = "backup_booked",
        RequestWithdrawn = "request_withdrawn",
        OrderGone = "order_gone",
        OrderMade = "order_made",
        OrderMadeTooLate = "order_made_too_late",
        OrderRefused = "order_refused",
        OrderUndone = "order_undone",
        DifferenceRefunded = "difference_refunded",
        PartnerConfirmed = "partner_confirmed",
        PartnerReminded = "partner_reminded",
        PartnerSilent = "partner_silent",
        RebookingCancelled = "rebooking_cancelled",
        Wished = "wished",
        WishSettled = "wish_settled",
        NewDatesAnnounced = "new_dates_announced",
        MailRefused = "mail_refused",
        TicketKept = "ticket_kept",
        EffectDied = "effect_died",
        EffectRetried = "effect_retried",
        EffectSkipped = "effect_skipped",
        Noted = "noted",
        CaseTaken = "case_taken",
        CaseGivenBack = "case_given_back",
        Forgotten = "forgotten",
    }
}

impl AuditEvent {
    /// Whether it is written down once for each link, however often it happens: a store keeps the
    /// first such entry of a token and passes over the others. So a visit needs to change nothing
    /// but the history (promise I11).
    #[must_use]
    pub const fn is_once(self) -> bool {
        matches!(self, Self::PageOpened | Self::NoDatesFound)
    }

    /// Whether it says who of support looks after a case from then on.
    pub(crate) const fn is_about_the_holder(self) -> bool {
        matches!(self, Self::CaseTaken | Self::CaseGivenBack)
    }
}
