//! `/support/earnings`: what the feature earns, as bars, as a chart by month, and as tables.

mod chart;

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::ports::reports::Earnings;
use rebooking_core::service::PartnerNames;
use rebooking_core::value::customer::Language;

use super::composed;
use crate::dto::csv;
use crate::dto::earnings::{
    Span, by_course, by_month, by_partner, by_partner_and_month, format_hours, totals,
};
use crate::error::ApiError;
use crate::messages::{calendar, text};
use crate::pages::signed_in::{SignedIn, SupportName};

use chart::{Bars, HEIGHT, STEP};

/// What was earned within the span that was asked for, and what people call the partners.
struct Seen {
    span: Span,
    rows: Vec<Earnings>,
    names: PartnerNames,
}

async fn seen(request: &SignedIn<SupportName>) -> Result<Seen, ApiError> {
    let params = &request.params;
    let today = request.app.rebookings().ports().clock.now().date_naive();
    let span = Span::new(today, params.parsed("from")?, params.parsed("to")?)?;
    let (begin, end) = span.moments();
    let rows = request.support().earnings(begin, end).await?.value;
    let names = request.app.rebookings().partner_names(rows.iter().map(|row| row.partner)).await;
    Ok(Seen { span, rows, names })
}

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let language = request.language();
    let Seen { span, rows, names } = seen(&request).await?;
    let partner = |row: &Earnings| composed::partner(language, &names, row.partner);
    let by_month = by_month(&rows);
    let bars = chart::bars(&by_month);
    let table = request.app.pages().path("/support/earnings.csv");
    let view = context! {
        from => span.from.to_string(),
        to => span.to.to_string(),
        totals => totals(&rows).iter().map(|row| total(language, row)).collect::<Vec<_>>(),
        chart => drawn(language, &bars),
        months => bars.iter().rev().map(|bars| month(language, bars)).collect::<Vec<_>>(),
        partners => by_partner(&rows)
            .iter()
            .map(|row| summed(language, partner(row), row))
            .collect::<Vec<_>>(),
        courses => by_course(&rows)
            .iter()
            .map(|row| summed(language, row.course_name.clone(), row))
            .collect::<Vec<_>>(),
        rows => by_partner_and_month(&rows)
            .iter()
            .map(|row| view(language, partner(row), row))
            .collect::<Vec<_>>(),
        table => table + &request.locale.with("to", &span.to.to_string()),
    };
    Ok(request.page(StatusCode::OK, "support/earnings.html", view))
}

/// The columns of the table for spreadsheets.
const COLUMNS: [&str; 18] = [
    "month",
    "partner",
    "course",
    "declined",
    "mailed",
    "opened",
    "rebooked",
    "confirmed",
    "refunded",
    "expired",
    "currency",
    "kept",
    "absorbed",
    "given-back",
    "refunds",
    "spared",
    "hours-to-choice",
    "hours-to-confirmation",
];

/// The same for a spreadsheet: a row for each partner, course and month.
pub(super) async fn table(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let language = request.language();
    let Seen { rows, names, .. } = seen(&request).await?;
    let head = COLUMNS.map(|column| text!(language, "support-earnings-column", column));
    let cells =
        |row: &Earnings| cells(language, composed::partner(language, &names, row.partner), row);
    csv::rows(language, "earnings.csv", head, rows.iter().map(cells))
}

fn cells(language: Language, partner: String, row: &Earnings) -> [String; 18] {
    let (year, month) = row.month;
    let number = |decimal: String| calendar::decimal(language, &decimal);
    let hours = |times: &[u64]| number(format_hours(times).unwrap_or_default());
    let [declined, mailed, opened, rebooked, confirmed] =
        row.funnel().map(|count| count.to_string());
    [
        format!("{year:04}-{month:02}"),
        partner,
        row.course_name.clone(),
        declined,
        mailed,
        opened,
        rebooked,
        confirmed,
        row.refunded.to_string(),
        row.expired.to_string(),
        row.kept.currency().to_string(),
        number(row.kept.decimal()),
        number(row.absorbed.decimal()),
        number(row.given_back.decimal()),
        number(row.refunds.decimal()),
        number(row.spared().decimal()),
        hours(&row.to_choice),
        hours(&row.to_confirmation),
    ]
}

