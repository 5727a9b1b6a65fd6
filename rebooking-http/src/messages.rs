//! Texts that several routes tell, and the words that decide which text it is.

mod error;

use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::value::customer::Language;

pub(crate) use error::{invalid_proposal, refusal, token_expired, token_used};
pub(crate) use rebooking_core::presentation::format as calendar;
pub(crate) use rebooking_core::presentation::locales::text;

/// How much a price differs; nothing where it does not.
pub(crate) fn difference(language: Language, of: PriceAdjustment) -> String {
    match of {
        PriceAdjustment::Same => String::new(),
        PriceAdjustment::Absorbed(by)
        | PriceAdjustment::Refund(by)
        | PriceAdjustment::ToPay(by) => calendar::amount(language, by),
    }
}

/// What has become of a rebooking for its customer, who gets `another_link` or not.
pub(crate) const fn outcome(state: RebookingState, another_link: bool) -> &'static str {
    match state {
        RebookingState::Ordering | RebookingState::AwaitingPartner => "open",
        RebookingState::Confirmed => "confirmed",
        RebookingState::DeclinedAgain if !another_link => "lost_for_good",
        RebookingState::DeclinedAgain | RebookingState::Rejected => "lost",
        RebookingState::Cancelled(_) => "cancelled",
    }
}

#[cfg(test)]
mod tests;
