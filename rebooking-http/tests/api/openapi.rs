//! The description of the API: made from the routes, and the same as the file that is committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use http::header::CONTENT_TYPE;
#[cfg(feature = "webhooks")]
use rebooking_core::effect::EventKind;
use serde_json::Value;

use crate::api::{Api, expected_folder};

fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("openapi.json")
}

/// `REBOOKING_WRITE_EXPECTED=1 cargo test -p rebooking-http --all-features openapi` writes the file
/// anew.
#[tokio::test]
async fn the_description_is_the_committed_one() {
    let served = Api::new().get("/openapi.json").await.ok();
    assert_eq!(served.header(CONTENT_TYPE), "application/json");
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        fs::write(committed(), &served.text).unwrap();
    }
    let committed = fs::read_to_string(committed()).unwrap();
    assert!(
        served.text == committed,
        "openapi.json is not what the routes say: renew it with \
         `REBOOKING_WRITE_EXPECTED=1 cargo test -p rebooking-http --all-features openapi`, and \
         look at the difference"
    );
}

async fn operations() -> Vec<(String, Value)> {
    let document = Api::new().get("/openapi.json").await.ok().json();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((format!("{} {path}", method.to_uppercase()), operation.clone()));
        }
    }
    all
}

#[tokio::test]
async fn every_code_is_described_with_an_example_and_no_other() {
    let document = Api::new().get("/openapi.json").await.ok().json();
    let mut described = BTreeSet::new();
    for (name, operation) in operations().await {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let examples = &response["content"]["application/json"]["examples"];
            let is_refusal = status.parse::<u16>().unwrap() >= 400;
            assert_eq!(examples.is_object(), is_refusal, "{name} {status}");
            for (code, example) in examples.as_object().into_iter().flatten() {
                let example = document
                    .pointer(example["$ref"].as_str().unwrap().trim_start_matches('#'))
                    .unwrap();
                assert_eq!(example["value"]["error"]["code"], *code);
                described.insert(code.clone());
            }
        }
        assert!(operation.get("x-codes").is_none(), "{name}");
    }
    // No route: its own answer is described nowhere.
    let mut tested = BTreeSet::from(["method_not_allowed".to_owned()]);
    described.insert("method_not_allowed".to_owned());
    for file in fs::read_dir(expected_folder().join("errors")).unwrap() {
        tested.insert(file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    }
    assert_eq!(described, tested);
}

#[tokio::test]
async fn every_operation_says_what_it_is_for_and_who_may_call_it() {
    let mut names = BTreeSet::new();
    for (name, operation) in operations().await {
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.len() > 10), "{name}");
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}");
        let for_some =
            ["/api/partner/", "/api/support/", "/metrics"].iter().any(|some| name.contains(some));
        assert_eq!(operation["security"][0]["bearer"].is_array(), for_some, "{name}");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(
                parameter["description"].is_string() && parameter["schema"].is_object(),
                "{name}"
            );
        }
    }
    assert_eq!(names.len(), 50, "{names:?}");
}

/// `docs/events.md` names them for people.
#[cfg(feature = "webhooks")]
#[tokio::test]
async fn every_event_is_described_as_a_webhook() {
    let document = Api::new().get("/openapi.json").await.ok().json();
    let documented = include_str!("../../../docs/events.md");
    let webhooks = document["webhooks"].as_object().unwrap();
    let described: BTreeSet<&str> = webhooks.keys().map(String::as_str).collect();
    assert_eq!(described, EventKind::ALL.iter().map(|kind| kind.as_str()).collect());
    for (name, webhook) in webhooks {
        assert!(documented.contains(&format!("`{name}`")), "{name}");
        let schema = &webhook["post"]["requestBody"]["content"]["application/json"]["schema"];
        let body = schema["$ref"].as_str().unwrap().trim_start_matches('#');
        assert!(document.pointer(body).unwrap()["properties"]["data"].is_object(), "{name}");
    }
}

