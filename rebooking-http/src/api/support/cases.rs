//! Cases for support: the list, the search and the worklist, and one case in full.

use rebooking_core::ports::reports::{Attention, CaseFilter, CaseOrder, CaseStatus, HeldBy};
use rebooking_core::value::ids::CaseId;
use rebooking_core::value::text::FreeText;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::case::{Case, partners};
use crate::dto::cases::CaseList;
use crate::dto::words::{AttentionWord, OrderWord, ProgressWord, Taken, TakenWord};
use crate::error::RequestError;
use crate::extract::{Filters, Id, Params};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![cases, case]
}

#[utoipa::path(
    get,
    path = "/api/support/cases",
    summary = "Cases by order number, address or name",
    params(
        (
            "q" = Option<String>,
            Query,
            description = "An order number, an e-mail address or a part of a name",
            max_length = 2000,
            pattern = "^(?: *|[^\\u0000-\\u001F\\u007F-\\u009F]*\
                       [^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
                       \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]\
                       [^\\u0000-\\u001F\\u007F-\\u009F]*)$"
        ),
        ("status" = Option<ProgressWord>, Query, description = "Only those in this state"),
        ("attention" = Option<AttentionWord>, Query, description = "Only those that need this of \
            support: an effect has failed, a wish is open, a customer found no date"),
        ("taken" = inline(Option<TakenWord>), Query, description = "Only those that whoever asks \
            has taken, or that nobody has"),
        (
            "holder" = Option<String>,
            Query,
            description = "Only those that this one of support has taken, by the name of their \
                sign-in; not together with `taken`",
            min_length = 1,
            max_length = 200,
            pattern = "^[^\\u0000-\\u001F\\u007F-\\u009F]*$"
        ),
        ("sort" = inline(Option<OrderWord>), Query, description = "Which comes first: the newest \
            unless it is said, or the one that has needed something for the longest time"),
        ("page" = Option<u32>, Query, minimum = 1, description = "From 1 on"),
        ("size" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows a page; 25 \
            unless it is said"),
    ),
    responses((status = 200, description = "done", body = Envelope<CaseList>)),
    extensions(("x-codes" = json!(["reports_left_out"]))),
)]
async fn cases(SupportCaller { app, name }: SupportCaller, params: Params) -> ApiResult<CaseList> {
    let params =
        params.only(&["q", "status", "attention", "taken", "holder", "sort", "page", "size"])?;
    let q = params.text("q").unwrap_or_default();
    let search = FreeText::parse(q).map_err(|_| RequestError::field("q"))?;
    // What is cleaned away to nothing would find everything.
    if search.is_empty() && !q.trim().is_empty() {
        return Err(RequestError::field("q").into());
    }
    let progress = params.one_of("status", &CaseStatus::ALL, CaseStatus::as_str)?;
    let attention = params.one_of("attention", &Attention::ALL, Attention::as_str)?;
    let order = params.one_of("sort", &CaseOrder::ALL, CaseOrder::as_str)?.unwrap_or_default();
    let page = params.page()?;
    let held_by = held_by(&params, &name)?;
    let filter = CaseFilter { search, progress, attention, held_by, order };
    let seen = app.rebookings().support(&name).cases(&filter, page).await?;
    Ok(ApiSuccess(CaseList::new(page, &seen)))
}

fn held_by(params: &Filters, own: &str) -> Result<Option<HeldBy>, RequestError> {
    let taken = params.one_of("taken", &Taken::ALL, Taken::as_str)?;
    match (taken, params.text("holder")) {
        (None, Some(name)) if (1..=200).contains(&name.chars().count()) => {
            Ok(Some(HeldBy::Name(name.to_owned())))
        }
        (_, Some(_)) => Err(RequestError::field("holder")),
        (taken, None) => Ok(taken.map(|taken| taken.by(own))),
    }
}

#[utoipa::path(
    get,
    path = "/api/support/cases/{id}",
    summary = "One case in full: its links, effects and history",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    responses((status = 200, description = "done", body = Envelope<Case>)),
    extensions(("x-codes" = json!(["not_found", "reports_left_out"]))),
)]
async fn case(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<Case> {
    let rebookings = app.rebookings();
    let seen = rebookings.support(&name).case(CaseId::new(id)).await?;
    let names = rebookings.partner_names(partners(&seen.value)).await;
    Ok(ApiSuccess(Case::new(id, &seen, &names)))
}
