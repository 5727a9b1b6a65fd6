//! What a token holds, to be read.

use chrono::{DateTime, Utc};

use super::{Cause, Milestones, RebookingToken, TicketRef, TokenState};
use crate::attempts::Attempts;
use crate::link::StoredLink;
use crate::value::booking::Booking;
use crate::value::ids::{ConfirmationId, CourseDateId, TokenRef};
use crate::value::text::FreeText;
use crate::wish::Wish;

impl RebookingToken {
    /// Its case and step.
    #[must_use]
    pub const fn id(&self) -> TokenRef {
        self.parts.id
    }

    /// How often it has been written: 0 when issued. A store adds one with each write, and refuses
    /// a write that was decided on another version.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.parts.version
    }

    /// The booking that this link moves.
    #[must_use]
    pub const fn booking(&self) -> &Booking {
        &self.parts.booking
    }

    /// The confirmation request of that booking while it is still live: a link sent by hand, before
    /// any decline.
    #[must_use]
    pub const fn holds(&self) -> Option<ConfirmationId> {
        self.parts.holds
    }

    /// The confirmation request that this link follows from (column `original_confirmation_id`).
    #[must_use]
    pub const fn origin(&self) -> Option<ConfirmationId> {
        self.parts.origin
    }

    /// Whether it is a link by hand for a booking whose partner nobody has asked yet, and nobody
    /// has used it or taken it away: a request that is opened now is held by it.
    #[must_use]
    pub const fn awaits_request(&self) -> bool {
        matches!(self.parts.state, TokenState::Active)
            && matches!(self.parts.cause, Cause::Manual | Cause::Replaced)
            && self.parts.origin.is_none()
    }

    /// Why there is a link at all.
    #[must_use]
    pub const fn cause(&self) -> Cause {
        self.parts.cause
    }

    /// What the partner or support gave as the reason.
    #[must_use]
    pub const fn reason(&self) -> &FreeText {
        &self.parts.reason
    }

    /// How many declines this case has seen, this one included.
    #[must_use]
    pub const fn declines(&self) -> u32 {
        self.parts.declines
    }

    /// How many expired links of this case the customer has replaced.
    #[must_use]
    pub const fn renewals(&self) -> u32 {
        self.parts.renewals
    }

    /// Dates that this case has lost: declined, moved or refused by the shop.
    #[must_use]
    pub fn lost(&self) -> &[CourseDateId] {
        &self.parts.lost
    }

    /// Dates that the partner proposed instead; at most three.
    #[must_use]
    pub fn proposed(&self) -> &[CourseDateId] {
        &self.parts.proposed
    }

    /// What is stored of the link.
    #[must_use]
    pub const fn link(&self) -> &StoredLink {
        &self.parts.link
    }

    /// When it was issued.
    #[must_use]
    pub const fn issued_at(&self) -> DateTime<Utc> {
        self.parts.issued_at
    }

    /// From this instant on it is too late.
    #[must_use]
    pub const fn expires_at(&self) -> DateTime<Utc> {
        self.parts.expires_at
    }

    /// What has happened to it.
    #[must_use]
    pub const fn state(&self) -> &TokenState {
        &self.parts.state
    }

    /// Wrong e-mail addresses so far.
    #[must_use]
    pub const fn attempts(&self) -> &Attempts {
        &self.parts.attempts
    }

    /// What the customer said who found no date.
    #[must_use]
    pub fn wishes(&self) -> &[Wish] {
        &self.parts.wishes
    }

    /// The support ticket of the case, once there is one.
    #[must_use]
    pub const fn ticket(&self) -> Option<&TicketRef> {
        self.parts.ticket.as_ref()
    }

    /// When what happened, for reports and for doing things once.
    #[must_use]
    pub const fn milestones(&self) -> Milestones {
        self.parts.milestones
    }
}
