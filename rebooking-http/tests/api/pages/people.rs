//! What support does for a person who asks what is stored about them, or to be forgotten.

use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use serde_json::Value;

use super::browser::{Browser, Page as _};
use crate::api::{Api, PARTNER, SUPPORT};

const PEOPLE: &str = "/support/people";
const CASE: &str = "/support/cases/7001";

#[tokio::test]
async fn support_forgets_a_person_by_their_address_and_no_address_shows_in_a_url() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let form = "email=Erika%40example.com&reason=Auf+Wunsch&act=forget";
    let open = browser.submit(PEOPLE, form).await;
    assert_eq!(open.status, StatusCode::CONFLICT);
    assert!(open.told().contains("Noch offen: 7001."), "{}", open.told());
    assert_eq!(open.attributes("#email-forget", "value"), ["Erika@example.com"], "it is kept");
    let form = format!("{form}&cancelOpen=yes");
    let done = browser.submit(PEOPLE, &form).await;
    assert_eq!(done.header(LOCATION), "?said=forget-person");
    let page = browser.get(&format!("{PEOPLE}?said=forget-person")).await.ok();
    assert_eq!(page.told(), "Die personenbezogenen Daten zu dieser Adresse sind gelöscht.");
    let token = api.world.token(declined.token).await;
    assert!(token.booking().customer.email.is_forgotten());
    let nobody = browser.submit(PEOPLE, &form).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let why = "Zu dieser E-Mail-Adresse ist nichts gespeichert.";
    assert!(nobody.told().starts_with(why), "{}", nobody.told());
    assert_eq!(nobody.attributes("#email-forget", "aria-describedby"), ["notice"]);
}

#[tokio::test]
async fn support_downloads_what_is_stored_of_a_person_or_a_case() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let link = format!("{CASE}/export");
    let case = browser.get(CASE).await.ok();
    assert!(case.attributes("main a", "href").contains(&link));
    let file = browser.get(&link).await.ok();
    let same = browser.submit(PEOPLE, "email=erika%40example.com&act=export").await.ok();
    assert_eq!(file.text, same.text);
    for file in [file, same] {
        assert_eq!(file.header(CONTENT_TYPE), "application/json");
        assert_eq!(file.header(CONTENT_DISPOSITION), "attachment; filename=\"person.json\"");
        assert!(file.header(CACHE_CONTROL).contains("no-store"));
        let stored: Value = serde_json::from_str(&file.text).unwrap();
        assert_eq!(
            stored["cases"][0]["requests"][0]["booking"]["customerName"],
            "Erika Mustermann"
        );
    }
}

#[tokio::test]
async fn a_case_is_forgotten_on_its_page_and_nothing_else_is_left_to_do() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let open = browser.submit(CASE, "act=forget&reason=Auf+Wunsch").await;
    assert_eq!(open.status, StatusCode::CONFLICT);
    let form = "act=forget&reason=Auf+Wunsch&cancelOpen=yes";
    let page = browser.submit_and_follow(CASE, form).await;
    assert_eq!(page.told(), "Die personenbezogenen Daten dieses Falls sind gelöscht.");
    let forget = "Personenbezogene Daten löschen".to_owned();
    assert!(!page.texts("details summary").contains(&forget));
    assert!(!page.text.contains("erika@example.com") && !page.text.contains("Mustermann"));
    assert!(page.texts(".timeline .text").contains(&"Auf Wunsch".to_owned()), "why stays");
}

#[tokio::test]
async fn no_partner_gets_there() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    for path in [PEOPLE, "/support/cases/7001/export"] {
        assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
