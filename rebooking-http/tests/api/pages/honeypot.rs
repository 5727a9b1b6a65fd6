//! The field that nobody sees: robots that fill it in get nothing done, and who has it filled in by
//! a browser or a password manager presses once more.

use http::StatusCode;
use rebooking_core::testing::World;

use super::answer::{KITCHEN, asked};
use super::browser::{Browser, Page as _};
use crate::api::{Answer, Api, FIRST, page};

const ERIKA: &str = "customerEmail=erika%40example.com";
const TOLD: &str = "Ihr Browser oder Ihr Passwort-Manager hat ein Feld mit ausgefüllt";

/// What is in the field that nobody sees, by its name.
fn honeypot(page: &Answer) -> Vec<(String, String)> {
    let (names, kinds) = (".trap input", "type");
    page.attributes(names, "name").into_iter().zip(page.attributes(names, kinds)).collect()
}

/// The page of a link, and its honeypot filled in with this form.
async fn filled(browser: &mut Browser<'_>, path: &str, form: &str) -> Answer {
    let shown = browser.get(path).await;
    let [(name, kind)] = &honeypot(&shown)[..] else { panic!("no honeypot: {}", shown.text) };
    assert_eq!(kind, "text", "what robots fill in");
    browser.post(path, &format!("{form}&{name}=https%3A%2F%2Fexample.org")).await
}

#[tokio::test]
async fn whom_it_was_filled_in_for_loses_nothing_and_presses_once_more() {
    let text = "Nur+samstags";
    for (form, way, kept) in [
        (format!("choice={FIRST}%3A178.00"), "#date-1", ""),
        (format!("wish=other&weekdays=saturday&months=3&text={text}"), "#wishes", "Nur samstags"),
        ("wish=money_back&refundText=Bitte+bald".to_owned(), "#wishes", "Bitte bald"),
    ] {
        let api = Api::new();
        let declined = api.declined().await;
        let path = page(&declined).replace("/api", "");
        let before = api.world.store.snapshot();
        let mut browser = Browser::new(&api);
        let form = format!("{ERIKA}&{form}");
        let again = filled(&mut browser, &path, &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.told().starts_with(TOLD), "{}", again.told());
        assert_eq!(again.attributes("#notice a", "href"), [way], "it leads to the button");
        assert_eq!(again.attributes("#customerEmail", "value"), ["erika@example.com"]);
        assert!(again.texts("textarea").concat().contains(kept), "{}", again.text);
        let ticked = again.attributes("input[checked]", "value");
        assert_eq!(!ticked.is_empty(), form.contains("weekdays"), "{ticked:?}");
        let seen = api.world.store.snapshot();
        assert_eq!((seen.tokens, seen.effects), (before.tokens, before.effects));
        let [(_, kind)] = &honeypot(&again)[..] else { panic!("no honeypot: {}", again.text) };
        assert_eq!(kind, "checkbox", "what no browser ticks by itself");
        assert_eq!(browser.post(&path, &form).await.status, StatusCode::SEE_OTHER, "{form}");
    }
}

