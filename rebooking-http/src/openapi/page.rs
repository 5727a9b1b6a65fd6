//! `/openapi.json`, and the same to read at `/docs`: one page without any script.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use minijinja::{Environment, context, value::Serde};
use rebooking_core::link::BaseAddress;
use utoipa::openapi::OpenApi;

use crate::guard::Csp;
use crate::service::App;

/// What is answered, made when somebody asks for the first time.
struct Described {
    json: Bytes,
    html: Bytes,
}

pub(super) fn routes(described: OpenApi, base: &BaseAddress) -> Router<App> {
    let base = base.clone();
    let described = Arc::new(LazyLock::new(move || {
        let document = super::document(described, &base);
        let json = document.to_pretty_json().unwrap_or_default() + "\n";
        Described { json: json.into(), html: page(&document, &base).unwrap_or_default().into() }
    }));
    let for_people = described.clone();
    Router::new()
        .route("/openapi.json", get(|| async move { answer("application/json", None, &described.json) }))
        .route(
            "/docs",
            get(|| async move { answer("text/html; charset=utf-8", Some(Csp::page(&[])), &for_people.html) }),
        )
}

fn answer(kind: &'static str, policy: Option<HeaderValue>, body: &Bytes) -> Response {
    let mut answer = Response::new(Body::from(body.clone()));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    if let Some(policy) = policy {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

fn page(document: &OpenApi, base: &BaseAddress) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    templates.add_template("docs.html", include_str!("../../pages/docs.html"))?;
    templates.get_template("docs.html")?.render(context! { document => Serde(document), root => base.path() })
}
