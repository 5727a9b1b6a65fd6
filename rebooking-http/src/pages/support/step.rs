//! One link of a case in full: why it was issued, what it moves, what came of it. The link itself
//! is not in it.

use chrono::{DateTime, Utc};
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::audit::AuditEvent;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::customer::Language;

use super::composed;
use crate::messages::{calendar, text};
use crate::pages::mood::mood;

/// What `support/step.html` shows.
pub(super) fn view(
    language: Language,
    file: &CaseDetails,
    token: &RebookingToken,
    now: DateTime<Utc>,
) -> Value {
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
        (
            text!(language, "support-step-cause"),
            text!(language, "history-cause", cause = token.cause().as_str()),
        ),
        (text!(language, "support-step-reason"), token.reason().expose().to_owned()),
        (text!(language, "support-step-booking"), booked),
        (
            text!(language, "support-step-price"),
            text!(
                language,
                "page-for-people",
                total = calendar::amount(language, booking.paid),
                people = booking.participants.count()
            ),
        ),
        (text!(language, "support-step-issued"), moment(token.issued_at())),
        (text!(language, "support-step-expires"), moment(token.expires_at())),
    ];
    let opened = file.first(token.id(), AuditEvent::PageOpened);
    facts.extend(opened.map(|at| (text!(language, "support-step-opened"), moment(at))));
    if token.attempts().total > 0 {
        facts.push((text!(language, "support-step-attempts"), token.attempts().total.to_string()));
    }
    facts.extend(token.wishes().iter().map(|wish| {
        let parts =
            [composed::wish(language, wish), wish.text.expose().to_owned(), moment(wish.at)];
        (
            text!(language, "support-step-wish"),
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        )
    }));
    match token.state() {
        TokenState::Active => {}
        TokenState::Used(rebooking) => facts.extend(chosen(language, rebooking)),
        TokenState::Cancelled { at, why } => {
            let how = format!(
                "{}, {}",
                moment(*at),
                text!(language, "history-cancelled", why = why.as_str())
            );
            facts.push((text!(language, "support-step-cancelled"), how));
        }
    }
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    context! {
        title => text!(language, "support-step", step = token.id().step),
        status => text!(language, "portal-status", status = progress.as_str()),
        mood => mood(progress),
        facts => facts.map(|(label, text)| context! { label, text }).collect::<Vec<_>>(),
    }
}

fn chosen(language: Language, rebooking: &Rebooking) -> Vec<(String, String)> {
    let zone = rebooking.slot.zone;
    let (at, by) = (
        calendar::short_moment(language, zone, rebooking.at),
        text!(language, "history-chooser", by = rebooking.by.as_str()),
    );
    let date =
        format!("{} · {}", rebooking.course.name, calendar::start(language, &rebooking.slot));
    let mut facts = vec![
        (text!(language, "support-step-chosen"), format!("{at}, {by}")),
        (text!(language, "support-step-new-date"), date),
        (
            text!(language, "support-step-difference"),
            composed::price_difference(language, rebooking.consequence),
        ),
    ];
    facts.extend(
        rebooking
            .order
            .as_ref()
            .map(|order| (text!(language, "support-step-new-order"), format!("#{}", order.number))),
    );
    facts
}
