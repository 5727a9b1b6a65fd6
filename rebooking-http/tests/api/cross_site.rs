//! Pages of other sites cannot make their readers' browsers change anything.

use http::StatusCode;

use crate::api::{Api, FIRST, SUPPORT, page};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::World;

const CHOICE: &str = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
const ELSEWHERE: (&str, &str) = ("sec-fetch-site", "cross-site");

#[tokio::test]
async fn a_choice_that_another_site_sends_changes_nothing() {
    let api = Api::new();
    let declined = api.declined().await;
    let stored = api.world.store.snapshot();
    for header in [ELSEWHERE, ("origin", "https://evil.test"), ("origin", "null")] {
        let answer = api.post_with(header, &page(&declined), CHOICE).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::FORBIDDEN, "cross_site"),
            "{header:?}"
        );
    }
    assert_eq!(api.world.store.snapshot(), stored);
    api.choose(&declined, FIRST).await.ok();
}

#[tokio::test]
async fn a_page_of_ours_may_send_it() {
    for header in [
        ("sec-fetch-site", "same-origin"),
        ("origin", "https://umbuchen.example.com"),
        ("user-agent", "a program"),
    ] {
        let ours = BaseUrl::parse("https://umbuchen.example.com/links").unwrap();
        let api = Api::on(World::new(), |settings| settings.presentation.base = ours);
        let declined = api.declined().await;
        api.post_with(header, &page(&declined), CHOICE).await.ok();
    }
}

#[tokio::test]
async fn who_brings_a_bearer_token_needs_no_page_of_ours() {
    let api = Api::new();
    api.declined().await;
    let token = format!("Bearer {SUPPORT}");
    let request =
        http::Request::post("/api/support/cases/7001/resend").header(ELSEWHERE.0, ELSEWHERE.1);
    api.call(request.header("authorization", token).body(String::new()).unwrap()).await.ok();
}

#[tokio::test]
async fn to_look_one_may_come_from_anywhere() {
    let api = Api::new();
    let declined = api.declined().await;
    let request = http::Request::get(page(&declined)).header(ELSEWHERE.0, ELSEWHERE.1);
    api.call(request.body(String::new()).unwrap()).await.ok();
}
