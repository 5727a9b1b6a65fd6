//! What support does with a booking, a case or an order: links, cancelling, choosing for a
//! customer.

use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::LinkSent;
use rebooking_core::value::ids::{CaseId, OrderId};
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::customer::ChoiceDone;
use crate::dto::support::{
    CaseState, ChoiceForm, ExtendForm, LinkForm, LinkFormSchema, OrderForm, OrderHeard, ReasonForm,
    SentLink,
};
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Id, JsonInt};
use crate::state::AppState;
use crate::usage::count_choice;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![send_link, resend, reissue, settle, cancel, extend, choose, order_changed]
}

#[utoipa::path(
    post,
    path = "/api/support/links",
    summary = "Sends a link for a booking, with or without a decline; anew each time",
    request_body = LinkFormSchema,
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    extensions(("x-codes" = json!([
        "not_found", "choose_item", "rebooking_live", "nothing_to_move", "forgotten"
    ]))),
)]
async fn send_link(
    SupportCaller { app, name }: SupportCaller,
    Body(link): Body<LinkForm>,
) -> ApiResult<SentLink> {
    let support = app.rebookings().support(&name);
    let link = link.read()?.resolve(support, true).await?;
    let sent = support.send_link(&link).await?;
    Ok(ApiSuccess(SentLink::new(sent)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/resend",
    summary = "Mails the link once more; anew each time",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    extensions(("x-codes" = json!(["not_found", "link_expired", "link_cancelled", "link_used"]))),
)]
async fn resend(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<SentLink> {
    let token = app.rebookings().support(&name).resend(CaseId::new(id)).await?;
    Ok(ApiSuccess(SentLink::new(LinkSent::Resent(token))))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/reissue",
    summary = "Mails a new link and ends the old one; anew each time",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "link_used", "forgotten"]))),
)]
async fn reissue(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<SentLink> {
    let token = app.rebookings().support(&name).reissue(CaseId::new(id)).await?;
    Ok(ApiSuccess(SentLink::new(LinkSent::Issued(token))))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/settle",
    summary = "Notes that what the customer asked for is dealt with",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "link_used", "forgotten"]))),
)]
async fn settle(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(note): Body<ReasonForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).settle(case, &note.read()?).await?;
    Ok(ApiSuccess(CaseState::new(case, None, None)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/cancel",
    summary = "Calls off a link, or the rebooking that came of it",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "rebooking_over"]))),
)]
async fn cancel(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).cancel(case, &why.read()?).await?;
    Ok(ApiSuccess(CaseState::new(case, Some(CaseStatus::Cancelled), None)))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/extend",
    summary = "Lets a link work longer; anew each time",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = ExtendForm,
    responses((status = 200, description = "done", body = Envelope<CaseState>)),
    extensions(("x-codes" = json!(["not_found", "link_cancelled", "link_used", "forgotten"]))),
)]
async fn extend(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(ExtendForm { days: JsonInt(days) }): Body<ExtendForm>,
) -> ApiResult<CaseState> {
    let case = CaseId::new(id);
    let until = app.rebookings().support(&name).extend(case, days).await?;
    Ok(ApiSuccess(CaseState::new(case, None, Some(until))))
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/choose",
    summary = "Chooses a date for the customer",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = ChoiceForm,
    responses((status = 200, description = "done", body = Envelope<ChoiceDone>)),
    extensions(("x-codes" = json!([
        "not_found", "link_cancelled", "link_used", "sold_out", "date_not_offered", "forgotten"
    ]))),
)]
async fn choose(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    PreferredLanguage(language): PreferredLanguage,
    Body(choice): Body<ChoiceForm>,
) -> ApiResult<ChoiceDone> {
    let chosen = count_choice(
        &app,
        "support",
        app.rebookings().support(&name).choose(CaseId::new(id), &choice.read()?).await,
    )?;
    Ok(ApiSuccess(ChoiceDone::new(language, &chosen)))
}

/// People refunded or cancelled an order in the shop: its links die at once.
#[utoipa::path(
    post,
    path = "/api/support/orders/{id}/changed",
    summary = "Tells that people refunded or cancelled an order in the shop: its links end",
    params(("id" = i64, Path, minimum = 0, description = "The number of the order")),
    request_body = OrderForm,
    responses((status = 200, description = "done", body = Envelope<OrderHeard>)),
)]
async fn order_changed(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(order): Body<OrderForm>,
) -> ApiResult<OrderHeard> {
    app.rebookings().support(&name).order_changed(OrderId::new(id), order.read()).await?;
    Ok(ApiSuccess(OrderHeard::new(id)))
}
