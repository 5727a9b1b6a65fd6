//! Bookings as they were sold whose partners do not answer.

use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::silent::SilentPartners;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![silent_partners]
}

#[utoipa::path(
    get,
    path = "/api/support/silent-partners",
    summary = "Bookings as they were sold whose partner does not answer, the longest known first; \
        for a rebooking its case needs `partner_silent`",
    responses((status = 200, description = "done", body = Envelope<SilentPartners>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn silent_partners(SupportCaller { app, name }: SupportCaller) -> ApiResult<SilentPartners> {
    let rebookings = app.rebookings();
    let found = rebookings.support(&name).silent_partners().await?;
    let partners = found.requests.iter().map(|request| request.booking.partner.id);
    let names = rebookings.partner_names(partners).await;
    Ok(ApiSuccess(SilentPartners::new(&found, &names)))
}
