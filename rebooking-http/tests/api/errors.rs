//! Every error code there is, each with its status and its whole documents in German and English.

mod customer;
mod request;
mod state;

use std::collections::BTreeSet;
use std::fs;

use http::header::{HeaderName, RETRY_AFTER};
use rebooking_core::Policy;
use serde_json::json;

use crate::api::{Answer, Api, Document as _, expected_folder};

const REASON: &str = r#"{"reason":"Am Telefon besprochen"}"#;
const BY_HAND: &str = r#"{"orderItemId":7001,"reason":"Kundin hat angerufen"}"#;
const UNKNOWN: &str = "/api/rebook/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
const WRONG: &str = r#"{"selectedDateId":1,"customerEmail":"wrong@example.com"}"#;

/// Goes the same way as a German and as an English reader, and compares both answers with what is
/// expected of this code.
async fn answers(code: &str, way: impl AsyncFn(&Api) -> Answer) {
    answers_under(Policy::default(), code, way).await;
}

async fn answers_under(policy: Policy, code: &str, way: impl AsyncFn(&Api) -> Answer) {
    answers_as(&format!("errors/{code}.json"), policy, code, way).await;
}

/// The same on a host that keeps lists of its own.
async fn answers_without_reports(code: &str, way: impl AsyncFn(&Api) -> Answer) {
    answers_on(&format!("errors/{code}.json"), Policy::default(), code, async |api: Api| {
        way(&api.without_reports()).await
    })
    .await;
}

async fn answers_as(file: &str, policy: Policy, code: &str, way: impl AsyncFn(&Api) -> Answer) {
    answers_on(file, policy, code, async |api: Api| way(&api).await).await;
}

async fn answers_on(file: &str, policy: Policy, code: &str, way: impl AsyncFn(Api) -> Answer) {
    let german = way(Api::with(policy.clone()).speaking("de")).await;
    let english = way(Api::with(policy).speaking("en")).await;
    assert_eq!(german.code(), code);
    let header = |name: HeaderName| german.headers.get(name).map(|value| value.to_str().unwrap());
    let document = json!({
        "status": german.status.as_u16(),
        "retryAfter": header(RETRY_AFTER),
        "german": german.json(),
        "english": english.json(),
    });
    document.reads(file);
}

#[test]
fn every_code_that_is_documented_is_tested_and_no_other() {
    // What a use case may refuse in principle, but no request of today can meet; and what only
    // pages say.
    let mut tested = BTreeSet::from(
        ["case_changed", "conflict", "order_stands", "stale_form"].map(str::to_owned),
    );
    for file in fs::read_dir(expected_folder().join("errors")).unwrap() {
        tested.insert(file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    }
    let documented =
        include_str!("../../errors.md").lines().filter(|line| line.starts_with("| ")).skip(1);
    let documented: BTreeSet<String> = documented
        .flat_map(|line| line.split('|').nth(2).unwrap().split('`').skip(1).step_by(2))
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(documented, tested);
}
