//! What the outside world is still to be told: the list, and what support decides on one that has
//! come to its end.

use axum::extract::State;
use rebooking_core::value::ids::EffectId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::input::{Body, Id, Params};
use crate::reply::{Answer, Envelope, Success};
use crate::service::App;
use crate::sign_in::SupportCaller;
use crate::wire::effect::{Decided, EffectList};
use crate::wire::support::ReasonForm;
use crate::wire::words::EffectStateWord;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(effects)).routes(routes!(retry)).routes(routes!(skip))
}

#[utoipa::path(
    get,
    path = "/api/support/effects",
    tag = "support",
    summary = "What the outside world is still to be told, or has been told",
    params(
        ("state" = Option<EffectStateWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<EffectList>)),
    security(("bearer" = [])),
)]
async fn effects(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<EffectList> {
    let params = params.only(&["state", "page", "size"])?;
    let page = params.page()?;
    let found = app.rebookings().effects(params.text("state"), page).await?;
    Ok(Success(EffectList::of(page, &found)))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/retry",
    tag = "support",
    summary = "Tries an effect again that has come to its end",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the effect"),
    ),
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle"]))),
)]
async fn retry(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
) -> Answer<Decided> {
    app.rebookings().retry(EffectId::new(id), &name).await?;
    Ok(Success(Decided { id, state: "waiting" }))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/skip",
    tag = "support",
    summary = "Gives an effect up",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the effect"),
    ),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle", "order_cannot_be_skipped"]))),
)]
async fn skip(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> Answer<Decided> {
    app.rebookings().skip(EffectId::new(id), &name, &why.read()?).await?;
    Ok(Success(Decided { id, state: "skipped" }))
}
