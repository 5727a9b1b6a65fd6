//! Rows of the store that make no sense and are still to be mended.

use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::malformed::MalformedRows;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![malformed_rows]
}

#[utoipa::path(
    get,
    path = "/api/support/malformed-rows",
    summary = "Rows of the store that make no sense and are still to be mended",
    responses((status = 200, description = "done", body = Envelope<MalformedRows>)),
)]
async fn malformed_rows(SupportCaller { app, name }: SupportCaller) -> ApiResult<MalformedRows> {
    let found = app.rebookings().support(&name).malformed_rows().await?;
    Ok(ApiSuccess(MalformedRows::new(&found)))
}
