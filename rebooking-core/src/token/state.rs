//! What has happened to a token, and why it cannot be used any more.

use chrono::{DateTime, Utc};

use crate::reason::CancelReason;
use crate::rebooking::Rebooking;

/// What has happened to a token so far. Expiry is not listed: nobody does it, it is true from a
/// moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum TokenState {
    /// It waits for the customer.
    Active,
    /// The customer has chosen; a token holds at most one rebooking (promise I1).
    Used(Box<Rebooking>),
    /// It was taken away.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        why: CancelReason,
    },
}

/// Why a token cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
// Exhaustive: whoever reads it handles each.
pub enum LinkUnusable {
    /// Its time is over.
    #[error("has expired")]
    Expired {
        /// From when on.
        since: DateTime<Utc>,
    },
    /// It was taken away.
    #[error("has been cancelled")]
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        why: CancelReason,
    },
    /// The customer has chosen already.
    #[error("has been used")]
    Used {
        /// When.
        at: DateTime<Utc>,
    },
}
