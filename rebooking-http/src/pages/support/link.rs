//! `/support/links`: a link for a booking, by hand.

use axum::response::Response;
use minijinja::{Value, context};
use rebooking_core::service::LinkSent;
use rebooking_core::value::booking::{BookableItem, OrderNumber};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{OrderItemId, TokenRef};

use crate::dto::support::LinkRequest;
use crate::error::{ApiError, RequestError};
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::tick;
use crate::pages::renderer::see_other;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let entered = Entered::prefilled(&request.params);
    let items = match order(&request.params) {
        // Where the shop cannot be asked the form says so once it is sent.
        Ok(Some(order)) => request.support().items_of_order(&order).await.unwrap_or_default(),
        Ok(None) | Err(_) => Vec::new(),
    };
    Ok(page(&request, entered, &items))
}

pub(super) async fn act(Sent(request, form): Sent<SupportName>) -> Result<Response, ApiError> {
    match send(&request, &form).await {
        Ok((TokenRef { case, .. }, flash)) => {
            let case = request.app.pages().path(&format!("/support/cases/{case}"));
            Ok(see_other(&format!("{case}{}", request.locale.onward(flash))))
        }
        Err(refused) => {
            let why = request.mended(refused)?;
            let items = why.details.items.as_deref().unwrap_or_default();
            Ok(page(&request, Entered::refused(&form, &why), items))
        }
    }
}

async fn send(
    request: &SignedIn<SupportName>,
    form: &Fields,
) -> Result<(TokenRef, &'static str), ApiError> {
    let link = read(form)?.resolve(request.support(), false).await?;
    Ok(match request.support().send_link(&link).await? {
        LinkSent::Issued(token) => (token, "sent"),
        LinkSent::Resent(token) | LinkSent::AlreadyActive(token) => (token, "link-stands"),
    })
}

fn read(form: &Fields) -> Result<LinkRequest, RequestError> {
    let item = typed(form, "orderItemId").map(|item| item.parse().map(OrderItemId::new));
    let item = item.transpose();
    Ok(LinkRequest {
        order: order(form)?,
        item: item.map_err(|_| RequestError::field("orderItemId"))?,
        reason: form.free_text("reason")?,
    })
}

fn typed<'a>(form: &'a Fields, name: &str) -> Option<&'a str> {
    form.text(name).map(str::trim).filter(|text| !text.is_empty())
}

fn order(form: &Fields) -> Result<Option<OrderNumber>, RequestError> {
    let order = typed(form, "orderNumber").map(|number| number.trim_start_matches('#'));
    let order = order.map(OrderNumber::parse).transpose();
    order.map_err(|_| RequestError::field("orderNumber"))
}

fn page(request: &SignedIn<SupportName>, entered: Entered<'_>, items: &[BookableItem]) -> Response {
    let view = context! {
        notice => entered.notice(""),
        order => entered.typed("orderNumber"),
        item => entered.typed("orderItemId"),
        items => choices(request.language(), entered, items),
        reason => entered.typed("reason"),
        wrong => entered.wrong_field(),
    };
    request.page(entered.status(), "support/link.html", view)
}

/// The items of the order to choose from, where one must be chosen.
fn choices(language: Language, entered: Entered<'_>, items: &[BookableItem]) -> Vec<Value> {
    let item = |item: &BookableItem| {
        let value = item.item.to_string();
        let people = text!(language, "portal-people", count = item.participants.count());
        let date = calendar::start(language, &item.slot);
        let customer = item.customer_name.expose();
        let name = [item.course.name.as_str(), &date, &people, customer];
        let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
        tick(&value, name.join(" · "), entered.field("orderItemId") == Some(&value))
    };
    items.iter().map(item).collect()
}
