//! For those who watch the process: is it alive, can it work. Metrics come later.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::reply::{Answer, Envelope, Refused, Success};
use crate::service::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(alive)).routes(routes!(ready))
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    summary = "The process is alive",
    responses((status = 200, description = "done", body = Envelope<Health>)),
)]
async fn alive() -> Success<Health> {
    Success(Health { status: "alive" })
}

#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    summary = "The process can work: its store answers",
    responses((status = 200, description = "done", body = Envelope<Health>)),
)]
async fn ready(State(app): State<App>) -> Answer<Health> {
    app.rebookings().ports().store.ready().await.map_err(|error| Refused::Core(error.into()))?;
    Ok(Success(Health { status: "ready" }))
}
