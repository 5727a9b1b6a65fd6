//! `/support/earnings`: what the feature earns, as bars and as a table.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use rebooking_core::ports::reports::Earnings;
use rebooking_core::value::customer::Language;
use serde::Serialize;

use super::composed;
use crate::dto::earnings::{Counts, Span};
use crate::error::ApiError;
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::locale::PageLocale;
use crate::pages::signed_in::{SignedIn, SupportName};
use crate::pages::state::PagesState;

/// `page` in `support/earnings.html`.
#[derive(Serialize)]
struct Earned {
    from: String,
    to: String,
    totals: Vec<Total>,
    rows: Vec<Row>,
}

/// All of one currency.
#[derive(Serialize)]
struct Total {
    kept: String,
    refunded: u64,
    expired: u64,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    count: u64,
    /// Of the cases that began.
    percent: u64,
}

/// One partner in one month.
#[derive(Serialize)]
struct Row {
    month: String,
    partner: String,
    counts: [u64; 7],
    kept: String,
}

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(SupportName(name), visitor): SignedIn<SupportName>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let today = app.rebookings().ports().clock.now().date_naive();
    let span = Span::new(today, params.day("from")?, params.day("to")?)?;
    let (begin, end) = span.moments();
    let seen = app.rebookings().support(&name).earnings(begin, end).await?.value;
    let language = locale.language();
    let view = Earned {
        from: span.from.to_string(),
        to: span.to.to_string(),
        totals: Counts::totals(&seen).iter().map(|counts| Total::new(language, counts)).collect(),
        rows: seen.iter().map(|row| Row::new(language, row)).collect(),
    };
    Ok(app.pages().page_for(&visitor, StatusCode::OK, "support/earnings.html", &locale, view))
}

/// The steps from a decline to a confirmed rebooking.
fn stages(language: Language) -> [String; 5] {
    let stage = |stage: &str| text!(language, "support-stage", stage);
    ["declined", "mailed", "opened", "rebooked", "confirmed"].map(stage)
}

impl Total {
    fn new(language: Language, counts: &Counts) -> Self {
        let counted =
            [counts.declined, counts.mailed, counts.opened, counts.rebooked, counts.confirmed];
        let bar = |(name, count): (String, u64)| Bar {
            name,
            count,
            percent: (count * 100).checked_div(counts.declined).unwrap_or(0).min(100),
        };
        Self {
            kept: calendar::amount(language, counts.kept.0),
            refunded: counts.refunded,
            expired: counts.expired,
            bars: stages(language).into_iter().zip(counted).map(bar).collect(),
        }
    }
}

impl Row {
    fn new(language: Language, row: &Earnings) -> Self {
        Self {
            month: composed::month(language, row.month),
            partner: text!(language, "portal-partner", id = row.partner.to_string()),
            counts: [
                row.declined,
                row.mailed,
                row.opened,
                row.rebooked,
                row.confirmed,
                row.refunded,
                row.expired,
            ],
            kept: calendar::amount(language, row.kept),
        }
    }
}
