//! What the forms of the page lead to, and what it says of one that must be mended.

use chrono::TimeDelta;
use http::{Request, StatusCode};
use rebooking_core::policy::Policy;

use super::{ERIKA, link, submit_and_follow};
use crate::api::{Api, FIRST, SINGLE, SUPPORT};
use crate::pages::browser::{Browser, Page as _};

#[tokio::test]
async fn the_same_click_again_leads_to_the_same_page_and_moves_nothing() {
    let api = Api::new();
    let declined = api.declined().await;
    let form = format!("{ERIKA}&choice={FIRST}%3A178.00");
    let first = submit_and_follow(&api, &link(&declined), &form).await;
    let stored = api.world.store.snapshot();
    let second = submit_and_follow(&api, &link(&declined), &form).await;
    assert_eq!(first.main(), second.main());
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn an_error_after_a_form_speaks_the_language_of_the_booking() {
    let api = Api::new().speaking("en");
    let declined = api.declined().await;
    api.world.clock.advance(TimeDelta::days(30));
    let late = api.submit(&link(&declined), &format!("{ERIKA}&choice={FIRST}%3A178.00")).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.main().contains("Dieser Link ist abgelaufen"), "{}", late.main());
}

#[tokio::test]
async fn a_form_that_lacks_something_says_what_and_keeps_what_was_typed() {
    let api = Api::new();
    let declined = api.declined().await;
    let stored = api.world.store.snapshot();
    for (form, status, notice) in [
        ("", 422, "Bitte wählen Sie einen Termin"),
        (ERIKA, 422, "Bitte wählen Sie einen Termin"),
        ("choice=1%3A178.00", 422, "Bitte geben Sie die E-Mail-Adresse an"),
        ("customerEmail=&choice=1%3A178.00", 422, "Bitte geben Sie die E-Mail-Adresse an"),
        ("customerEmail=erika&choice=1%3A178.00", 422, "Bitte geben Sie die E-Mail-Adresse an"),
        (&format!("{ERIKA}&choice=1"), 422, "Bitte wählen Sie einen Termin"),
        (&format!("{ERIKA}&choice=one%3A1"), 422, "Bitte wählen Sie einen Termin"),
        (&format!("{ERIKA}&choice=99%3A178.00"), 409, "Diesen Termin gibt es für diesen Kurs nicht."),
        (
            &format!("{ERIKA}&choice={SINGLE}%3A178.00"),
            409,
            "Bei diesem Termin sind nicht mehr genügend Plätze frei.",
        ),
        (
            &format!("{ERIKA}&choice=1%3A1.00"),
            409,
            "Der Preis hat sich geändert: Dieser Termin kostet jetzt insgesamt 178,00\u{a0}€.",
        ),
        (&format!("{ERIKA}&wish=other"), 422, "Bitte nennen Sie Wochentage oder Monate"),
        (&format!("{ERIKA}&wish=anything"), 422, "Bitte wählen Sie eine der angebotenen"),
        (&format!("{ERIKA}&choice=1%3A178.00&homepage=x"), 422, "Bitte prüfen Sie Ihre Angaben"),
        ("customerEmail=robot%40example.net&wish=new_dates&homepage=x", 422, "Bitte prüfen Sie Ihre Angaben"),
        (&format!("{ERIKA}&wish=other&months=13&text=a"), 422, "Bitte wählen Sie die Monate"),
        (&format!("{ERIKA}&wish=other&weekdays=someday"), 422, "Bitte wählen Sie die Wochentage"),
    ] {
        let answer = api.submit(&link(&declined), form).await;
        assert_eq!(answer.status.as_u16(), status, "{form}: {}", answer.notice());
        assert!(answer.notice().starts_with(notice), "{form}: {}", answer.notice());
        assert_eq!(answer.attributes("#notice[autofocus][tabindex]", "role"), ["alert"], "it is read first");
        if form.contains("erika") {
            assert!(answer.main().contains("value=\"erika"), "{form}");
        }
    }
    assert_eq!(api.world.store.snapshot(), stored, "none of it is an attempt");
}

