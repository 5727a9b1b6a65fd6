//! The pages of support: the worklist, one case in full with what can be done, effects that failed,
//! and what the feature earns.

mod action;
mod case;
mod cases;
mod earnings;
mod effects;
mod link;
mod step;

use axum::Router;
use axum::routing::get;
use minijinja::value::Value;
use rebooking_core::value::customer::Language;

use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/support", get(cases::show))
        .route("/support/cases/{id}", get(case::show).post(case::act))
        .route("/support/links", get(link::show).post(link::act))
        .route("/support/effects", get(effects::show).post(effects::act))
        .route("/support/earnings", get(earnings::show))
}

pub(super) fn samples(language: Language) -> Vec<(&'static str, Value)> {
    let mut samples = cases::samples(language);
    samples.extend(case::samples(language));
    samples.extend(link::samples(language));
    samples.extend(effects::samples(language));
    samples.extend(earnings::samples(language));
    samples
}
