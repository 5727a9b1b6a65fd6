//! Why a link is issued, and why it or its rebooking is cancelled.

use crate::value::words::words;

words! {
    /// Why a link or a rebooking was taken away.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum CancelReason, "reason of a cancellation" {
        /// By support.
        Support = "support",
        /// The shop refunded the order.
        Refunded = "refunded",
        /// The shop cancelled the order.
        OrderCancelled = "order_cancelled",
        /// A newer link has taken its place, or another date that of a backup.
        Superseded = "superseded",
    }
}

words! {
    /// Why a link was issued.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum Cause, "cause" {
        /// The partner declined the booking.
        Declined = "declined",
        /// The partner withdrew the whole date.
        DateWithdrawn = "date_withdrawn",
        /// Support sent it without a decline.
        Manual = "by_hand",
        /// It replaces an older link.
        Replaced = "replaced",
        /// The shop refused the order for the date that was chosen.
        OrderRefused = "order_refused",
    }
}

impl CancelReason {
    /// Whether the order itself is gone.
    #[must_use]
    pub const fn is_the_shops(self) -> bool {
        match self {
            Self::Refunded | Self::OrderCancelled => true,
            Self::Support | Self::Superseded => false,
        }
    }
}

impl Cause {
    /// Whether the partner took back what was booked.
    #[must_use]
    pub const fn is_decline(self) -> bool {
        match self {
            Self::Declined | Self::DateWithdrawn => true,
            Self::Manual | Self::Replaced | Self::OrderRefused => false,
        }
    }
}
