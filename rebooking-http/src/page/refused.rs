//! Errors as pages: what is wrong, and what to do next.

use axum::response::Response;
use http::StatusCode;
use minijinja::value::{Serde, Value};
use rebooking_core::customer::Language;
use serde::Serialize;

use super::customer::typed_address;
use super::notice::Notice;
use super::{Pages, Spoken};
use crate::input::Fields;
use crate::reply::{Code, Refused, Verdict};
use crate::service::App;
use crate::text::page as text;

/// `page` in `refused.html`.
#[derive(Serialize)]
struct View {
    /// It is an error, and not what a form led to.
    failed: bool,
    notice: Option<Notice>,
    heading: String,
    message: String,
    /// Whether it offers to send a new link, to who knows this address.
    new_link: Option<Typed>,
    next: Option<Next>,
}

/// What somebody typed who asks for a new link.
#[derive(Serialize)]
struct Typed {
    typed: String,
}

/// Where to go from here.
#[derive(Serialize)]
struct Next {
    href: String,
    text: String,
}

/// The page for an error.
pub(crate) fn page(app: &App, refused: &Refused, spoken: &Spoken) -> Response {
    let told = refused.told(&app.reader(spoken.language()));
    let mut answer =
        app.pages().page(told.status, "refused.html", spoken, View::of(app.pages(), spoken, &told));
    told.retry_in(answer.headers_mut());
    answer
}

/// The same once more, for who asked for a new link with a form that must be mended.
pub(super) fn once_more(
    app: &App,
    refused: &Refused,
    spoken: &Spoken,
    form: &Fields,
    mistake: &Verdict,
) -> Response {
    let view = View::of(app.pages(), spoken, &refused.told(&app.reader(spoken.language())));
    let typed = |_| Typed { typed: typed_address(form) };
    let view = View {
        notice: Some(Notice::mistake(mistake, |field| (field == "customerEmail").then(|| field.to_owned()))),
        new_link: view.new_link.map(typed),
        ..view
    };
    app.pages().page(mistake.status, "refused.html", spoken, view)
}

impl View {
    fn of(pages: &Pages, spoken: &Spoken, told: &Verdict) -> Self {
        Self {
            failed: true,
            notice: None,
            heading: text::refused_heading(spoken.language(), told.code()),
            message: told.message().to_owned(),
            new_link: told.offers_new_link().then(|| Typed { typed: String::new() }),
            next: next(pages, spoken, told.code()),
        }
    }
}

fn next(pages: &Pages, spoken: &Spoken, code: Code) -> Option<Next> {
    (code == Code::WrongRole).then(|| Next {
        href: pages.path("/sign-in") + &spoken.elsewhere(),
        text: crate::text::portal::other_sign_in(spoken.language()),
    })
}

/// The page after somebody asked for a new link: the same for everybody.
pub(super) fn new_link_asked_for(pages: &Pages, spoken: &Spoken) -> Response {
    let language = spoken.language();
    let view = View {
        failed: false,
        notice: None,
        heading: text::new_link_heading(language),
        message: text::new_link_asked_for(language),
        new_link: None,
        next: None,
    };
    pages.page(StatusCode::OK, "refused.html", spoken, view)
}

pub(super) fn samples(_language: Language) -> Vec<(&'static str, Value)> {
    let view = |notice, new_link, next| View {
        failed: true,
        notice,
        heading: "Fehler".into(),
        message: "Leider".into(),
        new_link,
        next,
    };
    let bad = Notice::bad("Bitte prüfen".into(), Some("customerEmail".into()));
    let typed = || Some(Typed { typed: "a@b.de".into() });
    let next = Next { href: "?".into(), text: "Weiter".into() };
    [view(None, typed(), None), view(Some(bad), typed(), None), view(None, None, Some(next))]
        .map(|view| ("refused.html", Value::from(Serde(view))))
        .into()
}
