//! Forms of support that are sent twice, or whose outcome nobody knows: nothing happens twice, and
//! no page promises what is not so.

use http::StatusCode;
use http::header::LOCATION;
use rebooking_core::testing::{Trouble, samples};

use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const CASE: &str = "/support/cases/7001";
const ACTS: [&str; 3] = ["act=resend", "act=reissue", "act=extend&days=10"];

#[tokio::test]
async fn a_double_click_does_once_what_happens_anew_each_time() {
    for act in ACTS {
        let api = Api::new();
        api.declined().await;
        let mut browser = Browser::signed_in(&api, SUPPORT).await;
        let form = format!("{}&{act}", browser.get(CASE).await.hidden());
        assert_eq!(browser.post(CASE, &form).await.status, StatusCode::SEE_OTHER, "{act}");
        let once = api.world.store.snapshot();
        let second = browser.post(CASE, &form).await;
        assert_eq!(second.status, StatusCode::CONFLICT, "{act}");
        assert!(
            second.told().starts_with("Der Fall hat sich geändert"),
            "{act}: {}",
            second.told()
        );
        assert_eq!(api.world.store.snapshot(), once, "{act}");
        // The page that says so has a form that works.
        let form = format!("{}&{act}", second.hidden());
        assert_eq!(browser.post(CASE, &form).await.status, StatusCode::SEE_OTHER, "{act}");
        assert_ne!(api.world.store.snapshot(), once, "{act}");
    }
}

#[tokio::test]
async fn a_form_that_does_not_say_what_was_seen_changes_nothing() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let csrf = browser.get(CASE).await.form_token();
    let before = api.world.store.snapshot();
    for act in ACTS {
        for seen in ["", "&seen=", "&seen=1", "&seen=1.x", "&seen=2.0"] {
            let answer = browser.post(CASE, &format!("csrf={csrf}&{act}{seen}")).await;
            assert!(answer.status.is_client_error(), "{act}{seen}: {}", answer.status);
        }
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn whoever_does_not_know_the_outcome_of_a_form_is_told_to_look_first() {
    for act in ACTS {
        for (language, heading, message) in [
            (
                "de",
                "Bitte sehen Sie zuerst nach",
                "Bitte öffnen Sie den Fall neu und sehen Sie nach",
            ),
            ("en", "Please check first", "Please open the case anew and check"),
        ] {
            let api = Api::new();
            api.declined().await;
            let mut browser = Browser::signed_in(&api, SUPPORT).await.speaking(language);
            let form = format!("{}&{act}", browser.get(CASE).await.hidden());
            api.world.store.next_commit(Trouble::Unanswered);
            let answer = browser.post(CASE, &form).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{act}");
            assert_eq!(answer.texts("h1"), [heading]);
            let told = answer.texts("main p").join(" ");
            assert!(told.contains(message) && !told.contains("doppelt"), "{act}: {told}");
            assert_eq!(
                answer.attributes("main a.button", "href"),
                ["?"],
                "the case, asked for anew"
            );
            // It was done; and the same form again, as a browser offers to send it, does it no
            // second time.
            let done = api.world.store.snapshot();
            assert_eq!(browser.post(CASE, &form).await.status, StatusCode::CONFLICT, "{act}");
            assert_eq!(api.world.store.snapshot(), done, "{act}");
        }
    }
}

#[tokio::test]
async fn a_link_by_hand_whose_outcome_is_unknown_may_be_sent_again_as_the_page_says() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.shop.put_booking(samples::booking());
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get("/support/links").await.ok();
    let form = format!("{}&orderItemId=7001&reason=Anruf", page.hidden());
    api.world.store.next_commit(Trouble::Unanswered);
    let answer = browser.post("/support/links", &form).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        answer.texts("main p").concat().contains("doppelt ausgeführt wird dabei nichts"),
        "{}",
        answer.text
    );
    let done = api.world.store.snapshot();
    let again = browser.post("/support/links", &form).await;
    assert_eq!(again.header(LOCATION), "/support/cases/7001?said=link-stands");
    assert_eq!(api.world.store.snapshot(), done);
}

#[tokio::test]
async fn an_error_leaves_somebody_signed_in_where_they_are() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let unknown = browser.get("/support/cases/1?lang=en").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.attributes("main a.button", "href"), ["/support?lang=en"]);
    let stale =
        browser.post(&format!("{CASE}?lang=en&said=resend"), "csrf=nonsense&act=resend").await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    assert_eq!(
        stale.attributes("main a.button", "href"),
        ["?lang=en"],
        "the page, and not the form"
    );
    let left = browser.post("/sign-out", "csrf=nonsense").await;
    assert_eq!(left.attributes("main a.button", "href"), ["/support"]);
    for page in [&unknown, &stale, &left] {
        assert_eq!(page.attributes("header nav a", "href").len(), 5, "{}", page.text);
        assert!(page.text.contains("/sign-out"), "{}", page.text);
        assert!(!page.texts("main").concat().contains("rite to us"), "support is who helps");
        assert!(!page.texts("main").concat().contains("Schreiben Sie uns"), "support is who helps");
    }
    // A session works all the same: nothing on the page is stale.
    let form = format!("csrf={}", stale.form_token());
    assert_eq!(browser.post("/sign-out", &form).await.status, StatusCode::SEE_OTHER);
}
