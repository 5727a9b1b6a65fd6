//! Whatever is sent, the answer is one that the caller can make something of: never an error of
//! ours, and nothing panics.

use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderValue, Method, Request, Uri};
use rebooking_core::testing::fuzz::spoilt_samples;

use crate::api::{Api, PARTNER, SUPPORT, by_a_person};

/// Asks with a spoilt body.
async fn ask(api: &Api, path: &str, token: &str, kind: &str, body: Vec<u8>) {
    let mut request = by_a_person(Request::post(path)).header(CONTENT_TYPE, kind);
    if !token.is_empty() {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let told = body.escape_ascii().to_string();
    let answer = api.call(request.body(http_body_util::Full::from(body)).unwrap()).await;
    assert!(answer.status.as_u16() < 500, "{path}: {} for {told}", answer.status);
}

/// Spoilt bodies for a declined booking, and now and then a new one, as some of them use it up.
async fn ask_about_declined(samples: &[&[u8]], kind: &str, routes: &[(&str, &str)]) {
    let (mut api, mut secret) = (Api::new(), String::new());
    for (round, body) in spoilt_samples(samples).enumerate() {
        if round % 100 == 0 {
            api = Api::new();
            secret = api.declined().await.link.expose().to_owned();
        }
        let (path, token) = routes[round % routes.len()];
        ask(&api, &path.replace("LINK", &secret), token, kind, body).await;
    }
}

#[tokio::test]
async fn spoilt_json_is_refused_or_taken() {
    let samples: [&[u8]; 7] = [
        br#"{"selectedDateId":1,"customerEmail":"erika@example.com","expectedTotal":178.00}"#,
        br#"{"customerEmail":"erika@example.com","kind":"other","text":"abends","weekdays":["mon"],
            "months":[1,12]}"#,
        br#"{"reason":"Der Koch ist krank.","proposedDateIds":[1,2]}"#,
        br#"{"orderNumber":"100007001","reason":"Telefonat","days":7}"#,
        br#"{"email":"erika@example.com","reason":"Auf Wunsch","cancelOpen":true}"#,
        br#"{"date":1,"reason":"Telefonat","selectedDateId":1}"#,
        br#"{"event":"refunded"}"#,
    ];
    let routes = [
        ("/api/rebook/LINK", ""),
        ("/api/rebook/LINK/wishes", ""),
        ("/api/partner/confirmations/1/decline", PARTNER),
        ("/api/partner/dates/1/withdraw", PARTNER),
        ("/api/support/links", SUPPORT),
        ("/api/support/cases/7001/extend", SUPPORT),
        ("/api/support/cases/7001/choose", SUPPORT),
        ("/api/support/forget", SUPPORT),
        ("/api/support/orders/1/changed", SUPPORT),
    ];
    ask_about_declined(&samples, "application/json", &routes).await;
}

#[tokio::test]
async fn spoilt_forms_are_refused_or_taken() {
    let samples: [&[u8]; 4] = [
        b"choice=1%3A178.00&customerEmail=erika%40example.com&blank_box=&lang=de",
        b"wish=other&customerEmail=erika%40example.com&text=abends&weekday=mon&month=3",
        b"newLink=yes&lang=de",
        b"token=geheim&next=%2Fsupport&csrf=x",
    ];
    let routes = [("/rebook/LINK", ""), ("/sign-in", ""), ("/support/links", "")];
    ask_about_declined(&samples, "application/x-www-form-urlencoded", &routes).await;
}

#[tokio::test]
async fn spoilt_links_and_headers_are_refused_or_taken() {
    let api = Api::new();
    let declined = api.declined().await;
    let secret = declined.link.expose();
    let samples: [Vec<u8>; 8] = [
        format!("/partner/calendar/{secret}.ics").into_bytes(),
        format!("/rebook/{secret}?lang=en").into_bytes(),
        format!("/api/rebook/{secret}/calendar.ics").into_bytes(),
        b"/support/cases?q=Erika&status=all&page=2&lang=de".to_vec(),
        b"/api/support/earnings?from=2027-01-01&to=2027-01-31".to_vec(),
        b"de-AT,de;q=0.9,en;q=0.8,*;q=0.1".to_vec(),
        b"203.0.113.7, 2001:db8::1, for=\"[2001:db8::2]:443\";proto=https;host=x".to_vec(),
        b"__Host-session=eyJ4.YWJj; lang=de; other=1".to_vec(),
    ];
    let samples: Vec<&[u8]> = samples.iter().map(Vec::as_slice).collect();
    for input in spoilt_samples(&samples) {
        let path = std::str::from_utf8(&input).ok().and_then(|text| text.parse::<Uri>().ok());
        let path = path.filter(|uri| uri.path().starts_with('/'));
        let path = path.unwrap_or_else(|| Uri::try_from(format!("/rebook/{secret}")).unwrap());
        let mut request = by_a_person(Request::builder().method(Method::GET).uri(path.clone()));
        if let Ok(value) = HeaderValue::from_bytes(&input) {
            for name in ["x-forwarded-for", "forwarded", "x-real-ip", "if-none-match"] {
                request = request.header(name, value.clone());
            }
            request = request.header(ACCEPT_LANGUAGE, value.clone()).header(COOKIE, value.clone());
            request = request.header(AUTHORIZATION, value);
        }
        let answer = api.call(request.body(String::new()).unwrap()).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
    }
}
