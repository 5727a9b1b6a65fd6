//! Who calls.

use rebooking_core::value::ids::PartnerId;

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Principal {
    /// A partner, who sees their own courses' bookings and no others.
    Partner(PartnerId),
    /// Somebody of support, by the name that the history keeps.
    Support(String),
}
