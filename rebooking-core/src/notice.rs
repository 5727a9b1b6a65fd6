//! The mails as data: who is told what. No wording, no addresses of pages; those belong to who
//! renders them.

use chrono::{DateTime, Utc};

use crate::effect::{EffectKey, MailKind};
use crate::eligibility::PriceAdjustment;
use crate::link::LinkSecret;
use crate::token::CancelReason;
use crate::value::booking::{Booking, OrderNumber};
use crate::value::course_date::Slot;
use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;

/// One mail to one person. `Debug` prints neither name, address nor link.
#[derive(Clone, Debug)]
// Exhaustive: tests of adapters write it as a literal.
pub struct Notice {
    /// The same for every try, so that the Message-ID can be.
    pub key: EffectKey,
    /// Which link of which case it is about, or its original booking: mails of one case form one
    /// thread, and its calendar entry follows the steps.
    pub token: TokenRef,
    /// The store's moment of this try.
    pub at: DateTime<Utc>,
    /// Whom it greets; empty for a partner.
    pub name: FreeText,
    /// Whom it goes to.
    pub to: EmailAddress,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub message: Message,
}

/// A link as it is mailed.
#[derive(Clone, Debug)]
// Exhaustive: tests of adapters write it as a literal.
pub struct MailedLink {
    /// The secret part; the page's address is built around it.
    pub secret: LinkSecret,
    /// When it was issued: the difference is the validity that the mail names.
    pub issued_at: DateTime<Utc>,
    /// From when on it is too late.
    pub expires_at: DateTime<Utc>,
}

/// What a mail says.
#[derive(Clone, Debug)]
// Exhaustive: whoever reads it handles each.
pub enum Message {
    /// The date will not take place; choose another.
    Declined {
        /// What was booked.
        booking: Booking,
        /// Why.
        reason: FreeText,
        /// Where to choose.
        link: MailedLink,
        /// An earlier mail has put this date into the customer's calendar, as the case was rebooked
        /// to it.
        rebooked_before: bool,
    },
    /// Support offers another date, without a decline.
    LinkSent {
        /// What is booked.
        booking: Booking,
        /// Why.
        reason: FreeText,
        /// Where to choose.
        link: MailedLink,
    },
    /// A new link in place of an older one.
    LinkReplaced {
        /// What was booked.
        booking: Booking,
        /// Why there is a link at all: the mail that said so may have been overtaken by this one.
        reason: FreeText,
        /// Where to choose.
        link: MailedLink,
        /// As with a decline; never for a booking that still stands.
        rebooked_before: bool,
    },
    /// Declined once more than links are given: support will find a way.
    LimitReached {
        /// The booking that was declined last.
        booking: Booking,
        /// Why.
        reason: FreeText,
        /// As with a decline.
        rebooked_before: bool,
    },
    /// The rebooking worked.
    Rebooked {
        /// As it was.
        before: Booking,
        /// As it is now; its order number is the shop's.
        after: Booking,
        /// What follows from the difference in price.
        consequence: PriceAdjustment,
        /// The partner has confirmed already: this mail comes late.
        confirmed: bool,
        /// The partner declined the date as it was, for this reason, and the customer had named the
        /// new one as a backup.
        declined: Option<FreeText>,
        /// The customer's page, where there is more to do or to see than what the mail says.
        page: Option<LinkSecret>,
        /// Backups may be named there for the new date.
        backups: bool,
        /// Another date may be taken there instead.
        exchange: bool,
    },
    /// To the partner: a course was booked; please confirm.
    BookingRequest {
        /// What is to be confirmed.
        booking: Booking,
        /// The link to answer without signing in.
        answer: LinkSecret,
    },
    /// To the partner: please confirm the new date of a booking.
    PartnerRequest {
        /// What is to be confirmed.
        booking: Booking,
        /// The booking that it stands in for.
        before: Booking,
        /// The link to answer without signing in.
        answer: LinkSecret,
    },
    /// To the partner: one of these two requests still waits for an answer.
    PartnerReminder {
        /// What is to be confirmed.
        booking: Booking,
        /// The booking that it stands in for, if it does.
        before: Option<Booking>,
        /// When the partner was asked.
        asked_at: DateTime<Utc>,
        /// The link to answer without signing in: the same as in the request.
        answer: LinkSecret,
    },
    /// To the partner: nobody waits for this answer any more.
    PartnerWithdrawn {
        /// What was to be confirmed.
        booking: Booking,
    },
    /// To the partner: the guest has moved to another date, by a link that support sent.
    PartnerReleased {
        /// As it was.
        booking: Booking,
    },
    /// Support or the shop has called the rebooking off.
    CalledOff {
        /// What will not take place for the customer.
        booking: Booking,
        /// Who called it off, and why. What support wrote down about it is not for the customer.
        why: CancelReason,
    },
    /// The partner confirmed the new date.
    PartnerConfirmed {
        /// As it is now.
        booking: Booking,
    },
    /// An unused link expires soon.
    Reminder {
        /// What was booked.
        booking: Booking,
        /// Where to choose.
        link: MailedLink,
    },
    /// The shop refused the date that was chosen; sorry, choose again.
    OrderRefused {
        /// What was booked.
        booking: Booking,
        /// The date that was refused.
        refused: Option<Slot>,
        /// Where to choose.
        link: MailedLink,
        /// As with a decline: what was refused was a backup, and the customer knows of no decline.
        rebooked_before: bool,
    },
    /// There are new dates for somebody who waits for them.
    NewDates {
        /// What was booked.
        booking: Booking,
        /// Where to choose.
        link: MailedLink,
    },
}

