//! Whose look at a link counts as the customer's.

use http::Request;

use crate::api::{Api, BROWSER, page};
use crate::customer::is_opened;

/// Whether a look with these headers counts.
async fn is_seen(headers: &[(&str, &str)]) -> bool {
    let api = Api::new();
    let declined = api.declined().await;
    let mut request = Request::get(page(&declined));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    api.call(request.body(String::new()).unwrap()).await.ok();
    is_opened(&api, &declined).await
}

#[tokio::test]
async fn a_browser_is_a_person() {
    for name in [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
         Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile \
         Safari/537.36",
    ] {
        assert!(is_seen(&[("user-agent", name)]).await, "{name}");
    }
}

#[tokio::test]
async fn a_scanner_a_preview_and_the_nameless_are_none() {
    for name in [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 BingPreview/1.0b",
        "WhatsApp/2.23 LinkPreview",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20; compatible; Googlebot/2.1)",
        "curl/8.5.0",
        "Wget/1.21.3",
        "python-requests/2.31",
    ] {
        assert!(!is_seen(&[("user-agent", name)]).await, "{name}");
    }
    assert!(!is_seen(&[]).await);
}

#[tokio::test]
async fn a_page_that_is_fetched_ahead_of_time_is_seen_by_nobody_yet() {
    for (name, value) in [
        ("sec-purpose", "prefetch"),
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("x-purpose", "preview"),
        ("x-moz", "prefetch"),
    ] {
        assert!(!is_seen(&[("user-agent", BROWSER), (name, value)]).await, "{name}: {value}");
    }
    assert!(is_seen(&[("user-agent", BROWSER)]).await);
}
