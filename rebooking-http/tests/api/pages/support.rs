//! What support sees and does.

use http::StatusCode;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::token::TokenState;

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

async fn mails(api: &Api) -> Vec<&'static str> {
    drop(api.world.mailer.take());
    api.world.deliver_all().await.unwrap();
    api.world.mailer.sent().iter().map(|mail| mail.message.kind().as_str()).collect()
}

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
async fn a_case_allows_what_its_state_allows() {
    let api = Api::new();
    asked(&api).await;
    let page = Browser::signed_in(&api, SUPPORT).await.get(CASE).await.ok();
    let actions = page.texts("details summary");
    assert_eq!(actions, ["Stornieren", "Personenbezogene Daten löschen"], "it is live");
    let unknown = Browser::signed_in(&api, SUPPORT).await.get("/support/cases/1").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_mailed_again_replaced_extended_and_called_off() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let until = api.world.token(declined.token).await.expires_at();
    let resent = browser.submit_and_follow(CASE, "act=resend").await;
    assert_eq!(resent.told(), "Der Link wird noch einmal verschickt.");
    assert_eq!(mails(&api).await, ["declined"]);
    browser.submit_and_follow(CASE, "act=extend&days=10").await;
    assert_eq!(
        api.world.token(declined.token).await.expires_at() - until,
        chrono::TimeDelta::days(10)
    );
    browser.submit_and_follow(CASE, "act=reissue").await;
    assert_eq!(mails(&api).await, ["link_replaced"]);
    let cancelled = browser.submit_and_follow(CASE, "act=cancel&reason=Irrtum").await;
    assert_eq!(cancelled.told(), "Der Fall wurde storniert.");
    let told = cancelled.texts("ol.timeline li");
    let off = told.iter().find(|one| one.starts_with("Link storniert")).unwrap();
    assert!(off.contains("Support: Susi") && off.ends_with("Irrtum"), "{off}");
    assert!(matches!(
        api.world.token(declined.token.next()).await.state(),
        TokenState::Cancelled { .. }
    ));
}

#[tokio::test]
async fn support_picks_a_date_for_the_customer() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get(CASE).await.ok();
    assert_eq!(page.attributes("select[name=dateId] option", "value"), ["", "1", "2"]);
    let page =
        browser.submit_and_follow(CASE, "act=choose&dateId=2&reason=Am+Telefon+besprochen").await;
    assert_eq!(page.told(), "Die Buchung wurde umgebucht.");
    assert_eq!(api.world.token(declined.token).await.rebooking().unwrap().slot.id.value(), 2);
    let again = browser.submit(CASE, "act=choose&dateId=1&reason=Noch+einmal").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_wrong_in_a_form_is_named_and_what_was_typed_is_kept() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let before = api.world.store.snapshot();
    for (form, field, told) in [
        (
            "act=cancel&reason=+",
            "reason-cancel",
            "Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).",
        ),
        ("act=extend&days=366", "days-extend", "Bitte geben Sie 1 bis 365 Tage an."),
        ("act=extend&days=viele", "days-extend", "Bitte geben Sie 1 bis 365 Tage an."),
        ("act=choose&reason=Telefon", "dateId-choose", "Bitte wählen Sie einen Termin aus."),
        (
            "act=choose&dateId=2",
            "reason-choose",
            "Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).",
        ),
    ] {
        let page = browser.submit(CASE, form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(page.told().starts_with(told), "{form}: {}", page.told());
        assert_eq!(page.attributes("[aria-invalid]", "id"), [field], "{form}");
        assert_eq!(page.attributes("#notice a", "href"), [format!("#{field}")]);
    }
    assert_eq!(
        browser.submit(CASE, "act=choose&reason=Telefon").await.texts("details[open] textarea"),
        ["Telefon"]
    );
    let sold_out = browser.submit(CASE, "act=choose&dateId=3&reason=Telefon").await;
    assert_eq!(sold_out.status, StatusCode::CONFLICT);
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_link_is_sent_by_hand() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.shop.put_booking(samples::booking());
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let unknown = browser.submit("/support/links", "orderItemId=1&reason=Anruf").await;
    assert_eq!(
        (unknown.status, unknown.told().as_str()),
        (
            StatusCode::NOT_FOUND,
            "Diese Buchung gibt es nicht. Bitte prüfen Sie, ob es die Nummer der Bestellposition \
             ist und nicht die Bestellnummer. Zum Feld"
        )
    );
    assert_eq!(unknown.attributes("[aria-invalid]", "id"), ["orderItemId"]);
    assert_eq!(unknown.texts("#reason"), ["Anruf"], "what was typed is kept");
    let wrong = browser.submit("/support/links", "orderItemId=abc&reason=Anruf").await;
    assert_eq!(wrong.attributes("[aria-invalid]", "id"), ["orderItemId"]);
    let page = browser.submit_and_follow("/support/links", "orderItemId=7001&reason=Anruf").await;
    assert_eq!(
        (page.texts("h1"), page.told().as_str()),
        (vec!["Fall 7001 offen".to_owned()], "Der Link ist auf dem Weg.")
    );
    assert_eq!(mails(&api).await, ["link_sent"]);
    let again = browser.submit_and_follow("/support/links", "orderItemId=7001&reason=Anruf").await;
    assert!(
        again.told().starts_with("Für diese Buchung gibt es einen gültigen Link."),
        "{}",
        again.told()
    );
    assert_eq!(mails(&api).await, [""; 0], "the same form sent twice mails once");
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
