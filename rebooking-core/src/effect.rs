//! What the outside world must still be told: each effect with its lane, its stable key and how far it has come.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{EffectId, TokenRef};
use crate::token::CancelReason;

/// Something that must be done outside. It names its token and no more: who carries it out reads the token, so that personal data
/// and links are kept in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// Send a mail.
    Mail(MailKind),
    /// Tell the shop to carry the rebooking.
    PlaceOrder,
    /// Tell the shop that the rebooking is off.
    UndoOrder,
    /// Give the customer the difference back.
    Refund,
    /// Write into the support ticket.
    Ticket(TicketFact),
}

/// Which mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// To the customer: the date will not take place; here is the link.
    Declined,
    /// To the customer: support sends a link for another date.
    LinkSent,
    /// To the customer: a new link in place of the old one.
    LinkReplaced,
    /// To the customer: declined once more, without a link; support will call.
    LimitReached,
    /// To the customer: the rebooking worked.
    Rebooked,
    /// To the customer: the partner will give the new date.
    PartnerConfirmed,
    /// To the customer: the link expires soon.
    Reminder,
    /// To the customer: the shop refused; sorry, and here is a new link.
    OrderRefused,
    /// To the customer who waits: there are new dates.
    NewDates,
    /// To the partner: please confirm.
    PartnerRequest,
    /// To the partner: the request for the new date is withdrawn.
    PartnerWithdrawn,
    /// To the partner: the customer has left the old date by a link that support sent.
    PartnerReleased,
}

/// What a ticket is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketFact {
    /// Declined; a link is on its way.
    Declined,
    /// Declined once more than links are given: support must find a way.
    LimitReached,
    /// Support sent a link by hand.
    LinkSent,
    /// The customer found no date.
    NoDates,
    /// The customer chose, and the order is made.
    Rebooked,
    /// The partner confirmed.
    Confirmed,
    /// The shop refused the order.
    OrderRefused,
    /// The link or the rebooking was called off.
    Cancelled(CancelReason),
    /// The customer said something; its place in the token's wishes.
    Wish(u32),
    /// The link expired unused.
    Expired,
    /// A mail to the customer was refused for good.
    Unreachable,
    /// The shop could not be told, however often it was tried: support must look.
    OrderStuck,
}

/// Which worker carries an effect out. Lanes do not wait for one another, so a slow shop holds up no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Mails.
    Mail,
    /// Orders and refunds.
    Orders,
    /// Support tickets.
    Tickets,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Orders, Self::Mail, Self::Tickets];

    /// The word for columns and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Orders => "orders",
            Self::Tickets => "tickets",
        }
    }
}

impl EffectKind {
    /// Who carries it out.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Mail(_) => Lane::Mail,
            Self::PlaceOrder | Self::UndoOrder | Self::Refund => Lane::Orders,
            Self::Ticket(_) => Lane::Tickets,
        }
    }

    /// The word for keys, lists and metrics.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Mail(MailKind::Declined) => "mail-declined".into(),
            Self::Mail(MailKind::LinkSent) => "mail-link-sent".into(),
            Self::Mail(MailKind::LinkReplaced) => "mail-link-replaced".into(),
            Self::Mail(MailKind::LimitReached) => "mail-limit-reached".into(),
            Self::Mail(MailKind::Rebooked) => "mail-rebooked".into(),
            Self::Mail(MailKind::PartnerConfirmed) => "mail-partner-confirmed".into(),
            Self::Mail(MailKind::Reminder) => "mail-reminder".into(),
            Self::Mail(MailKind::OrderRefused) => "mail-order-refused".into(),
            Self::Mail(MailKind::NewDates) => "mail-new-dates".into(),
            Self::Mail(MailKind::PartnerRequest) => "mail-partner-request".into(),
            Self::Mail(MailKind::PartnerWithdrawn) => "mail-partner-withdrawn".into(),
            Self::Mail(MailKind::PartnerReleased) => "mail-partner-released".into(),
            Self::PlaceOrder => "order-place".into(),
            Self::UndoOrder => "order-undo".into(),
            Self::Refund => "refund".into(),
            Self::Ticket(TicketFact::Declined) => "ticket-declined".into(),
            Self::Ticket(TicketFact::LimitReached) => "ticket-limit-reached".into(),
            Self::Ticket(TicketFact::LinkSent) => "ticket-link-sent".into(),
            Self::Ticket(TicketFact::NoDates) => "ticket-no-dates".into(),
            Self::Ticket(TicketFact::Rebooked) => "ticket-rebooked".into(),
            Self::Ticket(TicketFact::Confirmed) => "ticket-confirmed".into(),
            Self::Ticket(TicketFact::OrderRefused) => "ticket-order-refused".into(),
            Self::Ticket(TicketFact::Cancelled(_)) => "ticket-cancelled".into(),
            Self::Ticket(TicketFact::Wish(place)) => format!("ticket-wish-{place}"),
            Self::Ticket(TicketFact::Expired) => "ticket-expired".into(),
            Self::Ticket(TicketFact::Unreachable) => "ticket-unreachable".into(),
            Self::Ticket(TicketFact::OrderStuck) => "ticket-order-stuck".into(),
        }
    }
}

impl MailKind {
    /// Whether it carries the customer's link, so that having sent it counts as "mailed".
    #[must_use]
    pub const fn carries_link(self) -> bool {
        match self {
            Self::Declined
            | Self::LinkSent
            | Self::LinkReplaced
            | Self::OrderRefused
            | Self::Reminder
            | Self::NewDates => true,
            Self::LimitReached
            | Self::Rebooked
            | Self::PartnerConfirmed
            | Self::PartnerRequest
            | Self::PartnerWithdrawn
            | Self::PartnerReleased => false,
        }
    }

