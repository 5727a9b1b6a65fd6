//! What every request passes, and what every answer carries.

use std::time::Duration;

use futures_util::FutureExt as _;
use http::header::{ALLOW, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use http::{Method, Request, StatusCode};
use rebooking_core::testing::{Trouble, World};
use serde_json::json;

use crate::api::{Api, FIRST, PARTNER, SUPPORT, page};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What every answer carries, whatever it is.
const PROTECTIVE: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-robots-tag", "noindex, nofollow"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

#[tokio::test]
async fn every_answer_is_kept_by_nobody_and_has_its_own_number() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut ids = Vec::new();
    for answer in [
        api.get("/healthz").await.ok(),
        api.get(&page(&declined)).await.ok(),
        api.get("/api/rebook/nonsense").await,
        api.get("/nothing/here").await,
        api.call(Request::delete("/healthz").body(String::new()).unwrap()).await,
        api.get_as(PARTNER, "/api/partner/rebookings.csv").await.ok(),
        api.get_as(PARTNER, "/api/support/cases").await,
        api.get(&format!("/rebook/{}", declined.link.expose())).await.ok(),
        api.get("/rebook/unknown").await,
        api.submit(&format!("/rebook/{}", declined.link.expose()), "").await,
        api.submit(&format!("/rebook/{}", declined.link.expose()), "wish=x").await,
        api.get("/sign-in").await.ok(),
    ] {
        for (name, value) in PROTECTIVE {
            assert_eq!(answer.header(name), value, "{name}: {}", answer.text);
        }
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(
            policy.ends_with("frame-ancestors 'none'") || policy.contains("form-action 'none'"),
            "{policy}"
        );
        ids.push(answer.header(REQUEST_ID).to_owned());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
}

#[tokio::test(start_paused = true)]
async fn the_process_says_that_it_is_alive_and_whether_it_can_work() {
    let api = Api::new();
    let well = |status| json!({"success": true, "data": {"status": status}});
    assert_eq!(api.get("/healthz").await.ok().json(), well("alive"));
    assert_eq!(api.get("/readyz").await.ok().json(), well("ready"));
    api.world.store.every_call(Some(Trouble::Fail));
    assert_eq!(api.get("/healthz").await.ok().json(), well("alive"));
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(api.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_questions_asks_the_store_once_a_second() {
    let api = Api::new();
    for (trouble, status) in
        [(Some(Trouble::Fail), StatusCode::SERVICE_UNAVAILABLE), (None, StatusCode::OK)]
    {
        // Only the next call meets it: any other than the first would be told something else.
        api.world.store.next_call(trouble);
        api.world.store.next_call((trouble.is_none()).then_some(Trouble::Fail));
        for _ in 0..50 {
            assert_eq!(api.get("/readyz").await.status, status);
        }
        tokio::time::advance(Duration::from_secs(1)).await;
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_there_are() {
    let api = Api::new();
    for (method, path, allowed) in [
        (Method::DELETE, "/api/rebook/x", "GET,HEAD,POST,OPTIONS"),
        (Method::PUT, "/api/rebook/x/wishes", "POST,OPTIONS"),
        (Method::TRACE, "/healthz", "GET,HEAD,OPTIONS"),
        (Method::POST, "/api/support/cases", "GET,HEAD,OPTIONS"),
    ] {
        let answer = api
            .call(Request::builder().method(method).uri(path).body(String::new()).unwrap())
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
        );
        assert_eq!(answer.header(ALLOW), allowed);
        let request =
            Request::builder().method(Method::OPTIONS).uri(path).body(String::new()).unwrap();
        let asked = api.call(request).await;
        assert_eq!((asked.status, asked.text.as_str()), (StatusCode::NO_CONTENT, ""));
        assert_eq!(asked.header(ALLOW), allowed);
    }
    let nowhere =
        Request::builder().method(Method::OPTIONS).uri("/nothing").body(String::new()).unwrap();
    assert_eq!(api.call(nowhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_says_in_which_language_it_is_and_stays_to_itself() {
    for (api, language) in [(Api::new(), "de"), (Api::new().speaking("en"), "en")] {
        let declined = api.declined().await;
        for answer in [
            api.get(&page(&declined)).await.ok(),
            api.get("/nothing").await,
            api.post(&page(&declined), "{").await,
            api.get_as(PARTNER, "/api/partner/rebookings.csv").await.ok(),
        ] {
            assert_eq!(answer.header(CONTENT_LANGUAGE), language);
            let policy =
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            assert_eq!(answer.header(CONTENT_SECURITY_POLICY), policy);
            assert_eq!(answer.header(HeaderName::from_static("x-robots-tag")), "noindex, nofollow");
            assert_eq!(
                answer.header(HeaderName::from_static("cross-origin-opener-policy")),
                "same-origin"
            );
        }
    }
}

#[tokio::test]
async fn whatever_is_called_an_error_has_the_one_shape() {
    let api = Api::new();
    for path in [
        "/",
        "/api",
        "/api/rebook/",
        "/api/rebook/%ff%fe",
        "/api/rebook/a%2Fb",
        "/api/support/cases/%ff",
        "/api/support/cases/x",
        "/api/support/cases/99999999999999999999",
        "/api/support/cases?page=x",
        "/api/support/cases?page=%ff",
        "/api/partner/rebookings?status=nonsense",
        "//",
        "/api/rebook/x/",
    ] {
        for token in ["", PARTNER, SUPPORT] {
            let answer = api.get_as(token, path).await;
            let error = &answer.json()["error"];
            assert!(answer.status.is_client_error(), "{path}");
            assert!(
                error["code"].is_string() && error["message"].is_string(),
                "{path}: {}",
                answer.text
            );
            assert_eq!(answer.json()["success"], json!(false));
            assert_eq!(answer.header(CONTENT_TYPE), "application/json");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_answered_in_time_and_carried_through_all_the_same() {
    let slow = |api: &Api| api.world.store.next_commit(Trouble::Hang);
    let api = Api::on(World::new(), |settings| settings.deadline = Duration::from_secs(3));
    let declined = api.declined().await;
    slow(&api);
    let answer = api.choose(&declined, FIRST).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "answer_timeout")
    );
    api.choose(&declined, FIRST).await.ok();
}

#[tokio::test]
async fn a_caller_who_hangs_up_breaks_nothing_off() {
    let api = Api::new();
    let declined = api.declined().await;
    // The store lets everybody else go first, so that the caller is gone before it answers.
    api.world.store.every_call(Some(Trouble::GiveWay));
    let body = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
    let request = Request::post(page(&declined))
        .header(CONTENT_TYPE, "application/json")
        .body(body.to_owned());
    let mut service = api.service.clone();
    let call = tower::Service::call(&mut service, request.unwrap());
    assert!(call.now_or_never().is_none(), "it was answered at once");
    api.service.idle().await;
    assert!(api.world.token(declined.token).await.rebooking().is_some());
}
