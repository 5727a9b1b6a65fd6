//! `/partner`: the requests to a partner, those that wait for an answer first.

mod whole_date;

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::presentation::Presentation;
use rebooking_core::service::{ConfirmationOptions, Declined};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{ConfirmationId, CourseDateId, PartnerId};

use super::decline;
use crate::error::{ApiError, RequestError};
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::{filters, paging};
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn};

const SHOWN: [ConfirmationState; 4] = [
    ConfirmationState::Pending,
    ConfirmationState::Confirmed,
    ConfirmationState::Declined,
    ConfirmationState::Withdrawn,
];

pub(super) async fn show(request: SignedIn<PartnerId>) -> Result<Response, ApiError> {
    page(&request, Entered::default()).await
}

pub(super) async fn act(Sent(request, form): Sent<PartnerId>) -> Result<Response, ApiError> {
    if form.text("confirmDate").is_some() {
        return whole_date::confirm(&request, &form).await;
    }
    match carry_out(&request, &form).await {
        Ok(flash) => Ok(request.done(flash)),
        Err(refused) => {
            let why = request.mended(refused)?;
            page(&request, Entered::refused(&form, &why)).await
        }
    }
}

/// One form, whichever it was.
async fn carry_out(request: &SignedIn<PartnerId>, form: &Fields) -> Result<&'static str, ApiError> {
    let partner = request.partner();
    if form.text("confirm").is_some() {
        partner.confirm(&key(form, "confirm")?).await?;
        return Ok("confirmed");
    }
    if form.text("decline").is_some() {
        let declined = partner.decline(&key(form, "decline")?, &decline::read(form)?).await?;
        let otherwise = declined == Declined::AlreadyOtherwise;
        return Ok(if otherwise { "declined_before" } else { "declined" });
    }
    let date = CourseDateId::new(form.required("withdraw")?);
    let reason = form.free_text("reason")?;
    partner.withdraw(date, &reason).await?;
    Ok("withdrawn")
}

fn key(form: &Fields, field: &'static str) -> Result<ConfirmationKey, RequestError> {
    Ok(ConfirmationKey::Id(ConfirmationId::new(form.required(field)?)))
}

async fn page(request: &SignedIn<PartnerId>, entered: Entered<'_>) -> Result<Response, ApiError> {
    let flash = || Notice::flash(text!(request.language(), "portal-told", said = request.flash()?));
    let status = entered.status();
    page_that_says(request, status, mistake(entered).or_else(flash), entered).await
}

/// The page with something to say of what was sent.
async fn page_that_says(
    request: &SignedIn<PartnerId>,
    status: StatusCode,
    notice: Option<Notice>,
    entered: Entered<'_>,
) -> Result<Response, ApiError> {
    let (partner, params) = (request.partner(), &request.params);
    let state = params.one_of("status", &SHOWN, ConfirmationState::as_str)?;
    let (state, part) = (state.unwrap_or(ConfirmationState::Pending), params.page()?);
    let found = partner.confirmations(Some(state), part).await?;
    let options = partner.confirmation_options(&found.rows).await?;
    let language = request.language();
    let filter = |state: ConfirmationState| {
        (state.as_str(), text!(language, "portal-requests", state = state.as_str()))
    };
    let rows = found.rows.iter().zip(&options);
    let presentation = &request.app.settings().presentation;
    let view = context! {
        notice,
        filters => filters(&request.locale, state.as_str(), SHOWN.map(filter)),
        requests => rows
            .map(|(asked, options)| {
                let whole_date = whole_date::view(language, &found.rows, asked);
                let row = row(language, presentation, asked, options, entered);
                context! { whole_date, ..row }
            })
            .collect::<Vec<_>>(),
        empty => text!(language, "portal-no-requests", state = state.as_str()),
        paging => paging(&request.locale, part, found.total),
    };
    Ok(request.page(status, "partner/requests.html", view))
}

fn mistake(entered: Entered<'_>) -> Option<Notice> {
    let id = entered.field("decline").or(entered.field("request")).unwrap_or_default();
    let form = if entered.field("withdraw").is_some() { "-withdraw-" } else { "-" };
    entered.notice(&format!("{form}{id}"))
}

/// One of `page.requests`.
fn row(
    language: Language,
    presentation: &Presentation,
    request: &Confirmation,
    options: &ConfirmationOptions,
    entered: Entered<'_>,
) -> Value {
    let (booking, id) = (&request.booking, request.id.to_string());
    let declined = entered.of_form("decline", &id);
    let withdrawn = entered.of_form("request", &id);
    let can_decline =
        matches!(request.state, ConfirmationState::Pending | ConfirmationState::Confirmed);
    // It takes the whole date back.
    let withdraw = || {
        context! {
            date => booking.slot.id.value(),
            hits => text!(language, "portal-hits", bookings = options.bookings_on_date),
            reason => withdrawn.typed("reason"),
            wrong => withdrawn.wrong_field(),
        }
    };
    context! {
        id => request.id.value(),
        course => &booking.course.name,
        date => calendar::start(language, &booking.slot),
        place => presentation.place_of(booking),
        participants => text!(language, "portal-people", count = booking.participants.count()),
        customer => booking.customer.name.expose(),
        order_number => booking.order_number.to_string(),
        since => calendar::short_moment(language, booking.slot.zone, request.opened_at),
        state => text!(language, "portal-request", state = request.state.as_str()),
        // It stands in for a booking that was declined, for this reason.
        rebooking => request.token.is_some(),
        reason => request.reason.expose(),
        can_confirm => request.state == ConfirmationState::Pending,
        decline => can_decline.then(|| decline::view(language, Some(options), declined)),
        withdraw => can_decline.then(withdraw),
        // The form that was sent and must be mended.
        opened => match (declined.why(), withdrawn.why()) {
            (Some(_), _) => "decline",
            (None, Some(_)) => "withdraw",
            (None, None) => "",
        },
    }
}
