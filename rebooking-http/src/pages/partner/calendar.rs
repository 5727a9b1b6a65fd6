//! `/partner/calendar`: the secret address of a partner's calendar, to be made, renewed and
//! revoked.

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use rebooking_core::value::ids::PartnerId;

use crate::error::{ApiError, RequestError};
use crate::messages::text;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn};

pub(super) async fn show(request: SignedIn<PartnerId>) -> Result<Response, ApiError> {
    let has_address = request.partner().calendar_since().await?.is_some();
    Ok(page(&request, request.flash(), has_address, None))
}

pub(super) async fn act(Sent(request, form): Sent<PartnerId>) -> Result<Response, ApiError> {
    let partner = request.partner();
    match form.text("act") {
        Some("renew") => {
            let link = partner.renew_calendar().await?;
            let address = request.app.settings().presentation.base.calendar_link(&link);
            // Here and not on the page that a browser is sent on to: it is told this once.
            Ok(page(&request, Some("calendar_made"), true, Some(address)))
        }
        Some("revoke") => {
            partner.revoke_calendar().await?;
            Ok(request.done("calendar_revoked"))
        }
        Some(_) | None => Err(RequestError::field("act").into()),
    }
}

fn page(
    request: &SignedIn<PartnerId>,
    said: Option<&str>,
    has_address: bool,
    address: Option<String>,
) -> Response {
    let language = request.language();
    let told = || Notice::flash(text!(language, "portal-told", said = said?));
    let view = context! { notice => told(), has_address, address };
    request.page(StatusCode::OK, "partner/calendar.html", view)
}
