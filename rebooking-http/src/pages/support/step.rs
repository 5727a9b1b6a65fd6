//! One link of a case in full: why it was issued, what it moves, what came of it. The link itself
//! is not in it.

use chrono::{DateTime, Utc};
use rebooking_core::audit::AuditEvent;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::customer::Language;
use serde::Serialize;

use crate::messages::{calendar, history, page, portal, support as text};

/// What `support/step.html` shows.
#[derive(Serialize)]
pub(super) struct Step {
    title: String,
    status: String,
    mood: &'static str,
    facts: Vec<Fact>,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    text: String,
}

impl Step {
    pub(super) fn new(
        language: Language,
        file: &CaseDetails,
        token: &RebookingToken,
        now: DateTime<Utc>,
    ) -> Self {
        let progress = CaseStatus::from_token(token, now);
        let (booking, zone) = (token.booking(), token.booking().slot.zone);
        let moment = |at| calendar::short_moment(language, zone, at);
        let booked = format!(
            "#{} · {} · {}",
            booking.order_number,
            booking.course.name,
            calendar::start(language, &booking.slot)
        );
        let mut facts = vec![
            (text::step_cause(language), history::cause(language, token.cause())),
            (text::step_reason(language), token.reason().expose().to_owned()),
            (text::step_booking(language), booked),
            (
                text::step_price(language),
                page::for_people(language, booking.total(), booking.participants.count()),
            ),
            (text::step_issued(language), moment(token.issued_at())),
            (text::step_expires(language), moment(token.expires_at())),
        ];
        let opened = file.first(token.id(), AuditEvent::PageOpened);
        facts.extend(opened.map(|at| (text::step_opened(language), moment(at))));
        if token.attempts().total > 0 {
            facts.push((text::step_attempts(language), token.attempts().total.to_string()));
        }
        facts.extend(token.wishes().iter().map(|wish| {
            let said =
                [history::wish(language, wish), wish.text.expose().to_owned(), moment(wish.at)];
            (
                text::step_wish(language),
                said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
            )
        }));
        match token.state() {
            TokenState::Active => {}
            TokenState::Used(rebooking) => facts.extend(chosen(language, rebooking)),
            TokenState::Cancelled { at, why } => {
                let how = format!("{}, {}", moment(*at), history::cancelled(language, *why));
                facts.push((text::step_cancelled(language), how));
            }
        }
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
        Self {
            title: text::step(language, token.id().step),
            status: portal::progress(language, progress),
            mood: portal::mood(progress),
            facts: facts.map(|(label, text)| Fact { label, text }).collect(),
        }
    }
}

fn chosen(language: Language, rebooking: &Rebooking) -> Vec<(String, String)> {
    let zone = rebooking.slot.zone;
    let (at, by) = (
        calendar::short_moment(language, zone, rebooking.at),
        history::chooser(language, rebooking.by),
    );
    let date =
        format!("{} · {}", rebooking.course.name, calendar::start(language, &rebooking.slot));
    let mut facts = vec![
        (text::step_chosen(language), format!("{at}, {by}")),
        (text::step_new_date(language), date),
        (text::step_difference(language), history::consequence(language, rebooking.consequence)),
    ];
    facts.extend(
        rebooking
            .order
            .as_ref()
            .map(|order| (text::step_new_order(language), format!("#{}", order.number))),
    );
    facts
}