/// One of `page.totals`: all of one currency.
fn total(language: Language, row: &Earnings) -> Value {
    let stages = ["declined", "mailed", "opened", "rebooked", "confirmed"];
    let bar = |(stage, count): (&str, u64)| {
        context! {
            name => text!(language, "support-stage", stage),
            count,
            // Of the cases that began.
            percent => (count * 100).checked_div(row.declined).unwrap_or(0).min(100),
        }
    };
    let amount = |money| calendar::amount(language, money);
    context! {
        kept => amount(row.kept),
        spared => amount(row.spared()),
        absorbed => amount(row.absorbed),
        given_back => amount(row.given_back),
        refunds => amount(row.refunds),
        to_choice => hours(language, &row.to_choice),
        to_confirmation => hours(language, &row.to_confirmation),
        refunded => row.refunded,
        expired => row.expired,
        bars => stages.into_iter().zip(row.funnel()).map(bar).collect::<Vec<_>>(),
    }
}

/// The median of times, in hours; none where there is none.
fn hours(language: Language, times: &[u64]) -> Option<String> {
    format_hours(times).map(|hours| calendar::decimal(language, &hours))
}

/// `page.chart`: none without a case.
fn drawn(language: Language, bars: &[Bars]) -> Option<Value> {
    let of_month = |(place, bars): (u64, &Bars)| {
        let [declined, rebooked, confirmed] = bars.heights;
        let bar = |class: &str, height: u64| {
            let top = HEIGHT.saturating_sub(height);
            context! { class, height, top }
        };
        let (year, month) = bars.month;
        context! {
            left => place * STEP,
            number => month,
            year,
            title => month_in_words(language, bars),
            bars => [
                bar("declined", declined),
                bar("rebooked", rebooked),
                bar("confirmed", confirmed),
            ],
        }
    };
    let width = u64::try_from(bars.len()).unwrap_or(u64::MAX).saturating_mul(STEP);
    (!bars.is_empty()).then(|| {
        context! {
            width,
            height => HEIGHT,
            title => text!(language, "support-chart"),
            months => (0..).zip(bars).map(of_month).collect::<Vec<_>>(),
            keys => ["declined", "rebooked", "confirmed"].map(|stage| {
                context! { class => stage, name => text!(language, "support-stage", stage) }
            }),
        }
    })
}

/// What the bars of a month say.
fn month_in_words(language: Language, bars: &Bars) -> String {
    let month = composed::month(language, bars.month);
    let (declined, rebooked, confirmed) = (bars.declined, bars.rebooked, bars.confirmed);
    text!(language, "support-chart-month", month, declined, rebooked, confirmed)
}

/// One of `page.months`, the latest first: what the chart shows, in numbers.
fn month(language: Language, bars: &Bars) -> Value {
    context! {
        name => composed::month(language, bars.month),
        declined => bars.declined,
        rebooked => bars.rebooked,
        confirmed => bars.confirmed,
        percent => (bars.rebooked * 100).checked_div(bars.declined),
    }
}

/// One of `page.partners` and `page.courses`.
fn summed(language: Language, name: String, row: &Earnings) -> Value {
    context! {
        name,
        declined => row.declined,
        rebooked => row.rebooked,
        confirmed => row.confirmed,
        percent => row.conversion(),
        to_choice => hours(language, &row.to_choice),
        to_confirmation => hours(language, &row.to_confirmation),
        kept => calendar::amount(language, row.kept),
    }
}

/// One of `page.rows`: one partner in one month.
fn view(language: Language, partner: String, row: &Earnings) -> Value {
    let [declined, mailed, opened, rebooked, confirmed] = row.funnel();
    context! {
        month => composed::month(language, row.month),
        partner,
        counts =>
            [declined, mailed, opened, rebooked, confirmed, row.refunded, row.expired],
        kept => calendar::amount(language, row.kept),
    }
}
