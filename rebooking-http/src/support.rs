//! Routes for support: cases, what is to be done with them, effects and earnings.

use axum::extract::State;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rebooking_core::audit::Actor;
use rebooking_core::ids::{CaseId, EffectId, OrderId};
use rebooking_core::ports::store::{CaseFilter, Progressed};
use rebooking_core::service::Sent;
use rebooking_core::text::FreeText;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::customer::counted;
use crate::input::{Body, Id, Params, Whole};
use crate::language::Reads;
use crate::reply::{Answer, Envelope, Fault, Success};
use crate::service::App;
use crate::sign_in::SupportCaller;
use crate::wire::case::Case;
use crate::wire::customer::Done;
use crate::wire::effect::{Decided, EffectList};
use crate::wire::support::{
    CaseList, CaseState, ChoiceForm, EarningsReport, ExtendForm, LinkForm, OrderForm, OrderHeard, ReasonForm,
    SentLink,
};
use crate::wire::words::{EffectStateWord, ProgressWord};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(send_link))
        .routes(routes!(cases))
        .routes(routes!(case))
        .routes(routes!(resend))
        .routes(routes!(reissue))
        .routes(routes!(cancel))
        .routes(routes!(extend))
        .routes(routes!(choose))
        .routes(routes!(effects))
        .routes(routes!(retry))
        .routes(routes!(skip))
        .routes(routes!(earnings))
        .routes(routes!(order_changed))
}

#[utoipa::path(
    post,
    path = "/api/support/links",
    tag = "support",
    summary = "Sends a link for a booking, with or without a decline; anew each time",
    request_body = LinkForm,
    responses((status = 200, description = "done", body = Envelope<SentLink>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "rebooking_live", "nothing_to_move", "forgotten"]))),
)]
async fn send_link(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Body(link): Body<LinkForm>,
) -> Answer<SentLink> {
    let sent = app.rebookings().send_by_hand(&link.read(name)?).await?;
    Ok(Success(sent.into()))
}

