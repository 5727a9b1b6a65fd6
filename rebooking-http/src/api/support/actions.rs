//! What support does with a booking, a case or an order: links, cancelling, choosing for a
//! customer.

use axum::extract::State;
use rebooking_core::service::LinkSent;
use rebooking_core::value::ids::{CaseId, OrderId};
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::auth::SupportCaller;
use crate::dto::customer::Done;
use crate::dto::support::{
    CaseState, ChoiceForm, ExtendForm, LinkForm, OrderForm, OrderHeard, ReasonForm, SentLink,
};
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Id, JsonInt};
use crate::state::AppState;
use crate::usage::count_choice;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(json_routes!(send_link))
        .routes(json_routes!(resend))
        .routes(json_routes!(reissue))
        .routes(json_routes!(cancel))
        .routes(json_routes!(extend))
        .routes(json_routes!(choose))
        .routes(json_routes!(order_changed))
}

#[utoipa::path(
    post,
    path = "/api/support/links",
    tag = "support",
    summary = "Sends a link for a booking, with or without a decline; anew each time",
    request_body = LinkForm,
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!([
        "not_found", "rebooking_live", "nothing_to_move", "forgotten"
    ]))),
)]
async fn send_link(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Body(link): Body<LinkForm>,
) -> ApiResult<SentLink> {
    let sent = app.rebookings().support(&name).send_link(&link.read()?).await?;
    Ok(ApiSuccess(sent.into()))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/resend",
    tag = "support",
    summary = "Mails the link once more; anew each time",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "link_expired", "link_cancelled", "link_used"]))),
)]
async fn resend(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
) -> ApiResult<SentLink> {
    let token = app.rebookings().support(&name).resend(CaseId::new(id)).await?;
    Ok(ApiSuccess(LinkSent::Resent(token).into()))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/reissue",
    tag = "support",
    summary = "Mails a new link and ends the old one; anew each time",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "link_used", "forgotten"]))),
)]
async fn reissue(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
) -> ApiResult<SentLink> {
    let token = app.rebookings().support(&name).reissue(CaseId::new(id)).await?;
    Ok(ApiSuccess(LinkSent::Issued(token).into()))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/cancel",
    tag = "support",
    summary = "Calls off a link, or the rebooking that came of it",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "rebooking_over"]))),
)]
async fn cancel(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).cancel(case, &why.read()?).await?;
    Ok(ApiSuccess(CaseState::cancelled(case)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/extend",
    tag = "support",
    summary = "Lets a link work longer; anew each time",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    request_body = ExtendForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "link_used", "forgotten"]))),
)]
async fn extend(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(ExtendForm { days: JsonInt(days) }): Body<ExtendForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    let until = app.rebookings().support(&name).extend(case, days).await?;
    Ok(ApiSuccess(CaseState::works_until(case, until)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/choose",
    tag = "support",
    summary = "Chooses a date for the customer",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    request_body = ChoiceForm,
    responses((status = 200, description = "done", body = Envelope<Done>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!([
        "not_found", "link_expired", "link_cancelled", "link_used", "token_expired",
        "token_cancelled", "token_superseded", "token_used", "sold_out", "date_not_offered",
        "price_changed", "nothing_to_move", "forgotten"
    ]))),
)]
async fn choose(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    PreferredLanguage(language): PreferredLanguage,
    Body(choice): Body<ChoiceForm>,
) -> ApiResult<Done> {
    let chosen = count_choice(
        &app,
        "support",
        app.rebookings().support(&name).choose(CaseId::new(id), &choice.read()?).await,
    )?;
    Ok(ApiSuccess(Done::new(language, &chosen)))
}

/// People refunded or cancelled an order in the shop: its links die at once.
#[utoipa::path(
    post,
    path = "/api/support/orders/{id}/changed",
    tag = "support",
    summary = "Tells that people refunded or cancelled an order in the shop: its links end",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the order"),
    ),
    request_body = OrderForm,
    responses((status = 200, description = "done", body = Envelope<OrderHeard>)),
    security(("bearer" = [])),
)]
async fn order_changed(
    State(app): State<AppState>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(order): Body<OrderForm>,
) -> ApiResult<OrderHeard> {
    app.rebookings().support(&name).order_changed(OrderId::new(id), order.read()).await?;
    Ok(ApiSuccess(OrderHeard { order_id: id }))
}
