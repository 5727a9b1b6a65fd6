//! The whole story on the pages of the example server, as customer, partner and support live it.

use tests::browser::Browser;
use tests::demo::Demo;
use tests::person::{Hands, Person};

use crate::every_state::strangers;

pub(crate) const SERVER: &str = env!("CARGO_BIN_EXE_demo-server");

/// Somebody new, in whose browser scripts run or not.
pub(crate) async fn somebody(browser: &Browser, hands: Hands, scripts: bool) -> Person {
    let person = Person::new(browser, hands).await;
    if !scripts {
        person.page.without_scripts().await;
    }
    person
}

async fn the_story(hands: Hands, scripts: bool) {
    let (browser, demo) = (Browser::start().await, Demo::start(SERVER.as_ref(), &[]).await);
    let mailbox = format!("{}/demo/mails", demo.base);

    let partner = somebody(&browser, hands, scripts).await;
    partner.goes_to(&format!("{}/demo", demo.base)).await;
    partner.presses("Sign in as partner 5").await;
    assert_eq!(partner.reads_heading().await, "Anfragen zu Ihren Kursen");
    partner.unfolds_after("Erika Mustermann", "Diese Buchung ablehnen").await;
    partner.writes("Grund für die Absage", "Der Koch ist krank.").await;
    partner.presses("Diese Buchung ablehnen").await;

    let customer = somebody(&browser, hands, scripts).await;
    customer.goes_to(&mailbox).await;
    customer.presses("Open the link of mail").await;
    assert_eq!(customer.reads_heading().await, "Termin umbuchen");
    let link = customer.page.url().await;
    customer.writes("Ihre E-Mail-Adresse", "Erika@Example.com").await;
    customer.presses("für 2 Personen auswählen").await;
    assert_eq!(customer.reads_heading().await, "Umbuchung erfolgreich!");

    // The answer comes by the link in the mail, in a browser that nobody has signed in with.
    let partner = somebody(&browser, hands, scripts).await;
    partner.goes_to(&mailbox).await;
    partner.presses("Open the link of mail").await;
    partner.writes("Ihre E-Mail-Adresse", "kueche@example.org").await;
    partner.presses("Termin bestätigen").await;
    assert_eq!(partner.reads_heading().await, "Sie haben den Termin bestätigt");

    customer.goes_to(&link).await;
    assert_eq!(customer.reads_heading().await, "Ihr neuer Termin ist bestätigt!");

    let support = somebody(&browser, hands, scripts).await;
    support.goes_to(&format!("{}/demo", demo.base)).await;
    support.presses("Sign in as support").await;
    support.presses("Fälle").await;
    support.writes("Bestellnummer, E-Mail-Adresse oder Name", "erika@example.com").await;
    support.presses("Suchen").await;
    support.presses("#100012345").await;
    let case = support.reads().await;
    for told in [
        "Der Koch ist krank.",
        "Buchung abgelehnt",
        "Termin gewählt",
        "Bestellung umgestellt",
        "bestätigt",
    ] {
        assert!(case.contains(told), "{told}: {case}");
    }
    support.presses("Übernehmen").await;
    support.writes("Neue Notiz", "Kann nur dienstags.").await;
    support.presses("Notiz speichern").await;
    let case = support.reads().await;
    for told in ["Fall übernommen", "Kann nur dienstags.", "Der Kurs findet statt:"] {
        assert!(case.contains(told), "{told}: {case}");
    }
    support.presses("Seite des Kunden ansehen").await;
    assert_eq!(support.reads_heading().await, "Ihr neuer Termin ist bestätigt!");
    support.presses("Zurück zum Fall").await;
    support.presses("Ertrag").await;
    assert!(support.reads().await.contains("178,00\u{a0}€"), "{}", support.reads().await);

    support.presses("Link senden").await;
    support.writes("Nummer der Bestellposition", "7002").await;
    support.writes("Grund", "Am Telefon besprochen").await;
    support.presses("Link jetzt senden").await;
    assert!(
        support.reads().await.contains("Der Link ist auf dem Weg."),
        "{}",
        support.reads().await
    );
    // Once the mail is out the case stands still.
    support.goes_to(&mailbox).await;
    support.goes_to(&format!("{}/support/cases/7002", demo.base)).await;
    support.unfolds_after("Ertrag", "Link verlängern").await;
    support.writes("Tage", "3").await;
    support.presses("Verlängern").await;
    assert!(
        support.reads().await.contains("Der Link gilt jetzt länger."),
        "{}",
        support.reads().await
    );

    for person in [partner, customer, support] {
        assert_eq!(strangers(&person.page), [""; 0]);
    }
}

#[tokio::test]
async fn the_whole_story_is_told_by_clicking() {
    the_story(Hands::Mouse, true).await;
}

#[tokio::test]
async fn the_whole_story_is_told_by_the_keyboard_alone() {
    the_story(Hands::Keyboard, true).await;
}

#[tokio::test]
async fn the_whole_story_is_told_without_scripts() {
    the_story(Hands::Mouse, false).await;
}

/// A browser that would run scripts all the same would prove nothing.
#[tokio::test]
async fn without_scripts_none_runs() {
    let browser = Browser::start().await;
    for (scripts, title) in [(true, "ran"), (false, "still")] {
        let person = somebody(&browser, Hands::Mouse, scripts).await;
        person
            .goes_to("data:text/html,<title>still</title><script>document.title='ran'</script>")
            .await;
        assert_eq!(person.page.find_out("document.title").await, title);
    }
}