#[utoipa::path(
    get,
    path = "/api/support/cases",
    tag = "support",
    summary = "Cases by order number, address or name",
    params(
        (
            "q" = Option<String>,
            Query,
            description = "An order number, an e-mail address or a part of a name",
            max_length = 2000,
            pattern = r"^(?: *|[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF][^\u0000-\u001F\u007F-\u009F]*)$"
        ),
        ("status" = Option<ProgressWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<CaseList>)),
    security(("bearer" = [])),
)]
async fn cases(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<CaseList> {
    let params = params.only(&["q", "status", "page", "size"])?;
    let q = params.text("q").unwrap_or_default();
    let search = FreeText::parse(q).map_err(|_| Fault::field("q"))?;
    // What is cleaned away to nothing would find everything.
    if search.is_empty() && !q.trim().is_empty() {
        return Err(Fault::field("q").into());
    }
    let progress = params.one_of("status", &Progressed::ALL, Progressed::name)?;
    let page = params.page()?;
    let seen = app.rebookings().cases(&CaseFilter { search, progress }, page).await?;
    Ok(Success(CaseList::of(page, &seen)))
}

#[utoipa::path(
    get,
    path = "/api/support/cases/{id}",
    tag = "support",
    summary = "One case in full: its links, effects and history",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the case"),
    ),
    responses((status = 200, description = "done", body = Envelope<Case>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found"]))),
)]
async fn case(State(app): State<App>, _: SupportCaller, Id(id): Id) -> Answer<Case> {
    Ok(Success(Case::of(id, &app.rebookings().case(CaseId::new(id)).await?)))
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
async fn resend(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<SentLink> {
    let token = app.rebookings().resend(CaseId::new(id), &name).await?;
    Ok(Success(Sent::Again(token).into()))
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
async fn reissue(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<SentLink> {
    let token = app.rebookings().reissue(CaseId::new(id), &name).await?;
    Ok(Success(Sent::New(token).into()))
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
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> Answer<CaseState> {
    let case = CaseId::new(id);
    app.rebookings().cancel(case, &name, &why.read()?).await?;
    Ok(Success(CaseState::cancelled(case)))
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
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(ExtendForm { days: Whole(days) }): Body<ExtendForm>,
) -> Answer<CaseState> {
    let case = CaseId::new(id);
    let until = app.rebookings().extend(case, days, &name).await?;
    Ok(Success(CaseState::works_until(case, until)))
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
    extensions(("x-codes" = json!(["not_found", "link_expired", "link_cancelled", "link_used", "token_expired", "token_cancelled", "token_superseded", "token_used", "sold_out", "date_not_offered", "price_changed", "nothing_to_move", "forgotten"]))),
)]
async fn choose(
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Reads(language): Reads,
    Body(choice): Body<ChoiceForm>,
) -> Answer<Done> {
    let chosen =
        counted(&app, "support", app.rebookings().choose_for(CaseId::new(id), &choice.read(name)?).await)?;
    Ok(Success(Done::of(language, &chosen)))
}

#[utoipa::path(
    get,
    path = "/api/support/effects",
    tag = "support",
    summary = "What the outside world is still to be told, or has been told",
    params(
        ("state" = Option<EffectStateWord>, Query, description = "Only those in this state"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<EffectList>)),
    security(("bearer" = [])),
)]
async fn effects(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<EffectList> {
    let params = params.only(&["state", "page", "size"])?;
    let page = params.page()?;
    let found = app.rebookings().effects(params.text("state"), page).await?;
    Ok(Success(EffectList::of(page, &found)))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/retry",
    tag = "support",
    summary = "Tries an effect again that has come to its end",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the effect"),
    ),
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle"]))),
)]
async fn retry(State(app): State<App>, SupportCaller(name): SupportCaller, Id(id): Id) -> Answer<Decided> {
    app.rebookings().retry(EffectId::new(id), &name).await?;
    Ok(Success(Decided { id, state: "waiting" }))
}

#[utoipa::path(
    post,
    path = "/api/support/effects/{id}/skip",
    tag = "support",
    summary = "Gives an effect up",
    params(
        ("id" = i64, Path, minimum = 0, description = "The number of the effect"),
    ),
    request_body = ReasonForm,
    responses((status = 200, description = "done", body = Envelope<Decided>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(["not_found", "effect_not_idle", "order_cannot_be_skipped"]))),
)]
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
#[utoipa::path(
    get,
    path = "/api/support/earnings",
    tag = "support",
    summary = "What the cases that began within a span led to",
    params(
        ("from" = Option<String>, Query, format = Date, description = "The first day, like 2027-01-01; a year before the last one unless it is said"),
        ("to" = Option<String>, Query, format = Date, description = "The last day, which belongs to the span; today unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<EarningsReport>)),
    security(("bearer" = [])),
)]
async fn earnings(State(app): State<App>, _: SupportCaller, params: Params) -> Answer<EarningsReport> {
    let params = params.only(&["from", "to"])?;
    let today = app.rebookings().ports().clock.now().date_naive();
    let span = Span::of(today, params.day("from")?, params.day("to")?)?;
    let (begin, end) = span.moments();
    let seen = app.rebookings().earnings(begin, end).await?;
    Ok(Success(EarningsReport::of(span.from, span.to, &seen.value)))
}

/// Days that a report is about; both ends belong to it.
pub(crate) struct Span {
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    after: NaiveDate,
}

impl Span {
    /// Without ends it is the last year up to today.
    pub(crate) fn of(
        today: NaiveDate,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Self, Fault> {
        let to = to.unwrap_or(today);
        let from = from.or(to.checked_sub_days(Days::new(365))).ok_or(Fault::field("from"))?;
        let after = to.checked_add_days(Days::new(1)).ok_or(Fault::field("to"))?;
        Ok(Self { from, to, after })
    }

    /// Its first moment, and the first one after it.
    pub(crate) fn moments(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.from.and_time(NaiveTime::MIN).and_utc(), self.after.and_time(NaiveTime::MIN).and_utc())
    }
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
    State(app): State<App>,
    SupportCaller(name): SupportCaller,
    Id(id): Id,
    Body(order): Body<OrderForm>,
) -> Answer<OrderHeard> {
    app.rebookings().order_changed_by(&Actor::Support(name), OrderId::new(id), order.read()).await?;
    Ok(Success(OrderHeard { order_id: id }))
}
