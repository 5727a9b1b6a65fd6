//! For those who watch the process: is it alive, can it work. Metrics come later.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde::Serialize;

use crate::reply::{Answer, Refused, Success};
use crate::service::App;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

async fn alive() -> Success<Health> {
    Success(Health { status: "alive" })
}

async fn ready(State(app): State<App>) -> Answer<Health> {
    app.rebookings().ports().store.ready().await.map_err(|error| Refused::Core(error.into()))?;
    Ok(Success(Health { status: "ready" }))
}
