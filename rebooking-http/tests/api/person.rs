//! What a person may ask of support: to be forgotten, and to hear what is stored about them.

use http::StatusCode;
use rebooking_core::audit::{Actor, AuditEvent};
use rebooking_core::ports::Reports as _;
use rebooking_core::testing::samples;
use rebooking_core::value::ids::CaseId;
use serde_json::{Value, json};

use crate::api::{Api, CASE, FIRST, SUPPORT};

const FORGET: &str = "/api/support/forget";
const EXPORT: &str = "/api/support/export";

fn wish(email: &str, cancel_open: bool) -> String {
    json!({ "email": email, "reason": "Auf Wunsch", "cancelOpen": cancel_open }).to_string()
}

#[tokio::test]
async fn support_forgets_every_case_of_an_address_and_the_history_says_who() {
    let api = Api::new();
    api.chosen().await;
    api.world.declined(samples::booking_of(7002)).await;
    let refused = api.post_as(SUPPORT, FORGET, &wish("Erika@EXAMPLE.com", false)).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "case_open"));
    let open = &refused.json()["error"]["openCases"];
    let expected =
        json!([{ "caseId": 7001, "open": "rebooking" }, { "caseId": 7002, "open": "link" }]);
    assert_eq!(*open, expected);
    let done = api.post_as(SUPPORT, FORGET, &wish("Erika@EXAMPLE.com", true)).await.ok();
    assert_eq!(done.json()["data"], json!({ "caseIds": [7001, 7002] }));
    for case in [CASE, CaseId::new(7002)] {
        let case = api.world.store.case(case).await.unwrap().unwrap().value;
        assert!(case.tokens.iter().all(|token| token.booking().customer.email.is_forgotten()));
        let done: Vec<_> =
            case.audit.iter().filter(|entry| entry.event == AuditEvent::Forgotten).collect();
        assert_eq!(done.len(), 1);
        assert_eq!(done[0].actor, Actor::Support("Susi".into()));
    }
    let again = api.post_as(SUPPORT, FORGET, &wish("erika@example.com", true)).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_case_is_forgotten_as_often_as_it_is_asked_for_and_once() {
    let api = Api::new();
    api.declined().await;
    let body = r#"{"reason":"Auf Wunsch","cancelOpen":true}"#;
    for _ in 0..2 {
        let path = "/api/support/cases/7001/forget";
        api.post_as(SUPPORT, path, body).await.ok();
    }
    let history = api.world.store.case(CASE).await.unwrap().unwrap().value.audit;
    assert_eq!(history.iter().filter(|one| one.event == AuditEvent::Forgotten).count(), 1);
}

#[tokio::test]
async fn a_reason_and_an_address_are_needed() {
    let api = Api::new();
    api.declined().await;
    for (path, body, field) in [
        (FORGET, r#"{"email":"erika@example.com","reason":" "}"#, "reason"),
        (FORGET, r#"{"email":"erika","reason":"Auf Wunsch"}"#, "email"),
        (FORGET, r#"{"email":"erika@example.com","reason":"x","cancelOpen":1}"#, "cancelOpen"),
        (EXPORT, r#"{"email":""}"#, "email"),
        ("/api/support/cases/7001/forget", r#"{"reason":""}"#, "reason"),
    ] {
        let answer = api.post_as(SUPPORT, path, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(answer.json()["error"]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn what_is_stored_about_a_person_is_handed_out_whole() {
    let api = Api::new();
    let declined = api.declined().await;
    api.choose(&declined, FIRST).await.ok();
    let by_address = api.post_as(SUPPORT, EXPORT, r#"{"email":"erika@example.com"}"#).await.ok();
    let by_case = api.get_as(SUPPORT, "/api/support/cases/7001/export").await.ok();
    assert_eq!(by_case.json(), by_address.json());
    by_address.reads("support/export.json");
    let secrets = [declined.link.expose().to_owned()];
    assert!(secrets.iter().all(|secret| !by_case.text.contains(secret.as_str())));
    let Value::Array(cases) = &by_case.json()["data"]["cases"] else { panic!() };
    assert_eq!(cases.len(), 1);
    let nobody = api.post_as(SUPPORT, EXPORT, r#"{"email":"nobody@example.com"}"#).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}
