//! Errors as pages: what is wrong, and what to do next.

use axum::response::Response;
use http::StatusCode;
use minijinja::value::{Serde, Value};
use rebooking_core::customer::Language;
use serde::Serialize;

use super::{Pages, Spoken};
use crate::reply::Refused;
use crate::service::App;
use crate::text::page as text;

/// `page` in `refused.html`.
#[derive(Serialize)]
struct View {
    heading: String,
    message: String,
    /// Whether it offers to send a new link.
    new_link: bool,
    next: Option<Next>,
}

/// Where to go from here.
#[derive(Serialize)]
struct Next {
    href: String,
    text: String,
}

/// The page for an error.
pub(crate) fn page(app: &App, refused: &Refused, spoken: &Spoken) -> Response {
    let told = refused.told(&app.caller(spoken.language()));
    let view = View {
        heading: text::refused_heading(spoken.language(), told.code()),
        message: told.message().to_owned(),
        new_link: told.offers_new_link(),
        next: next(app.pages(), spoken, told.code()),
    };
    let mut answer = app.pages().page(told.status, "refused.html", spoken, view);
    told.retry_in(answer.headers_mut());
    answer
}

fn next(pages: &Pages, spoken: &Spoken, code: &str) -> Option<Next> {
    (code == "wrong_role").then(|| Next {
        href: pages.path("/sign-in") + &spoken.elsewhere(),
        text: crate::text::portal::other_sign_in(spoken.language()),
    })
}

/// The page after somebody asked for a new link: the same for everybody.
pub(super) fn new_link_asked_for(pages: &Pages, spoken: &Spoken) -> Response {
    let language = spoken.language();
    let view = View {
        heading: text::new_link_heading(language),
        message: crate::text::new_link(language),
        new_link: false,
        next: None,
    };
    pages.page(StatusCode::OK, "refused.html", spoken, view)
}

pub(super) fn samples(_language: Language) -> Vec<(&'static str, Value)> {
    let view = |new_link, next| View { heading: "Fehler".into(), message: "Leider".into(), new_link, next };
    let next = Next { href: "?".into(), text: "Weiter".into() };
    [view(true, None), view(false, Some(next))].map(|view| ("refused.html", Value::from(Serde(view)))).into()
}
