//! `/support/earnings`: what the feature earns, as bars and as a table.

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::ports::reports::Earnings;
use rebooking_core::service::PartnerNames;
use rebooking_core::value::customer::Language;

use super::composed;
use crate::dto::earnings::{Counts, Span};
use crate::error::ApiError;
use crate::messages::{calendar, text};
use crate::pages::signed_in::{SignedIn, SupportName};

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let (language, params) = (request.language(), &request.params);
    let today = request.app.rebookings().ports().clock.now().date_naive();
    let span = Span::new(today, params.parsed("from")?, params.parsed("to")?)?;
    let (begin, end) = span.moments();
    let seen = request.support().earnings(begin, end).await?.value;
    let names = request.app.rebookings().partner_names(seen.iter().map(|row| row.partner)).await;
    let totals = Counts::totals(&seen);
    let view = context! {
        from => span.from.to_string(),
        to => span.to.to_string(),
        totals => totals.iter().map(|counts| total(language, counts)).collect::<Vec<_>>(),
        rows => seen.iter().map(|earnings| row(language, &names, earnings)).collect::<Vec<_>>(),
    };
    Ok(request.page(StatusCode::OK, "support/earnings.html", view))
}

/// One of `page.totals`: all of one currency.
fn total(language: Language, counts: &Counts) -> Value {
    // The steps from a decline to a confirmed rebooking.
    let stages = [
        ("declined", counts.declined),
        ("mailed", counts.mailed),
        ("opened", counts.opened),
        ("rebooked", counts.rebooked),
        ("confirmed", counts.confirmed),
    ];
    let bar = |(stage, count): (&str, u64)| {
        context! {
            name => text!(language, "support-stage", stage),
            count,
            // Of the cases that began.
            percent => (count * 100).checked_div(counts.declined).unwrap_or(0).min(100),
        }
    };
    context! {
        kept => calendar::amount(language, counts.kept.0),
        refunded => counts.refunded,
        expired => counts.expired,
        bars => stages.map(bar),
    }
}

/// One of `page.rows`: one partner in one month.
fn row(language: Language, names: &PartnerNames, row: &Earnings) -> Value {
    context! {
        month => composed::month(language, row.month),
        partner => composed::partner(language, names, row.partner),
        counts => [
            row.declined,
            row.mailed,
            row.opened,
            row.rebooked,
            row.confirmed,
            row.refunded,
            row.expired,
        ],
        kept => calendar::amount(language, row.kept),
    }
}
