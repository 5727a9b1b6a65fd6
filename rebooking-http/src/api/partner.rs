//! Routes for partners: their own bookings, and no others.

pub(crate) mod calendar;

use axum::response::Response;
use chrono::SecondsFormat;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::ports::reports::PartnerStatus;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::value::ids::{ConfirmationId, CourseDateId};
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::PartnerCaller;
use crate::dto::csv;
use crate::dto::partner::{
    Answered, ConfirmationList, DateConfirmed, DateWithdrawn, DeclineAnswered, DeclineForm,
    NotConfirmed, RebookingList, Row,
};
use crate::dto::support::ReasonForm;
use crate::dto::words::{CONFIRMATIONS, ConfirmationWord, PartnerWord};
use crate::error::ApiError;
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Id, Params};
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    json_routes![
        rebookings,
        rebookings_csv,
        confirmations,
        confirm,
        decline,
        confirm_date,
        withdraw
    ]
}

#[utoipa::path(
    get,
    path = "/api/partner/rebookings",
    summary = "Bookings of the partner that were declined or got a link, and what came of them",
    params(
        ("status" = Option<PartnerWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 \
            unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<RebookingList>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn rebookings(
    PartnerCaller { app, partner }: PartnerCaller,
    params: Params,
) -> ApiResult<RebookingList> {
    let params = params.only(&["status", "page", "size"])?;
    let (progress, page) =
        (params.one_of("status", &PartnerStatus::ALL, PartnerStatus::as_str)?, params.page()?);
    let found = app.rebookings().partner(partner).rebookings(progress, page).await?;
    Ok(ApiSuccess(RebookingList::new(page, &found)))
}

#[utoipa::path(
    get,
    path = "/api/partner/rebookings.csv",
    summary = "The same as a table for spreadsheets, all pages in one",
    params(
        ("status" = Option<PartnerWord>, Query, description = "Only those in this state"),
    ),
    responses((status = 200, description = "the table", body = String, content_type = "text/csv")),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn rebookings_csv(
    PartnerCaller { app, partner }: PartnerCaller,
    PreferredLanguage(language): PreferredLanguage,
    params: Params,
) -> Result<Response, ApiError> {
    let params = params.only(&["status"])?;
    let progress = params.one_of("status", &PartnerStatus::ALL, PartnerStatus::as_str)?;
    let head = [
        "id",
        "originalOrderNumber",
        "originalDate",
        "newOrderNumber",
        "newDate",
        "customerName",
        "status",
        "rebooked_at",
    ];
    csv::rebookings(app.rebookings(), partner, language, progress, head.map(str::to_owned), |row| {
        let row = Row::new(row);
        let rebooked_at = row.rebooked_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        [
            row.id.to_string(),
            row.original_order_number,
            row.original_date.to_string(),
            row.new_order_number.unwrap_or_default(),
            row.new_date.map(|day| day.to_string()).unwrap_or_default(),
            row.customer_name,
            row.status.0.to_owned(),
            rebooked_at.unwrap_or_default(),
        ]
    })
    .await
}

#[utoipa::path(
    get,
    path = "/api/partner/confirmations",
    summary = "The requests to the partner",
    params(
        ("status" = Option<ConfirmationWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 \
            unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<ConfirmationList>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn confirmations(
    PartnerCaller { app, partner }: PartnerCaller,
    params: Params,
) -> ApiResult<ConfirmationList> {
    let params = params.only(&["status", "page", "size"])?;
    let (state, page) =
        (params.one_of("status", &CONFIRMATIONS, ConfirmationState::as_str)?, params.page()?);
    let found = app.rebookings().partner(partner).confirmations(state, page).await?;
    Ok(ApiSuccess(ConfirmationList::new(page, &found)))
}

#[utoipa::path(
    post,
    path = "/api/partner/confirmations/{id}/confirm",
    summary = "The partner gives the course",
    params(("id" = i64, Path, minimum = 0, description = "The number of the request")),
    responses((status = 200, description = "done", body = Envelope<Answered>)),
    extensions(("x-codes" = json!(["not_found", "partner_not_asked_yet", "confirmation_closed"]))),
)]
async fn confirm(PartnerCaller { app, partner }: PartnerCaller, Id(id): Id) -> ApiResult<Answered> {
    let asked = ConfirmationKey::Id(ConfirmationId::new(id));
    app.rebookings().partner(partner).confirm(&asked).await?;
    Ok(ApiSuccess(Answered::new(id, ConfirmationState::Confirmed)))
}

#[utoipa::path(
    post,
    path = "/api/partner/confirmations/{id}/decline",
    summary = "The partner cannot give the course: the customer gets a link",
    params(("id" = i64, Path, minimum = 0, description = "The number of the request")),
    request_body = DeclineForm,
    responses((status = 200, description = "done", body = Envelope<DeclineAnswered>)),
    extensions(("x-codes" = json!(["not_found", "partner_not_asked_yet"]))),
)]
async fn decline(
    PartnerCaller { app, partner }: PartnerCaller,
    Id(id): Id,
    Body(decline): Body<DeclineForm>,
) -> ApiResult<DeclineAnswered> {
    let asked = ConfirmationKey::Id(ConfirmationId::new(id));
    let declined = app.rebookings().partner(partner).decline(&asked, &decline.read()?).await?;
    Ok(ApiSuccess(DeclineAnswered::new(id, declined)))
}

#[utoipa::path(
    post,
    path = "/api/partner/dates/{id}/confirm",
    summary = "The partner gives the course to all who are to be confirmed on this date, each \
        decided on its own; at most 1000",
    params(("id" = i64, Path, minimum = 0, description = "The number of the date")),
    responses((status = 200, description = "done", body = Envelope<DateConfirmed>)),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn confirm_date(
    PartnerCaller { app, partner }: PartnerCaller,
    PreferredLanguage(language): PreferredLanguage,
    Id(id): Id,
) -> ApiResult<DateConfirmed> {
    let date = CourseDateId::new(id);
    let done = app.rebookings().partner(partner).confirm_date(date).await?;
    let to = app.caller(language);
    let refused = done.refused.into_iter().map(|one| {
        NotConfirmed::new(one.id, one.request.as_ref(), ApiError::from(one.why).response(&to))
    });
    Ok(ApiSuccess(DateConfirmed::new(date, &done.confirmed, refused.collect())))
}

#[utoipa::path(
    post,
    path = "/api/partner/dates/{id}/withdraw",
    summary = "The date does not take place: every booking on it is declined",
    params(("id" = i64, Path, minimum = 0, description = "The number of the date")),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<DateWithdrawn>)),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn withdraw(
    PartnerCaller { app, partner }: PartnerCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> ApiResult<DateWithdrawn> {
    let date = CourseDateId::new(id);
    let withdrawn = app.rebookings().partner(partner).withdraw(date, &why.read()?).await?;
    Ok(ApiSuccess(DateWithdrawn::new(date, withdrawn)))
}
