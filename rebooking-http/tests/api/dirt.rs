//! Links that have picked something up at their end on their way through mails and messengers, and
//! addresses with a slash at their end.

use http::header::LOCATION;
use http::{Method, Request, StatusCode};
use rebooking_core::testing::World;

use crate::api::{Answer, Api, FIRST, SUPPORT, by_a_person, page};
use crate::pages::answer::{KITCHEN, asked};
use crate::pages::browser::Browser;

/// What cannot belong to a link: punctuation, blanks and what programs make of them.
const DIRT: [&str; 30] = [
    ".",
    ",",
    ";",
    ":",
    ")",
    "]",
    "}",
    "!",
    "'",
    "*",
    "~",
    "\"",
    "/",
    "//",
    "/.",
    "./",
    ").",
    "%20",
    "%3E",
    "%3e",
    "%22",
    "%29.",
    "%0A",
    "%0D%0A",
    "%2F",
    "%E2%80%9C",
    "%E2%80%8B",
    "%C2%A0",
    "%ff",
    "\u{201d}",
];
/// What may, or is another address.
const OTHERS: [&str; 8] = ["A", "-", "_", "a.", "%41", "%2D", "/x", "/x/"];

/// What may follow the first thing that cannot belong to it.
const GONE_ON: [&str; 4] = [".Viele", "%20Erika", ">http:", "%2541"];

fn unlimited() -> Api {
    Api::on(World::new(), |settings| settings.limits.per_link = None)
}

#[track_caller]
fn sends_on(answer: &Answer, to: &str) {
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{}", answer.text);
    assert_eq!(answer.header(LOCATION), to);
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// Raw, as a client may send it that does not encode.
async fn get(api: &Api, path: &str) -> Answer {
    let request = by_a_person(Request::get(path.replace('>', "%3E")));
    api.call(request.body(String::new()).unwrap()).await
}

#[tokio::test]
async fn a_page_with_dirt_behind_its_link_sends_on_to_its_own_address() {
    let api = unlimited();
    let path = asked(&api).await;
    let declined = api.world.declined(rebooking_core::testing::samples::booking_of(7002)).await;
    for link in [page(&declined).replace("/api", ""), path] {
        for dirt in DIRT.iter().chain(&GONE_ON) {
            sends_on(&get(&api, &format!("{link}{dirt}")).await, &link);
            let asked = format!("{link}{dirt}?lang=en&x=//evil.example");
            sends_on(&get(&api, &asked).await, &format!("{link}?lang=en&x=//evil.example"));
        }
        sends_on(&get(&api, &format!("{link}>http://evil.example/x")).await, &link);
        for other in OTHERS {
            let answer = get(&api, &format!("{link}{other}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{other}");
        }
        get(&api, &link).await.ok();
    }
}

#[tokio::test]
async fn the_api_takes_a_link_with_dirt_as_the_link() {
    let api = unlimited();
    let declined = api.declined().await;
    let link = page(&declined);
    let shown = get(&api, &link).await.ok();
    for dirt in DIRT.iter().chain(&GONE_ON) {
        let same = get(&api, &format!("{link}{dirt}")).await;
        assert_eq!((same.status, &same.text), (StatusCode::OK, &shown.text), "{dirt}");
        assert!(!same.headers.contains_key(LOCATION));
    }
    for other in OTHERS {
        let answer = get(&api, &format!("{link}{other}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{other}");
    }
    let wish = r#"{"customerEmail":"erika@example.com","kind":"new_dates"}"#;
    for path in ["./wishes", "/wishes/", "%20/wishes//"] {
        api.post(&format!("{link}{path}"), wish).await.ok();
    }
    api.post(&format!("{link}./new-link/"), "").await.ok();
    let body = format!(r#"{{"selectedDateId":{FIRST},"customerEmail":"erika@example.com"}}"#);
    api.post(&format!("{link}%3E"), &body).await;
    api.post(&format!("{link})."), &body).await.ok();
    get(&api, &format!("{link}./calendar/")).await.ok();
}

#[tokio::test]
async fn a_form_that_is_sent_to_a_link_with_dirt_keeps_its_method() {
    let api = Api::new();
    let path = asked(&api).await;
    let form = format!("{KITCHEN}&answer=confirm");
    sends_on(&Browser::new(&api).post(&format!("{path})."), &form).await, &path);
    assert_eq!(Browser::new(&api).post(&path, &form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_route_may_have_a_slash_at_its_end() {
    let api = Api::new();
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    for page in ["/support", "/support/earnings", "/sign-in", "/docs", "/partner"] {
        for slashes in ["/", "//"] {
            sends_on(&support.get(&format!("{page}{slashes}")).await, page);
        }
    }
    for path in ["/healthz/", "/readyz/", "/openapi.json/", "/api/support/cases/"] {
        api.get_as(SUPPORT, path).await.ok();
    }
    sends_on(&support.get("/support/?status=open").await, "/support?status=open");
    let options = Request::builder().method(Method::OPTIONS).uri("/healthz/");
    let options = api.call(options.body(String::new()).unwrap()).await;
    assert_eq!(options.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_is_no_address_stays_unknown_and_nobody_is_sent_elsewhere() {
    let api = Api::new();
    for path in [
        "/",
        "//",
        "///",
        "/nowhere/",
        "/nowhere.",
        "//evil.example/",
        "//evil.example//",
        "/\\evil.example/",
        "///evil.example/",
        "//evil.example/rebook/x/",
        "/support.",
        "/docs)",
        "/api/support/cases./",
        "//rebook/x/",
    ] {
        let answer = get(&api, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.headers.contains_key(LOCATION), "{path}");
    }
    for path in ["/rebook/x.", "/partner/answer/x)", "/api/rebook/x%20"] {
        assert_eq!(get(&api, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let api = Api::on(World::new(), |settings| {
        let base = "https://shop.example.com/umbuchen";
        let base = rebooking_core::presentation::BaseUrl::parse(base).unwrap();
        settings.presentation = base.into();
    });
    sends_on(&get(&api, "/sign-in/").await, "/umbuchen/sign-in");
    let declined = api.declined().await;
    let link = page(&declined).replace("/api", "");
    sends_on(&get(&api, &format!("{link}>")).await, &format!("/umbuchen{link}"));
}

#[tokio::test]
async fn dirt_makes_no_second_link_for_the_limit_of_each_link() {
    let api = Api::on(World::new(), |settings| {
        settings.limits.per_link = Some(rebooking_http::Rate::new(3, 3));
    });
    let link = page(&api.declined().await);
    for dirt in ["", ".", ")x"] {
        get(&api, &format!("{link}{dirt}")).await.ok();
    }
    for dirt in ["", ".", "%20y", "/"] {
        let limited = get(&api, &format!("{link}{dirt}")).await;
        assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS, "{dirt}");
    }
}
