//! What a customer is shown, for support to see: the same templates, with nothing that works.

use axum::response::Response;
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::service::{CustomerPreview, LinkView};

use super::booked::Forms;
use super::{booked, choose_view};
use crate::extract::Fields;
use crate::pages::error_page;
use crate::pages::form::Entered;
use crate::pages::layout::Preview;
use crate::pages::locale::PageLocale;
use crate::pages::state::PagesState;

/// The customer's page in their language, or in the one that its reader has switched to.
pub(in crate::pages) fn page(
    app: &PagesState,
    locale: PageLocale,
    params: &Fields,
    shown: &CustomerPreview,
    preview: Preview,
) -> Response {
    let locale = locale.of_booking(shown.view.token().booking().customer.language);
    let (template, view) = view(app, &locale, params, shown);
    app.pages().preview(template, &locale, view, preview)
}

fn view(
    app: &PagesState,
    locale: &PageLocale,
    params: &Fields,
    shown: &CustomerPreview,
) -> (&'static str, Value) {
    let over = |error: RebookError| ("refused.html", error_page::shown(app, &error.into(), locale));
    match &shown.view {
        LinkView::Offers(offers) => {
            let (_, view) = choose_view(app, locale, params, offers, None, Entered::default());
            ("customer/choose.html", view)
        }
        LinkView::Used(chosen) => {
            let forms =
                Forms { backups: shown.backups.as_ref(), exchange: shown.exchange.as_ref() };
            match booked::shown(app, locale, chosen, forms, None, Entered::default()) {
                Some(view) => ("customer/booked.html", view),
                None => over(RebookError::UnknownLink),
            }
        }
        LinkView::Expired { .. } | LinkView::Cancelled { .. } => {
            match shown.view.clone().into_offers() {
                Err(gone) => over(gone),
                Ok(_) => over(RebookError::UnknownLink),
            }
        }
    }
}
