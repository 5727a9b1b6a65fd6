//! Which errors an operation may answer with, each with the answer that the tests expect as its
//! example.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::example::{Example, ExampleBuilder};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, ParameterIn};
use utoipa::openapi::{ContentBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type};

use crate::error::Code;

/// What the route itself may refuse stands with it, under this name.
const OWN: &str = "x-codes";

/// Every error that there is.
pub(super) struct Errors(BTreeMap<&'static str, Expected>);

/// What the tests expect.
#[derive(Default, Deserialize)]
struct Expected {
    status: u16,
    english: Value,
}

impl Errors {
    pub(super) fn all() -> Self {
        let read = |text| serde_json::from_str(text).unwrap_or_default();
        Self(Code::EXAMPLES.iter().map(|(code, text)| (code.as_str(), read(text))).collect())
    }

    /// Their examples, each once, for the operations to point at.
    pub(super) fn examples(self) -> BTreeMap<String, RefOr<Example>> {
        let example =
            |error: Expected| RefOr::T(ExampleBuilder::new().value(Some(error.english)).build());
        self.0.into_iter().map(|(code, error)| (code.to_owned(), example(error))).collect()
    }

    /// Puts the errors of an operation into its description.
    pub(super) fn describe(&self, path: &str, method: &HttpMethod, operation: &mut Operation) {
        let mut codes = own(operation);
        codes.extend(of_all(path, method, operation));
        let mut by_status: BTreeMap<u16, BTreeSet<&str>> = BTreeMap::new();
        for code in &codes {
            let status = self.0.get(code.as_str()).map(|error| error.status).unwrap_or_default();
            by_status.entry(status).or_default().insert(code);
        }
        for (status, codes) in by_status {
            operation
                .responses
                .responses
                .insert(status.to_string(), RefOr::T(refusal(status, &codes)));
        }
    }
}

fn own(operation: &mut Operation) -> Vec<String> {
    let stated = operation.extensions.take().and_then(|mut extensions| extensions.remove(OWN));
    stated.and_then(|codes| serde_json::from_value(codes).ok()).unwrap_or_default()
}

/// What holds by rule: for whoever signs in, sends a body, filters or asks at all.
fn of_all(path: &str, method: &HttpMethod, operation: &Operation) -> Vec<String> {
    let has_parameters = operation
        .parameters
        .iter()
        .flatten()
        .any(|one| matches!(one, RefOr::T(one) if one.parameter_in == ParameterIn::Query));
    let watched = operation.tags.iter().flatten().any(|tag| tag == "health");
    let changes = matches!(*method, HttpMethod::Post | HttpMethod::Put);
    let rules: [(bool, &[&str]); 7] = [
        (operation.security.is_some(), &["not_signed_in", "wrong_role"]),
        (
            operation.request_body.is_some(),
            &["malformed_body", "unsupported_media_type", "invalid_field"],
        ),
        (has_parameters, &["invalid_field"]),
        // What is no number is no address.
        (path.contains("{id}"), &["not_found"]),
        (changes, &["cross_site", "request_timeout", "body_too_large", "outcome_unknown"]),
        (!watched || operation.security.is_some(), &["too_many_requests"]),
        (path != "/healthz", &["try_later", "broken"]),
    ];
    let held = rules.into_iter().filter(|(holds, _)| *holds).flat_map(|(_, codes)| codes);
    held.chain(&["internal", "answer_timeout"]).map(|code| (*code).to_owned()).collect()
}

fn refusal(status: u16, codes: &BTreeSet<&str>) -> Response {
    let names = codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
    let examples = codes
        .iter()
        .map(|code| (*code, RefOr::Ref(Ref::new(format!("#/components/examples/{code}")))));
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Failure")))
        .examples_from_iter(examples);
    let mut response =
        ResponseBuilder::new().description(names).content("application/json", content.build());
    if matches!(status, 429 | 503) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let header = HeaderBuilder::new()
            .schema(Some(seconds))
            .description(Some("Seconds to wait before asking again"));
        response = response.header("Retry-After", header.build());
    }
    response.build()
}
