//! Who of support looks after a case.

use rebooking_core::value::ids::CaseId;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::support::{CaseState, TakeForm};
use crate::extract::{Body, Id};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![take, give_back]
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/take",
    summary = "Takes a case, so that others see who looks after it",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = TakeForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "case_taken", "reports_left_out"]))),
)]
async fn take(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(form): Body<TakeForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).take(case, form.take_over).await?;
    Ok(ApiSuccess(CaseState::new(case, None, None)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/give-back",
    summary = "Gives back a case that one has taken",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "case_taken", "reports_left_out"]))),
)]
async fn give_back(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).give_back(case).await?;
    Ok(ApiSuccess(CaseState::new(case, None, None)))
}
