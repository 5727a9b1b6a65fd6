//! For those who watch the process: is it alive, can it work, how does it go.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use rebooking_core::ports::PortError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::path::Operation;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::demand_support;
use crate::edge::floor::Rejection;
use crate::error::ApiError;
use crate::extract::handler::{Buffered, Extract};
use crate::settings::MetricsPage;
use crate::state::AppState;
use crate::usage;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    json_routes![alive, ready, metrics]
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

#[utoipa::path(
    get,
    path = "/healthz",
    summary = "The process is alive",
    responses((status = 200, description = "done", body = Envelope<Health>)),
)]
async fn alive() -> ApiResult<Health> {
    Ok(ApiSuccess(Health { status: "alive" }))
}

#[utoipa::path(
    get,
    path = "/readyz",
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
    summary = "Numbers for Prometheus; where the host has opened it, without a token",
    responses((
        status = 200,
        description = "the numbers",
        body = String,
        content_type = "text/plain"
    )),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn metrics(State(app): State<AppState>, page: Metrics) -> Result<Response, ApiError> {
    app.looked().get(usage::measure(app.rebookings())).await;
    let kind = (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Ok(([kind], page.0.render()).into_response())
}

/// Describes them where there are any: by the host's settings they may be open to anybody.
pub(super) fn describe(page: &MetricsPage, operation: &mut Operation) {
    // Nothing is refused for being no page.
    operation.extensions = None;
    if page.is_open() {
        operation.security = None;
    }
}

/// The numbers, for whoever may read them.
struct Metrics(MetricsPage);

impl Extract<AppState> for Metrics {
    async fn extract(request: &mut Buffered, app: &AppState) -> Result<Self, ApiError> {
        let page = app.settings().metrics.as_ref().ok_or(Rejection::NoSuchRoute)?;
        if !page.is_open() {
            demand_support(request, app).await?;
        }
        Ok(Self(page.clone()))
    }
}
