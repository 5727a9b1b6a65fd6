//! A date with several requests, as its partner answers them: all at once.

use tests::browser::Browser;
use tests::demo::Demo;
use tests::person::Hands;

use crate::every_state::strangers;
use crate::story::{SERVER, somebody};

async fn a_whole_date(hands: Hands, scripts: bool) {
    let (browser, demo) = (Browser::start().await, Demo::start(SERVER.as_ref(), &[]).await);
    let partner = somebody(&browser, hands, scripts).await;
    partner.goes_to(&format!("{}/demo", demo.base)).await;
    partner.presses("Sign in as partner 5").await;
    assert!(partner.reads().await.contains("Erika Mustermann"));
    partner.presses("Alle offenen Anfragen für").await;
    let open = partner.reads().await;
    assert!(open.contains("Alle offenen Anfragen für diesen Termin sind bestätigt."), "{open}");
    partner.presses("Bestätigt").await;
    let confirmed = partner.reads().await;
    for customer in ["Erika Mustermann", "Jürgen Weiß", "Ayşe Öztürk"] {
        assert!(!open.contains(customer) && confirmed.contains(customer), "{customer}");
    }
    assert_eq!(strangers(&partner.page), [""; 0]);
}

#[tokio::test]
async fn a_whole_date_is_confirmed_by_clicking() {
    a_whole_date(Hands::Mouse, true).await;
}

#[tokio::test]
async fn a_whole_date_is_confirmed_by_the_keyboard_alone() {
    a_whole_date(Hands::Keyboard, true).await;
}

#[tokio::test]
async fn a_whole_date_is_confirmed_without_scripts() {
    a_whole_date(Hands::Mouse, false).await;
}
