//! Each route's errors: what the description of the API says of them, beside what came back of
//! every route in every state that things can be in. Neither may have one that the other lacks.

mod routes;
mod states;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use http::{Method, StatusCode};
use serde_json::Value;

use crate::api::{Answer, Api, PARTNER, SUPPORT};
use routes::Route;
use states::State;

/// What may hinder any route that does anything: nothing of its own, and described by rule.
const BY_RULE: [&str; 14] = [
    "not_signed_in",
    "wrong_role",
    "malformed_body",
    "unsupported_media_type",
    "invalid_field",
    "cross_site",
    "request_timeout",
    "body_too_large",
    "too_many_requests",
    "outcome_unknown",
    "try_later",
    "broken",
    "internal",
    "answer_timeout",
];

/// A status with a code.
type Refusals = BTreeSet<(u16, String)>;

/// The operations of the description, by method and path.
static DESCRIBED: LazyLock<BTreeMap<(String, String), Value>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
    let mut operations = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.insert((method.to_uppercase(), path.clone()), operation.clone());
        }
    }
    operations
});

fn described(operation: &Value) -> Refusals {
    let mut all = Refusals::new();
    for (status, response) in operation["responses"].as_object().unwrap() {
        let examples = response["content"]["application/json"]["examples"].as_object();
        let status: u16 = status.parse().unwrap();
        all.extend(examples.into_iter().flatten().map(|(code, _)| (status, code.clone())));
    }
    all
}

fn refusal(answer: &Answer) -> Option<(u16, String)> {
    let json = answer.header("content-type").starts_with("application/json");
    let code = if json && !answer.text.is_empty() { answer.code() } else { String::new() };
    (!code.is_empty()).then(|| (answer.status.as_u16(), code))
}

/// Whether the path is one of this route: `/api/rebook/{token}`.
fn is_of(path: &str, route: &str) -> bool {
    let (parts, of_route) = (path.split('/'), route.split('/'));
    parts.clone().count() == of_route.clone().count()
        && parts
            .zip(of_route)
            .all(|(part, one)| (one.starts_with('{') && !part.is_empty()) || part == one)
}

/// Every refusal that any test meets is described with its route.
#[track_caller]
pub(crate) fn is_described(method: &Method, path: &str, answer: &Answer) {
    let Some(refusal) = refusal(answer) else { return };
    let mut known =
        DESCRIBED.iter().filter(|((name, route), _)| name == method.as_str() && is_of(path, route));
    let Some((route, operation)) = known.next() else { return };
    assert!(described(operation).contains(&refusal), "{route:?} does not say {refusal:?}");
}

#[tokio::test]
async fn a_route_says_what_it_refuses_and_refuses_what_it_says() {
    let mut met: BTreeMap<String, Refusals> = BTreeMap::new();
    for route in Route::all() {
        let met = met.entry(route.name()).or_default();
        for state in State::ALL {
            let (api, link) = state.reach().await;
            for answer in route.ask(&api, &link).await {
                met.extend(refusal(&answer));
            }
        }
    }
    let own = |refusals: &Refusals| -> Refusals {
        let is_own = |one: &&(u16, String)| !BY_RULE.contains(&one.1.as_str());
        refusals.iter().filter(is_own).cloned().collect()
    };
    let mut apart = Vec::new();
    for ((method, path), operation) in DESCRIBED.iter() {
        let name = format!("{method} {path}");
        let (says, does) = (own(&described(operation)), own(&met[&name]));
        apart.extend(says.difference(&does).map(|one| format!("{name} never answers {one:?}")));
        apart.extend(does.difference(&says).map(|one| format!("{name} does not say {one:?}")));
    }
    assert_eq!(apart, [""; 0]);
}

#[tokio::test]
async fn what_holds_by_rule_is_refused_where_the_rule_holds() {
    for route in Route::all() {
        let (api, link) = State::Declined.reach().await;
        let place = route.place(&link);
        let path = route.path.as_str();
        let says = |code: &str| {
            let operation = &DESCRIBED[&(route.method.to_string(), path.to_owned())];
            described(operation).iter().any(|(_, known)| known == code)
        };
        let is_open = route.token.is_empty();
        let refused = async |place: &str, token: &str, body: &str| {
            let answer = route.send(&api, place, token, body).await;
            refusal(&answer).map(|(_, code)| code).unwrap_or_default()
        };
        let nobody = refused(&place, "", "").await;
        assert_eq!(nobody == "not_signed_in", says("not_signed_in"), "{path}");
        assert_eq!(nobody == "not_signed_in", !is_open, "{path}");
        let other = if route.token == PARTNER { SUPPORT } else { PARTNER };
        let other = refused(&place, other, "{}").await;
        assert_eq!(other == "wrong_role", says("wrong_role"), "{path}");
        let unknown = refused(&format!("{place}?nonsense=1"), route.token, "").await;
        let takes_body = !route.bodies[0].is_null();
        assert_eq!(unknown == "invalid_field" || takes_body, says("invalid_field"), "{path}");
        if takes_body {
            for (body, code) in [("{", "malformed_body"), (r#"{"nonsense":1}"#, "invalid_field")] {
                assert_eq!(refused(&place, route.token, body).await, code, "{path}");
                assert!(says(code), "{path}");
            }
        }
        if matches!(route.method, Method::POST | Method::PUT) {
            let long = route.send(&api, &place, route.token, &"x".repeat(50_000)).await;
            assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            assert!(says("cross_site") && says("body_too_large"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_numbers_for_watchers_are_described_as_the_host_has_set_them() {
    for is_open in [false, true] {
        let api = Api::on(rebooking_core::testing::World::new(), |settings| {
            let page = rebooking_http::MetricsPage::new(String::new);
            settings.metrics = Some(if is_open { page.open() } else { page });
        });
        let document = api.get("/openapi.json").await.ok().json();
        let metrics = &document["paths"]["/metrics"]["get"];
        assert_eq!(metrics["security"].is_array(), !is_open);
        assert_eq!(metrics["responses"]["401"].is_object(), !is_open);
        assert_eq!(api.get("/metrics").await.status == StatusCode::OK, is_open);
        assert!(metrics["responses"]["404"].is_null(), "there is such a page");
    }
}
