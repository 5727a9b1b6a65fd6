//! The support system.

use async_trait::async_trait;

use super::PortError;
use crate::effect::{EffectKey, TicketFact};
use crate::rebooking::Rebooking;
use crate::token::{CancelReason, TicketRef};
use crate::value::booking::Booking;
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;
use crate::value::words::words;
use crate::wish::Wish;

/// Support tickets: one a case, however often it is written to.
#[async_trait]
pub trait Tickets: Send + Sync {
    /// Finds the ticket of the case or opens it, adds the note once under its key, and moves the
    /// stage unless people have closed the ticket. Returns which ticket it is. The same note again
    /// changes nothing.
    async fn record(&self, note: &TicketNote) -> Result<TicketRef, PortError>;
}

/// One fact for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct TicketNote {
    /// The marker that keeps it from being added twice.
    pub key: EffectKey,
    /// The case and the step that it is about.
    pub token: TokenRef,
    /// The ticket, when it is known.
    pub ticket: Option<TicketRef>,
    /// The booking that the link moves.
    pub booking: Booking,
    /// What was chosen, once it was.
    pub rebooking: Option<Rebooking>,
    /// What is said.
    pub fact: TicketFact,
    /// What the partner or support gave as the reason.
    pub reason: FreeText,
    /// What the customer said, with [`TicketFact::Wish`].
    pub wish: Option<Wish>,
    /// Where the ticket belongs now.
    pub stage: TicketStage,
}

words! {
    /// Where a ticket stands, for an adapter to map onto the support system's own stages.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum TicketStage, "stage of a ticket" {
        /// The customer is expected to act.
        AwaitingCustomer = "awaiting-customer",
        /// The partner is expected to answer.
        AwaitingPartner = "awaiting-partner",
        /// Support must act.
        NeedsSupport = "needs-support",
        /// Nothing is left to do.
        Solved = "solved",
    }
}

impl TicketFact {
    /// Where a ticket belongs once this is said.
    #[must_use]
    pub const fn stage(self) -> TicketStage {
        match self {
            Self::Declined | Self::LinkSent | Self::OrderRefused => TicketStage::AwaitingCustomer,
            // Who has exchanged a date is booked on another.
            Self::Rebooked | Self::Cancelled(CancelReason::Superseded) => {
                TicketStage::AwaitingPartner
            }
            Self::LimitReached
            | Self::NoDates
            | Self::Wish(_)
            | Self::Expired
            | Self::Unreachable
            | Self::CustomerNotTold
            | Self::PartnerNotTold
            | Self::OrderStuck => TicketStage::NeedsSupport,
            Self::Confirmed | Self::Cancelled(_) => TicketStage::Solved,
        }
    }
}
