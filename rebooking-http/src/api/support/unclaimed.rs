//! Orders in the shop that carry a key of ours and that no rebooking claims.

use rebooking_core::value::ids::OrderId;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::unclaimed::{DealtWith, UnclaimedOrders};
use crate::extract::Id;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![unclaimed_orders, dealt_with]
}

#[utoipa::path(
    get,
    path = "/api/support/unclaimed-orders",
    summary = "Orders in the shop that no rebooking claims, the oldest first",
    responses((status = 200, description = "done", body = Envelope<UnclaimedOrders>)),
)]
async fn unclaimed_orders(
    SupportCaller { app, name }: SupportCaller,
) -> ApiResult<UnclaimedOrders> {
    let found = app.rebookings().support(&name).unclaimed_orders().await?;
    Ok(ApiSuccess(UnclaimedOrders::new(&found)))
}

#[utoipa::path(
    post,
    path = "/api/support/unclaimed-orders/{id}/dealt-with",
    summary = "Takes such an order off the list",
    params(("id" = i64, Path, minimum = 0, description = "The number of the order in the shop")),
    responses((status = 200, description = "done", body = Envelope<DealtWith>)),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn dealt_with(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
) -> ApiResult<DealtWith> {
    app.rebookings().support(&name).dealt_with(OrderId::new(id)).await?;
    Ok(ApiSuccess(DealtWith::new(id)))
}
