//! Errors as pages: what is wrong, and what to do next.

use axum::response::Response;
use http::StatusCode;
use serde::Serialize;

use super::form::typed_address;
use super::locale::PageLocale;
use super::notice::Notice;
use super::renderer::Pages;
use super::visitor::Visitor;
use crate::auth::Principal;
use crate::error::{ApiError, Code, ErrorAudience, ErrorResponse};
use crate::extract::Fields;
use crate::messages::text;
use crate::pages::state::PagesState;

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
    /// Whether it says how to reach support.
    contact: bool,
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
    let told = refused.response(to);
    let view = View::new(to, &told);
    let mut answer = match staff {
        None => pages.page(told.status, "refused.html", locale, view),
        Some((visitor, sent)) => {
            let next = Some(next(pages, locale, visitor, sent, told.code));
            let contact = matches!(visitor.principal, Principal::Partner(_));
            let view = View { next, contact, ..view };
            pages.page_for(visitor, told.status, "refused.html", locale, view)
        }
    };
    told.retry_in(answer.headers_mut());
    answer
}

/// The same once more, for who asked for a new link with a form that must be mended.
pub(super) fn once_more(
    app: &PagesState,
    refused: &ApiError,
    locale: &PageLocale,
    form: &Fields,
    mistake: &ErrorResponse,
) -> Response {
    let view = {
        let to = app.reader(locale.language());
        View::new(&to, &refused.response(&to))
    };
    let typed = |_| Typed { typed: typed_address(form) };
    let view = View {
        notice: Some(Notice::mistake(mistake, |field| {
            (field == "customerEmail").then(|| field.to_owned())
        })),
        new_link: view.new_link.map(typed),
        ..view
    };
    app.pages().page(mistake.status, "refused.html", locale, view)
}

impl View {
    fn new(to: &ErrorAudience<'_>, told: &ErrorResponse) -> Self {
        let code = match told.code {
            // It may have been done, and would be done again.
            Code::OutcomeUnknown | Code::AnswerTimeout if to.each_time => "look_first",
            code => code.as_str(),
        };
        Self {
            failed: true,
            notice: None,
            heading: text!(to.language, "page-refused-heading", code),
            message: told.message.clone(),
            new_link: told.offers_new_link().then(|| Typed { typed: String::new() }),
            next: None,
            contact: true,
        }
    }
}

/// Somewhere that works: a form's own page, asked for anew, or where somebody's pages begin.
fn next(pages: &Pages, locale: &PageLocale, visitor: &Visitor, sent: bool, code: Code) -> Next {
    let language = locale.language();
    let home = match visitor.principal {
        Principal::Partner(_) => "/partner",
        Principal::Support(_) => "/support",
    };
    let elsewhere = |path| pages.path(path) + &locale.elsewhere();
    match code {
        Code::WrongRole => {
            Next { href: elsewhere("/sign-in"), text: text!(language, "portal-other-sign-in") }
        }
        // There is nothing to be seen at the address that signs out.
        _ if sent && code != Code::NotFound && visitor.route != "/sign-out" => {
            Next { href: locale.anew(), text: text!(language, "portal-open-anew") }
        }
        _ => Next { href: elsewhere(home), text: text!(language, "portal-to-overview") },
    }
}

/// The page after somebody asked for a new link: the same for everybody.
pub(super) fn new_link_asked_for(pages: &Pages, locale: &PageLocale) -> Response {
    let language = locale.language();
    let view = View {
        failed: false,
        notice: None,
        heading: text!(language, "page-new-link-heading"),
        message: text!(language, "page-new-link-asked-for"),
        new_link: None,
        next: None,
        contact: true,
    };
    pages.page(StatusCode::OK, "refused.html", locale, view)
}
