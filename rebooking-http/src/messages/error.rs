//! The texts of errors that take a decision of their own.

use rebooking_core::Policy;
use rebooking_core::eligibility::Refusal;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::{calendar, outcome, text};

/// `renewable`: whether a new link is sent to whoever asks for one.
pub(crate) fn token_expired(language: Language, token: &RebookingToken, renewable: bool) -> String {
    let since = calendar::day(language, token.booking().slot.zone.local(token.expires_at()));
    text!(language, "errors-token-expired", since, renewable)
}

pub(crate) fn token_used(language: Language, token: &RebookingToken, policy: &Policy) -> String {
    let rebooking = token.rebooking();
    let when = rebooking.map(|rebooking| calendar::start(language, &rebooking.slot));
    let another_link = token.is_followed_by_a_link(policy);
    let outcome = rebooking.map_or("open", |rebooking| outcome(rebooking.state, another_link));
    text!(language, "errors-token-used", outcome, when = when.unwrap_or_default())
}

/// Why a chosen date cannot be booked.
///
/// `slot`: when it is, where there is such a date. `others`: whether there are dates to choose
/// from.
pub(crate) fn refusal(
    language: Language,
    why: Refusal,
    slot: Option<&Slot>,
    others: bool,
) -> String {
    let total = match why {
        Refusal::PriceChanged { total } => calendar::amount(language, total),
        _ => String::new(),
    };
    let why = match why {
        Refusal::Unknown | Refusal::OtherCourse => "unknown",
        Refusal::LostBefore => "lost_before",
        Refusal::OtherPartner => "other_partner",
        Refusal::Withdrawn => "withdrawn",
        Refusal::AlreadyStarted => "already_started",
        Refusal::TooSoon => "too_soon",
        Refusal::TooFar => "too_far",
        Refusal::TooFewPlaces { .. } if others => "too_few_places_here",
        Refusal::TooFewPlaces { .. } => "too_few_places",
        Refusal::OtherCurrency | Refusal::PriceDiffers => "another_price",
        Refusal::PriceChanged { .. } => "price_changed",
    };
    let start = slot.map_or("none".to_owned(), |slot| calendar::start(language, slot));
    text!(language, "errors-refusal", why, start, total)
}

/// Why a date cannot be proposed: on a page, or to a program that knows the field.
pub(crate) fn invalid_proposal(
    language: Language,
    date: CourseDateId,
    slot: Option<&Slot>,
    why: Refusal,
    on_page: bool,
) -> String {
    let refusal = refusal(language, why, slot, false);
    if on_page {
        text!(language, "errors-invalid-proposal-on-page", refusal)
    } else {
        text!(language, "errors-invalid-proposal", date = date.to_string(), refusal)
    }
}
