//! `/partner/answer/{token}`: a partner answers one request by the link in the mail. Every form
//! comes back to the same address, so that no page holds the link.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::Answer;
use serde::Serialize;

use super::decline::{self, DeclineForm};
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::{self, Fields, Form, Link};
use crate::messages::{calendar, text};
use crate::pages::floor::Page;
use crate::pages::form::{mended, mistaken, status, typed_text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::renderer::see_other;
use crate::pages::state::PagesState;

pub(in crate::pages) fn routes() -> Router<PagesState> {
    Router::new().route("/partner/answer/{token}", get(Page(show)).post(Page(act)))
}

/// `page` in `partner/answer.html`.
#[derive(Serialize)]
struct Request {
    notice: Option<Notice>,
    heading: String,
    lead: String,
    course: String,
    date: String,
    participants: u32,
    customer: String,
    order_number: String,
    /// The booking that it stands in for.
    before: Option<String>,
    /// Why it was declined.
    reason: String,
    /// While there is something to answer.
    decline: Option<DeclineForm>,
    opened: bool,
    /// The address that was typed.
    typed: String,
}

async fn show(
    State(app): State<PagesState>,
    Link(link): Link,
    locale: PageLocale,
) -> Result<Response, ApiError> {
    page(&app, &link, &locale, None).await
}

async fn act(
    State(app): State<PagesState>,
    Link(link): Link,
    locale: PageLocale,
    Form(form): Form,
) -> Result<Response, ApiError> {
    match answered(&app, &link, &form).await {
        Ok(()) => Ok(see_other(&locale.onward("answered"))),
        Err(refused) => {
            let locale = spoken_by_partner(&app, &link, locale).await?;
            let told = mended(refused, &app.reader(locale.language()))?;
            let mut page = page(&app, &link, &locale, Some((&form, &told))).await?;
            told.retry_in(page.headers_mut());
            Ok(page)
        }
    }
}

/// The language of a page about this request.
async fn spoken_by_partner(
    app: &PagesState,
    link: &LinkSecret,
    locale: PageLocale,
) -> Result<PageLocale, ApiError> {
    let request = app.rebookings().partner_by_link(link).confirmation().await?.value.confirmation;
    Ok(locale.of_booking(request.booking.partner.language))
}

async fn answered(app: &PagesState, link: &LinkSecret, form: &Fields) -> Result<(), ApiError> {
    extract::reject_honeypot(form)?;
    let email = extract::email("partnerEmail", form.text("partnerEmail").unwrap_or_default());
    let answer = match form.text("answer") {
        Some("confirm") => Answer::Confirm,
        Some("decline") => Answer::Decline(decline::read(form)?),
        Some(_) | None => return Err(RequestError::field("answer").into()),
    };
    Ok(app.rebookings().partner_by_link(link).answer(&email?, &answer).await?)
}

async fn page(
    app: &PagesState,
    link: &LinkSecret,
    locale: &PageLocale,
    mistake: Option<(&Fields, &ErrorResponse)>,
) -> Result<Response, ApiError> {
    let seen = app.rebookings().partner_by_link(link).confirmation().await?.value;
    let request = seen.confirmation;
    let locale = locale.clone().of_booking(request.booking.partner.language);
    let (language, booking) = (locale.language(), &request.booking);
    let pending = request.state == ConfirmationState::Pending;
    let decline = if pending {
        let partner = app.rebookings().partner(booking.partner.id);
        let instead = partner.confirmation_options(std::slice::from_ref(&request)).await?;
        let proposals =
            instead.into_iter().next().map(|instead| instead.proposals).unwrap_or_default();
        let (form, wrong) =
            (mistake.map(|(form, _)| form), mistake.and_then(|(_, told)| told.wrong_field()));
        Some(DeclineForm::new(language, &proposals, form, wrong))
    } else {
        None
    };
    let before = seen.opened_by.map(|token| calendar::start(language, &token.booking().slot));
    let view = Request {
        notice: mistake.map(|(_, told)| what_is_wrong(told)),
        heading: text!(language, "portal-answer-heading", state = request.state.as_str()),
        lead: text!(language, "portal-answer-lead", state = request.state.as_str()),
        course: booking.course.name.clone(),
        date: calendar::start(language, &booking.slot),
        participants: booking.participants.count(),
        customer: booking.customer.name.expose().to_owned(),
        order_number: booking.order_number.to_string(),
        before,
        reason: request.reason.expose().to_owned(),
        decline,
        opened: mistake.is_some_and(|(form, _)| form.text("answer") == Some("decline")),
        typed: mistake.map(|(form, _)| typed_text(form, "partnerEmail")).unwrap_or_default(),
    };
    Ok(app.pages().page(
        status(mistake.map(|(_, told)| told)),
        "partner/answer.html",
        &locale,
        view,
    ))
}

fn what_is_wrong(told: &ErrorResponse) -> Notice {
    if told.is_about_the_address() || told.wrong_field() == Some("partnerEmail") {
        Notice::bad(told.message.clone(), Some("partnerEmail".into()))
    } else {
        mistaken(told, "-1")
    }
}
