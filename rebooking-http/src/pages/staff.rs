//! Pages for who is signed in: partners and support. Who is not is sent to the sign-in and comes
//! back from there.

mod sign_in;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use http::header::SET_COOKIE;

use super::state::PagesState;
use super::{part, partner, support};
use crate::extract::trace::in_trace;
use crate::settings::EnabledParts;

/// The pages of the parts that are served, behind a sign-in where there is anything to sign in for.
pub(super) fn routes(app: &PagesState) -> Router<PagesState> {
    let EnabledParts { partner, support, .. } = app.settings().enabled;
    part(partner || support, sign_in::routes)
        .merge(part(partner, partner::routes))
        .merge(part(app.has_calendars(), partner::calendar_routes))
        .merge(part(support, support::routes).layer(from_fn(in_trace)))
        .layer(from_fn_with_state(app.clone(), renewed))
}

/// Gives a session that is in use a fresh cookie now and then.
async fn renewed(State(app): State<PagesState>, request: Request, next: Next) -> Response {
    let now = app.rebookings().ports().clock.now();
    let session = app.sessions().shown(request.headers(), now);
    let fresh = session.and_then(|session| app.sessions().cookie(&session.renewed(now)?));
    let mut response = next.run(request).await;
    if let Some(cookie) = fresh {
        response.headers_mut().entry(SET_COOKIE).or_insert(cookie);
    }
    response
}
