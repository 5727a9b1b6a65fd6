//! Routes for whoever holds a link: nobody signs in.

mod backups;
mod exchange;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method};
use rebooking_core::RebookError;
use rebooking_core::error::Resource;
use rebooking_core::service::LinkView;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::dto::calendar;
use crate::dto::customer::{ChoiceDone, LinkPage, Message, Selection, WishForm};
use crate::edge::person;
use crate::error::ApiError;
use crate::extract::language::PreferredLanguage;
use crate::extract::{Body, Link};
use crate::messages::text;
use crate::state::AppState;
use crate::usage;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    json_routes![(show, choose), wish, calendar, new_link]
        .merge(backups::routes())
        .merge(exchange::routes())
}

#[utoipa::path(
    get,
    path = "/api/rebook/{token}",
    summary = "The booking behind a link, and the dates that it can be moved to",
    params(
        ("token" = String, Path, description = "The last part of the link, as it was mailed"),
        (
            "Rebooking-Viewed-By" = Option<String>, Header,
            description = "`person` where a host's own page asks for somebody who has opened the \
                           link there. Without it nothing is noted: neither that the link was \
                           opened, nor that no date was found, with the ticket that follows"
        ),
    ),
    responses((status = 200, description = "done", body = Envelope<LinkPage>)),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "token_used"
    ]))),
)]
async fn show(
    State(app): State<AppState>,
    Link(link): Link,
    method: Method,
    headers: HeaderMap,
) -> ApiResult<LinkPage> {
    let shown = app.rebookings().customer(&link).show().await?.into_offers()?;
    usage::note_visit(&app, &link, &shown, &method, person::looks_on(&headers)).await;
    Ok(ApiSuccess(LinkPage::new(&link, &shown)))
}

#[utoipa::path(
    post,
    path = "/api/rebook/{token}",
    summary = "Moves the booking to one of the dates",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    request_body = Selection,
    responses((status = 200, description = "done", body = Envelope<ChoiceDone>)),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "token_used",
        "email_mismatch", "too_many_attempts", "attempts_exhausted", "sold_out",
        "date_not_offered", "price_changed"
    ]))),
)]
async fn choose(
    State(app): State<AppState>,
    Link(link): Link,
    PreferredLanguage(language): PreferredLanguage,
    Body(selection): Body<Selection>,
) -> ApiResult<ChoiceDone> {
    let chosen = usage::choose(&app, &link, &selection.read()?).await?;
    Ok(ApiSuccess(ChoiceDone::new(language, &chosen)))
}

#[utoipa::path(
    get,
    path = "/api/rebook/{token}/calendar",
    summary = "The date that was chosen, as a file for a calendar: the entry that the mails are \
               about",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    responses((
        status = 200,
        description = "the file (RFC 5545)",
        body = String,
        content_type = "text/calendar"
    )),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "not_found"
    ]))),
)]
async fn calendar(
    State(app): State<AppState>,
    Link(link): Link,
    PreferredLanguage(language): PreferredLanguage,
) -> Result<Response, ApiError> {
    let file = match app.rebookings().customer(&link).show().await? {
        LinkView::Used(chosen) => calendar::file(app.settings(), language, &chosen.token),
        view @ (LinkView::Offers(_) | LinkView::Expired { .. } | LinkView::Cancelled { .. }) => {
            view.into_offers().map(|_| None)?
        }
    };
    Ok(file.ok_or(RebookError::NotFound(Resource::Date))?)
}

#[utoipa::path(
    post,
    path = "/api/rebook/{token}/wishes",
    summary = "Says what would fit when no date does",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    request_body = WishForm,
    responses((status = 200, description = "done", body = Envelope<Message>)),
    extensions(("x-codes" = json!([
        "token_unknown", "token_expired", "token_cancelled", "token_superseded", "token_used",
        "email_mismatch", "too_many_attempts", "attempts_exhausted", "enough_wishes"
    ]))),
)]
async fn wish(
    State(app): State<AppState>,
    Link(link): Link,
    PreferredLanguage(language): PreferredLanguage,
    Body(wish): Body<WishForm>,
) -> ApiResult<Message> {
    let wish = wish.read()?;
    app.rebookings().customer(&link).wish(&wish).await?;
    let taken = text!(language, "answers-wish-taken", kind = wish.kind.as_str());
    Ok(ApiSuccess(Message::new(taken)))
}

/// The same answer to anybody, even for what has not the form of a link.
#[utoipa::path(
    post,
    path = "/api/rebook/{token}/new-link",
    summary = "Mails a new link in place of an expired one, to the known address only",
    params(("token" = String, Path, description = "The last part of the link, as it was mailed")),
    responses((status = 200, description = "done", body = Envelope<Message>)),
)]
async fn new_link(
    State(app): State<AppState>,
    PreferredLanguage(language): PreferredLanguage,
    link: Result<Link, ApiError>,
) -> ApiResult<Message> {
    if let Ok(Link(link)) = link {
        app.rebookings().customer(&link).request_new_link(None).await?;
    }
    Ok(ApiSuccess(Message::new(text!(language, "answers-new-link"))))
}
