//! The words and small numbers of the API, each listed in the description of the API.

use chrono::Weekday;
use rebooking_core::confirmation::ConfirmationState;
#[cfg(feature = "webhooks")]
use rebooking_core::effect::EventKind;
use rebooking_core::effect::{EffectStatus, Lane};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::error::StillOpen;
use rebooking_core::ports::EventsState;
use rebooking_core::ports::reports::{Attention, CaseOrder, CaseStatus, HeldBy, PartnerStatus};
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use rebooking_core::wish::WishKind;
use serde::Serialize;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::customer::{WEEK, weekday};

/// What a partner sees of a request, in the order of its life.
pub(crate) const CONFIRMATIONS: [ConfirmationState; 4] = [
    ConfirmationState::Pending,
    ConfirmationState::Confirmed,
    ConfirmationState::Declined,
    ConfirmationState::Withdrawn,
];

/// Whose cases support asks for.
#[derive(Clone, Copy)]
pub(crate) enum Taken {
    Mine,
    Nobody,
}

impl Taken {
    pub(crate) const ALL: [Self; 2] = [Self::Mine, Self::Nobody];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Nobody => "nobody",
        }
    }

    /// As somebody of this name asks for them.
    pub(crate) fn by(self, own: &str) -> HeldBy {
        match self {
            Self::Mine => HeldBy::Name(own.to_owned()),
            Self::Nobody => HeldBy::Nobody,
        }
    }
}

/// Each with what it is a word for, how that gives it, and all that there are.
macro_rules! words {
    ($($name:ident: $of:ty as $word:expr, $all:expr;)*) => {$(
        #[derive(Serialize)]
        pub(crate) struct $name(pub(crate) &'static str);

        impl From<$of> for $name {
            fn from(one: $of) -> Self {
                Self($word(one))
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some($all)).into()
            }
        }

        impl ToSchema for $name {}
    )*};
}

words! {
    ProgressWord: CaseStatus as CaseStatus::as_str, CaseStatus::ALL.map(CaseStatus::as_str);
    PartnerWord: PartnerStatus as PartnerStatus::as_str,
        PartnerStatus::ALL.map(PartnerStatus::as_str);
    StillOpenWord: StillOpen as StillOpen::as_str, StillOpen::ALL.map(StillOpen::as_str);
    AttentionWord: Attention as Attention::as_str, Attention::ALL.map(Attention::as_str);
    OrderWord: CaseOrder as CaseOrder::as_str, CaseOrder::ALL.map(CaseOrder::as_str);
    TakenWord: Taken as Taken::as_str, Taken::ALL.map(Taken::as_str);
    ConfirmationWord: ConfirmationState as ConfirmationState::as_str,
        CONFIRMATIONS.map(ConfirmationState::as_str);
    StoredConfirmationWord: ConfirmationState as ConfirmationState::as_str,
        ConfirmationState::ALL.map(ConfirmationState::as_str);
    ConsequenceWord: PriceAdjustment as PriceAdjustment::as_str,
        ["same", "absorbed", "refund", "to_pay"];
    EffectStateWord: EffectStatus as EffectStatus::as_str,
        EffectStatus::ALL.map(EffectStatus::as_str);
    LaneWord: Lane as Lane::as_str,
        [Lane::Mail, Lane::Orders, Lane::Tickets, Lane::Events].map(Lane::as_str);
    EventsWord: Option<&EventsState> as events_word, ["none", "on", "failing", "switched_off"];
    WeekdayWord: Weekday as weekday, WEEK.map(|(_, word)| word);
    WishWord: WishKind as WishKind::as_str, WishKind::ALL.map(WishKind::as_str);
    CauseWord: Cause as Cause::as_str, Cause::ALL.map(Cause::as_str);
    CancelWord: CancelReason as CancelReason::as_str, CancelReason::ALL.map(CancelReason::as_str);
}

/// The tag of a language (BCP 47).
#[derive(Serialize)]
pub(crate) struct LanguageTag(pub(crate) Language);

impl PartialSchema for LanguageTag {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"))
            .max_length(Some(Language::MAX_LEN))
            .examples(["de", "en", "fr"])
            .into()
    }
}

impl ToSchema for LanguageTag {}

#[cfg(feature = "webhooks")]
words! {
    EventWord: EventKind as EventKind::as_str, EventKind::ALL.map(EventKind::as_str);
}

/// There may be none at all.
const fn events_word(state: Option<&EventsState>) -> &'static str {
    match state {
        Some(state) => state.as_str(),
        None => "none",
    }
}

/// A month of the year.
pub(crate) struct MonthNumber;

impl PartialSchema for MonthNumber {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(12)).into()
    }
}

impl ToSchema for MonthNumber {}
