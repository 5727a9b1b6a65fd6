//! Pages of other sites cannot make their readers' browsers change anything.

use http::{Request, StatusCode};

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
    let request = Request::post("/api/support/cases/7001/resend").header(ELSEWHERE.0, ELSEWHERE.1);
    api.call(request.header("authorization", token).body(String::new()).unwrap()).await.ok();
}

#[tokio::test]
async fn to_look_one_may_come_from_anywhere() {
    let api = Api::new();
    let declined = api.declined().await;
    let request = Request::get(page(&declined)).header(ELSEWHERE.0, ELSEWHERE.1);
    api.call(request.body(String::new()).unwrap()).await.ok();
}

/// Whether a request with these headers is refused, by a service whose pages are at
/// `https://umbuchen.example.com/x`.
async fn from_elsewhere(method: &str, headers: &[(&str, &str)]) -> bool {
    let base = BaseUrl::parse("https://umbuchen.example.com/x").unwrap();
    let api = Api::on(World::new(), |settings| settings.presentation.base = base);
    let mut request = Request::builder().method(method).uri("/api/rebook/nonsense/new-link");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = api.call(request.body(String::new()).unwrap()).await;
    answer.status == StatusCode::FORBIDDEN
}

#[tokio::test]
async fn a_page_of_ours_and_who_has_no_page_may_post() {
    for headers in [
        &[][..],
        &[("sec-fetch-site", "same-origin"), ("origin", "null")],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://umbuchen.example.com"), ("host", "10.0.0.7:8080")],
        &[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
    ] {
        assert!(!from_elsewhere("POST", headers).await, "{headers:?}");
    }
}

#[tokio::test]
async fn a_page_of_somebody_elses_may_not() {
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "https://umbuchen.example.com")],
        &[("sec-fetch-site", "")],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
        &[("origin", "null"), ("host", "umbuchen.example.com")],
        &[("origin", "https://evil.test"), ("host", "umbuchen.example.com")],
        &[("origin", "https://umbuchen.example.com.evil.test"), ("host", "umbuchen.example.com")],
        &[("origin", "https://umbuchen.example.com"), ("origin", "https://umbuchen.example.com")],
        &[("sec-fetch-site", "cross-site"), ("authorization", "Basic dTpw")],
    ] {
        assert!(from_elsewhere("POST", headers).await, "{headers:?}");
    }
}

#[tokio::test]
async fn a_host_header_names_the_origin_with_or_without_its_usual_port() {
    let at = async |host| {
        !from_elsewhere("POST", &[("origin", "https://example.com"), ("host", host)]).await
    };
    assert!(at("example.com").await && at("EXAMPLE.com:443").await);
    assert!(!at("example.com:80").await && !at("example.org").await && !at("").await);
}

#[tokio::test]
async fn a_bearer_token_is_sent_by_nobodys_browser_alone() {
    assert!(!from_elsewhere("POST", &[ELSEWHERE, ("authorization", "Bearer x")]).await);
}

#[tokio::test]
async fn whoever_only_reads_may_come_from_anywhere() {
    for method in ["GET", "HEAD", "OPTIONS"] {
        assert!(!from_elsewhere(method, &[ELSEWHERE]).await, "{method}");
    }
    for method in ["POST", "PUT", "DELETE"] {
        assert!(from_elsewhere(method, &[ELSEWHERE]).await, "{method}");
    }
}
