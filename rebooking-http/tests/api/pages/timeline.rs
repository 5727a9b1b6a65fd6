//! A case as one story, and what support notes in it.

use http::StatusCode;
use rebooking_core::testing::Trouble;

use super::answer::asked;
use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const CASE: &str = "/support/cases/7001";

#[tokio::test]
async fn a_case_is_told_once_and_by_time() {
    let api = Api::new();
    asked(&api).await;
    let page = Browser::signed_in(&api, SUPPORT).await.get(CASE).await.ok();
    assert_eq!(
        page.texts("ol.timeline strong"),
        [
            "Buchung abgelehnt",
            "Link ausgestellt",
            "Link verschickt",
            "Ticket angelegt oder ergänzt",
            "Termin gewählt",
            "Bestellung umgestellt",
            "E-Mail: Umbuchung bestätigt",
            "E-Mail an Partner: Anfrage",
            "Ticket: umgebucht",
        ]
    );
    let told = page.texts("ol.timeline li");
    assert!(told[1].contains("Der Partner hat abgelehnt."), "{}", told[1]);
    assert!(told[2].ends_with("E-Mail: Termin abgelehnt, mit Link"), "{}", told[2]);
    assert!(told[4].contains("Kunde") && told[4].contains("gleicher Preis"), "{}", told[4]);
    assert!(told[5].contains("#"), "{}", told[5]);
    let next = page.texts("#next + p").concat();
    assert!(next.starts_with("Der Partner bestätigt den neuen Termin"), "{next}");
    assert_eq!(page.texts("ul.timeline li"), [""; 0], "nothing is left to do");
}

#[tokio::test]
async fn what_failed_is_said_above_and_decided_on_where_it_stands() {
    let api = Api::new();
    api.world.tickets.next_call(Trouble::FailForGood);
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get(CASE).await.ok();
    assert!(page.texts(".notice")[0].starts_with("1 Vorgang ist fehlgeschlagen"));
    assert_eq!(page.texts("ul.timeline strong")[0], "Ticket: abgelehnt");
    let id = page.attributes("ul.timeline button[name=retry]", "value")[0].clone();
    let skip = format!("skip={id}&reason=Von+Hand");
    let page = browser.submit_and_follow(CASE, &skip).await;
    let last = page.texts("ol.timeline li").pop().unwrap();
    assert!(last.starts_with("Vorgang übersprungen") && last.ends_with("Von Hand"), "{last}");
    assert!(last.contains("Ticket: abgelehnt"), "{last}");
    assert_eq!(page.texts(".notice.bad"), [""; 0]);
}

#[tokio::test]
async fn a_note_stands_in_the_story_once_with_who_wrote_it() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let form = browser.get(CASE).await.ok().hidden() + "&act=note&note=Kann+nur+dienstags.";
    let sent = browser.post(CASE, &form).await;
    let page = browser.get(&format!("{CASE}{}", sent.header("location"))).await.ok();
    assert_eq!(page.told(), "Die Notiz ist gespeichert.");
    let again = browser.post(CASE, &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(again.texts("#note-note"), ["Kann nur dienstags."], "what was typed is kept");
    let notes = page.texts(".timeline .note");
    assert_eq!(notes.len(), 1, "{notes:?}");
    let (who, note) = ("Support: Susi", "Kann nur dienstags.");
    assert!(notes[0].contains(who) && notes[0].ends_with(note), "{notes:?}");

    let empty = browser.submit(CASE, "act=note&note=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.attributes("[aria-invalid]", "id"), ["note-note"]);
    assert!(empty.told().starts_with("Bitte schreiben Sie eine Notiz"), "{}", empty.told());
}

#[tokio::test]
async fn a_forgotten_case_takes_no_note_and_shows_none() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    browser.submit_and_follow(CASE, "act=note&note=Frau+Muster+rief+an").await;
    let page = browser.submit_and_follow(CASE, "act=forget&reason=Wunsch&cancelOpen=yes").await;
    assert!(!page.text.contains("Frau Muster rief an"), "{}", page.text);
    assert_eq!(page.attributes("#note-note", "name"), [""; 0]);
    let late = browser.submit(CASE, "act=note&seen=1.9&note=Noch+etwas").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}
