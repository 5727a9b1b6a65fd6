//! How a token comes to be: the first link of a case, or the next one in its chain.

use chrono::{DateTime, Utc};

use super::{Cause, Milestones, RebookingToken, TokenParts, TokenState};
use crate::attempts::Attempts;
use crate::link::StoredLink;
use crate::policy::Policy;
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, TokenRef};
use crate::value::text::FreeText;

/// What every new link has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Issue<'a> {
    /// Why there is a link at all.
    pub cause: Cause,
    /// What the partner or support gave as the reason.
    pub reason: FreeText,
    /// Dates that the partner proposed.
    pub proposed: Vec<CourseDateId>,
    /// What is stored of the link.
    pub link: StoredLink,
    /// How long it is valid.
    pub policy: &'a Policy,
    /// The moment of its issue.
    pub now: DateTime<Utc>,
}

impl Issue<'_> {
    /// The first link of a case.
    #[must_use]
    pub fn first(self, booking: Booking, origin: Option<ConfirmationId>) -> RebookingToken {
        RebookingToken::restore(TokenParts {
            id: TokenRef::first(CaseId::from(booking.item)),
            version: 0,
            holds: None,
            origin,
            declines: u32::from(self.cause.is_decline()),
            cause: self.cause,
            reason: self.reason,
            renewals: 0,
            lost: Vec::new(),
            proposed: self.proposed,
            link: self.link,
            issued_at: self.now,
            expires_at: self.now + self.policy.validity,
            state: TokenState::Active,
            attempts: Attempts::default(),
            wishes: Vec::new(),
            ticket: None,
            milestones: Milestones::default(),
            booking,
        })
    }

    /// The link after `before`, for the booking as it stands now. The case remembers which dates it
    /// has lost, its ticket, and who waits for new dates.
    #[must_use]
    pub fn after(
        self,
        before: &RebookingToken,
        booking: Booking,
        origin: Option<ConfirmationId>,
    ) -> RebookingToken {
        // A link that merely replaces another carries over its wrong addresses: a new link forgives
        // no guessing.
        let replaces = self.cause == Cause::Replaced;
        let mut next = self.first(booking, origin).into_parts();
        let before_parts = &before.parts;
        next.id = before_parts.id.next();
        next.declines = before_parts.declines.saturating_add(next.declines);
        next.renewals = before_parts.renewals;
        next.lost = before.lost_with_this();
        next.ticket = before_parts.ticket.clone();
        if replaces {
            next.wishes = before_parts.wishes.clone();
            next.proposed = before_parts.proposed.clone();
            next.attempts = before_parts.attempts.clone();
            next.holds = before_parts.holds;
        }
        RebookingToken::restore(next)
    }
}
