//! Which effects there are, and which lane carries each out.

use serde::{Deserialize, Serialize};

use crate::token::CancelReason;

/// Something that must be done outside. It names its token and no more: who carries it out reads
/// the token, so that personal data and links are kept in one place only.
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
    /// To the customer: support or the shop has called the rebooking off.
    CalledOff,
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
    /// The customer's address was refused for good.
    Unreachable,
    /// A mail to the customer could not be sent, for no fault of the address.
    CustomerNotTold,
    /// A mail to the partner could not be sent, whatever the reason: support must call.
    PartnerNotTold,
    /// The shop could not be told, however often it was tried: support must look.
    OrderStuck,
}

/// Which worker carries an effect out. Lanes do not wait for one another, so a slow shop holds up
/// no mail.
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

    /// Whether support may take it off for good. Without its order a rebooking never ends (promise
    /// I3): cancelling it is the way out, which undoes the order too.
    #[must_use]
    pub const fn can_be_skipped(self) -> bool {
        match self {
            Self::PlaceOrder | Self::UndoOrder => false,
            Self::Mail(_) | Self::Refund | Self::Ticket(_) => true,
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
            Self::Mail(MailKind::CalledOff) => "mail-called-off".into(),
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
            Self::Ticket(TicketFact::CustomerNotTold) => "ticket-customer-not-told".into(),
            Self::Ticket(TicketFact::PartnerNotTold) => "ticket-partner-not-told".into(),
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
            | Self::CalledOff
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
            | Self::NewDates
            | Self::CalledOff => true,
        }
    }
}