    /// Whether it goes to the customer rather than to the partner.
    #[must_use]
    pub const fn to_customer(self) -> bool {
        match self {
            Self::PartnerRequest | Self::PartnerWithdrawn | Self::PartnerReleased => false,
            Self::Declined
            | Self::LinkSent
            | Self::LinkReplaced
            | Self::LimitReached
            | Self::Rebooked
            | Self::PartnerConfirmed
            | Self::Reminder
            | Self::OrderRefused
            | Self::NewDates => true,
        }
    }
}

/// The same for the same effect, always: what a mail's Message-ID, an order's key and a note's marker are made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EffectKey(String);

impl EffectKey {
    /// The key of one kind of effect of a token. `again` counts what may happen more than once: 0 for the first.
    #[must_use]
    pub fn of(token: TokenRef, kind: EffectKind, again: u32) -> Self {
        let name = kind.name();
        Self(if again == 0 { format!("{token}-{name}") } else { format!("{token}-{name}-{again}") })
    }

    /// Reads a key from a store.
    #[must_use]
    pub fn restore(stored: &str) -> Self {
        Self(stored.to_owned())
    }

    /// The key as text: letters, digits and dashes, at most 64.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EffectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An effect that a [`Change`](crate::change::Change) asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEffect {
    /// Its key. A store that has this key already keeps the one it has.
    pub key: EffectKey,
    /// What it is about.
    pub token: TokenRef,
    /// What is to be done.
    pub kind: EffectKind,
}

impl NewEffect {
    /// An effect that happens once a token.
    #[must_use]
    pub fn once(token: TokenRef, kind: EffectKind) -> Self {
        Self::again(token, kind, 0)
    }

    /// The `again`th repetition of an effect: a mail that support sends once more, say.
    #[must_use]
    pub fn again(token: TokenRef, kind: EffectKind, again: u32) -> Self {
        Self { key: EffectKey::of(token, kind, again), token, kind }
    }
}

/// An effect as a store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its number in the store.
    pub id: EffectId,
    /// Its key, the same for ever.
    pub key: EffectKey,
    /// What it is about.
    pub token: TokenRef,
    /// What is to be done.
    pub kind: EffectKind,
    /// How far it has come.
    pub state: EffectState,
    /// How often somebody has begun to carry it out since it was created or retried by support.
    pub attempts: u32,
    /// What went wrong last, as a short phrase without personal data.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Since when it has been tried: from its creation, or from when support had it tried anew. Giving up counts from here.
    pub since: DateTime<Utc>,
}

/// How far an effect has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectState {
    /// It waits for its time.
    Waiting {
        /// When it may be tried.
        due_at: DateTime<Utc>,
    },
    /// A worker is at it.
    Leased {
        /// When another worker may take over.
        until: DateTime<Utc>,
    },
    /// It has been done, or there was nothing left to do.
    Done {
        /// When.
        at: DateTime<Utc>,
    },
    /// It failed for good; support may retry or skip it.
    Dead {
        /// When.
        at: DateTime<Utc>,
    },
    /// Support decided that it is not to be done.
    Skipped {
        /// When.
        at: DateTime<Utc>,
    },
}

impl EffectState {
    /// The word for columns, filters and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Leased { .. } => "leased",
            Self::Done { .. } => "done",
            Self::Dead { .. } => "dead",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// Whether nobody will carry it out any more unless support asks for it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Leased { .. } => false,
            Self::Done { .. } | Self::Dead { .. } | Self::Skipped { .. } => true,
        }
    }
}

/// The right to carry out one effect until the lease runs out. The fence grows with every claim: whoever holds an older one can no
/// longer write anything about the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    /// Which effect.
    pub effect: EffectId,
    /// Which claim of it.
    pub fence: u64,
}

/// An effect that a worker has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The right to carry it out.
    pub lease: Lease,
    /// The effect, `attempts` counting this one.
    pub effect: Effect,
    /// What an earlier attempt has noted.
    pub progress: Progress,
    /// The store's moment of the claim.
    pub now: DateTime<Utc>,
}

/// A small memo that an adapter saves between the remote steps of one effect, in its own format, at most 4 kB; empty at the start.
/// It must hold no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(pub String);

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, or was no longer needed.
    Done,
    /// Try again after a while, counted by the store's clock.
    Retry {
        /// After how long.
        after: TimeDelta,
        /// What went wrong.
        error: String,
    },
    /// It cannot be done; people must look.
    Dead {
        /// What went wrong.
        error: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CaseId;

    #[test]
    fn a_key_is_stable_and_tells_repetitions_apart() {
        let token = TokenRef::first(CaseId::new(7001));
        let kind = EffectKind::Mail(MailKind::Declined);
        assert_eq!(EffectKey::of(token, kind, 0).as_str(), "7001-1-mail-declined");
        assert_eq!(EffectKey::of(token, kind, 2).as_str(), "7001-1-mail-declined-2");
    }

    #[test]
    fn the_longest_key_fits_its_column() {
        let token = TokenRef { case: CaseId::new(i64::MAX), step: u32::MAX };
        let kind = EffectKind::Ticket(TicketFact::Wish(99));
        assert!(
            EffectKey::of(token, EffectKind::Mail(MailKind::PartnerConfirmed), 9_999).as_str().len() <= 64
        );
        assert!(EffectKey::of(token, kind, 0).as_str().len() <= 64);
    }
}
