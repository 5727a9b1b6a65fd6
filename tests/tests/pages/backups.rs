//! A second choice, as customer and partner live it: named after the one click, booked at once when
//! the partner declines, and exchanged for another date.

use tests::browser::Browser;
use tests::demo::Demo;
use tests::person::Hands;

use crate::every_state::strangers;
use crate::story::{SERVER, somebody};

async fn the_second_choice(hands: Hands, scripts: bool) {
    let (browser, demo) = (Browser::start().await, Demo::start(SERVER.as_ref(), &[]).await);
    let mailbox = format!("{}/demo/mails", demo.base);
    let somebody = || somebody(&browser, hands, scripts);

    let partner = somebody().await;
    partner.goes_to(&format!("{}/demo", demo.base)).await;
    partner.presses("Sign in as partner 5").await;
    partner.unfolds_after("Erika Mustermann", "Diese Buchung ablehnen").await;
    partner.writes("Grund für die Absage", "Der Koch ist krank.").await;
    partner.presses("Diese Buchung ablehnen").await;

    let customer = somebody().await;
    customer.goes_to(&mailbox).await;
    customer.presses("Open the link of mail").await;
    customer.writes("Ihre E-Mail-Adresse", "Erika@Example.com").await;
    customer.presses("für 2 Personen auswählen").await;
    assert_eq!(customer.reads_heading().await, "Umbuchung erfolgreich!");
    // At the same price: nothing goes back that another date would take up again.
    customer.chooses("1. Ersatztermin", 3).await;
    customer.writes("Ihre E-Mail-Adresse", "Erika@Example.com").await;
    customer.presses("Ersatztermine speichern").await;
    let named = customer.reads().await;
    assert!(named.contains("Ihr Ersatztermin ist vorgemerkt."), "{named}");

    // The partner declines once more, by the link in the mail.
    let partner = somebody().await;
    partner.goes_to(&mailbox).await;
    partner.presses("Open the link of mail").await;
    partner.writes("Ihre E-Mail-Adresse", "kueche@example.org").await;
    partner.unfolds_after("Termin bestätigen", "Ich kann diesen Termin nicht anbieten").await;
    partner.writes("Grund für die Absage", "Rohrbruch").await;
    partner.presses("Termin ablehnen").await;

    // No link to choose by: the mail says what is booked, and leads to its page.
    customer.goes_to(&mailbox).await;
    let caught = customer.reads().await;
    assert!(caught.contains("Ihr Ersatztermin ist gebucht"), "{caught}");

    // The link in that mail exchanges it.
    customer.presses("Ihr Ersatztermin ist gebucht").await;
    customer.presses("/rebook/").await;
    customer.chooses("Neuer Termin", 1).await;
    customer.writes("Ihre E-Mail-Adresse", "Erika@Example.com").await;
    customer.presses("Termin tauschen").await;
    let exchanged = customer.reads().await;
    assert!(exchanged.contains("Ihr Termin ist getauscht."), "{exchanged}");
    assert!(!exchanged.contains("Lieber ein anderer Termin?"), "{exchanged}");

    for person in [partner, customer] {
        assert_eq!(strangers(&person.page), [""; 0]);
    }
}

#[tokio::test]
async fn the_second_choice_is_named_booked_and_exchanged_by_clicking() {
    the_second_choice(Hands::Mouse, true).await;
}

#[tokio::test]
async fn the_second_choice_is_named_booked_and_exchanged_by_the_keyboard_alone() {
    the_second_choice(Hands::Keyboard, true).await;
}

#[tokio::test]
async fn the_second_choice_is_named_booked_and_exchanged_without_scripts() {
    the_second_choice(Hands::Mouse, false).await;
}
