//! The page where a partner makes the address of their calendar.

use http::StatusCode;

use super::browser::{Browser, Page as _};
use crate::api::{Answer, Api, OTHER_PARTNER, PARTNER, SUPPORT};

const PAGE: &str = "/partner/calendar";

/// The address that a page shows, as a path.
fn shown(page: &Answer) -> Option<String> {
    let address = page.attributes("#address", "value").into_iter().next()?;
    Some(address.strip_prefix("http://127.0.0.1:8080").unwrap().to_owned())
}

#[tokio::test]
async fn an_address_is_made_renewed_and_deleted_and_shown_once_each() {
    let api = Api::new();
    for (language, make, renew, delete) in [
        ("de", "Adresse erstellen", "Neue Adresse erstellen", "Adresse löschen"),
        ("en", "Make an address", "Make a new address", "Delete the address"),
        ("fr", "Créer une adresse", "Créer une nouvelle adresse", "Supprimer l’adresse"),
    ] {
        let mut browser = Browser::signed_in(&api, PARTNER).await.speaking(language);
        let none = browser.get(PAGE).await.ok();
        assert_eq!((none.texts("main button"), shown(&none)), (vec![make.to_owned()], None));
        let first = browser.submit(PAGE, "act=renew").await.ok();
        let address = shown(&first).unwrap();
        assert_eq!(first.texts("main button"), [renew, delete]);
        assert!(!first.told().is_empty());
        api.get(&address).await.ok();
        let again = browser.get(PAGE).await.ok();
        assert_eq!((again.texts("main button").len(), shown(&again)), (2, None));
        assert!(!again.text.contains(&address));
        let second = shown(&browser.submit(PAGE, "act=renew").await.ok()).unwrap();
        assert_eq!(api.get(&address).await.status, StatusCode::NOT_FOUND);
        api.get(&second).await.ok();
        let deleted = browser.submit_and_follow(PAGE, "act=revoke").await;
        assert!(!deleted.told().is_empty());
        assert_eq!(deleted.texts("main button"), [make]);
        assert_eq!(api.get(&second).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_page_is_among_those_of_partners_and_for_nobody_else() {
    let api = Api::new();
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let page = partner.get("/partner").await.ok();
    assert!(page.attributes("nav a", "href").iter().any(|href| href == PAGE), "{}", page.text);
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    assert_eq!(support.get(PAGE).await.status, StatusCode::FORBIDDEN);
    let nobody = Browser::new(&api).get(PAGE).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_of_another_site_or_of_another_partner_changes_nothing() {
    let api = Api::new();
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let address = shown(&partner.submit(PAGE, "act=renew").await.ok()).unwrap();
    let theirs = Browser::signed_in(&api, OTHER_PARTNER).await.get(PAGE).await.hidden();
    for form in [format!("{theirs}&act=revoke"), "act=revoke".to_owned()] {
        assert_ne!(partner.post(PAGE, &form).await.status, StatusCode::SEE_OTHER, "{form}");
    }
    let mut partner = partner.on_site("cross-site");
    assert_eq!(partner.submit(PAGE, "act=revoke").await.status, StatusCode::FORBIDDEN);
    let mut partner = partner.on_site("same-origin");
    let nothing = partner.submit(PAGE, "act=else").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nothing.text);
    api.get(&address).await.ok();
}
