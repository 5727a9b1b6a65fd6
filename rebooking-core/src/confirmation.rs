//! Feature 01's request to a partner to confirm one booking.

mod overdue;

use chrono::{DateTime, Utc};

use crate::attempts::Attempts;
use crate::link::StoredLink;
use crate::value::booking::Booking;
use crate::value::ids::{ConfirmationId, TokenRef};
use crate::value::text::FreeText;
use crate::value::words::words;

pub use overdue::Overdue;

/// A request to a partner. While it is live the party's places on its date are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Confirmation {
    /// Its number in the portal.
    pub id: ConfirmationId,
    /// What is to be confirmed.
    pub booking: Booking,
    /// The token whose rebooking opened it; `None` for an original booking.
    pub token: Option<TokenRef>,
    /// The link by which the partner may answer without signing in; an original booking has one
    /// where we ask for it by mail.
    pub answer: Option<StoredLink>,
    /// Wrong addresses that were tried on the link for an original booking. Those for a rebooking
    /// are counted on its token.
    pub attempts: Attempts,
    /// How it stands.
    pub state: ConfirmationState,
    /// Why the partner declined.
    pub reason: FreeText,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When the partner was reminded of it.
    pub reminded_at: Option<DateTime<Utc>>,
    /// Since when support is told that the partner does not answer.
    pub silent_at: Option<DateTime<Utc>>,
}

words! {
    /// How a request stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum ConfirmationState, "state" {
        /// The shop has not made the order yet; the partner does not see it.
        Waiting = "waiting",
        /// The partner has been asked.
        Pending = "pending",
        /// The partner will give the course.
        Confirmed = "confirmed",
        /// The partner will not.
        Declined = "declined",
        /// Nobody waits for the answer any more.
        Withdrawn = "withdrawn",
    }
}

impl ConfirmationState {
    /// Whether the party's places are taken on its account.
    #[must_use]
    pub const fn is_live(self) -> bool {
        match self {
            Self::Waiting | Self::Pending | Self::Confirmed => true,
            Self::Declined | Self::Withdrawn => false,
        }
    }
}
