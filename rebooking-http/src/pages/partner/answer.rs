//! `/partner/answer/{token}`: a partner answers one request by the link in the mail. Every form
//! comes back to the same address, so that no page holds the link.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use minijinja::context;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::link::LinkSecret;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::service::Answer;

use super::decline;
use crate::error::{ApiError, RequestError};
use crate::extract::{self, Fields, Form, Link};
use crate::messages::{calendar, text};
use crate::pages::floor::Page;
use crate::pages::form::{Entered, mended};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::renderer::see_other;
use crate::pages::state::PagesState;

pub(in crate::pages) fn routes() -> Router<PagesState> {
    Router::new().route("/partner/answer/{token}", get(Page(show)).post(Page(act)))
}

async fn show(
    State(app): State<PagesState>,
    Link(link): Link,
    locale: PageLocale,
) -> Result<Response, ApiError> {
    page(&app, &link, &locale, Entered::default()).await
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
            let why = mended(refused, &app.reader(locale.language()))?;
            let mut page = page(&app, &link, &locale, Entered::refused(&form, &why)).await?;
            why.retry_in(page.headers_mut());
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
    let email = form.email("partnerEmail");
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
    entered: Entered<'_>,
) -> Result<Response, ApiError> {
    let seen = app.rebookings().partner_by_link(link).confirmation().await?.value;
    let request = seen.confirmation;
    let locale = locale.clone().of_booking(request.booking.partner.language);
    let (language, booking) = (locale.language(), &request.booking);
    // While there is something to answer.
    let decline = if request.state == ConfirmationState::Pending {
        let partner = app.rebookings().partner(booking.partner.id);
        let options = partner.confirmation_options(std::slice::from_ref(&request)).await?;
        Some(decline::view(language, options.first(), entered))
    } else {
        None
    };
    let (customer, moves) = (&booking.customer, seen.opened_by.is_some());
    let (tag, name) = (customer.language.as_str(), Locales::of_process().name(customer.language));
    let before = seen.opened_by.map(|token| calendar::start(language, &token.booking().slot));
    let view = context! {
        notice => mistake(entered),
        heading => text!(language, "portal-answer-heading", state = request.state.as_str()),
        lead => text!(
            language,
            "portal-answer-lead",
            state = request.state.as_str(),
            moves = if moves { "yes" } else { "no" },
        ),
        course => &booking.course.name,
        date => calendar::start(language, &booking.slot),
        place => app.settings().presentation.place_of(booking),
        participants => booking.participants.count(),
        customer => customer.name.expose(),
        language => text!(language, "portal-language", language = tag, name),
        order_number => booking.order_number.to_string(),
        // The booking that it stands in for.
        before,
        // Why it was declined.
        reason => request.reason.expose(),
        decline,
        opened => entered.field("answer") == Some("decline"),
        typed => entered.typed("partnerEmail"),
    };
    Ok(app.pages().page(entered.status(), "partner/answer.html", &locale, view))
}

fn mistake(entered: Entered<'_>) -> Option<Notice> {
    let why = entered.why()?;
    if why.is_about_the_address() || why.wrong_field() == Some("partnerEmail") {
        Some(Notice::bad(why.message.clone(), Some("partnerEmail".into())))
    } else {
        entered.notice("-1")
    }
}
