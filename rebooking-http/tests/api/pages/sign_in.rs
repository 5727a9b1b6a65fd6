//! Who gets in, for how long, and what a form must carry.

use chrono::TimeDelta;
use http::header::{LOCATION, SET_COOKIE, WWW_AUTHENTICATE};
use http::{Request, StatusCode};
use rebooking_core::ports::{PortError, async_trait};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::World;
use rebooking_core::value::ids::PartnerId;

use rebooking_http::{Authenticator, EnabledParts, Principal, SessionKey};

use super::browser::{Browser, Page as _};
use crate::api::{Api, OTHER_PARTNER, PARTNER, SUPPORT};

const OF_PARTNERS: [&str; 3] = ["/partner", "/partner/rebookings", "/partner/rebookings.csv"];
const OF_SUPPORT: [&str; 6] = [
    "/support",
    "/support/cases/7001",
    "/support/links",
    "/support/effects",
    "/support/earnings",
    "/support/earnings.csv",
];

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_the_sign_in_and_comes_back_from_there() {
    let api = Api::new();
    api.declined().await;
    for (pages, token) in [(&OF_PARTNERS[..], PARTNER), (&OF_SUPPORT[..], SUPPORT)] {
        for page in pages {
            let mut browser = Browser::new(&api);
            let asked = format!("{page}?page=1&lang=en");
            let sent_away = browser.get(&asked).await;
            assert_eq!(sent_away.status, StatusCode::SEE_OTHER, "{page}");
            let sign_in = browser.get(sent_away.header(LOCATION)).await.ok();
            let next = sign_in.attributes("input[name=next]", "value").concat();
            assert_eq!(next, asked);
            let entered =
                browser.post("/sign-in", &format!("token={token}&next={}", escaped(&next))).await;
            assert_eq!(entered.header(LOCATION), asked);
            browser.get(entered.header(LOCATION)).await.ok();
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('=', "%3D")
}

#[tokio::test]
async fn a_token_that_nobody_knows_is_told_in_both_languages_and_opens_nothing() {
    for (language, told) in [
        ("de", "Diesen Zugangsschlüssel kennen wir nicht."),
        ("en", "We do not know this access token."),
    ] {
        let api = Api::new();
        let mut browser = Browser::new(&api).speaking(language);
        for token in ["", "nonsense", &PARTNER[1..], "x%0D%0Aset-cookie:+a=b", "%00"] {
            let refused = browser.post("/sign-in", &format!("token={token}&next=%2Fpartner")).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{token}");
            assert!(refused.told().starts_with(told), "{}", refused.text);
            assert_eq!(
                (refused.header(WWW_AUTHENTICATE), refused.header(SET_COOKIE)),
                ("Bearer", "")
            );
            assert_eq!(refused.attributes("input[name=next]", "value"), ["/partner"], "it is kept");
            assert!(!refused.text.contains("value=\"nonsense\""), "a token is never shown again");
        }
    }
}

/// Everything escaped, so that it arrives as it is.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn led_to(base: &str, next: &str) -> String {
    let api = Api::on(World::new(), |settings| {
        settings.presentation.base = BaseUrl::parse(base).unwrap()
    });
    let form = format!("token={PARTNER}&next={}", percent(next));
    Browser::new(&api).post("/sign-in", &form).await.header(LOCATION).to_owned()
}

#[tokio::test]
async fn nobody_is_led_to_another_place_by_a_sign_in() {
    for next in [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "/support",
        "/partners",
        "/partner/\r\nx:y",
        "/partner/%2e%2e/%2E%2e/evil",
        "javascript:alert(1)",
    ] {
        assert_eq!(led_to("http://127.0.0.1:8080", next).await, "/partner", "{next}");
    }
}

#[tokio::test]
async fn only_pages_of_the_own_role_below_a_folder_are_led_to() {
    let base = "https://a.test/portal";
    for own in [
        "/portal/partner",
        "/portal/partner/rebookings?status=open&lang=en",
        "/portal/partner?page=2",
    ] {
        assert_eq!(led_to(base, own).await, own);
    }
    for foreign in [
        "",
        "/",
        "/partner",
        "/portal/support",
        "/portal/partners",
        "https://evil.test/portal/partner",
        "//evil.test/portal/partner",
        "/portal/partner/../../x",
        "/portal/partner/%2e%2e/%2e%2e/x",
        "/portal/partner/.%2E/%2E./x",
        "/portal/partner/%2e/x",
        "/portal/partner/\\evil.test",
        "/portal/partner\r\nset-cookie: x",
        "/portal/partner/ x",
        "javascript:alert(1)",
    ] {
        assert_eq!(led_to(base, foreign).await, "/portal/partner", "{foreign}");
    }
}

#[tokio::test]
async fn a_cookie_is_kept_from_scripts_and_from_other_sites() {
    for (base, start, end) in [
        (
            "http://127.0.0.1:8080",
            "rebooking_session=",
            "; HttpOnly; SameSite=Strict; Path=/; Max-Age=3600",
        ),
        (
            "https://a.test",
            "__Host-rebooking_session=",
            "; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=3600",
        ),
        (
            "https://a.test/p",
            "__Secure-rebooking_session=",
            "; HttpOnly; SameSite=Strict; Secure; Path=/p; Max-Age=3600",
        ),
    ] {
        let api = Api::on(World::new(), |settings| {
            settings.presentation.base = BaseUrl::parse(base).unwrap()
        });
        let mut browser = Browser::new(&api);
        let answer = browser.post("/sign-in", &format!("token={SUPPORT}")).await;
        let cookie = answer.header(SET_COOKIE);
        assert!(cookie.starts_with(start) && cookie.ends_with(end), "{cookie}");
        let token = browser.get("/support").await.form_token();
        let left = browser.post("/sign-out", &format!("csrf={token}")).await;
        assert!(left.header(SET_COOKIE).ends_with("; Max-Age=0"), "{left:?}");
    }
}

#[tokio::test]
async fn a_session_ends_an_hour_after_its_last_use() {
    let api = Api::new();
    let mut used = Browser::signed_in(&api, PARTNER).await;
    let mut idle = Browser::signed_in(&api, PARTNER).await;
    api.world.clock.advance(TimeDelta::minutes(50));
    used.get("/partner").await.ok();
    api.world.clock.advance(TimeDelta::minutes(20));
    used.get("/partner").await.ok();
    assert_eq!(idle.get("/partner").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_comes_back_after_the_session_has_ended_is_told() {
    let api = Api::new();
    for (language, opened, sent) in [
        (
            "de",
            "Bitte melden Sie sich an, um diese Seite",
            "Ihre Anmeldung ist abgelaufen, deshalb wurde nichts",
        ),
        (
            "en",
            "Please sign in to open this page.",
            "Your session has ended, so nothing has been changed.",
        ),
    ] {
        let mut browser = Browser::signed_in(&api, PARTNER).await.speaking(language);
        let token = browser.get("/partner").await.form_token();
        api.world.clock.advance(TimeDelta::hours(2));
        let away = browser.get("/partner").await.header(LOCATION).to_owned();
        assert!(browser.get(&away).await.ok().told().starts_with(opened), "{away}");
        let away = browser
            .post("/partner", &format!("csrf={token}&confirm=1"))
            .await
            .header(LOCATION)
            .to_owned();
        let page = browser.get(&away).await.ok();
        assert!(page.told().starts_with(sent), "{away}: {}", page.told());
        assert_eq!(
            page.attributes("input[name=next]", "value"),
            ["/partner"],
            "and comes back from there"
        );
    }
}

#[tokio::test]
async fn a_cookie_that_was_tampered_with_is_nobodys() {
    let api = Api::new();
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let cookie = browser.cookie.clone().unwrap();
    for forged in [
        cookie.replace("partner.NQ", "partner.Ng"),
        cookie.replace("partner.NQ", "support.U3VzaQ"),
        cookie[..cookie.len() - 1].to_owned(),
        cookie.split('.').next().unwrap().to_owned(),
    ] {
        assert_ne!(forged, cookie);
        browser.cookie = Some(forged);
        assert_eq!(browser.get("/partner").await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/support").await.status, StatusCode::SEE_OTHER);
    }
    browser.cookie = Some(cookie);
    browser.get("/partner").await.ok();
}

#[tokio::test]
async fn each_role_has_its_own_pages_only() {
    let api = Api::new();
    api.declined().await;
    for (token, pages) in [(PARTNER, &OF_SUPPORT[..]), (SUPPORT, &OF_PARTNERS[..])] {
        let mut browser = Browser::signed_in(&api, token).await;
        for page in pages {
            let answer = browser.get(page).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
            assert_eq!(answer.texts("h1"), ["Kein Zugang zu dieser Seite"]);
            assert_eq!(answer.attributes("main a.button", "href"), ["/sign-in"]);
        }
    }
}

#[tokio::test]
async fn a_cookie_opens_no_route_of_the_api() {
    let api = Api::new();
    for (token, path) in [(PARTNER, "/api/partner/rebookings"), (SUPPORT, "/api/support/cases")] {
        let mut browser = Browser::signed_in(&api, token).await;
        assert_eq!(browser.get(path).await.code(), "not_signed_in");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_in_this_browser() {
    let api = Api::new();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let token = browser.get("/support").await.form_token();
    let left = browser.post("/sign-out", &format!("csrf={token}")).await;
    assert_eq!(
        (left.status, left.header(LOCATION)),
        (StatusCode::SEE_OTHER, "/sign-in?said=signed-out")
    );
    assert_eq!(browser.cookie, None);
    assert_eq!(browser.get(left.header(LOCATION)).await.ok().told(), "Sie haben sich abgemeldet.");
    assert_eq!(browser.get("/support").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_the_token_of_its_session_changes_nothing() {
    let api = Api::new();
    api.declined().await;
    let mut other = Browser::signed_in(&api, OTHER_PARTNER).await;
    let foreign = other.get("/partner").await.form_token();
    let before = api.world.store.snapshot();
    let support =
        [("/support/cases/7001", "act=resend"), ("/support/effects", "retry=1"), ("/sign-out", "")];
    let partner = [("/partner", "confirm=1"), ("/partner", "withdraw=90&reason=Rohrbruch")];
    for (token, forms) in [(SUPPORT, &support[..]), (PARTNER, &partner[..])] {
        let mut browser = Browser::signed_in(&api, token).await;
        for (page, form) in forms {
            for csrf in ["", "csrf=", "csrf=nonsense", &format!("csrf={foreign}")] {
                let answer = browser.post(page, &format!("{csrf}&{form}")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page} {csrf}");
                assert_eq!(answer.texts("h1"), ["Bitte öffnen Sie die Seite neu"]);
            }
        }
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_page_of_another_site_can_send_no_form_even_with_the_right_token() {
    let api = Api::new();
    api.declined().await;
    let before = api.world.store.snapshot();
    for site in ["cross-site", "same-site"] {
        let mut browser = Browser::signed_in(&api, SUPPORT).await.on_site(site);
        let answer = browser.submit("/support/cases/7001", "act=cancel&reason=Irrtum").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site}");
        let entered = browser.post("/sign-in", &format!("token={PARTNER}")).await;
        assert_eq!((entered.status, entered.header(SET_COOKIE)), (StatusCode::FORBIDDEN, ""));
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_host_that_knows_its_callers_itself_needs_no_session_of_ours() {
    let api = Api::new();
    let request = |method: &str, body: String| {
        Request::builder()
            .method(method)
            .uri("/support/links")
            .header("authorization", format!("Bearer {SUPPORT}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .unwrap()
    };
    let page = api.call(request("GET", String::new())).await.ok();
    assert!(page.texts("header form").is_empty(), "there is nothing of ours to sign out of");
    let form = format!("csrf={}&orderItemId=1&reason=x", page.form_token());
    assert_eq!(
        api.call(request("POST", form)).await.status,
        StatusCode::NOT_FOUND,
        "no such booking"
    );
    assert_eq!(
        api.call(request("POST", "orderItemId=1&reason=x".into())).await.status,
        StatusCode::FORBIDDEN
    );
}

/// A host that knows partners by a cookie of its own.
struct KnowsItsCookie;

#[async_trait]
impl Authenticator for KnowsItsCookie {
    async fn authenticate(
        &self,
        parts: &http::request::Parts,
    ) -> Result<Option<Principal>, PortError> {
        let cookie = parts.headers.get("cookie").is_some_and(|cookie| cookie == "host=five");
        Ok(cookie.then_some(Principal::Partner(PartnerId::new(5))))
    }
}

#[tokio::test]
async fn a_cookie_of_the_hosts_makes_no_token_right_that_somebody_typed() {
    let api = Api::on(World::new(), |settings| {
        settings.authenticator = std::sync::Arc::new(KnowsItsCookie)
    });
    let mut browser = Browser::new(&api);
    browser.cookie = Some("host=five".into());
    browser.get("/partner").await.ok();
    let answer = browser.post("/sign-in", "token=nonsense").await;
    assert_eq!((answer.status, answer.header(SET_COOKIE)), (StatusCode::UNAUTHORIZED, ""));
}

#[tokio::test]
async fn a_session_of_a_role_that_is_not_served_is_nobodys() {
    let host = |serves| {
        Api::on(World::new(), |settings| {
            settings.session_key = Some(SessionKey::new(vec![7; 32]).unwrap());
            settings.enabled = serves;
        })
    };
    let (whole, partners) = (
        host(EnabledParts::default()),
        host(EnabledParts { support: false, ..EnabledParts::default() }),
    );
    for (token, status) in [(SUPPORT, StatusCode::SEE_OTHER), (PARTNER, StatusCode::OK)] {
        let cookie = Browser::signed_in(&whole, token).await.cookie;
        let mut browser = Browser::new(&partners);
        browser.cookie = cookie;
        assert_eq!(browser.get("/partner").await.status, status);
    }
}
