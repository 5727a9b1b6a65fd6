//! What a used link shows: the new booking and how it stands.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::Policy;
use rebooking_core::presentation::Presentation;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::service::Chosen;
use rebooking_core::value::customer::Language;

use crate::messages::{self, calendar, text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;

/// The parameter that asks for the date as a file. The link to it is seen from the page itself, so
/// that no page holds the link.
pub(super) const CALENDAR: &str = "calendar";

/// What comes next, line by line.
fn next(language: Language, state: RebookingState, another_link: bool) -> Vec<String> {
    let waiting = matches!(state, RebookingState::Ordering | RebookingState::AwaitingPartner);
    let mail = waiting.then(|| text!(language, "page-mail-follows"));
    let outcome = messages::outcome(state, another_link);
    mail.into_iter().chain([text!(language, "page-what-is-next", outcome)]).collect()
}

/// `page` in `customer/booked.html`. `before`: whether the reader wanted to use the link that
/// somebody had used already.
pub(super) fn view(
    locale: &PageLocale,
    presentation: &Presentation,
    chosen: &Chosen,
    policy: &Policy,
    before: bool,
) -> Option<Value> {
    let (language, token) = (locale.language(), &chosen.token);
    let rebooking = token.rebooking()?;
    let state = rebooking.state;
    let live = state.is_live();
    let mut lines = next(language, state, token.is_followed_by_a_link(policy));
    if live {
        let difference = rebooking.consequence.as_str();
        let amount = messages::difference(language, rebooking.consequence);
        let paid = calendar::amount(language, token.booking().paid);
        lines.push(text!(language, "page-paid", difference, amount, paid));
    }
    let outcome = messages::outcome(state, true);
    Some(context! {
        notice => (before && live).then(|| Notice::good(text!(language, "page-booked-before"))),
        heading => text!(language, "page-booked-heading", outcome),
        lead => text!(language, "page-booked-lead", live),
        mood => if live { "good" } else { "bad" },
        course => &rebooking.course.name,
        date_label => text!(language, "page-date-label", live),
        date => calendar::start(language, &rebooking.slot),
        place => token.moved_booking().and_then(|booking| presentation.place_of(&booking)),
        participants => token.booking().participants.count(),
        order_number => chosen.order_number.to_string(),
        order_pending => live && chosen.order_pending,
        lines,
        // Where the date is as a file.
        calendar => live.then(|| locale.with(CALENDAR, "file")),
    })
}
