//! What a request's body may be, and which of its fields a refusal names.

use futures_util::FutureExt as _;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Request, StatusCode};
use serde_json::json;

use crate::api::{Api, PARTNER, SUPPORT, page};

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
    let refused = api.post(&page(&declined), &padded(40 * 1024 + 1)).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
    );
    api.post(&page(&declined), &padded(40 * 1024)).await.ok();
}

#[tokio::test]
async fn the_longest_text_fits_however_it_is_written() {
    let api = Api::new();
    let declined = api.declined().await;
    let form = |text: &str| {
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("customerEmail=erika%40example.com&wish=other&text={text}&refundText={text}")
    };
    for text in ["語".repeat(2000), "🍣".repeat(1000), "line\r\n".repeat(400)] {
        let sent = api.submit(&page(&declined).replace("/api", ""), &form(&text)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let escaped = "\\ud83c\\udf63".repeat(2000);
    let email = r#""customerEmail":"erika@example.com""#;
    let wish = format!(r#"{{{email},"kind":"other","text":"{escaped}"}}"#);
    api.post(&format!("{}/wishes", page(&declined)), &wish).await.ok();
}

#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_not_even_waited_for() {
    let api = Api::new();
    let never = futures_util::stream::pending::<
        Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>,
    >();
    let request = Request::post("/api/rebook/x").header(CONTENT_LENGTH, "40961");
    let answer =
        api.call(request.body(http_body_util::StreamBody::new(never)).unwrap()).now_or_never();
    let answer = answer.expect("it is answered at once");
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
    );
}