impl Message {
    /// The customer's link, where the mail carries it.
    #[must_use]
    pub const fn link(&self) -> Option<&MailedLink> {
        match self {
            Self::Declined { link, .. }
            | Self::LinkSent { link, .. }
            | Self::LinkReplaced { link, .. }
            | Self::Reminder { link, .. }
            | Self::OrderRefused { link, .. }
            | Self::NewDates { link, .. } => Some(link),
            Self::LimitReached { .. }
            | Self::Rebooked { .. }
            | Self::BookingRequest { .. }
            | Self::PartnerRequest { .. }
            | Self::PartnerReminder { .. }
            | Self::PartnerWithdrawn { .. }
            | Self::PartnerReleased { .. }
            | Self::CalledOff { .. }
            | Self::PartnerConfirmed { .. } => None,
        }
    }

    /// Which mail it is.
    #[must_use]
    pub const fn kind(&self) -> MailKind {
        match self {
            Self::Declined { .. } => MailKind::Declined,
            Self::LinkSent { .. } => MailKind::LinkSent,
            Self::LinkReplaced { .. } => MailKind::LinkReplaced,
            Self::LimitReached { .. } => MailKind::LimitReached,
            Self::Rebooked { .. } => MailKind::Rebooked,
            Self::BookingRequest { .. } => MailKind::BookingRequest,
            Self::PartnerRequest { .. } => MailKind::PartnerRequest,
            Self::PartnerReminder { .. } => MailKind::PartnerReminder,
            Self::PartnerWithdrawn { .. } => MailKind::PartnerWithdrawn,
            Self::PartnerReleased { .. } => MailKind::PartnerReleased,
            Self::CalledOff { .. } => MailKind::CalledOff,
            Self::PartnerConfirmed { .. } => MailKind::PartnerConfirmed,
            Self::Reminder { .. } => MailKind::Reminder,
            Self::OrderRefused { .. } => MailKind::OrderRefused,
            Self::NewDates { .. } => MailKind::NewDates,
        }
    }

    /// The number of the order that the mail is about.
    #[must_use]
    pub const fn order_number(&self) -> &OrderNumber {
        match self {
            Self::Declined { booking, .. }
            | Self::LinkSent { booking, .. }
            | Self::LinkReplaced { booking, .. }
            | Self::LimitReached { booking, .. }
            | Self::BookingRequest { booking, .. }
            | Self::PartnerRequest { booking, .. }
            | Self::PartnerReminder { booking, .. }
            | Self::PartnerWithdrawn { booking }
            | Self::PartnerReleased { booking }
            | Self::CalledOff { booking, .. }
            | Self::PartnerConfirmed { booking }
            | Self::Reminder { booking, .. }
            | Self::OrderRefused { booking, .. }
            | Self::NewDates { booking, .. }
            | Self::Rebooked { after: booking, .. } => &booking.order_number,
        }
    }
}
