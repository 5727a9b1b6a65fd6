//! For those who watch the process: is it alive, can it work, how does it go.

use std::sync::Arc;

use axum::extract::{FromRequestParts as _, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use rebooking_core::ports::PortError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::SupportCaller;
use crate::error::{ApiError, ApiResult, ApiSuccess, Envelope, RequestError};
use crate::state::AppState;
use crate::usage;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(alive)).routes(routes!(ready)).routes(routes!(metrics))
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
async fn alive() -> ApiSuccess<Health> {
    ApiSuccess(Health { status: "alive" })
}

#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    summary = "The process can work: its store answers",
    responses((status = 200, description = "done", body = Envelope<Health>)),
)]
async fn ready(State(app): State<AppState>) -> ApiResult<Health> {
    let asked = app
        .readiness()
        .get(async { app.rebookings().ports().store.ready().await.map_err(Arc::new) });
    asked.await.map_err(|error| {
        let passing = error.is_retryable();
        let same = if passing {
            PortError::Transient(error.into())
        } else {
            PortError::Permanent(error.into())
        };
        ApiError::Core(same.into())
    })?;
    Ok(ApiSuccess(Health { status: "ready" }))
}

#[utoipa::path(
    get,
    path = "/metrics",
    tag = "health",
    summary = "Numbers for Prometheus; where the host has opened it, without a token",
    responses((status = 200, description = "the numbers", body = String, content_type = "text/plain")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn metrics(State(app): State<AppState>, mut parts: Parts) -> Result<Response, ApiError> {
    let Some(page) = &app.settings().metrics else { return Err(RequestError::NoSuchRoute.into()) };
    if !page.is_open() {
        SupportCaller::from_request_parts(&mut parts, &app).await?;
    }
    app.looked().get(usage::measure(app.rebookings())).await;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page.render())
        .into_response())
}
