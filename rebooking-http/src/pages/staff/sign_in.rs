//! `/sign-in` and `/sign-out`: an access token for a session of pages.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use http::header::{AUTHORIZATION, HeaderValue, SET_COOKIE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use minijinja::context;

use rebooking_core::RebookError;

use crate::auth::Principal;
use crate::caller::sender;
use crate::error::ApiError;
use crate::extract::{Fields, Form};
use crate::messages::text;
use crate::pages::floor::ENDED;
use crate::pages::floor::{Page, StaffPage};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::renderer::see_other;
use crate::pages::signed_in::Sent;
use crate::pages::state::PagesState;
use crate::pages::visitor::{home, no_randomness};

pub(super) fn routes() -> Router<PagesState> {
    Router::new()
        .route("/sign-in", get(Page(show)).post(Page(enter)))
        .route("/sign-out", post(StaffPage(leave)))
}

async fn show(
    State(app): State<PagesState>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let language = locale.language();
    let next = params.text("next").map(str::to_owned);
    let notice = match params.text("said") {
        Some("signed-out") => Some(Notice::good(text!(language, "portal-signed-out"))),
        Some(ENDED) => Some(Notice::bad(text!(language, "portal-session-ended"), None)),
        Some(_) | None => {
            next.is_some().then(|| Notice::good(text!(language, "portal-sign-in-first")))
        }
    };
    Ok(page(&app, &locale, StatusCode::OK, notice, next))
}

async fn enter(
    State(app): State<PagesState>,
    locale: PageLocale,
    parts: Parts,
    Form(form): Form,
) -> Result<Response, ApiError> {
    let next = form.text("next").map(str::to_owned);
    let Some(principal) = known(&app, parts, form.text("token").unwrap_or_default()).await? else {
        let notice =
            Notice::bad(text!(locale.language(), "portal-wrong-token"), Some("token".into()));
        let mut response = page(&app, &locale, StatusCode::UNAUTHORIZED, Some(notice), next);
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return Ok(response);
    };
    let home = app.pages().path(home(&principal));
    let to = next.filter(|next| is_within(next, &home)).unwrap_or(home + &locale.elsewhere());
    let session = app.sessions().open(principal, app.rebookings().ports().clock.now());
    let cookie = session.and_then(|session| app.sessions().cookie(&session));
    let cookie = cookie.ok_or_else(no_randomness)?;
    let mut response = see_other(&to);
    response.headers_mut().insert(SET_COOKIE, cookie);
    Ok(response)
}

async fn leave(
    State(app): State<PagesState>,
    locale: PageLocale,
    Sent(by, form): Sent<Principal>,
) -> Result<Response, ApiError> {
    if let (Some(session), Some(port)) = (by.session(), &app.rebookings().ports().sign_outs) {
        let (sign_in, now) = (session.sign_in(), app.rebookings().ports().clock.now());
        let ended = match form.text("everywhere") {
            Some(_) => sign_in.end_all(port.as_ref(), now).await,
            None => sign_in.end(port.as_ref()).await,
        };
        ended.map_err(RebookError::from)?;
    }
    let mut response = see_other(&(app.pages().path("/sign-in") + &locale.onward("signed-out")));
    if let Some(none) = app.sessions().no_cookie() {
        response.headers_mut().insert(SET_COOKIE, none);
    }
    Ok(response)
}

/// Who holds a token. It alone is shown to the port: what else came with the form proves nothing
/// here.
async fn known(
    app: &PagesState,
    mut parts: Parts,
    token: &str,
) -> Result<Option<Principal>, ApiError> {
    let bearer =
        HeaderValue::try_from(format!("Bearer {token}")).ok().filter(|_| !token.is_empty());
    let Some(bearer) = bearer else { return Ok(None) };
    parts.headers = HeaderMap::from_iter([(AUTHORIZATION, bearer)]);
    sender(app, &mut parts).await
}

/// Whether an address is one of the pages of a role: nobody is sent anywhere else. Browsers read
/// `%2e` in a path as a dot.
fn is_within(next: &str, home: &str) -> bool {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let rest = next.strip_prefix(home);
    plain
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && !next.contains("..")
        && !next.to_ascii_lowercase().contains("%2e")
}

/// The page of the sign-in, which leads to `next` then.
fn page(
    app: &PagesState,
    locale: &PageLocale,
    status: StatusCode,
    notice: Option<Notice>,
    next: Option<String>,
) -> Response {
    app.pages().page(status, "sign_in.html", locale, context! { notice, next })
}
