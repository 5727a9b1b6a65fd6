//! The pages of support: the worklist, one case in full with what can be done, effects that failed,
//! and what the feature earns.

mod action;
mod case;
mod cases;
mod composed;
mod earnings;
mod effects;
mod link;
mod person;
mod preview;
mod silent;
mod step;
mod takers;
mod timeline;

use axum::Router;
use axum::routing::get;

use super::floor::StaffPage;
use super::state::PagesState;

pub(super) fn routes() -> Router<PagesState> {
    Router::new()
        .route("/support", get(StaffPage(cases::show)))
        .route("/support/cases/{id}", get(StaffPage(case::show)).post(StaffPage(case::act)))
        .route("/support/cases/{id}/preview", get(StaffPage(preview::show)))
        .route("/support/cases/{id}/export", get(StaffPage(person::of_case)))
        .route("/support/people", get(StaffPage(person::show)).post(StaffPage(person::act)))
        .route("/support/links", get(StaffPage(link::show)).post(StaffPage(link::act)))
        .route("/support/effects", get(StaffPage(effects::show)).post(StaffPage(effects::act)))
        .route("/support/earnings", get(StaffPage(earnings::show)))
        .route("/support/earnings.csv", get(StaffPage(earnings::table)))
}
