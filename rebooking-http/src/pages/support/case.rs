//! `/support/cases/{id}`: one case with its links, effects and history, and the forms for what can
//! be done with it.

use axum::extract::State;
use axum::response::Response;
use rebooking_core::RebookError;
use rebooking_core::audit::{AuditEntry, Subject};
use rebooking_core::error::Resource;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CaseId;
use serde::Serialize;

use super::action::{self, Action};
use super::composed;
use super::effects::{self, Row};
use super::step::Step;
use crate::error::{ApiError, ErrorResponse};
use crate::extract::{Fields, Id};
use crate::messages::{calendar, text};
use crate::pages::form::{done, mended, mistaken, status};
use crate::pages::locale::PageLocale;
use crate::pages::mood::mood;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};
use crate::pages::state::PagesState;
use crate::pages::visitor::Visitor;

/// `page` in `support/case.html`.
#[derive(Serialize)]
struct Case {
    notice: Option<Notice>,
    heading: String,
    status: String,
    mood: &'static str,
    customer: String,
    email: String,
    order_number: String,
    partner: String,
    ticket: Option<String>,
    /// The order item, where a link may be sent by hand.
    item: i64,
    actions: Vec<Action>,
    steps: Vec<Step>,
    effects: Vec<Row>,
    history: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    at: String,
    step: String,
    actor: String,
    event: String,
    note: String,
}

pub(super) async fn show(
    State(app): State<PagesState>,
    Id(id): Id,
    SignedIn(SupportName(name), visitor): SignedIn<SupportName>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let said = params.text("said").map(|said| text!(locale.language(), "support-told", said));
    page(&app, &name, CaseId::new(id), &visitor, &locale, said.and_then(Notice::said), None).await
}

pub(super) async fn act(
    State(app): State<PagesState>,
    Id(id): Id,
    locale: PageLocale,
    Sent(SupportName(name), visitor, form): Sent<SupportName>,
) -> Result<Response, ApiError> {
    let case = CaseId::new(id);
    let result = if effects::is_meant(&form) {
        effects::decide(&app, &name, &form).await
    } else {
        action::carry_out(&app, case, &name, &form).await
    };
    match result {
        Ok(said) => Ok(done(&locale, said)),
        Err(refused) => {
            let told = mended(refused, &app.reader(locale.language()))?;
            let place = form.text("act").or(form.text("skip")).unwrap_or_default();
            let notice = mistaken(&told, &format!("-{place}"));
            page(&app, &name, case, &visitor, &locale, Some(notice), Some((&form, &told))).await
        }
    }
}

async fn page(
    app: &PagesState,
    support: &str,
    id: CaseId,
    visitor: &Visitor,
    locale: &PageLocale,
    notice: Option<Notice>,
    mistake: Option<(&Fields, &ErrorResponse)>,
) -> Result<Response, ApiError> {
    let support = app.rebookings().support(support);
    let AsOf { now, value: file } = support.case(id).await?;
    let offers = support.offers(id).await?;
    let language = locale.language();
    let newest = file.tokens.last().ok_or(RebookError::NotFound(Resource::Case))?;
    let (booking, progress) = (newest.booking(), CaseStatus::from_token(newest, now));
    let zone = booking.slot.zone;
    let view = Case {
        notice,
        heading: text!(language, "support-case", id = id.to_string()),
        status: text!(language, "portal-status", status = progress.as_str()),
        mood: mood(progress),
        customer: booking.customer.name.expose().to_owned(),
        email: booking.customer.email.expose().to_owned(),
        order_number: booking.order_number.to_string(),
        partner: text!(language, "portal-partner", id = booking.partner.id.to_string()),
        ticket: file
            .tokens
            .iter()
            .rev()
            .find_map(|token| token.ticket())
            .map(|ticket| ticket.number.clone()),
        item: id.value(),
        actions: Action::all(language, newest, &offers, now, mistake),
        steps: file
            .tokens
            .iter()
            .rev()
            .map(|token| Step::new(language, &file, token, now))
            .collect(),
        effects: file
            .effects
            .iter()
            .rev()
            .map(|effect| Row::new(language, zone, effect, mistake))
            .collect(),
        history: file.audit.iter().rev().map(|entry| Entry::new(language, zone, entry)).collect(),
    };
    Ok(app.pages().page_for(
        visitor,
        status(mistake.map(|(_, told)| told)),
        "support/case.html",
        locale,
        view,
    ))
}

impl Entry {
    fn new(language: Language, zone: VenueZone, entry: &AuditEntry) -> Self {
        Self {
            at: calendar::short_moment(language, zone, entry.at),
            step: match entry.subject {
                Subject::Token(token) => text!(language, "support-step", step = token.step),
                Subject::Booking(_) | Subject::Date(_) => "–".to_owned(),
            },
            actor: composed::actor(language, &entry.actor),
            event: text!(language, "history-event", event = entry.event.as_str()),
            note: entry.note.expose().to_owned(),
        }
    }
}
