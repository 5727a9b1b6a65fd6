//! `/support/links`: a link for a booking, by hand.

use axum::extract::State;
use axum::response::Response;
use rebooking_core::service::{LinkSent as SentLink, ManualLink};
use rebooking_core::value::ids::{OrderItemId, TokenRef};
use serde::Serialize;

use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::{self, Fields};
use crate::pages::form::{mended, mistaken, status, typed_text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::renderer::see_other;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};
use crate::pages::state::PagesState;
use crate::pages::visitor::Visitor;

/// `page` in `support/link.html`.
#[derive(Serialize)]
struct Link {
    notice: Option<Notice>,
    item: String,
    reason: String,
    /// The field that is wrong.
    wrong: String,
}

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(_, visitor): SignedIn<SupportName>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    Ok(page(&app, &visitor, &locale, &params, None))
}

pub(super) async fn act(
    State(app): State<PagesState>,
    locale: PageLocale,
    Sent(SupportName(name), visitor, form): Sent<SupportName>,
) -> Result<Response, ApiError> {
    match send(&app, &name, &form).await {
        Ok((TokenRef { case, .. }, said)) => {
            let case = app.pages().path(&format!("/support/cases/{case}"));
            Ok(see_other(&format!("{case}{}", locale.onward(said))))
        }
        Err(refused) => {
            let told = mended(refused, &app.reader(locale.language()))?;
            Ok(page(&app, &visitor, &locale, &form, Some(&told)))
        }
    }
}

async fn send(
    app: &PagesState,
    support: &str,
    form: &Fields,
) -> Result<(TokenRef, &'static str), ApiError> {
    let item = form.text("orderItemId").and_then(|item| item.trim().parse().ok());
    let item = item.map(OrderItemId::new).ok_or(RequestError::field("orderItemId"))?;
    let reason = extract::text("reason", form.text("reason").unwrap_or_default())?;
    let link = ManualLink { item, reason, again: false };
    Ok(match app.rebookings().support(support).send_link(&link).await? {
        SentLink::Issued(token) => (token, "sent"),
        SentLink::Resent(token) | SentLink::AlreadyActive(token) => (token, "link-stands"),
    })
}

fn page(
    app: &PagesState,
    visitor: &Visitor,
    locale: &PageLocale,
    typed: &Fields,
    told: Option<&ErrorResponse>,
) -> Response {
    let view = Link {
        notice: told.map(|told| mistaken(told, "")),
        item: typed_text(typed, "orderItemId"),
        reason: typed_text(typed, "reason"),
        wrong: told.and_then(ErrorResponse::wrong_field).unwrap_or_default().to_owned(),
    };
    app.pages().page_for(visitor, status(told), "support/link.html", locale, view)
}
