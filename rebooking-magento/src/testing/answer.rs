//! Answers of the shop, and the shapes of its errors.

use hyper::StatusCode;
use serde_json::{Value, json};

/// A status with a body.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) content_type: &'static str,
    pub(super) body: String,
}

/// The answer, or else the error.
pub(super) type Answered = Result<Value, Answer>;

impl Answer {
    pub(super) fn ok(body: &Value) -> Self {
        Self::json(StatusCode::OK, body)
    }

    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        let content_type = "application/json; charset=utf-8";
        Self { status, content_type, body: body.to_string() }
    }

    pub(super) fn text(status: StatusCode, content_type: &'static str, body: &str) -> Self {
        Self { status, content_type, body: body.to_owned() }
    }
}

pub(super) fn bad_request(message: &str) -> Answer {
    Answer::json(StatusCode::BAD_REQUEST, &json!({ "message": message }))
}

pub(super) fn not_supported(field: &str) -> Answer {
    let message = "\"%fieldName\" is not supported. Correct the field name and try again.";
    let body = json!({ "message": message, "parameters": { "fieldName": field } });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

pub(super) fn required(field: &str) -> Answer {
    let message = "\"%fieldName\" is required. Enter and try again.";
    let body = json!({ "message": message, "parameters": { "fieldName": field } });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

pub(super) fn not_found() -> Answer {
    let message = "The entity that was requested doesn't exist. Verify the entity and try again.";
    Answer::json(StatusCode::NOT_FOUND, &json!({ "message": message }))
}

pub(super) fn no_product() -> Answer {
    let message = "The product that was requested doesn't exist. Verify the product and try again.";
    Answer::json(StatusCode::NOT_FOUND, &json!({ "message": message }))
}

pub(super) fn no_cart(cart: i64) -> Answer {
    let message = "No such entity with %fieldName = %fieldValue";
    let parameters = json!({ "fieldName": "cartId", "fieldValue": cart });
    let body = json!({ "message": message, "parameters": parameters });
    Answer::json(StatusCode::NOT_FOUND, &body)
}

pub(super) fn no_route() -> Answer {
    let message = "Request does not match any route.";
    Answer::json(StatusCode::NOT_FOUND, &json!({ "message": message }))
}

pub(super) fn internal() -> Answer {
    let message = "Internal Error. Details are available in Magento log file. Report ID: \
                   webapi-6b02a737ed429";
    Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": message }))
}

pub(super) fn uncaught() -> Answer {
    let text = "An error has happened during application run. See exception log for details.";
    Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", text)
}

pub(super) fn unauthorized(resources: &str) -> Answer {
    let message = "The consumer isn't authorized to access %resources.";
    let body = json!({ "message": message, "parameters": { "resources": resources } });
    Answer::json(StatusCode::UNAUTHORIZED, &body)
}

pub(super) fn maintenance() -> Answer {
    let page = "<!doctype html><title>Service Temporarily Unavailable</title><h1>503</h1>";
    Answer::text(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=UTF-8", page)
}

pub(super) fn too_many() -> Answer {
    Answer::json(StatusCode::TOO_MANY_REQUESTS, &json!({ "message": "Too Many Requests" }))
}

/// An amount in cents, as PHP writes it: `89`, `-17`, `83.33`.
pub(super) fn amount(cents: i64) -> Value {
    let (size, sign) = (cents.unsigned_abs(), if cents < 0 { "-" } else { "" });
    let text = match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest => format!("{sign}{}.{}", size / 100, format!("{rest:02}").trim_end_matches('0')),
    };
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// Cents of an amount that was sent, as a number or a text.
pub(super) fn cents(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Null => return Some(0),
        _ => return None,
    };
    let read = crate::wire::Decimal::parse(&text)?;
    let euros = rebooking_core::value::money::Currency::EUR;
    read.money(euros).map(rebooking_core::value::money::Money::minor)
}
