//! What a used link shows: the new booking and how it stands.

use rebooking_core::Policy;
use rebooking_core::service::Chosen;
use serde::Serialize;

use crate::messages::{calendar, page as text};
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
        let mut lines = text::state(language, state, token.is_followed_by_a_link(policy));
        if live {
            lines.push(text::paid(language, rebooking.consequence, token.booking().total()));
        }
        Some(Self {
            notice: (before && live).then(|| Notice::good(text::booked_before(language))),
            heading: text::booked_heading(language, state),
            lead: text::booked_lead(language, state),
            mood: if live { "good" } else { "bad" },
            course: rebooking.course.name.clone(),
            date_label: text::date_label(language, live),
            date: calendar::start(language, &rebooking.slot),
            participants: token.booking().participants.count(),
            order_number: chosen.order_number.to_string(),
            order_pending: live && chosen.order_pending,
            lines,
            calendar: live.then(|| locale.with(CALENDAR, "file")),
        })
    }
}
