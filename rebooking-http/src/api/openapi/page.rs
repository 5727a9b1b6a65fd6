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
use rebooking_core::link::BaseUrl;
use utoipa::openapi::OpenApi;

use crate::edge::headers::Csp;
use crate::error::{ApiError, RequestError};
use crate::state::AppState;

/// What is answered, made when somebody asks for the first time.
struct Described {
    json: Option<Bytes>,
    html: Option<Bytes>,
}

/// `style` is where the sheet is, seen from the host.
pub(super) fn routes(described: OpenApi, base: &BaseUrl, style: &str) -> Router<AppState> {
    let (base, style) = (base.clone(), style.to_owned());
    let described = Arc::new(LazyLock::new(move || {
        let document = super::document(described, &base);
        let html = page(&document, &base, &style).inspect_err(|error| {
            tracing::error!(kind = %error.kind(), "the description cannot be shown");
        });
        Described {
            json: document.to_pretty_json().ok().map(|json| (json + "\n").into()),
            html: html.ok().map(Bytes::from),
        }
    }));
    let for_people = described.clone();
    Router::new()
        .route(
            "/openapi.json",
            get(|| async move { answer("application/json", None, described.json.as_ref()) }),
        )
        .route(
            "/docs",
            get(|| async move {
                answer("text/html; charset=utf-8", Some(Csp::page(&[])), for_people.html.as_ref())
            }),
        )
}

fn answer(
    kind: &'static str,
    policy: Option<HeaderValue>,
    body: Option<&Bytes>,
) -> Result<Response, ApiError> {
    let mut answer = Response::new(Body::from(body.ok_or(RequestError::Broken)?.clone()));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    if let Some(policy) = policy {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(answer)
}

fn page(document: &OpenApi, base: &BaseUrl, style: &str) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    templates.add_template("docs.html", include_str!("../../../pages/docs.html"))?;
    let shown = context! { document => Serde(document), root => base.path(), style };
    templates.get_template("docs.html")?.render(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_that_cannot_be_made_is_an_error_as_any_other() {
        let refused = answer("text/html", None, None).unwrap_err();
        assert!(matches!(refused, ApiError::Http(RequestError::Broken)), "{refused:?}");
    }
}
