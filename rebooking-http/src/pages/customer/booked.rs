//! What a used link shows: the new booking and how it stands.

use rebooking_core::Policy;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::service::Chosen;
use rebooking_core::value::customer::Language;
use serde::Serialize;

use crate::messages::{self, calendar, text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;

/// The parameter that asks for the date as a file. The link to it is seen from the page itself, so
/// that no page holds the link.
pub(super) const CALENDAR: &str = "calendar";

/// `page` in `customer/booked.html`.
#[derive(Serialize)]
pub(super) struct Booked {
    notice: Option<Notice>,
    heading: String,
    lead: String,
    mood: &'static str,
    course: String,
    date_label: String,
    date: String,
    participants: u32,
    order_number: String,
    order_pending: bool,
    lines: Vec<String>,
    /// Where the date is as a file.
    calendar: Option<String>,
}

/// What comes next, line by line.
fn next(language: Language, state: RebookingState, another_link: bool) -> Vec<String> {
    let waiting = matches!(state, RebookingState::Ordering | RebookingState::AwaitingPartner);
    let mail = waiting.then(|| text!(language, "page-mail-follows"));
    let outcome = messages::outcome(state, another_link);
    mail.into_iter().chain([text!(language, "page-what-is-next", outcome)]).collect()
}

impl Booked {
    /// `before`: whether the reader wanted to use the link that somebody had used already.
    pub(super) fn new(
        locale: &PageLocale,
        chosen: &Chosen,
        policy: &Policy,
        before: bool,
    ) -> Option<Self> {
        let language = locale.language();
        let token = &chosen.token;
        let rebooking = token.rebooking()?;
        let state = rebooking.state;
        let live = state.is_live();
        let mut lines = next(language, state, token.is_followed_by_a_link(policy));
        if live {
            let difference = rebooking.consequence.as_str();
            let amount = messages::difference(language, rebooking.consequence);
            let paid = calendar::amount(language, token.booking().total());
            lines.push(text!(language, "page-paid", difference, amount, paid));
        }
        Some(Self {
            notice: (before && live).then(|| Notice::good(text!(language, "page-booked-before"))),
            heading: text!(
                language,
                "page-booked-heading",
                outcome = messages::outcome(state, true)
            ),
            lead: text!(language, "page-booked-lead", live = state.is_live()),
            mood: if live { "good" } else { "bad" },
            course: rebooking.course.name.clone(),
            date_label: text!(language, "page-date-label", live),
            date: calendar::start(language, &rebooking.slot),
            participants: token.booking().participants.count(),
            order_number: chosen.order_number.to_string(),
            order_pending: live && chosen.order_pending,
            lines,
            calendar: live.then(|| locale.with(CALENDAR, "file")),
        })
    }
}
