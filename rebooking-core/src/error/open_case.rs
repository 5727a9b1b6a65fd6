//! What is in the way of forgetting a case.

use crate::value::ids::CaseId;
use crate::value::words::words;

words! {
    /// Why a case cannot be forgotten as it is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum StillOpen, "open thing" {
        /// The customer has a link that works.
        Link = "link",
        /// The customer has chosen a date that is not over.
        Rebooking = "rebooking",
        /// The partner expects the customer to a booking that was not declined and is not over.
        /// Cancelling the case leaves it as it is: it is to be cancelled in the shop.
        Booking = "booking",
    }
}

impl StillOpen {
    /// Whether cancelling the case is enough.
    #[must_use]
    pub const fn ends_with_the_case(self) -> bool {
        match self {
            Self::Link | Self::Rebooking => true,
            Self::Booking => false,
        }
    }
}

/// A case that is in the way of being forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct OpenCase {
    /// Which one.
    pub case: CaseId,
    /// What of it is still open.
    pub open: StillOpen,
}
