//! How a link is issued: the first of a case, or the next one in its chain.

use chrono::{DateTime, Utc};

use crate::attempts::Attempts;
use crate::link::StoredLink;
use crate::policy::Policy;
use crate::token::{Cause, Milestones, RebookingToken, TokenState};
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, TokenRef};
use crate::value::text::FreeText;

/// What every new link has.
pub(super) struct Issue<'a> {
    pub(super) cause: Cause,
    pub(super) reason: FreeText,
    pub(super) proposed: Vec<CourseDateId>,
    pub(super) link: StoredLink,
    pub(super) policy: &'a Policy,
    pub(super) now: DateTime<Utc>,
}

impl Issue<'_> {
    /// The first link of a case.
    pub(super) fn first(self, booking: Booking, origin: Option<ConfirmationId>) -> RebookingToken {
        RebookingToken {
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
        }
    }

    /// The link after `before`, for the booking as it stands now. The case remembers which dates it
    /// has lost, its ticket, and who waits for new dates.
    pub(super) fn after(
        self,
        before: &RebookingToken,
        booking: Booking,
        origin: Option<ConfirmationId>,
    ) -> RebookingToken {
        let declines = before.declines.saturating_add(u32::from(self.cause.is_decline()));
        // A link that merely takes the place of another carries over what was wrong on it: a new
        // link forgives no guessing.
        let replaces = self.cause == Cause::Replaced;
        RebookingToken {
            id: before.id.next(),
            declines,
            renewals: before.renewals,
            lost: before.lost_with_this(),
            ticket: before.ticket.clone(),
            wishes: if replaces { before.wishes.clone() } else { Vec::new() },
            proposed: if replaces { before.proposed.clone() } else { self.proposed.clone() },
            attempts: if replaces { before.attempts.clone() } else { Attempts::default() },
            holds: if replaces { before.holds } else { None },
            ..self.first(booking, origin)
        }
    }
}

impl Cause {
    pub(super) const fn is_decline(self) -> bool {
        match self {
            Self::Declined | Self::DateWithdrawn => true,
            Self::Manual | Self::Replaced | Self::OrderRefused => false,
        }
    }
}
