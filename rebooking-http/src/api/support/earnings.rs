//! What the cases of a span led to.

use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::earnings::{EarningsReport, Span};
use crate::extract::Params;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![earnings]
}

/// Both days belong to the span. Without them it is the last year up to today.
#[utoipa::path(
    get,
    path = "/api/support/earnings",
    summary = "What the cases that began within a span led to",
    params(
        ("from" = Option<String>, Query, format = Date, description = "The first day, like \
            2027-01-01; a year before the last one unless it is said"),
        ("to" = Option<String>, Query, format = Date, description = "The last day, which belongs \
            to the span; today unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<EarningsReport>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn earnings(
    SupportCaller { app, name }: SupportCaller,
    params: Params,
) -> ApiResult<EarningsReport> {
    let params = params.only(&["from", "to"])?;
    let today = app.rebookings().ports().clock.now().date_naive();
    let span = Span::new(today, params.day("from")?, params.day("to")?)?;
    let (begin, end) = span.moments();
    let seen = app.rebookings().support(&name).earnings(begin, end).await?.value;
    let names = app.rebookings().partner_names(seen.iter().map(|row| row.partner)).await;
    Ok(ApiSuccess(EarningsReport::new(&span, &seen, &names)))
}
