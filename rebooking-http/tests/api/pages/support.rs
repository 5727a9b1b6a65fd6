//! What support reads, and the tasks that failed.

use http::StatusCode;
use rebooking_core::testing::{Trouble, samples};

use super::answer::asked;
use super::browser::{Browser, Page as _};
use crate::api::{Api, PARTNER, SUPPORT};

const CASE: &str = "/support/cases/7001";
const PREVIEW: &str = "/support/cases/7001/preview";
const READ: [&str; 6] = [
    "/support",
    "/support?q=Erika",
    CASE,
    "/support/links",
    "/support/effects?status=all",
    "/support/earnings",
];

#[tokio::test]
async fn every_page_is_there_in_german_and_english() {
    let api = Api::new();
    asked(&api).await;
    for (language, headings) in [
        (
            "de",
            [
                "Fälle",
                "Fälle",
                "Fall 7001 wartet auf den Partner",
                "Link von Hand senden",
                "Vorgänge: E-Mails, Bestellungen, Tickets",
                "Was die Umbuchungen bringen",
            ],
        ),
        (
            "en",
            [
                "Cases",
                "Cases",
                "Case 7001 waiting for the partner",
                "Send a link by hand",
                "Tasks: e-mails, orders, tickets",
                "What rebookings earn",
            ],
        ),
    ] {
        let mut browser = Browser::signed_in(&api, SUPPORT).await.speaking(language);
        for (page, heading) in READ.into_iter().zip(headings) {
            assert_eq!(browser.get(page).await.ok().texts("h1"), [heading]);
        }
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let api = Api::new();
    asked(&api).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let before = api.world.store.snapshot();
    for page in READ.into_iter().chain([
        PREVIEW,
        "/support/cases/7001?act=cancel&reason=x",
        "/support/effects?retry=1",
    ]) {
        browser.get(page).await.ok();
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn the_worklist_has_the_open_cases_and_the_search_finds_any() {
    let api = Api::new();
    asked(&api).await;
    api.world.declined(samples::booking_of(7002)).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    for (query, orders) in [
        ("", vec!["#100007002"]),
        ("?q=100007001", vec!["#100007001"]),
        ("?q=ERIKA%40example.com", vec!["#100007002", "#100007001"]),
        ("?q=muster&status=awaiting_partner", vec!["#100007001"]),
        ("?status=all", vec!["#100007002", "#100007001"]),
        ("?q=ERIKA%40example.com&status=", vec!["#100007002", "#100007001"]),
        ("?q=&status=", vec!["#100007002"]),
        ("?q=nobody", vec![]),
        ("?q=%23100007001", vec!["#100007001"]),
    ] {
        assert_eq!(
            browser.get(&format!("/support{query}")).await.ok().texts("tbody th"),
            orders,
            "{query}"
        );
    }
}

#[tokio::test]
async fn the_worklist_is_narrowed_to_what_cases_need_and_says_it_in_words() {
    let api = Api::with_cases_in_need().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    for (query, rows) in [
        ("attention=failed", vec![("#100007001", "Vorgang fehlgeschlagen")]),
        ("attention=wish", vec![("#100007002", "möchte Geld zurück")]),
        ("attention=no_dates&q=Muster&status=", vec![("#100007003", "kein Termin gefunden")]),
        ("attention=no_dates&status=confirmed", vec![]),
        ("attention=&q=100007004", vec![("#100007004", "")]),
    ] {
        let page = browser.get(&format!("/support?{query}")).await.ok();
        let (orders, needs): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        assert_eq!(page.texts("tbody th"), orders, "{query}");
        let needs: Vec<_> = needs.into_iter().filter(|need| !need.is_empty()).collect();
        assert_eq!(page.texts("tbody small ~ .badge"), needs, "{query}");
        let attention = query.split('&').find_map(|pair| pair.strip_prefix("attention="));
        let picked = page.attributes("#attention option[selected]", "value");
        assert_eq!(picked, attention.as_slice(), "{query}");
    }
    // Whatever became of them: there is still something to be done.
    browser.submit_and_follow(CASE, "act=cancel&reason=Irrtum").await;
    assert_eq!(
        browser.get("/support?attention=failed").await.ok().texts("tbody th"),
        ["#100007001"]
    );
    assert!(
        !browser.get("/support").await.ok().texts("tbody th").contains(&"#100007001".to_owned())
    );
    let unknown = browser.get("/support?attention=money").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text.contains("Diese Auswahl gibt es nicht."), "{}", unknown.text);
    let page = browser.speaking("en").get("/support?attention=wish").await.ok();
    assert_eq!(page.texts("tbody small ~ .badge"), ["wants the money back"]);
}

#[tokio::test]
async fn an_effect_that_failed_is_seen_tried_again_and_skipped() {
    let api = Api::new();
    api.world.tickets.next_call(Trouble::FailForGood);
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    assert!(
        browser.get("/support").await.ok().texts(".notice")[0]
            .starts_with("1 Vorgang ist fehlgeschlagen")
    );
    let page = browser.get("/support/effects").await.ok();
    let id = page.attributes("button[name=retry]", "value").concat();
    let retried = browser.submit_and_follow("/support/effects", &format!("retry={id}")).await;
    assert_eq!(retried.told(), "Der Vorgang wird noch einmal versucht.");
    let empty = browser.submit(CASE, &format!("skip={id}&reason=")).await;
    assert_eq!(empty.attributes("[aria-invalid]", "id"), [format!("reason-{id}")]);
    let skipped =
        browser.submit_and_follow(CASE, &format!("skip={id}&reason=Von+Hand+erledigt")).await;
    assert_eq!(skipped.told(), "Der Vorgang wurde übersprungen.");
    let late = browser.submit("/support/effects", &format!("retry={id}")).await;
    assert_eq!(
        (late.status, late.told().as_str()),
        (StatusCode::CONFLICT, "Dieser Vorgang läuft gerade oder ist bereits abgeschlossen.")
    );
}

#[tokio::test]
async fn a_partner_is_named_with_the_number_beside_it() {
    let (api, _) = Api::new().with_partners();
    asked(&api).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let case = browser.get("/support/cases/7001").await.ok();
    assert!(case.texts("dd").contains(&"Evas Küche (Partner 5)".to_owned()), "{}", case.text);
    let told = case.texts(".timeline li").concat();
    assert!(told.contains("Partner Evas Küche (5)"), "{told}");
    let earned = browser.get("/support/earnings").await.ok();
    assert!(earned.texts("td").contains(&"Evas Küche (Partner 5)".to_owned()), "{}", earned.text);
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let own = partner.get("/partner").await.ok();
    assert!(own.text.contains("Evas Küche") && !own.text.contains("Partner 5"), "{}", own.text);
}

#[tokio::test]
async fn support_reads_no_link() {
    let api = Api::new();
    let path = asked(&api).await;
    let secret = path.rsplit('/').next().unwrap();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let link = api.world.link(rebooking_core::value::ids::TokenRef::first(crate::api::CASE)).await;
    for page in READ.into_iter().chain([PREVIEW]) {
        let text = browser.get(page).await.ok().text;
        assert!(!text.contains(secret) && !text.contains(link.expose()), "{page}");
    }
}
