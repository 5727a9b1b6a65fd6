//! `/style/…`: the style sheet.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

use super::floor::Page;
use super::state::PagesState;
use crate::edge::floor::Rejection;
use crate::error::ApiError;
use crate::extract::handler::{Buffered, Extract};
use crate::extract::in_path;

pub(super) fn routes() -> Router<PagesState> {
    Router::new().route("/style/{name}", get(Page(sheet)))
}

/// The name in the path.
struct Name(String);

impl<S: Sync> Extract<S> for Name {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(in_path(request, "name").await.map(Self).ok_or(Rejection::NoSuchRoute)?)
    }
}

async fn sheet(State(app): State<PagesState>, Name(name): Name) -> Result<Response, ApiError> {
    let style = &app.pages().style;
    if style.name() != format!("style/{name}") {
        return Err(Rejection::NoSuchRoute.into());
    }
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((headers, style.sheet.clone()).into_response())
}
