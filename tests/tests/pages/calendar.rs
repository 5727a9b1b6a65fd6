//! A partner subscribes to a calendar of what they have confirmed, and takes the address back.

use tests::browser::Browser;
use tests::demo::Demo;
use tests::person::{Hands, Person};

use crate::every_state::strangers;
use crate::story::{SERVER, somebody};

async fn a_partner_subscribes(hands: Hands, scripts: bool) {
    let (browser, demo) = (Browser::start().await, Demo::start(SERVER.as_ref(), &[]).await);
    let partner = somebody(&browser, hands, scripts).await;
    partner.goes_to(&format!("{}/demo", demo.base)).await;
    partner.presses("Sign in as partner 5").await;
    partner.presses("Termin bestätigen").await;
    partner.presses("Kalender").await;
    assert_eq!(partner.reads_heading().await, "Ihr Kalender");
    partner.presses("Adresse erstellen").await;
    let first = shown(&partner, &demo).await;
    let read = demo.call("GET", &first, "", "").await;
    assert!(read.status == 200 && read.body.contains("STATUS:CONFIRMED"), "{read:?}");

    partner.presses("Neue Adresse erstellen").await;
    let second = shown(&partner, &demo).await;
    assert_eq!(demo.call("GET", &first, "", "").await.status, 404);
    assert_eq!(demo.call("GET", &second, "", "").await.status, 200);

    partner.presses("Adresse löschen").await;
    let read = partner.reads().await;
    assert!(read.contains("Die Adresse ist gelöscht"), "{read}");
    assert_eq!(demo.call("GET", &second, "", "").await.status, 404);
    assert_eq!(strangers(&partner.page), [""; 0]);
}

/// The path of the address that the page shows.
async fn shown(partner: &Person, demo: &Demo) -> String {
    let address = partner.page.find_out("document.querySelector('#address').value").await;
    address.as_str().unwrap().strip_prefix(&demo.base).unwrap().to_owned()
}

#[tokio::test]
async fn a_partner_subscribes_by_clicking() {
    a_partner_subscribes(Hands::Mouse, true).await;
}

#[tokio::test]
async fn a_partner_subscribes_by_the_keyboard_alone() {
    a_partner_subscribes(Hands::Keyboard, true).await;
}

#[tokio::test]
async fn a_partner_subscribes_without_scripts() {
    a_partner_subscribes(Hands::Mouse, false).await;
}
