//! What people read, as data: the catalogues in `locales`, one for each language.

mod error;

use std::sync::LazyLock;

use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::presentation::catalogue::{Argument, Catalogues};
use rebooking_core::rebooking::RebookingState;
use rebooking_core::value::customer::Language;

pub(crate) use error::{invalid_proposal, refusal, token_expired, token_used};
pub(crate) use rebooking_core::presentation::format as calendar;

/// The text of a key in a language, filled with arguments by name:
/// `text!(language, "page-choose-this", difference, start, total = &total)`.
///
/// `tests/tests/style` compares every call with the catalogues.
macro_rules! text {
    ($language:expr, $key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::messages::filled(
            $language,
            $key,
            &[$((stringify!($name), $crate::messages::given!($name $($value)?).into())),*],
        )
    };
}
pub(crate) use text;

/// What an argument is: a value, or what is called as it is.
macro_rules! given {
    ($name:ident) => {
        $name
    };
    ($name:ident $value:expr) => {
        $value
    };
}
pub(crate) use given;

macro_rules! catalogues {
    ($($(#[$feature:meta])? $name:literal)*) => {
        const SOURCES: &[(Language, &str)] = &[$(
            $(#[$feature])?
            (Language::German, include_str!(concat!("../locales/de/", $name, ".ftl"))),
            $(#[$feature])?
            (Language::English, include_str!(concat!("../locales/en/", $name, ".ftl"))),
        )*];
    };
}

catalogues! {
    "answers"
    "errors"
    "fields"
    #[cfg(feature = "pages")] "history"
    #[cfg(feature = "pages")] "page"
    #[cfg(feature = "pages")] "portal"
    #[cfg(feature = "pages")] "support"
}

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(|| {
    let catalogues = Catalogues::new(SOURCES);
    for fault in catalogues.check() {
        tracing::error!(%fault, "a catalogue is broken");
    }
    catalogues
});

/// See [`text!`].
pub(crate) fn filled(language: Language, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    CATALOGUES.text(language, key, arguments)
}

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
