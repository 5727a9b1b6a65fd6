//! What can go wrong in a use case, sorted by what the caller does next.

mod open_case;

use std::fmt;

use chrono::TimeDelta;

use crate::eligibility::{Offer, Refusal};
use crate::ports::PortError;
use crate::proposal::InvalidProposal;
use crate::rebooking::InvalidTransition;
use crate::token::{LinkUnusable, RebookingToken};
use crate::value::booking::BookableItem;
use crate::value::course_date::Slot;
use crate::value::money::MalformedMoney;

pub use open_case::{OpenCase, StillOpen};

/// Why a use case did not do what was asked. Unless it says otherwise, nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RebookError {
    /// Show "not found" and say no more.
    #[error("no such rebooking link")]
    UnknownLink,
    /// The link can no longer be used. For one that was used the page shows what was booked.
    #[error("the rebooking link {why}")]
    Gone {
        /// Since when, and why.
        why: LinkUnusable,
        /// The token, so that a page can say more than "gone".
        token: Box<RebookingToken>,
    },
    /// The address is not the one of the booking. The attempt has been counted.
    #[error("the e-mail address does not match the booking")]
    WrongEmail {
        /// How many more may be tried for now.
        left: u32,
    },
    /// Too many wrong addresses; this one was not even looked at.
    #[error("too many wrong e-mail addresses")]
    TooManyAttempts {
        /// How long to wait before the next one; `None` means only support can help.
        wait: Option<TimeDelta>,
    },
    /// Show the dates again; the token is untouched.
    #[error("the chosen date cannot be booked: {why}")]
    ChooseAgain {
        /// Which rule the chosen date broke.
        why: Refusal,
        /// When the chosen date is; `None` where there is no such date.
        slot: Option<Slot>,
        /// What can be chosen now.
        offers: Vec<Offer>,
    },
    /// The number of an order does not lead to one item: let people choose, and ask by both.
    #[error("the order number does not say which item is meant")]
    ChooseItem {
        /// What can be moved under that number.
        items: Vec<BookableItem>,
    },
    /// A case is forgotten when it is over: cancel these first, or say that they are to be.
    #[error("a case that is to be forgotten is still open")]
    OpenCases(Vec<OpenCase>),
    /// The request itself breaks a rule, in whatever state things are.
    #[error(transparent)]
    Invalid(InvalidInput),
    /// There is no such thing, or it is not the caller's to see.
    #[error("no such {0}")]
    NotFound(Resource),
    /// The host has left [`Reports`](crate::ports::Reports) or
    /// [`PersonalData`](crate::ports::PersonalData) out, and this needs them.
    #[error("this installation lists and hands out nothing of what it keeps")]
    NoReports,
    /// It cannot happen in this state; ask for the state and decide again.
    #[error("not possible now: {0}")]
    Conflict(Conflict),
    /// Later may work; nothing was changed, or the same request again finds what was changed.
    #[error("a system we depend on is out of reach")]
    TryLater(#[source] PortError),
    /// Only people can help.
    #[error("a system we depend on refused")]
    Broken(#[source] PortError),
}

/// Which rule a request breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidInput {
    /// A reason is needed: somebody reads it, or it is kept in the history.
    #[error("a reason is needed")]
    NoReason,
    /// A note of support's that says nothing.
    #[error("the note says nothing")]
    EmptyNote,
    /// A partner proposes what it may not propose.
    #[error(transparent)]
    Proposal(#[from] InvalidProposal),
    /// The total that was agreed to is no amount.
    #[error("the expected total: {0}")]
    ExpectedTotal(MalformedMoney),
    /// The policy does not offer the money back.
    #[error("the money back is not offered")]
    MoneyBackNotOffered,
    /// A wish that gives support nothing to go by.
    #[error("the wish says nothing")]
    EmptyWish,
    /// More backups than the policy asks for.
    #[error("at most {most} backups can be named")]
    TooManyBackups {
        /// How many may be named.
        most: u32,
    },
    /// One date is named as two backups.
    #[error("a date is named twice")]
    BackupTwice,
    /// A month that is none of 1 to 12.
    #[error("a month is 1 to 12")]
    Month,
    /// A link is extended by 1 to 365 days.
    #[error("a link is extended by 1 to 365 days")]
    Extension,
    /// A span that ends before it begins.
    #[error("the span ends before it begins")]
    Span,
}

/// What was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resource {
    /// A partner's confirmation.
    Confirmation,
    /// A course date.
    Date,
    /// A booking.
    Booking,
    /// An order, or nothing of it is left.
    Order,
    /// A case.
    Case,
    /// An effect.
    Effect,
    /// Anything about a person.
    Person,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Confirmation => "confirmation",
            Self::Date => "date",
            Self::Booking => "booking",
            Self::Order => "order",
            Self::Case => "case",
            Self::Effect => "effect",
            Self::Person => "person",
        })
    }
}

