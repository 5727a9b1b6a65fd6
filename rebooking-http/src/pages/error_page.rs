//! Errors as pages: what is wrong, and what to do next.

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::form::Entered;
use super::locale::PageLocale;
use super::notice::Notice;
use super::renderer::Pages;
use super::visitor::{Visitor, home};
use crate::auth::Principal;
use crate::error::{ApiError, Code, ErrorAudience, ErrorResponse};
use crate::messages::text;
use crate::pages::state::PagesState;

/// The page for an error that a customer meets.
pub(super) fn page(app: &PagesState, refused: &ApiError, locale: &PageLocale) -> Response {
    page_for(app.pages(), refused, &app.reader(locale.language()), locale, None)
}

/// The page for an error; in their own frame for `staff` who are signed in, who may have sent a
/// form.
pub(crate) fn page_for(
    pages: &Pages,
    refused: &ApiError,
    to: &ErrorAudience<'_>,
    locale: &PageLocale,
    staff: Option<(&Visitor, bool)>,
) -> Response {
    let response = refused.response(to);
    let view = view(to, &response, Entered::default());
    let view = match staff {
        None => view,
        Some((visitor, sent)) => context! {
            next => next(pages, locale, visitor, sent, response.code),
            contact => matches!(visitor.principal, Principal::Partner(_)),
            ..view
        },
    };
    let visitor = staff.map(|(visitor, _)| visitor);
    let mut page = pages.page_for(visitor, response.status, "refused.html", locale, view);
    response.retry_in(page.headers_mut());
    page
}

/// What that page says, for who is shown it elsewhere.
pub(super) fn shown(app: &PagesState, refused: &ApiError, locale: &PageLocale) -> Value {
    let to = app.reader(locale.language());
    view(&to, &refused.response(&to), Entered::default())
}

/// The same once more, for who asked for a new link with a form that must be mended.
pub(super) fn once_more(
    app: &PagesState,
    refused: &ApiError,
    locale: &PageLocale,
    entered: Entered<'_>,
) -> Response {
    let to = app.reader(locale.language());
    let view = view(&to, &refused.response(&to), entered);
    app.pages().page(entered.status(), "refused.html", locale, view)
}

/// `page` in `refused.html`.
fn view(to: &ErrorAudience<'_>, response: &ErrorResponse, entered: Entered<'_>) -> Value {
    let code = match response.code {
        // It may have been done, and would be done again.
        Code::OutcomeUnknown | Code::AnswerTimeout if to.each_time => "look_first",
        code => code.as_str(),
    };
    let address = |field: &str| (field == "customerEmail").then(|| field.to_owned());
    context! {
        // It is an error, and not what a form led to.
        failed => true,
        notice => entered.why().map(|why| Notice::mistake(why, address)),
        heading => text!(to.language, "page-refused-heading", code),
        message => &response.message,
        // Whether it offers to send a new link, to who knows this address.
        new_link => response
            .offers_new_link()
            .then(|| context! { typed => entered.typed_address() }),
        next => (),
        // Whether it says how to reach support.
        contact => true,
    }
}

/// Somewhere that works: a form's own page, asked for anew, or where somebody's pages begin.
fn next(pages: &Pages, locale: &PageLocale, visitor: &Visitor, sent: bool, code: Code) -> Value {
    let language = locale.language();
    let link = |href: String, text: String| context! { href, text };
    let elsewhere = |path| pages.path(path) + &locale.elsewhere();
    match code {
        Code::WrongRole => link(elsewhere("/sign-in"), text!(language, "portal-other-sign-in")),
        // There is nothing to be seen at the address that signs out.
        _ if sent && code != Code::NotFound && visitor.route != "/sign-out" => {
            link(locale.anew(), text!(language, "portal-open-anew"))
        }
        _ => link(elsewhere(home(&visitor.principal)), text!(language, "portal-to-overview")),
    }
}

/// The page after somebody asked for a new link: the same for everybody.
pub(super) fn new_link_asked_for(pages: &Pages, locale: &PageLocale) -> Response {
    let language = locale.language();
    let view = context! {
        failed => false,
        notice => (),
        heading => text!(language, "page-new-link-heading"),
        message => text!(language, "page-new-link-asked-for"),
        new_link => (),
        next => (),
        contact => true,
    };
    pages.page(StatusCode::OK, "refused.html", locale, view)
}
