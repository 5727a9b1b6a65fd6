//! The parameters behind the question mark.

use http::StatusCode;
use serde_json::json;

use crate::api::{Api, PARTNER, SUPPORT};

#[tokio::test]
async fn a_misspelt_filter_does_not_show_everything() {
    let long = format!("/api/support/cases?holder={}", "x".repeat(201));
    let api = Api::new();
    for (path, field) in [
        ("/api/support/cases?stauts=open", "stauts"),
        ("/api/support/cases?status=opened", "status"),
        ("/api/support/cases?status=open&status=open", "status"),
        ("/api/support/cases?attention=money", "attention"),
        ("/api/support/cases?attention=", "attention"),
        ("/api/support/cases?attention=wish&attention=failed", "attention"),
        ("/api/support/cases?taken=others", "taken"),
        ("/api/support/cases?sort=oldest", "sort"),
        ("/api/support/cases?holder=", "holder"),
        (long.as_str(), "holder"),
        ("/api/support/cases?holder=Anna&taken=mine", "holder"),
        ("/api/support/cases?size=-1", "size"),
        ("/api/support/cases?size=0", "size"),
        ("/api/support/cases?size=101", "size"),
        ("/api/support/cases?page=0", "page"),
        ("/api/support/cases?page=%2B1", "page"),
        ("/api/support/cases?page=2147483648", "page"),
        ("/api/support/cases?status=", "status"),
        ("/api/support/cases?page=", "page"),
        ("/api/support/earnings?to=", "to"),
        ("/api/support/cases?page=1&page=2", "page"),
        ("/api/support/cases?q=%00", "q"),
        ("/api/support/cases?q=a%0Ab", "q"),
        ("/api/support/cases?q=%E2%80%AE", "q"),
        ("/api/support/cases?q=%ff%fe", "q"),
        ("/api/support/cases?q=a&q=b", "q"),
        ("/api/support/cases?%ff=1", "?ff"),
        ("/api/support/cases?<script>=1", "?script?"),
        ("/api/support/effects?state=alive", "state"),
        ("/api/support/earnings?from=01.01.2027", "from"),
        ("/api/support/earnings?from=2027-1-1", "from"),
        ("/api/support/earnings?from=%2B2027-01-01", "from"),
        ("/api/support/earnings?from=2027-01-01T00:00:00", "from"),
        ("/api/support/earnings?from=2027-02-29", "from"),
        ("/api/support/earnings?from=2027-02-01&to=2027-01-01", "to"),
        ("/api/support/earnings?to=%2B262142-12-31", "to"),
    ] {
        let uri = path.replace('<', "%3C").replace('>', "%3E");
        let answer = api.get_as(SUPPORT, &uri).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text);
        assert_eq!(answer.json()["error"]["field"], json!(field), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_told_what_would_be_right() {
    let api = Api::new().speaking("en");
    for (token, path, right) in [
        (SUPPORT, "/api/support/cases?size=500", "a number from 1 to 100"),
        (
            SUPPORT,
            "/api/support/cases?attention=x",
            "one of failed, partner_silent, wish, no_dates",
        ),
        (SUPPORT, "/api/support/effects?state=x", "waiting, leased, done, dead or skipped"),
        (
            PARTNER,
            "/api/partner/confirmations?status=x",
            "one of pending, confirmed, declined, withdrawn",
        ),
        (SUPPORT, "/api/support/earnings?from=yesterday", "a day like 2027-01-31"),
    ] {
        let message = api.get_as(token, path).await.json()["error"]["message"].take();
        assert!(message.as_str().unwrap().contains(right), "{message}");
    }
}

#[tokio::test]
async fn an_empty_search_is_one_that_is_not_there() {
    let api = Api::new();
    for path in
        ["cases?", "cases?q=", "cases?&&", "cases?q=M%C3%BCller+%20", "cases?page=2147483647"]
    {
        api.get_as(SUPPORT, &format!("/api/support/{path}")).await.ok();
    }
}

#[tokio::test]
async fn a_number_in_a_path_is_digits_and_nothing_else() {
    let api = Api::new();
    api.declined().await;
    for (id, there) in
        [("7001", true), ("+7001", false), ("%2B7001", false), ("-7001", false), ("7001x", false)]
    {
        let answer = api.get_as(SUPPORT, &format!("/api/support/cases/{id}")).await;
        assert_eq!(answer.status.is_success(), there, "{id}: {}", answer.text);
    }
}
