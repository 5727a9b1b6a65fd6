//! `/partner`: the requests to a partner, those that wait for an answer first.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::service::ConfirmationOptions;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{ConfirmationId, CourseDateId, PartnerId};
use serde::Serialize;

use super::decline::{self, DeclineForm};
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::form::{done, mended, mistaken, status, typed_text};
use crate::pages::list::{Filter, Paging};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn};
use crate::pages::state::PagesState;
use crate::pages::visitor::Visitor;

const SHOWN: [ConfirmationState; 4] = [
    ConfirmationState::Pending,
    ConfirmationState::Confirmed,
    ConfirmationState::Declined,
    ConfirmationState::Withdrawn,
];

/// `page` in `partner/requests.html`.
#[derive(Serialize)]
struct Requests {
    notice: Option<Notice>,
    filters: Vec<Filter>,
    requests: Vec<Request>,
    empty: String,
    paging: Paging,
}

#[derive(Serialize)]
struct Request {
    id: i64,
    course: String,
    date: String,
    participants: String,
    customer: String,
    order_number: String,
    since: String,
    state: String,
    /// It stands in for a booking that was declined.
    rebooking: bool,
    /// Why it was declined.
    reason: String,
    can_confirm: bool,
    decline: Option<DeclineForm>,
    withdraw: Option<Withdraw>,
    /// The form that was sent and must be mended.
    opened: String,
}

/// Takes the whole date back.
#[derive(Serialize)]
struct Withdraw {
    date: i64,
    hits: String,
    reason: String,
    wrong: String,
}

/// A form that could not be carried out.
struct Mistake<'a> {
    form: &'a Fields,
    told: &'a ErrorResponse,
}

impl Mistake<'_> {
    /// Which form it was, and of which request.
    fn opened(&self, request: i64) -> &'static str {
        let id = request.to_string();
        match () {
            () if self.form.text("decline") == Some(&id) => "decline",
            () if self.form.text("request") == Some(&id) => "withdraw",
            () => "",
        }
    }
}

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(partner, visitor): SignedIn<PartnerId>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let said = params.text("said").map(|said| text!(locale.language(), "portal-told", said));
    page(&app, partner, &visitor, &locale, &params, said.and_then(Notice::said), None).await
}

pub(super) async fn act(
    State(app): State<PagesState>,
    locale: PageLocale,
    params: Fields,
    Sent(partner, visitor, form): Sent<PartnerId>,
) -> Result<Response, ApiError> {
    match carry_out(&app, partner, &form).await {
        Ok(said) => Ok(done(&locale, said)),
        Err(refused) => {
            let told = mended(refused, &app.reader(locale.language()))?;
            let place = form.text("decline").or(form.text("request")).unwrap_or_default();
            let which = if form.text("withdraw").is_some() { "-withdraw-" } else { "-" };
            let notice = mistaken(&told, &format!("{which}{place}"));
            let mistake = Mistake { form: &form, told: &told };
            page(&app, partner, &visitor, &locale, &params, Some(notice), Some(mistake)).await
        }
    }
}

/// One form, whichever it was.
async fn carry_out(
    app: &PagesState,
    partner: PartnerId,
    form: &Fields,
) -> Result<&'static str, ApiError> {
    let partner = app.rebookings().partner(partner);
    if let Some(id) = form.text("confirm") {
        partner.confirm(&asked("confirm", id)?).await?;
        return Ok("confirmed");
    }
    if let Some(id) = form.text("decline") {
        partner.decline(&asked("decline", id)?, &decline::read(form)?).await?;
        return Ok("declined");
    }
    let date = form
        .text("withdraw")
        .and_then(|id| id.parse().ok())
        .ok_or(RequestError::field("withdraw"))?;
    let reason = extract::text("reason", form.text("reason").unwrap_or_default())?;
    partner.withdraw(CourseDateId::new(date), &reason).await?;
    Ok("withdrawn")
}

fn asked(field: &'static str, id: &str) -> Result<ConfirmationKey, RequestError> {
    let id = id.parse().map_err(|_| RequestError::field(field))?;
    Ok(ConfirmationKey::Id(ConfirmationId::new(id)))
}

async fn page(
    app: &PagesState,
    partner: PartnerId,
    visitor: &Visitor,
    locale: &PageLocale,
    params: &Fields,
    notice: Option<Notice>,
    mistake: Option<Mistake<'_>>,
) -> Result<Response, ApiError> {
    let state = params.one_of("status", &SHOWN, ConfirmationState::as_str)?;
    let (state, part) = (state.unwrap_or(ConfirmationState::Pending), params.page()?);
    let partner = app.rebookings().partner(partner);
    let found = partner.confirmations(Some(state), part).await?;
    let instead = partner.confirmation_options(&found.rows).await?;
    let language = locale.language();
    let filter = |one: ConfirmationState| {
        Filter::new(
            locale,
            one.as_str(),
            text!(language, "portal-requests", state = one.as_str()),
            one == state,
        )
    };
    let rows = found.rows.iter().zip(&instead);
    let view = Requests {
        notice,
        filters: SHOWN.into_iter().map(filter).collect(),
        requests: rows
            .map(|(request, instead)| Request::new(language, request, instead, mistake.as_ref()))
            .collect(),
        empty: text!(language, "portal-no-requests", state = state.as_str()),
        paging: Paging::new(locale, part, found.total),
    };
    let status = status(mistake.map(|mistake| mistake.told));
    Ok(app.pages().page_for(visitor, status, "partner/requests.html", locale, view).into_response())
}

impl Request {
    fn new(
        language: Language,
        request: &Confirmation,
        instead: &ConfirmationOptions,
        mistake: Option<&Mistake<'_>>,
    ) -> Self {
        let (booking, id) = (&request.booking, request.id.value());
        let opened = mistake.map_or("", |mistake| mistake.opened(id));
        let typed = |form: &str| mistake.filter(|_| opened == form);
        let wrong = |form: &str| typed(form).and_then(|mistake| mistake.told.wrong_field());
        let can_decline =
            matches!(request.state, ConfirmationState::Pending | ConfirmationState::Confirmed);
        let decline = || {
            let typed = typed("decline").map(|mistake| mistake.form);
            DeclineForm::new(language, &instead.proposals, typed, wrong("decline"))
        };
        let withdraw = || Withdraw {
            date: booking.slot.id.value(),
            hits: text!(language, "portal-hits", bookings = instead.bookings_on_date),
            reason: typed("withdraw")
                .map(|mistake| typed_text(mistake.form, "reason"))
                .unwrap_or_default(),
            wrong: wrong("withdraw").unwrap_or_default().to_owned(),
        };
        Self {
            id,
            course: booking.course.name.clone(),
            date: calendar::start(language, &booking.slot),
            participants: text!(language, "portal-people", count = booking.participants.count()),
            customer: booking.customer.name.expose().to_owned(),
            order_number: booking.order_number.to_string(),
            since: calendar::short_moment(language, booking.slot.zone, request.opened_at),
            state: text!(language, "portal-request", state = request.state.as_str()),
            rebooking: request.token.is_some(),
            reason: request.reason.expose().to_owned(),
            can_confirm: request.state == ConfirmationState::Pending,
            decline: can_decline.then(decline),
            withdraw: can_decline.then(withdraw),
            opened: opened.to_owned(),
        }
    }
}
