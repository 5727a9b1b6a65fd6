//! Routes for another date in place of a backup that was booked.

use axum::extract::State;
use rebooking_core::RebookError;
use rebooking_core::error::Conflict;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::dto::customer::{ChoiceDone, ExchangeDates, Selection};
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Link};
use crate::state::AppState;
use crate::usage;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![(show_exchange, exchange)]
}

#[utoipa::path(
    get,
    path = "/api/rebook/{token}/date",
    summary = "The dates that a backup which was booked can be exchanged for",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    responses((status = 200, description = "done", body = Envelope<ExchangeDates>)),
    extensions(("x-codes" = json!(["token_unknown", "date_fixed"]))),
)]
async fn show_exchange(State(app): State<AppState>, Link(link): Link) -> ApiResult<ExchangeDates> {
    let shown = app.rebookings().customer(&link).exchange_offers().await?;
    let shown = shown.ok_or(RebookError::Conflict(Conflict::DateFixed))?;
    Ok(ApiSuccess(ExchangeDates::new(&shown)))
}

#[utoipa::path(
    put,
    path = "/api/rebook/{token}/date",
    summary = "Books another date in place of a backup that was booked",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    request_body = Selection,
    responses((status = 200, description = "done", body = Envelope<ChoiceDone>)),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "token_used",
        "email_mismatch", "too_many_attempts", "attempts_exhausted", "sold_out",
        "date_not_offered", "price_changed", "date_fixed"
    ]))),
)]
async fn exchange(
    State(app): State<AppState>,
    Link(link): Link,
    PreferredLanguage(language): PreferredLanguage,
    Body(selection): Body<Selection>,
) -> ApiResult<ChoiceDone> {
    let chosen = usage::exchange(&app, &link, &selection.read()?).await?;
    Ok(ApiSuccess(ChoiceDone::new(language, &chosen)))
}
