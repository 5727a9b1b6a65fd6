//! `/partner/rebookings`: a partner's declined bookings and what came of each, as a page and for a
//! spreadsheet.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::RebookingRow;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;
use serde::Serialize;

use crate::dto::csv;
use crate::error::ApiError;
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::list::{Filter, Paging};
use crate::pages::locale::PageLocale;
use crate::pages::mood::mood;
use crate::pages::signed_in::SignedIn;
use crate::pages::state::PagesState;

/// `page` in `partner/rebookings.html`.
#[derive(Serialize)]
struct Rebookings {
    filters: Vec<Filter>,
    rows: Vec<Row>,
    paging: Paging,
    /// Where the same list is for a spreadsheet.
    table: String,
}

#[derive(Serialize)]
struct Row {
    course: String,
    customer: String,
    participants: u32,
    original_order_number: String,
    original_date: String,
    new_order_number: Option<String>,
    new_date: Option<String>,
    status: String,
    mood: &'static str,
    rebooked_at: Option<String>,
}

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

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(partner, visitor): SignedIn<PartnerId>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let progress = params.one_of("status", &CaseStatus::ALL, CaseStatus::as_str)?;
    let part = params.page()?;
    let found = app.rebookings().partner(partner).rebookings(progress, part).await?;
    let language = locale.language();
    let all = Filter::new(&locale, "", text!(language, "portal-all"), progress.is_none());
    let filter = |one: CaseStatus| {
        Filter::new(
            &locale,
            one.as_str(),
            text!(language, "portal-status-for-partner", status = one.as_str()),
            progress == Some(one),
        )
    };
    let view = Rebookings {
        filters: std::iter::once(all).chain(CaseStatus::ALL.into_iter().map(filter)).collect(),
        rows: found.rows.iter().map(|row| Row::new(language, row)).collect(),
        paging: Paging::new(&locale, part, found.total),
        table: app.pages().path("/partner/rebookings.csv")
            + &locale.with("status", progress.map_or("", CaseStatus::as_str)),
    };
    Ok(app.pages().page_for(&visitor, StatusCode::OK, "partner/rebookings.html", &locale, view))
}

pub(super) async fn table(
    State(app): State<PagesState>,
    SignedIn(partner, _): SignedIn<PartnerId>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let progress = params.one_of("status", &CaseStatus::ALL, CaseStatus::as_str)?;
    let language = locale.language();
    let head = COLUMNS.map(|column| text!(language, "portal-column", column));
    csv::rebookings(app.rebookings(), partner, language, progress, head, |row| cells(language, row))
        .await
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
        text!(language, "portal-status-for-partner", status = row.progress.as_str()),
        row.rebooked_at.map(moment).unwrap_or_default(),
    ]
}

impl Row {
    fn new(language: Language, row: &RebookingRow) -> Self {
        Self {
            course: row.course.name.clone(),
            customer: row.customer_name.expose().to_owned(),
            participants: row.participants.count(),
            original_order_number: row.original_order_number.to_string(),
            original_date: calendar::start(language, &row.original),
            new_order_number: row.new_order_number.as_ref().map(ToString::to_string),
            new_date: row.new.as_ref().map(|slot| calendar::start(language, slot)),
            status: text!(language, "portal-status-for-partner", status = row.progress.as_str()),
            mood: mood(row.progress),
            rebooked_at: row
                .rebooked_at
                .map(|at| calendar::short_moment(language, row.original.zone, at)),
        }
    }
}
