//! The colour of a badge that says how far a declined booking has come.

use rebooking_core::ports::reports::CaseStatus;

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
