//! What a store is asked for, and what it gives out to decide on.

use chrono::TimeDelta;

use crate::confirmation::Confirmation;
use crate::link::LinkDigest;
use crate::token::RebookingToken;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CaseId, ConfirmationId, OrderItemId, PartnerId, TokenRef};
use crate::value::text::FreeText;

/// A token with the dates that its customer might choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct TokenWithDates {
    /// The token.
    pub token: RebookingToken,
    /// Dates of its course and of the stand-ins that have not ended, in no order, eligible or not.
    pub dates: Vec<CourseDate>,
    /// What people have found at its page so far.
    pub visits: Visits,
}

/// What people have found at the page of a link. It stands in the history and not in the token,
/// which reading never changes (promise I11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Visits {
    /// Somebody opened it ([`PageOpened`](crate::audit::AuditEvent::PageOpened)).
    pub opened: bool,
    /// Somebody found no date there ([`NoDatesFound`](crate::audit::AuditEvent::NoDatesFound)).
    pub found_no_dates: bool,
}

/// How a token is named.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum TokenKey {
    /// By the digest of its link.
    Link(LinkDigest),
    /// By case and step.
    Id(TokenRef),
    /// The newest one of a case.
    Newest(CaseId),
}

/// How a case is named.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum CaseKey {
    /// By its number.
    Id(CaseId),
    /// By an order item: the original one, or the one of the order that carries the rebooking now.
    Item(OrderItemId),
    /// By a confirmation request for a booking of the case.
    Confirmation(ConfirmationKey),
}

impl From<CaseId> for CaseKey {
    fn from(id: CaseId) -> Self {
        Self::Id(id)
    }
}

impl From<OrderItemId> for CaseKey {
    fn from(item: OrderItemId) -> Self {
        Self::Item(item)
    }
}

impl From<ConfirmationKey> for CaseKey {
    fn from(key: ConfirmationKey) -> Self {
        Self::Confirmation(key)
    }
}

/// How a confirmation request is named.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum ConfirmationKey {
    /// By its number.
    Id(ConfirmationId),
    /// By the link for answering without signing in.
    Link(LinkDigest),
}

/// What is known of a case: all of it, or only the confirmation request of a booking that nobody
/// has declined yet, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct CaseState {
    /// For a key that names a confirmation request, that one; for an item, its newest live one. A
    /// case that is named by its number comes without.
    pub confirmation: Option<Confirmation>,
    /// Its tokens by step.
    pub tokens: Vec<RebookingToken>,
}

impl CaseState {
    /// One of its tokens.
    #[must_use]
    pub fn token(&self, id: TokenRef) -> Option<&RebookingToken> {
        self.tokens.iter().find(|token| token.id() == id)
    }

    /// Its newest token.
    #[must_use]
    pub fn newest(&self) -> Option<&RebookingToken> {
        self.tokens.last()
    }

    /// Its newest token, and nothing else of it.
    #[must_use]
    pub fn into_newest(self) -> Option<RebookingToken> {
        self.tokens.into_iter().next_back()
    }

    /// The confirmation request with the tokens that an answer to it changes; `None` without one.
    #[must_use]
    pub fn into_confirmation(self) -> Option<ConfirmationCase> {
        let confirmation = self.confirmation?;
        let mut tokens = self.tokens;
        let opened_by = confirmation.token;
        let opened_by = tokens.iter().find(|token| opened_by == Some(token.id())).cloned();
        Some(ConfirmationCase { confirmation, opened_by, latest: tokens.pop() })
    }
}

/// A confirmation request with what an answer to it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct ConfirmationCase {
    /// The request.
    pub confirmation: Confirmation,
    /// The token whose rebooking opened it, for a request that is not of an original booking.
    pub opened_by: Option<RebookingToken>,
    /// The newest token of the case that the booking belongs to.
    pub latest: Option<RebookingToken>,
}

/// A live request on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct LiveConfirmation {
    /// Its number.
    pub id: ConfirmationId,
    /// Whose course it is.
    pub partner: PartnerId,
    /// Why the date was withdrawn; empty while it is not.
    pub withdrawal: FreeText,
}

/// What an order carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct OrderState {
    /// The newest token of each case whose booking is on it.
    pub tokens: Vec<RebookingToken>,
    /// Live requests for original bookings on it.
    pub confirmations: Vec<Confirmation>,
}

/// One date, for who wants to withdraw it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct DateDetails {
    /// The date.
    pub date: CourseDate,
    /// Partners with live requests on it.
    pub partners: Vec<PartnerId>,
    /// Why it was withdrawn; empty while it is not.
    pub withdrawal: FreeText,
}

/// Why the sweep looks at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum SweepReason {
    /// Active, expired, and nobody has written it down yet.
    Expired,
    /// Active and unexpired, expires within this time, not reminded yet, and not issued or replaced
    /// later than that.
    Reminder(TimeDelta),
    /// The newest of its case, not cancelled or used, and its customer waits for new dates.
    Waiting,
    /// The newest of its case, ended longer ago than this, and not forgotten.
    Purge(TimeDelta),
}
