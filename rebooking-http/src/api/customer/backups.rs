//! Routes for the dates to take should the partner decline the chosen one.

use axum::extract::State;
use rebooking_core::RebookError;
use rebooking_core::error::Conflict;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::dto::backups::{BackupList, BackupPage, BackupsNamed};
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Link};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![(show_backups, name_backups)]
}

#[utoipa::path(
    get,
    path = "/api/rebook/{token}/backups",
    summary = "The dates that were named in case the partner declines, and those that can be",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    responses((status = 200, description = "done", body = Envelope<BackupPage>)),
    extensions(("x-codes" = json!(["token_unknown", "backups_closed"]))),
)]
async fn show_backups(State(app): State<AppState>, Link(link): Link) -> ApiResult<BackupPage> {
    let shown = app.rebookings().customer(&link).backup_offers().await?;
    let shown = shown.ok_or(RebookError::Conflict(Conflict::BackupsClosed))?;
    Ok(ApiSuccess(BackupPage::new(&shown)))
}

#[utoipa::path(
    put,
    path = "/api/rebook/{token}/backups",
    summary = "Names the dates to book should the partner decline, in place of those named before",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    request_body = BackupList,
    responses((status = 200, description = "done", body = Envelope<BackupsNamed>)),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "token_used",
        "email_mismatch", "too_many_attempts", "attempts_exhausted", "sold_out",
        "date_not_offered", "price_changed", "backups_closed"
    ]))),
)]
async fn name_backups(
    State(app): State<AppState>,
    Link(link): Link,
    PreferredLanguage(language): PreferredLanguage,
    Body(list): Body<BackupList>,
) -> ApiResult<BackupsNamed> {
    let backups = app.rebookings().customer(&link).name_backups(&list.read()?).await?;
    Ok(ApiSuccess(BackupsNamed::new(language, &backups)))
}
