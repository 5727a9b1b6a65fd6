//! What every request passes, and what every answer carries.

use std::time::Duration;

use futures_util::FutureExt as _;
use http::header::{
    ALLOW, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
};
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

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    let api = Api::new();
    let declined = api.declined().await;
    let body = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
    let sent = |content_type: &'static str| {
        let request = Request::post(page(&declined)).header(CONTENT_TYPE, content_type);
        api.call(request.body(body.to_owned()).unwrap())
    };
    for content_type in
        ["", "text/plain", "application/x-www-form-urlencoded", "text/json", "application/jsonx"]
    {
        assert_eq!(
            sent(content_type).await.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{content_type}"
        );
    }
    for content_type in
        ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"]
    {
        assert_eq!(sent(content_type).await.status, StatusCode::OK, "{content_type}");
    }
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let api = Api::new();
    let declined = api.declined().await;
    for (path, body, field) in [
        ("", "[]", "body"),
        ("", "[2,\"erika@example.com\"]", "body"),
        ("", "7", "body"),
        ("", r#"{"customerEmail":"erika@example.com"}"#, "selectedDateId"),
        ("", r#"{"selectedDateId":1}"#, "customerEmail"),
        ("", r#"{"selectedDateId":"2","customerEmail":"erika@example.com"}"#, "selectedDateId"),
        ("", r#"{"selectedDateId":1.5,"customerEmail":"erika@example.com"}"#, "selectedDateId"),
        (
            "",
            r#"{"selectedDateId":99999999999999999999,"customerEmail":"erika@example.com"}"#,
            "selectedDateId",
        ),
        ("", r#"{"selectedDateId":1,"customerEmail":null}"#, "customerEmail"),
        ("", r#"{"selectedDateId":1,"customerEmail":" "}"#, "customerEmail"),
        ("", r#"{"selectedDateId":1,"customerEmail":"erika"}"#, "customerEmail"),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"e@e.de","expectedTotal":"178.00"}"#,
            "expectedTotal",
        ),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"erika@example.com","expectedTotal":1.78e2}"#,
            "expectedTotal",
        ),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"erika@example.com","expectedTotal":178.005}"#,
            "expectedTotal",
        ),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"e@e.de","selectedDateId":2}"#,
            "selectedDateId",
        ),
        ("", r#"{"selectedDateId":1,"customerEmail":"e@e.de","price":1}"#, "price"),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"e@e.de","expectedTotal":true}"#,
            "expectedTotal",
        ),
        (
            "",
            r#"{"selectedDateId":1,"customerEmail":"erika@example.com",
                "expectedTotal":{"$serde_json::private::Number":"178.00"}}"#,
            "expectedTotal",
        ),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":"refund"}"#, "kind"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":7}"#, "kind"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":null}"#, "kind"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":{"other":null},"text":"x"}"#, "kind"),
        ("/wishes", r#"{"customerEmail":"erika@example.com","kind":"other","text":" "}"#, "text"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":"other","text":null}"#, "text"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":"other","weekdays":"monday"}"#, "weekdays"),
        (
            "/wishes",
            r#"{"customerEmail":"e@e.de","kind":"new_dates",
                "months":[1,2,3,4,5,6,7,8,9,10,11,12,13]}"#,
            "months",
        ),
        (
            "/wishes",
            r#"{"customerEmail":"e@e.de","kind":"other","weekdays":["sunday","funday"]}"#,
            "weekdays",
        ),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":"new_dates","months":[0]}"#, "months"),
        ("/wishes", r#"{"customerEmail":"e@e.de","kind":"new_dates","months":[1,"x"]}"#, "months"),
    ] {
        let answer = api.post(&format!("{}{path}", page(&declined)), body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.text);
        assert_eq!(answer.code(), "invalid_field");
        assert_eq!(answer.json()["error"]["field"], json!(field), "{body}");
    }
    assert_eq!(
        api.world.token(declined.token).await.attempts().total,
        0,
        "none of these was an attempt"
    );
}

