//! The words and small numbers of the API as the description of the API lists them.

use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::Lane;
use rebooking_core::ports::reports::{Attention, CaseStatus};
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::customer::WEEK;

/// What a partner sees of a request, in the order of its life.
pub(crate) const CONFIRMATIONS: [ConfirmationState; 4] = [
    ConfirmationState::Pending,
    ConfirmationState::Confirmed,
    ConfirmationState::Declined,
    ConfirmationState::Withdrawn,
];

macro_rules! words {
    ($($name:ident: $words:expr;)*) => {$(
        /// For the description only.
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some($words)).into()
            }
        }

        impl ToSchema for $name {}
    )*};
}

words! {
    ProgressWord: CaseStatus::ALL.map(CaseStatus::as_str);
    AttentionWord: Attention::ALL.map(Attention::as_str);
    ConfirmationWord: CONFIRMATIONS.map(ConfirmationState::as_str);
    ConsequenceWord: ["same", "absorbed", "refund", "to_pay"];
    EffectStateWord: ["waiting", "leased", "done", "dead", "skipped"];
    LaneWord: [Lane::Mail, Lane::Orders, Lane::Tickets].map(Lane::as_str);
    LanguageWord: Language::ALL.map(Language::as_str);
    WeekdayWord: WEEK.map(|(_, word)| word);
    CauseWord: Cause::ALL.map(Cause::as_str);
    CancelWord: CancelReason::ALL.map(CancelReason::as_str);
}

/// A month of the year.
pub(crate) struct MonthNumber;

impl PartialSchema for MonthNumber {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(12)).into()
    }
}

impl ToSchema for MonthNumber {}
