//! The JSON API, by who calls it.

mod customer;
pub(crate) mod health;
pub(crate) mod json;
#[cfg(feature = "openapi")]
pub(crate) mod openapi;
mod partner;
mod support;

use utoipa_axum::router::OpenApiRouter;

use crate::settings::EnabledParts;
use crate::state::AppState;

/// The routes of the parts that are enabled.
pub(crate) fn routes(enabled: EnabledParts) -> OpenApiRouter<AppState> {
    let part = |enabled: bool, routes: fn() -> OpenApiRouter<AppState>| {
        if enabled { routes() } else { OpenApiRouter::default() }
    };
    part(enabled.customer, customer::routes)
        .merge(part(enabled.partner, partner::routes))
        .merge(part(enabled.support, support::routes))
}
