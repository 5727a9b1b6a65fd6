//! The partner's pages: requests to confirm, what came of declined bookings, their calendar, and
//! the answer by the link in the mail.

mod answer;
mod calendar;
mod decline;
mod rebookings;
mod requests;

use axum::Router;
use axum::routing::get;

use super::floor::StaffPage;
use super::state::PagesState;

pub(super) use answer::routes as answer_routes;

pub(super) fn calendar_routes() -> Router<PagesState> {
    let page = get(StaffPage(calendar::show)).post(StaffPage(calendar::act));
    Router::new().route("/partner/calendar", page)
}

pub(super) fn routes() -> Router<PagesState> {
    Router::new()
        .route("/partner", get(StaffPage(requests::show)).post(StaffPage(requests::act)))
        .route("/partner/rebookings", get(StaffPage(rebookings::show)))
        .route("/partner/rebookings.csv", get(StaffPage(rebookings::table)))
}
