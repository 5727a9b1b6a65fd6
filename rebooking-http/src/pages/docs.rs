//! The description of the API to read, at `/docs`: one page without any script.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use minijinja::{Environment, context, value::Serde};
use rebooking_core::presentation::BaseUrl;
use utoipa::openapi::OpenApi;

use super::csp;
use super::floor::Page;
use super::state::PagesState;
use crate::dto::Description;
use crate::error::{ApiError, RequestError};

pub(crate) fn routes(description: Arc<Description>, state: &PagesState) -> Router<PagesState> {
    let (base, style) = (state.settings().presentation.base.clone(), state.pages().style_sheet());
    let html = Arc::new(LazyLock::new(move || {
        let html = page(&description, &base, &style).inspect_err(|error| {
            tracing::error!(kind = %error.kind(), "the description cannot be shown");
        });
        html.map(Bytes::from).map_err(|_| RequestError::Broken)
    }));
    let show = move || async move {
        let html: &Result<Bytes, RequestError> = &html;
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_LANGUAGE, HeaderValue::from_static("en")),
            (CONTENT_SECURITY_POLICY, csp::page(&[])),
        ];
        Ok::<_, ApiError>((headers, html.clone()?))
    };
    Router::new().route("/docs", get(Page(show)))
}

fn page(document: &OpenApi, base: &BaseUrl, style: &str) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    templates.add_template("docs.html", include_str!("../../pages/docs.html"))?;
    let shown = context! { document => Serde(document), root => base.path(), style };
    templates.get_template("docs.html")?.render(shown)
}
