//! The colour of a badge that says how far a booking has come that is to be moved.

use rebooking_core::ports::reports::{CaseStatus, PartnerStatus};

pub(super) const fn mood(status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::Rebooked | CaseStatus::Confirmed => "good",
        CaseStatus::Declined
        | CaseStatus::Rejected
        | CaseStatus::Expired
        | CaseStatus::Cancelled => "bad",
        CaseStatus::Open | CaseStatus::AwaitingPartner => "plain",
    }
}

/// The same as a partner reads it.
pub(super) const fn partner_mood(status: PartnerStatus) -> &'static str {
    match status {
        PartnerStatus::Rebooked | PartnerStatus::Confirmed => "good",
        PartnerStatus::Declined
        | PartnerStatus::Rejected
        | PartnerStatus::Expired
        | PartnerStatus::Cancelled => "bad",
        PartnerStatus::BookingStands | PartnerStatus::Open | PartnerStatus::AwaitingPartner => {
            "plain"
        }
    }
}
