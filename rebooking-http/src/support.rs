//! Routes for support: cases, what is to be done with them, effects and earnings.

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use chrono::{Days, NaiveTime};
use rebooking_core::ids::{CaseId, EffectId, OrderId};
use rebooking_core::ports::store::{CaseFilter, Progressed};
use rebooking_core::service::Sent;
use rebooking_core::text::FreeText;

use crate::input::{Body, Id, Params};
use crate::language::Reads;
use crate::reply::{Answer, Fault, Success};
use crate::service::App;
use crate::sign_in::SupportCaller;
use crate::wire::case::Case;
use crate::wire::customer::Done;
use crate::wire::effect::{Decided, EffectList};
use crate::wire::support::{
    CaseList, CaseState, ChoiceForm, EarningsReport, ExtendForm, LinkForm, OrderForm, OrderHeard, ReasonForm,
    SentLink,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/support/links", post(send_link))
        .route("/api/support/cases", get(cases))
        .route("/api/support/cases/{id}", get(case))
        .route("/api/support/cases/{id}/resend", post(resend))
        .route("/api/support/cases/{id}/reissue", post(reissue))
        .route("/api/support/cases/{id}/cancel", post(cancel))
        .route("/api/support/cases/{id}/extend", post(extend))
        .route("/api/support/cases/{id}/choose", post(choose))
        .route("/api/support/effects", get(effects))
        .route("/api/support/effects/{id}/retry", post(retry))
        .route("/api/support/effects/{id}/skip", post(skip))
        .route("/api/support/earnings", get(earnings))
        .route("/api/support/orders/{id}/changed", post(order_changed))
}

async fn send_link(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Body(link): Body<LinkForm>,
) -> Answer<SentLink> {
    let sent = app.rebookings().send_by_hand(&link.read(name)?).await?;
    Ok(Success(sent.into()))
}

async fn cases(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<CaseList> {
    params.only(&["q", "status", "page", "size"])?;
    let search = FreeText::parse(params.text("q").unwrap_or_default()).map_err(|_| Fault::field("q"))?;
    let progress = params.one_of("status", &Progressed::ALL, Progressed::name)?;
    let page = params.page()?;
    let seen = app.rebookings().cases(&CaseFilter { search, progress }, page).await?;
    Ok(Success(CaseList::of(page, &seen)))
}

async fn case(State(app): State<App>, _: SupportCaller, Id(id): Id) -> Answer<Case> {
    Ok(Success(Case::of(id, &app.rebookings().case(CaseId::new(id)).await?)))
}

async fn resend(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<SentLink> {
    let token = app.rebookings().resend(CaseId::new(id), &name).await?;
    Ok(Success(Sent::Again(token).into()))
}

async fn reissue(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<SentLink> {
    let token = app.rebookings().reissue(CaseId::new(id), &name).await?;
    Ok(Success(Sent::New(token).into()))
}

async fn cancel(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> Answer<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().cancel(case, &name, &why.read()?).await?;
    Ok(Success(CaseState::cancelled(case)))
}

async fn extend(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(ExtendForm { days }): Body<ExtendForm>,
) -> Answer<CaseState> {
    let case = CaseId::new(id);
    let until = app.rebookings().extend(case, days, &name).await?;
    Ok(Success(CaseState::works_until(case, until)))
}

async fn choose(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Reads(language): Reads,
    Body(choice): Body<ChoiceForm>,
) -> Answer<Done> {
    let chosen = app.rebookings().choose_for(CaseId::new(id), &choice.read(name)?).await?;
    Ok(Success(Done::of(language, &chosen)))
}

async fn effects(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<EffectList> {
    params.only(&["state", "page", "size"])?;
    let page = params.page()?;
    let found = app.rebookings().effects(params.text("state"), page).await?;
    Ok(Success(EffectList::of(page, &found)))
}

async fn retry(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<Decided> {
    app.rebookings().retry(EffectId::new(id), &name).await?;
    Ok(Success(Decided { id, state: "waiting" }))
}

async fn skip(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> Answer<Decided> {
    app.rebookings().skip(EffectId::new(id), &name, &why.read()?).await?;
    Ok(Success(Decided { id, state: "skipped" }))
}

/// Both days belong to the span. Without them it is the last year up to today.
async fn earnings(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<EarningsReport> {
    params.only(&["from", "to"])?;
    let today = app.rebookings().ports().clock.now().date_naive();
    let to = params.day("to")?.unwrap_or(today);
    let from = params.day("from")?.or(to.checked_sub_days(Days::new(365))).ok_or(Fault::field("from"))?;
    let after = to.checked_add_days(Days::new(1)).ok_or(Fault::field("to"))?;
    let (begin, end) = (from.and_time(NaiveTime::MIN).and_utc(), after.and_time(NaiveTime::MIN).and_utc());
    let seen = app.rebookings().earnings(begin, end).await?;
    Ok(Success(EarningsReport::of(from, to, &seen.value)))
}

/// People refunded or cancelled an order in the shop: its links die at once.
async fn order_changed(
    State(app): State<App>,
    _: SupportCaller,
    Id(id): Id,
    Body(order): Body<OrderForm>,
) -> Answer<OrderHeard> {
    app.rebookings().order_changed(OrderId::new(id), order.read()).await?;
    Ok(Success(OrderHeard { order_id: id }))
}
