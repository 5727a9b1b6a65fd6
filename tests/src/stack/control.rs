//! What people do by hand in a fake of the shop or of the helpdesk, over its control API.

use serde_json::Value;

use crate::http::call;

/// Reads with an empty body, and changes something with any other.
pub(super) async fn told(base: &str, what: &str, body: &Value) -> Value {
    let method = if body.is_null() { "GET" } else { "POST" };
    let answer = call(base, method, &format!("/control/{what}"), &[], &body.to_string()).await;
    assert_eq!(answer.status, 200, "{what} {body}: {answer:?}");
    answer.json()
}
