//! What the outside world is still to be told: the list, and what support decides on one that has
//! come to its end.

use rebooking_core::effect::EffectStatus;
use rebooking_core::value::ids::EffectId;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::effect::{Decided, EffectList};
use crate::dto::support::ReasonForm;
use crate::dto::words::EffectStateWord;
use crate::error::RequestError;
use crate::extract::{Body, Id, Params};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![effects, retry, skip]
}

#[utoipa::path(
    get,
    path = "/api/support/effects",
    summary = "What the outside world is still to be told, or has been told",
    params(
        ("state" = Option<EffectStateWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 \
            unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<EffectList>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn effects(
    SupportCaller { app, name }: SupportCaller,
    params: Params,
) -> ApiResult<EffectList> {
    let params = params.only(&["state", "page", "size"])?;
    let page = params.page()?;
    let status = params.text("state").map(str::parse).transpose();
    let status = status.map_err(|_| RequestError::field("state"))?;
    let found = app.rebookings().support(&name).effects(status, page).await?;
    Ok(ApiSuccess(EffectList::new(page, &found)))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/retry",
    summary = "Tries an effect again, or tells an event once more that was taken",
    params(("id" = i64, Path, minimum = 0, description = "The number of the effect")),
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle"]))),
)]
async fn retry(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<Decided> {
    app.rebookings().support(&name).retry(EffectId::new(id)).await?;
    Ok(ApiSuccess(Decided::new(id, EffectStatus::Waiting)))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/skip",
    summary = "Gives an effect up",
    params(("id" = i64, Path, minimum = 0, description = "The number of the effect")),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle", "order_cannot_be_skipped"]))),
)]
async fn skip(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> ApiResult<Decided> {
    app.rebookings().support(&name).skip(EffectId::new(id), &why.read()?).await?;
    Ok(ApiSuccess(Decided::new(id, EffectStatus::Skipped)))
}
