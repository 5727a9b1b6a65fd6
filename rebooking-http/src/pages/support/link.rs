//! `/support/links`: a link for a booking, by hand.

use axum::response::Response;
use minijinja::context;
use rebooking_core::service::{LinkSent, ManualLink};
use rebooking_core::value::ids::{OrderItemId, TokenRef};

use crate::error::ApiError;
use crate::extract::Fields;
use crate::pages::form::Entered;
use crate::pages::renderer::see_other;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    Ok(page(&request, Entered::prefilled(&request.params)))
}

pub(super) async fn act(Sent(request, form): Sent<SupportName>) -> Result<Response, ApiError> {
    match send(&request, &form).await {
        Ok((TokenRef { case, .. }, flash)) => {
            let case = request.app.pages().path(&format!("/support/cases/{case}"));
            Ok(see_other(&format!("{case}{}", request.locale.onward(flash))))
        }
        Err(refused) => {
            let why = request.mended(refused)?;
            Ok(page(&request, Entered::refused(&form, &why)))
        }
    }
}

async fn send(
    request: &SignedIn<SupportName>,
    form: &Fields,
) -> Result<(TokenRef, &'static str), ApiError> {
    let link = ManualLink {
        item: OrderItemId::new(form.required("orderItemId")?),
        reason: form.free_text("reason")?,
        again: false,
    };
    Ok(match request.support().send_link(&link).await? {
        LinkSent::Issued(token) => (token, "sent"),
        LinkSent::Resent(token) | LinkSent::AlreadyActive(token) => (token, "link-stands"),
    })
}

fn page(request: &SignedIn<SupportName>, entered: Entered<'_>) -> Response {
    let view = context! {
        notice => entered.notice(""),
        item => entered.typed("orderItemId"),
        reason => entered.typed("reason"),
        wrong => entered.wrong_field(),
    };
    request.page(entered.status(), "support/link.html", view)
}
