//! Whether events are sent to another system, and to have them sent again.

use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::events_state::EventsStateBody;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![events, switch_on]
}

#[utoipa::path(
    get,
    path = "/api/support/events",
    summary = "How the sending of events to another system stands",
    responses((status = 200, description = "done", body = Envelope<EventsStateBody>)),
)]
async fn events(SupportCaller { app, name }: SupportCaller) -> ApiResult<EventsStateBody> {
    let state = app.rebookings().support(&name).events().await?;
    Ok(ApiSuccess(EventsStateBody::new(state.as_ref())))
}

#[utoipa::path(
    post,
    path = "/api/support/events/switch-on",
    summary = "Has events sent again that were switched off",
    responses((status = 200, description = "done", body = Envelope<EventsStateBody>)),
)]
async fn switch_on(SupportCaller { app, name }: SupportCaller) -> ApiResult<EventsStateBody> {
    let support = app.rebookings().support(&name);
    support.switch_events_on().await?;
    Ok(ApiSuccess(EventsStateBody::new(support.events().await?.as_ref())))
}