#[tokio::test]
async fn bodies_take_no_other_fields() {
    let document = Api::new().get("/openapi.json").await.ok().json();
    let mut bodies = 0;
    for (name, operation) in operations().await {
        let Some(body) =
            operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()
        else {
            continue;
        };
        let schema = document.pointer(body.trim_start_matches('#')).unwrap();
        let one_of = schema["oneOf"].as_array().map(|forms| {
            let forms = forms.iter().map(|form| form["$ref"].as_str().unwrap());
            forms.map(|form| document.pointer(form.trim_start_matches('#')).unwrap()).collect()
        });
        for schema in one_of.unwrap_or_else(|| vec![schema]) {
            assert_eq!(schema["additionalProperties"], Value::Bool(false), "{name}");
        }
        bodies += 1;
    }
    assert_eq!(bodies, 18);
}

#[tokio::test]
async fn the_page_to_read_it_has_every_operation_and_no_script() {
    let page = Api::new().get("/docs").await.ok();
    assert_eq!(page.header(CONTENT_TYPE), "text/html; charset=utf-8");
    let shown = page.text.replace("&#x2f;", "/").replace("&#x27;", "'");
    for (name, operation) in operations().await {
        assert!(shown.contains(&format!("<code>{name}</code>")), "{name}");
        assert!(shown.contains(operation["summary"].as_str().unwrap()), "{name}");
    }
    assert!(!page.text.contains("<script") && !page.text.contains("<style"));
    let sheet =
        shown.split_once("rel=\"stylesheet\" href=\"").unwrap().1.split_once('"').unwrap().0;
    Api::new().get(sheet).await.ok();
}

/// Every object in the document, with where it is.
fn objects<'a>(at: String, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(fields) => {
            found.push((at.clone(), value));
            fields.iter().for_each(|(name, field)| objects(format!("{at}/{name}"), field, found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| objects(format!("{at}/{place}"), item, found));
        }
        _ => {}
    }
}

/// What the specification demands beyond the shape of each part (OpenAPI 3.1, 4.8).
#[tokio::test]
async fn the_description_keeps_the_rules_of_openapi_3_1() {
    let document = Api::new().get("/openapi.json").await.ok().json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    let mut all = Vec::new();
    objects(String::new(), &document, &mut all);
    let mut used = BTreeSet::new();
    for (at, object) in &all {
        if let Some(target) = object.get("$ref").and_then(Value::as_str) {
            assert!(
                document.pointer(target.trim_start_matches('#')).is_some(),
                "{at} leads nowhere: {target}"
            );
            used.insert(target.trim_start_matches("#/components/").to_owned());
        }
        if at.starts_with("/components/examples/") || at.ends_with("/example") {
            continue;
        }
        // Words of the version before, which readers of this one pass over.
        for word in ["nullable", "x-codes"] {
            assert!(object.get(word).is_none(), "{at} says {word}");
        }
        if let Some(required) = object.get("required").and_then(Value::as_array) {
            for name in required {
                let known = object["properties"].get(name.as_str().unwrap());
                assert!(known.is_some(), "{at} requires what it does not have: {name}");
            }
        }
    }
    for name in document["components"]["examples"].as_object().unwrap().keys() {
        let of_no_route = name == "method_not_allowed";
        assert!(
            used.contains(&format!("examples/{name}")) || of_no_route,
            "{name} is used nowhere"
        );
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        let mut variables: Vec<_> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        variables.sort_unstable();
        for operation in item.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let named = |place: &str| {
                let here = parameters.iter().filter(|parameter| parameter["in"] == place);
                let mut names: Vec<_> = here.map(|one| one["name"].as_str().unwrap()).collect();
                names.sort_unstable();
                names
            };
            assert_eq!(named("path"), variables, "{path}");
            let path_parameters = parameters.iter().filter(|parameter| parameter["in"] == "path");
            path_parameters.for_each(|parameter| assert_eq!(parameter["required"], true, "{path}"));
            let mut once = named("query");
            once.dedup();
            assert_eq!(once, named("query"), "{path}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(
                    status.parse::<u16>().is_ok_and(|status| (200..600).contains(&status)),
                    "{path} {status}"
                );
                assert!(response["description"].is_string(), "{path} {status}");
                assert_eq!(response["content"].is_object(), status != "304", "{path} {status}");
            }
            for security in operation["security"].as_array().into_iter().flatten() {
                for scheme in security.as_object().unwrap().keys() {
                    assert!(
                        document["components"]["securitySchemes"][scheme].is_object(),
                        "{path}"
                    );
                }
            }
        }
    }
}
