//! A partner's calendar: the routes that make, renew and revoke its secret address, and the
//! calendar itself, which a program fetches by that address alone.

use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::PartnerCaller;
use crate::dto::calendar::feed;
use crate::dto::partner::{CalendarAddress, CalendarState};
use crate::error::ApiError;
use crate::extract::language::PreferredLanguage;
use crate::extract::{CalendarLink, IfNoneMatch};
use crate::state::AppState;

/// For the partner.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    json_routes![(show, renew), revoke]
}

/// For whoever has the address.
pub(crate) fn feed_routes() -> OpenApiRouter<AppState> {
    json_routes![read]
}

#[utoipa::path(
    get,
    path = "/api/partner/calendar",
    summary = "Whether the partner's calendar has a secret address, which is not told again",
    operation_id = "calendar",
    responses((status = 200, description = "done", body = Envelope<CalendarState>)),
)]
async fn show(PartnerCaller { app, partner }: PartnerCaller) -> ApiResult<CalendarState> {
    let since = app.rebookings().partner(partner).calendar_since().await?;
    Ok(ApiSuccess(CalendarState::new(since)))
}

#[utoipa::path(
    post,
    path = "/api/partner/calendar",
    summary = "Makes a new secret address for the partner's calendar; the one before leads nowhere",
    description = "Each call makes another, and tells it this once.",
    operation_id = "renew_calendar",
    responses((status = 200, description = "done", body = Envelope<CalendarAddress>)),
)]
async fn renew(PartnerCaller { app, partner }: PartnerCaller) -> ApiResult<CalendarAddress> {
    let link = app.rebookings().partner(partner).renew_calendar().await?;
    let base = &app.settings().presentation.base;
    Ok(ApiSuccess(CalendarAddress::new(base.calendar_link(&link))))
}

#[utoipa::path(
    post,
    path = "/api/partner/calendar/revoke",
    summary = "Takes the address of the partner's calendar away; it leads nowhere from then on",
    operation_id = "revoke_calendar",
    responses((status = 200, description = "done", body = Envelope<CalendarState>)),
)]
async fn revoke(PartnerCaller { app, partner }: PartnerCaller) -> ApiResult<CalendarState> {
    app.rebookings().partner(partner).revoke_calendar().await?;
    Ok(ApiSuccess(CalendarState::new(None)))
}

#[utoipa::path(
    get,
    path = "/partner/calendar/{token}",
    summary = "What a partner has confirmed, for a calendar program that subscribes to it",
    description = "Course, time, place, order and number of people; nobody who booked is named.",
    operation_id = "read_calendar",
    params(
        (
            "token" = String,
            Path,
            description = "The last part of the address: its secret and `.ics`"
        ),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what is known")
    ),
    responses(
        (
            status = 200,
            description = "the calendar (RFC 5545)",
            body = String,
            content_type = "text/calendar"
        ),
        (status = 304, description = "the calendar is as it was"),
    ),
    extensions(("x-codes" = json!(["token_unknown"]))),
)]
async fn read(
    State(app): State<AppState>,
    CalendarLink(link): CalendarLink,
    PreferredLanguage(language): PreferredLanguage,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    let bookings = app.rebookings().partner_calendar(&link).await?;
    Ok(feed(&app.settings().presentation, language, &bookings, &known))
}
