//! `/partner/rebookings`: a partner's declined bookings and what came of each, as a page and for a
//! spreadsheet.

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::ports::reports::PartnerStatus;
use rebooking_core::service::RebookingRow;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::dto::csv;
use crate::error::{ApiError, RequestError};
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::list::{filters, paging};
use crate::pages::mood::partner_mood;
use crate::pages::signed_in::SignedIn;

/// The columns of the table for spreadsheets.
const COLUMNS: [&str; 9] = [
    "order",
    "course",
    "customer",
    "participants",
    "original-date",
    "new-order",
    "new-date",
    "status",
    "chosen-at",
];

pub(super) async fn show(request: SignedIn<PartnerId>) -> Result<Response, ApiError> {
    let (status, part) = (status(&request.params)?, request.params.page()?);
    let found = request.partner().rebookings(status, part).await?;
    let language = request.language();
    let word = status.map_or("", PartnerStatus::as_str);
    let filter = |one: PartnerStatus| (one.as_str(), status_text(language, one));
    let all = std::iter::once(("", text!(language, "portal-all")));
    let table = request.app.pages().path("/partner/rebookings.csv");
    let view = context! {
        filters => filters(&request.locale, word, all.chain(PartnerStatus::ALL.map(filter))),
        rows => found.rows.iter().map(|row| view(language, row)).collect::<Vec<_>>(),
        paging => paging(&request.locale, part, found.total),
        table => table + &request.locale.with("status", word),
    };
    Ok(request.page(StatusCode::OK, "partner/rebookings.html", view))
}

pub(super) async fn table(request: SignedIn<PartnerId>) -> Result<Response, ApiError> {
    let (language, status) = (request.language(), status(&request.params)?);
    let head = COLUMNS.map(|column| text!(language, "portal-column", column));
    let cells = |row: &RebookingRow| cells(language, row);
    csv::rebookings(request.app.rebookings(), request.role, language, status, head, cells).await
}

fn status(params: &Fields) -> Result<Option<PartnerStatus>, RequestError> {
    params.one_of("status", &PartnerStatus::ALL, PartnerStatus::as_str)
}

fn status_text(language: Language, status: PartnerStatus) -> String {
    text!(language, "portal-status-for-partner", status = status.as_str())
}

/// A row as people read it; times in short, so that a spreadsheet can make something of them.
fn cells(language: Language, row: &RebookingRow) -> [String; 9] {
    let moment = |at| calendar::short_moment(language, row.original.zone, at);
    [
        row.original_order_number.to_string(),
        row.course.name.clone(),
        row.customer_name.expose().to_owned(),
        row.participants.count().to_string(),
        calendar::short_moment(language, row.original.zone, row.original.starts_at),
        row.new_order_number.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.new
            .as_ref()
            .map(|slot| calendar::short_moment(language, slot.zone, slot.starts_at))
            .unwrap_or_default(),
        status_text(language, row.progress),
        row.rebooked_at.map(moment).unwrap_or_default(),
    ]
}

/// One of `page.rows`.
fn view(language: Language, row: &RebookingRow) -> Value {
    let chosen_at = |at| calendar::short_moment(language, row.original.zone, at);
    context! {
        course => &row.course.name,
        customer => row.customer_name.expose(),
        participants => row.participants.count(),
        original_order_number => row.original_order_number.to_string(),
        original_date => calendar::start(language, &row.original),
        new_order_number => row.new_order_number.as_ref().map(ToString::to_string),
        new_date => row.new.as_ref().map(|slot| calendar::start(language, slot)),
        status => status_text(language, row.progress),
        mood => partner_mood(row.progress),
        rebooked_at => row.rebooked_at.map(chosen_at),
    }
}