#[tokio::test]
async fn a_partner_and_who_asks_for_a_new_link_press_once_more_as_well() {
    let api = Api::new();
    let path = asked(&api).await;
    let mut browser = Browser::new(&api);
    let form = format!("{KITCHEN}&answer=decline&reason=Rohrbruch&proposedDateIds=2");
    let again = filled(&mut browser, &path, &form).await;
    assert!(again.told().starts_with(TOLD), "{}", again.told());
    assert_eq!(again.attributes("#partnerEmail", "value"), ["kueche@example.org"]);
    assert_eq!(again.attributes("input[checked]", "value"), ["2"]);
    assert!(again.text.contains("Rohrbruch") && honeypot(&again)[0].1 == "checkbox");
    assert_eq!(browser.post(&path, &form).await.status, StatusCode::SEE_OTHER);

    let api = Api::new();
    let path = page(&api.declined().await).replace("/api", "");
    api.world.clock.advance(chrono::TimeDelta::days(30));
    let mut browser = Browser::new(&api);
    let form = format!("{ERIKA}&newLink=yes");
    let again = filled(&mut browser, &path, &form).await;
    assert!(again.told().starts_with(TOLD), "{}", again.told());
    assert_eq!(again.attributes("#customerEmail", "value"), ["erika@example.com"]);
    assert_eq!(honeypot(&again)[0].1, "checkbox");
    assert_eq!(browser.post(&path, &form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_robot_that_fills_in_every_page_it_gets_does_nothing_and_counts_nothing() {
    let api = Api::on(World::new(), |settings| settings.limits.per_link = None);
    let path = page(&api.declined().await).replace("/api", "");
    let mut browser = Browser::new(&api);
    browser.get(&path).await.ok();
    let before = api.world.store.snapshot();
    for form in [ERIKA, "customerEmail=robot%40example.net"] {
        for button in ["choice=1%3A178.00", "wish=new_dates", "wish=money_back", "newLink=yes", ""]
        {
            let form = format!("{form}&{button}&text=x&weekdays=monday");
            let mut robots_page = filled(&mut browser, &path, &form).await;
            for _ in 0..3 {
                let [(name, _)] = &honeypot(&robots_page)[..] else {
                    panic!("no honeypot: {}", robots_page.text)
                };
                robots_page = browser.post(&path, &format!("{form}&{name}=x")).await;
                assert_eq!(robots_page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            }
        }
    }
    assert_eq!(api.world.store.snapshot(), before);
}

/// Parts of names and labels that browsers and password managers know: those of Chromium's, of
/// Firefox's and of Bitwarden's rules, German and English.
const KNOWN: [&str; 64] = [
    "mail",
    "user",
    "login",
    "account",
    "konto",
    "pass",
    "kennwort",
    "name",
    "first",
    "last",
    "vorname",
    "title",
    "anrede",
    "titel",
    "company",
    "firma",
    "organi",
    "business",
    "employer",
    "address",
    "adress",
    "anschrift",
    "street",
    "stra",
    "haus",
    "house",
    "apt",
    "suite",
    "line",
    "city",
    "town",
    "ort",
    "stadt",
    "zip",
    "postal",
    "plz",
    "post",
    "state",
    "region",
    "province",
    "bundesland",
    "county",
    "country",
    "land",
    "phone",
    "mobile",
    "fon",
    "handy",
    "tel",
    "fax",
    "birth",
    "geburt",
    "birthday",
    "sex",
    "gender",
    "card",
    "karte",
    "cvc",
    "cvv",
    "iban",
    "expir",
    "otp",
    "home",
    "url",
];

#[tokio::test]
async fn its_name_and_label_mean_nothing_to_who_fills_in_forms_for_people() {
    let api = Api::new();
    let path = page(&api.declined().await).replace("/api", "");
    for query in ["", "?lang=en"] {
        let shown = Browser::new(&api).get(&format!("{path}{query}")).await.ok();
        let again = Browser::new(&api).post(&format!("{path}{query}"), "blank=x").await;
        for page in [shown, again] {
            let said = [page.attributes(".trap input", "name"), page.texts(".trap")].concat();
            for said in said.iter().map(|said| said.to_lowercase()) {
                let known = KNOWN.iter().find(|known| said.contains(**known));
                assert_eq!(known, None, "{said}");
            }
            assert!(page.attributes(".trap input[id], .trap [placeholder]", "name").is_empty());
        }
        let left_alone = ["autocomplete=off", "data-1p-ignore", "data-bwignore", "data-lpignore"];
        let page = Browser::new(&api).get(&path).await.ok();
        for mark in left_alone {
            let found = page.attributes(&format!(".trap input[{mark}]"), "name");
            assert_eq!(found, ["blank"], "{mark}");
        }
    }
}
