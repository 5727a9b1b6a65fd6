//! Which effects there are, and which lane carries each out.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::event_kind::EventKind;
use crate::token::CancelReason;
use crate::value::words::words;

/// Something that must be done outside. It names its token and no more: who carries it out reads
/// the token, so that personal data and links are kept in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
// Exhaustive: whoever reads it handles each.
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
    /// Tell others what has happened to the case.
    Event(EventKind),
}

words! {
    /// Which mail.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum MailKind, "mail" {
        /// To the customer: the date will not take place; here is the link.
        Declined = "declined",
        /// To the customer: support sends a link for another date.
        LinkSent = "link_sent",
        /// To the customer: a new link in place of the old one.
        LinkReplaced = "link_replaced",
        /// To the customer: declined once more, without a link; support will call.
        LimitReached = "limit_reached",
        /// To the customer: the rebooking worked.
        Rebooked = "rebooked",
        /// To the customer: the partner will give the new date.
        PartnerConfirmed = "partner_confirmed",
        /// To the customer: the link expires soon.
        Reminder = "reminder",
        /// To the customer: the shop refused; sorry, and here is a new link.
        OrderRefused = "order_refused",
        /// To the customer who waits: there are new dates.
        NewDates = "new_dates",
        /// To the customer: support or the shop has called the rebooking off.
        CalledOff = "called_off",
        /// To the partner: a course was booked; please confirm.
        BookingRequest = "booking_request",
        /// To the partner: please confirm the new date of a booking.
        PartnerRequest = "partner_request",
        /// To the partner: one of these two requests still waits for an answer.
        PartnerReminder = "partner_reminder",
        /// To the partner: the request for the new date is withdrawn.
        PartnerWithdrawn = "partner_withdrawn",
        /// To the partner: the customer has left the old date by a link that support sent.
        PartnerReleased = "partner_released",
    }
}

/// What a ticket is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
// Exhaustive: whoever reads it handles each.
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

words! {
    /// Which worker carries an effect out. Lanes do not wait for one another, so a slow shop holds
    /// up no mail.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    // Exhaustive: whoever reads it handles each.
    pub enum Lane, "lane" {
        /// Orders and refunds.
        Orders = "orders",
        /// Mails.
        Mail = "mail",
        /// Support tickets.
        Tickets = "tickets",
        /// Events, where the host has switched them on.
        Events = "events",
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
            Self::Event(_) => Lane::Events,
        }
    }

    /// Whether support may take it off for good. Without its order a rebooking never ends (promise
    /// I3): cancelling it is the way out, which undoes the order too.
    #[must_use]
    pub const fn can_be_skipped(self) -> bool {
        match self {
            Self::PlaceOrder | Self::UndoOrder => false,
            Self::Mail(_) | Self::Refund | Self::Ticket(_) | Self::Event(_) => true,
        }
    }
}

/// The word for keys, lists and metrics: the one of documents, with dashes and its lane's subject.
impl fmt::Display for EffectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(mail) => write!(f, "mail-{}", Dashed(mail.as_str())),
            Self::PlaceOrder => f.write_str("order-place"),
            Self::UndoOrder => f.write_str("order-undo"),
            Self::Refund => f.write_str("refund"),
            Self::Ticket(TicketFact::Wish(place)) => write!(f, "ticket-wish-{place}"),
            Self::Ticket(fact) => write!(f, "ticket-{}", Dashed(fact.as_str())),
            Self::Event(event) => write!(f, "event-{}", Dashed(event.as_str())),
        }
    }
}

/// A word with dashes between its parts.
struct Dashed(&'static str);

impl fmt::Display for Dashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if matches!(c, '_' | '.') { '-' } else { c }))
    }
}

impl TicketFact {
    /// The word, whatever comes with it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::LimitReached => "limit_reached",
            Self::LinkSent => "link_sent",
            Self::NoDates => "no_dates",
            Self::Rebooked => "rebooked",
            Self::Confirmed => "confirmed",
            Self::OrderRefused => "order_refused",
            Self::Cancelled(_) => "cancelled",
            Self::Wish(_) => "wish",
            Self::Expired => "expired",
            Self::Unreachable => "unreachable",
            Self::CustomerNotTold => "customer_not_told",
            Self::PartnerNotTold => "partner_not_told",
            Self::OrderStuck => "order_stuck",
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
            | Self::BookingRequest
            | Self::PartnerRequest
            | Self::PartnerReminder
            | Self::PartnerWithdrawn
            | Self::PartnerReleased => false,
        }
    }

    /// Whether it goes to the customer rather than to the partner.
    #[must_use]
    pub const fn to_customer(self) -> bool {
        match self {
            Self::BookingRequest
            | Self::PartnerRequest
            | Self::PartnerReminder
            | Self::PartnerWithdrawn
            | Self::PartnerReleased => false,
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
