//! The description of the API, made from its routes, and a page to read it.

mod errors;
#[cfg(feature = "webhooks")]
mod webhooks;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use rebooking_core::presentation::BaseUrl;
use utoipa::OpenApi as _;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi, Server, Tag};

use crate::api::json::Json;
use crate::dto::Description;
use crate::error::{ApiError, RequestError};
use crate::state::AppState;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Self-service rebooking",
        description = "Moves declined bookings to other dates. Every answer has the same envelope, \
                       every error a stable code. Messages \
                       are German unless `Accept-Language` asks for English or French. Dates and \
                       times of day are the venue's, moments are UTC.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(crate::dto::error::Failure)),
    tags(
        (name = "customer", description = "For whoever holds a link; nobody signs in"),
        (name = "partner", description = "For a partner: their own bookings, and no others"),
        (name = "support", description = "For support: cases, effects, earnings"),
        (name = "health", description = "For those who watch the process"),
    )
)]
struct Head;

/// The whole description: what the routes say of themselves, and what holds for all of them.
fn document(mut described: OpenApi, base: &BaseUrl) -> OpenApi {
    let mut document = Head::openapi();
    // Paths begin at the origin unless it is said where.
    document.servers = (!base.path().is_empty()).then(|| vec![Server::new(base.path())]);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
    let bearer = bearer
        .description(Some("The token of a partner or of support; each has their own routes only"));
    let errors = errors::Errors::all();
    for (path, item) in &mut described.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Put, &mut item.put),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                errors.describe(path, &method, operation);
                operation.operation_id = Some(name(operation));
            }
        }
    }
    let components = described.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer.build()));
    document.merge(described);
    let all = || document.paths.paths.values();
    let operations = || all().flat_map(|item| [&item.get, &item.post, &item.put]).flatten();
    let is_used = |tag: &Tag| {
        operations().any(|operation| operation.tags.iter().flatten().any(|name| *name == tag.name))
    };
    let tags = document.tags.take().map(|tags| tags.into_iter().filter(is_used).collect());
    document.tags = tags;
    document.components.get_or_insert_default().examples = errors.examples();
    #[cfg(feature = "webhooks")]
    webhooks::describe(&mut document);
    document
}

/// Handlers of support and of customers share names, so the tag goes first: `support_choose`.
fn name(operation: &Operation) -> String {
    let tag = operation.tags.iter().flatten().next().map(String::as_str).unwrap_or_default();
    format!("{tag}_{}", operation.operation_id.as_deref().unwrap_or_default())
}

/// The whole description, made when somebody asks for the first time.
pub(crate) fn description(described: OpenApi, base: &BaseUrl) -> Arc<Description> {
    let base = base.clone();
    Arc::new(LazyLock::new(Box::new(move || document(described, &base))))
}

/// `/openapi.json`.
pub(crate) fn routes(description: Arc<Description>) -> Router<AppState> {
    let json = LazyLock::new(move || {
        let json = description.to_pretty_json();
        json.map(|json| Bytes::from(json + "\n")).map_err(|_| RequestError::Broken)
    });
    let json = Arc::new(json);
    let show = move || async move {
        let headers = [(CONTENT_TYPE, "application/json"), (CONTENT_LANGUAGE, "en")];
        let json: &Result<Bytes, RequestError> = &json;
        Ok::<_, ApiError>((headers, json.clone()?))
    };
    Router::new().route("/openapi.json", get(Json(show)))
}