#[tokio::test]
async fn a_field_that_does_not_exist_is_named_as_far_as_it_harms_nobody() {
    let api = Api::new();
    let long = "x".repeat(10_000);
    for (name, shown) in [
        ("price", "price".to_owned()),
        ("a.b[0]", "a.b[0]".to_owned()),
        ("größe", "größe".to_owned()),
        ("<script>alert(1)</script>", "?script?alert?1???script?".to_owned()),
        ("\\r\\nSet-Cookie: x", "??Set-Cookie??x".to_owned()),
        ("`, expected `y", "???expected??y".to_owned()),
        ("\u{202E}evil", "?evil".to_owned()),
        (&long, format!("{}…", "x".repeat(40))),
    ] {
        let body = format!(r#"{{"selectedDateId":1,"customerEmail":"e@e.de","{name}":1}}"#);
        let answer =
            api.post("/api/rebook/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", &body).await;
        assert_eq!(answer.code(), "invalid_field", "{}", answer.text);
        assert_eq!(answer.json()["error"]["field"], json!(shown), "{name}");
        assert!(answer.text.len() < 400, "{}", answer.text);
    }
}

#[tokio::test]
async fn fields_of_partners_and_support_are_named_too() {
    let api = Api::new();
    let declined = api.declined().await;
    let decline = format!("/api/partner/confirmations/{}/decline", declined.confirmation);
    let changed = format!("/api/support/orders/{}/changed", declined.booking.order);
    for (token, path, body, field) in [
        (PARTNER, &decline, r#"{"reason":"x","proposedDateIds":[1,2,3,4]}"#, "proposedDateIds"),
        (PARTNER, &decline, r#"{"reason":"x","proposedDateIds":["1"]}"#, "proposedDateIds"),
        (PARTNER, &decline, r#"{"reason":["x"]}"#, "reason"),
        (SUPPORT, &changed, r#"{"event":"refund"}"#, "event"),
        (SUPPORT, &changed, r#"{"event":{"refunded":null}}"#, "event"),
        (SUPPORT, &changed, r#"{"event":1}"#, "event"),
        (SUPPORT, &changed, r#"{}"#, "event"),
    ] {
        let answer = api.post_as(token, path, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.text);
        assert_eq!(answer.json()["error"]["field"], json!(field), "{body}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_told_apart_from_what_is_the_wrong_json() {
    let api = Api::new();
    let deep = "[".repeat(10_000);
    for body in [
        "{",
        "x",
        "\u{FEFF}{}",
        r#"{"selectedDateId":1}}"#,
        r#"{"price":1,}"#,
        "{'a':1}",
        r#"{"customerEmail":"\ud800"}"#,
        &deep,
        " ",
    ] {
        let answer =
            api.post("/api/rebook/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "malformed_body"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_text_that_is_too_long_is_a_wrong_field_of_support_and_partners_too() {
    let api = Api::new();
    let long = format!(r#"{{"reason":"{}"}}"#, "x".repeat(2001));
    for (token, path) in
        [(SUPPORT, "/api/support/cases/7001/cancel"), (PARTNER, "/api/partner/dates/2/withdraw")]
    {
        let answer = api.post_as(token, path, &long).await;
        assert_eq!(answer.json()["error"]["field"], json!("reason"), "{}", answer.text);
    }
    let empty = api.post_as(SUPPORT, "/api/support/cases/7001/cancel", r#"{"reason":" "}"#).await;
    assert_eq!(empty.json()["error"]["field"], json!("reason"), "{}", empty.text);
}

#[tokio::test]
async fn the_longest_body_is_read_and_one_byte_more_is_not() {
    let api = Api::new();
    let declined = api.declined().await;
    let body = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
    let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.len()));
    let refused = api.post(&page(&declined), &padded(16 * 1024 + 1)).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
    );
    api.post(&page(&declined), &padded(16 * 1024)).await.ok();
}

#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_not_even_waited_for() {
    let api = Api::new();
    let never = futures_util::stream::pending::<
        Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>,
    >();
    let request = Request::post("/api/rebook/x").header(CONTENT_LENGTH, "16385");
    let answer =
        api.call(request.body(http_body_util::StreamBody::new(never)).unwrap()).now_or_never();
    let answer = answer.expect("it is answered at once");
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
    );
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
