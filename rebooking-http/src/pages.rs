//! Pages for people, by who opens them.

mod assets;
mod csp;
mod customer;
#[cfg(feature = "openapi")]
pub(crate) mod docs;
mod error_page;
pub(crate) mod floor;
mod form;
mod layout;
mod list;
mod locale;
mod mood;
mod notice;
mod partner;
mod preview_note;
mod renderer;
mod signed_in;
mod staff;
pub(crate) mod state;
mod style;
mod support;
pub(crate) mod templates;
mod visitor;

use axum::Router;

pub use templates::{PageTemplateKind, Templates};

use crate::settings::EnabledParts;
use state::PagesState;

/// The pages that anybody may open, of the parts that are enabled.
pub(crate) fn routes(enabled: EnabledParts) -> Router<PagesState> {
    part(enabled.customer, customer::routes)
        .merge(part(enabled.partner, partner::answer_routes))
        .merge(assets::routes())
}

/// The routes of a part, if it is served.
fn part(served: bool, routes: fn() -> Router<PagesState>) -> Router<PagesState> {
    if served { routes() } else { Router::new() }
}

/// The pages behind the sign-in.
pub(crate) fn staff_routes(state: &PagesState) -> Router<PagesState> {
    staff::routes(state)
}