#[tokio::test]
async fn a_wrong_address_is_counted_and_too_many_are_told_when_to_come_back() {
    let api = Api::new();
    let declined = api.declined().await;
    let form = "customerEmail=x%40y.de&choice=1%3A178.00";
    for left in [4, 3, 2, 1, 0] {
        let answer = api.submit(&link(&declined), form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{left}");
        assert!(answer.main().contains("aria-invalid=\"true\""));
    }
    let answer = api.submit(&link(&declined), form).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("retry-after"), "900");
    assert!(answer.notice().contains("in 15 Minuten"), "{}", answer.notice());
}

#[tokio::test]
async fn each_way_out_lands_with_support_and_is_thanked_for() {
    for (form, kind) in [
        ("wish=new_dates", "NewDates"),
        ("wish=other&weekdays=saturday&weekdays=sunday&months=12&text=Gern+abends", "Other"),
        ("wish=other&weekdays=sunday", "Other"),
        ("wish=other&months=12", "Other"),
        ("wish=money_back&refundText=Bitte", "MoneyBack"),
    ] {
        let api = Api::new();
        let declined = api.declined().await;
        let thanked = submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&{form}")).await;
        assert_eq!(thanked.notice(), "Vielen Dank! Ihre Nachricht ist bei unserem Support-Team angekommen.");
        let wishes = api.world.token(declined.token).await.wishes;
        assert_eq!(wishes.iter().map(|wish| format!("{:?}", wish.kind)).collect::<Vec<_>>(), [kind]);
    }
}

#[tokio::test]
async fn the_way_to_the_money_is_left_out_where_the_host_does_not_offer_it() {
    let api = Api::with(Policy { money_back: false, ..Policy::default() });
    let declined = api.declined().await;
    assert!(!api.get(&link(&declined)).await.main().contains("Geld zurück"));
    let answer = api.submit(&link(&declined), &format!("{ERIKA}&wish=money_back")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Words that only programs know: names of fields, and what JSON is.
fn jargon(text: &str) -> Vec<&str> {
    let odd = |word: &&str| {
        let mut letters = word.chars().zip(word.chars().skip(1));
        let name = letters.any(|(one, next)| one.is_lowercase() && next.is_uppercase()) || word.contains('_');
        name || ["JSON", "Content-Type", "Feld"].iter().any(|known| word.contains(known))
    };
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').filter(odd).collect()
}

#[tokio::test]
async fn a_page_names_what_is_wrong_in_peoples_words() {
    let api = Api::new();
    let declined = api.declined().await;
    let customer = link(&declined);
    let mut pages = Vec::new();
    for form in [
        "",
        "choice=x",
        &format!("{ERIKA}&choice=1%3Ax"),
        &format!("{ERIKA}&wish=x"),
        &format!("{ERIKA}&wish=other&weekdays=x"),
        &format!("{ERIKA}&wish=other&months=x"),
        &format!("{ERIKA}&wish=other&text={}", "x".repeat(2001)),
        &format!("{ERIKA}&wish=money_back&refundText={}", "x".repeat(2001)),
        &format!("text={}", "x".repeat(17_000)),
    ] {
        for query in ["", "?lang=en"] {
            pages.push(api.submit(&format!("{customer}{query}"), form).await);
        }
    }
    let json = Request::post(&customer).header("content-type", "application/json").body("{}".to_owned());
    pages.push(api.call(json.unwrap()).await);
    pages.push(api.call(Request::delete(&customer).body(String::new()).unwrap()).await);
    let mut support = Browser::of(&api, SUPPORT).await;
    for path in
        ["/support?status=x", "/support?page=x", "/support/effects?status=x", "/support/earnings?from=x"]
    {
        pages.push(support.get(path).await);
    }
    for page in pages {
        assert!(page.status.is_client_error(), "{}", page.text);
        let told = ["h1", "#notice p", ".card > p"].map(|part| page.texts(part).join(" ")).join(" ");
        let told = told.replace("Zum Feld", "");
        assert!(jargon(&told).is_empty(), "{:?} in {told}", jargon(&told));
        assert!(page.text.contains("<title>Fehler: ") || page.text.contains("<title>Error: "), "{told}");
    }
}