/// Why something cannot happen in the state that things are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Conflict {
    /// The rebooking is not in a state for it.
    #[error("{0}")]
    Rebooking(#[from] InvalidTransition),
    /// The link is not in a state for it.
    #[error("the link {0}")]
    Link(#[from] LinkUnusable),
    /// The request has been declined or withdrawn.
    #[error("the confirmation request is closed")]
    ConfirmationClosed,
    /// The booking moves already; call the rebooking off first.
    #[error("a rebooking of this booking is under way")]
    RebookingLive,
    /// The order was refunded or cancelled in the shop, or the booking was never live.
    #[error("there is nothing left to move")]
    NothingToMove,
    /// The effect is not dead or waiting.
    #[error("the effect is under way or over")]
    EffectNotIdle,
    /// An order cannot be skipped: retry it, or cancel the rebooking.
    #[error("an order cannot be skipped; retry it or cancel the rebooking")]
    OrderCannotBeSkipped,
    /// The link holds as many wishes as it takes.
    #[error("enough wishes were left with this link")]
    EnoughWishes,
    /// Nothing is chosen yet, the partner has answered, or a decline would lead to no further date.
    #[error("no backups can be named now")]
    BackupsClosed,
    /// No backup is booked that could be exchanged, its partner has answered, or it is about to
    /// begin.
    #[error("the date cannot be exchanged now")]
    DateFixed,
    /// Another of support has taken the case.
    #[error("another of support has taken the case")]
    CaseTaken,
    /// The case is not what it was when somebody looked at it and decided.
    #[error("the case has changed since it was looked at")]
    Changed,
    /// Personal data of the case has been purged.
    #[error("the personal data of this case has been purged")]
    Forgotten,
}

impl From<PortError> for RebookError {
    fn from(error: PortError) -> Self {
        if error.is_retryable() { Self::TryLater(error) } else { Self::Broken(error) }
    }
}

impl From<InvalidInput> for RebookError {
    fn from(invalid: InvalidInput) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<InvalidProposal> for RebookError {
    fn from(invalid: InvalidProposal) -> Self {
        Self::Invalid(InvalidInput::Proposal(invalid))
    }
}

impl From<Conflict> for RebookError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<LinkUnusable> for RebookError {
    fn from(spent: LinkUnusable) -> Self {
        Self::Conflict(Conflict::Link(spent))
    }
}

impl From<InvalidTransition> for RebookError {
    fn from(not_now: InvalidTransition) -> Self {
        Self::Conflict(Conflict::Rebooking(not_now))
    }
}

impl RebookError {
    /// Whether the store has told people of it already: of a row that makes no sense the log says
    /// so once, and a list for support until it is mended. Who meets it again logs nothing.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        matches!(self, Self::Broken(error) if error.malformed_row().is_some())
    }

    /// The phrase for a log: what went wrong, and where it came from, without personal data.
    #[must_use]
    pub fn phrase(&self) -> String {
        match self {
            Self::TryLater(error) | Self::Broken(error) => format!("{self}: {}", error.phrase()),
            other => other.to_string(),
        }
    }
}
