//! What reports give out: rows of lists, and how lists are asked for.

use chrono::{DateTime, Utc};

use crate::audit::{AuditEntry, AuditEvent, Subject};
use crate::effect::{Effect, Lane};
use crate::token::RebookingToken;
use crate::value::ids::TokenRef;
use crate::value::words::words;

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct PageRequest {
    /// From 1 on.
    pub number: u32,
    /// Rows a page, 1 to 100.
    pub size: u32,
}

impl PageRequest {
    /// A page of a list; both numbers are brought into their ranges.
    #[must_use]
    pub fn new(number: u32, size: u32) -> Self {
        Self { number: number.max(1), size: size.clamp(1, 100) }
    }

    /// How many rows come before this page.
    #[must_use]
    pub fn offset(self) -> u64 {
        u64::from(self.number.saturating_sub(1)) * u64::from(self.size)
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { number: 1, size: 25 }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
}

words! {
    /// How far a declined booking has come, as support filters and reads it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum CaseStatus, "status" {
        /// The customer has a link and has not chosen.
        Open = "open",
        /// The customer has chosen; the shop has not answered.
        Rebooked = "rebooked",
        /// The partner is asked to confirm.
        AwaitingPartner = "awaiting_partner",
        /// The partner confirmed.
        Confirmed = "confirmed",
        /// Declined again, beyond the limit of links or with a newer link.
        Declined = "declined",
        /// The shop refused the order.
        Rejected = "rejected",
        /// The link expired unused.
        Expired = "expired",
        /// The link or the rebooking was called off.
        Cancelled = "cancelled",
    }
}

impl CaseStatus {
    /// How far a token has come at a moment.
    #[must_use]
    pub fn from_token(token: &RebookingToken, now: DateTime<Utc>) -> Self {
        use crate::rebooking::RebookingState as S;
        use crate::token::TokenState as T;
        match &token.state() {
            T::Active if now < token.expires_at() => Self::Open,
            T::Active => Self::Expired,
            T::Cancelled { .. } => Self::Cancelled,
            T::Used(rebooking) => match rebooking.state {
                S::Ordering => Self::Rebooked,
                S::AwaitingPartner => Self::AwaitingPartner,
                S::Confirmed => Self::Confirmed,
                S::DeclinedAgain => Self::Declined,
                S::Rejected => Self::Rejected,
                S::Cancelled(_) => Self::Cancelled,
            },
        }
    }
}

words! {
    /// What became of a booking, as its partner filters and reads it: how far the case has come,
    /// with a word of its own where the booking was never declined.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum PartnerStatus, "partner status" {
        /// Nobody has declined the booking, and it stands as it is: support has sent a link by
        /// hand, and the customer has not chosen another date.
        BookingStands = "booking_stands",
        /// [`CaseStatus::Open`].
        Open = "open",
        /// [`CaseStatus::Rebooked`].
        Rebooked = "rebooked",
        /// [`CaseStatus::AwaitingPartner`].
        AwaitingPartner = "awaiting_partner",
        /// [`CaseStatus::Confirmed`].
        Confirmed = "confirmed",
        /// [`CaseStatus::Declined`].
        Declined = "declined",
        /// [`CaseStatus::Rejected`].
        Rejected = "rejected",
        /// [`CaseStatus::Expired`].
        Expired = "expired",
        /// [`CaseStatus::Cancelled`].
        Cancelled = "cancelled",
    }
}

impl PartnerStatus {
    /// What became of the booking of a token, at a moment.
    #[must_use]
    pub fn from_token(token: &RebookingToken, now: DateTime<Utc>) -> Self {
        if token.declines() == 0
            && token.rebooking().is_none()
            && token.milestones().order_gone_at.is_none()
        {
            return Self::BookingStands;
        }
        match CaseStatus::from_token(token, now) {
            CaseStatus::Open => Self::Open,
            CaseStatus::Rebooked => Self::Rebooked,
            CaseStatus::AwaitingPartner => Self::AwaitingPartner,
            CaseStatus::Confirmed => Self::Confirmed,
            CaseStatus::Declined => Self::Declined,
            CaseStatus::Rejected => Self::Rejected,
            CaseStatus::Expired => Self::Expired,
            CaseStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// All that is known of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct CaseDetails {
    /// Its tokens by step.
    pub tokens: Vec<RebookingToken>,
    /// Its effects by age.
    pub effects: Vec<Effect>,
    /// Its history by time.
    pub audit: Vec<AuditEntry>,
}

impl CaseDetails {
    /// When an event of a link is first in the history.
    #[must_use]
    pub fn first(&self, token: TokenRef, event: AuditEvent) -> Option<DateTime<Utc>> {
        let meant =
            |entry: &&AuditEntry| entry.event == event && entry.subject == Subject::Token(token);
        self.audit.iter().find(meant).map(|entry| entry.at)
    }
}

/// What waits in one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Backlog {
    /// Which lane.
    pub lane: Lane,
    /// Effects that wait or are under way.
    pub waiting: u64,
    /// Since when the longest overdue of these is due: `None` where each waits for its time or is
    /// under way.
    pub due_since: Option<DateTime<Utc>>,
    /// Effects that failed for good, until support tries them again or skips them.
    pub dead: u64,
}
