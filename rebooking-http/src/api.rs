//! The JSON API, by who calls it.

mod customer;
mod health;
pub(crate) mod json;
#[cfg(feature = "openapi")]
pub(crate) mod openapi;
mod partner;
mod support;

use utoipa::openapi::SecurityRequirement;
use utoipa_axum::router::OpenApiRouter;

use crate::settings::MetricsPage;
use crate::state::AppState;

/// The routes of the parts that are enabled.
pub(crate) fn routes(app: &AppState) -> OpenApiRouter<AppState> {
    let (enabled, calendars) = (app.settings().enabled, app.has_calendars());
    let part = |enabled: bool, routes: fn() -> OpenApiRouter<AppState>| {
        if enabled { routes() } else { OpenApiRouter::default() }
    };
    part(enabled.customer, || described("customer", false, customer::routes()))
        .merge(part(enabled.partner, || described("partner", true, partner::routes())))
        .merge(part(calendars, || described("partner", true, partner::calendar::routes())))
        .merge(part(calendars, || described("partner", false, partner::calendar::feed_routes())))
        .merge(part(enabled.support, || described("support", true, support::routes())))
}

/// The routes for those who watch the process.
pub(crate) fn watched(metrics: Option<&MetricsPage>) -> OpenApiRouter<AppState> {
    let mut routes = described("health", false, health::routes());
    let path = routes.get_openapi_mut().paths.paths.get_mut("/metrics");
    if let (Some(page), Some(operation)) = (metrics, path.and_then(|path| path.get.as_mut())) {
        health::describe(page, operation);
    }
    routes
}

/// Describes what holds for all routes of a part.
fn described(
    part: &str,
    signs_in: bool,
    mut routes: OpenApiRouter<AppState>,
) -> OpenApiRouter<AppState> {
    let items = routes.get_openapi_mut().paths.paths.values_mut();
    for operation in items.flat_map(|item| [&mut item.get, &mut item.post, &mut item.put]).flatten()
    {
        operation.tags = Some(vec![part.to_owned()]);
        if signs_in {
            operation.security = Some(vec![SecurityRequirement::new("bearer", [""; 0])]);
        }
    }
    routes
}
