//! The partner's pages: requests to confirm, what came of declined bookings, and the answer by the
//! link in the mail.

mod answer;
mod decline;
mod rebookings;
mod requests;

use axum::Router;
use axum::routing::get;
use minijinja::value::Value;
use rebooking_core::value::customer::Language;

use crate::state::AppState;

pub(super) use answer::routes as answer_routes;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/partner", get(requests::show).post(requests::act))
        .route("/partner/rebookings", get(rebookings::show))
        .route("/partner/rebookings.csv", get(rebookings::table))
}

pub(super) fn samples(language: Language) -> Vec<(&'static str, Value)> {
    let mut samples = requests::samples(language);
    samples.extend(rebookings::samples(language));
    samples.extend(answer::samples(language));
    samples
}
