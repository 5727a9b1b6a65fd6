//! Routes for support, by what they are about.

mod actions;
mod cases;
mod earnings;
mod effects;
mod events;
mod malformed;
mod notes;
mod person;
mod silent;
mod take;
mod unclaimed;

use axum::middleware::from_fn;
use utoipa_axum::router::OpenApiRouter;

use crate::extract::trace::in_trace;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .merge(cases::routes())
        .merge(actions::routes())
        .merge(notes::routes())
        .merge(take::routes())
        .merge(effects::routes())
        .merge(events::routes())
        .merge(malformed::routes())
        .merge(unclaimed::routes())
        .merge(silent::routes())
        .merge(person::routes())
        .merge(earnings::routes())
        .layer(from_fn(in_trace))
}
