//! What support notes about a case.

use rebooking_core::value::ids::CaseId;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::support::{CaseState, NoteForm};
use crate::extract::{Body, Id};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![note]
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/notes",
    summary = "Notes something in the history of a case; anew each time",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = NoteForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "forgotten"]))),
)]
async fn note(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(form): Body<NoteForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).note(case, &form.read()?).await?;
    Ok(ApiSuccess(CaseState::new(case, None, None)))
}
