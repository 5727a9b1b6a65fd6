//! The customer's page: what it shows, and what one click does.

mod backups;
mod ends;
mod exchange;
mod forms;
mod many;

use chrono::TimeDelta;
use http::{Method, Request, StatusCode};
use rebooking_core::policy::{Policy, PriceRule};
use rebooking_core::presentation::{BaseUrl, Color};
use rebooking_core::testing::World;
use rebooking_core::testing::world::DeclinedBooking;

use crate::api::{Answer, Api, Document as _, FIRST, by_a_person};
use crate::pages::browser::Page as _;

const ERIKA: &str = "customerEmail=erika%40example.com";

fn link(declined: &DeclinedBooking) -> String {
    format!("/rebook/{}", declined.link.expose())
}

/// Sends a form and follows to the page that it leads to.
async fn submit_and_follow(api: &Api, page: &str, form: &str) -> Answer {
    let sent = api.submit(page, form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    api.get(&format!("{page}{}", sent.header("location"))).await.ok()
}

#[tokio::test]
async fn it_shows_the_booking_and_the_dates_in_every_language() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&link(&declined)).await.ok().main().reads("pages/choose.de.html");
    api.get(&format!("{}?lang=en", link(&declined)))
        .await
        .ok()
        .main()
        .reads("pages/choose.en.html");
    api.get(&format!("{}?lang=fr", link(&declined)))
        .await
        .ok()
        .main()
        .reads("pages/choose.fr.html");
}

#[tokio::test]
async fn it_speaks_the_language_of_the_booking_until_its_reader_switches() {
    let api = Api::new().speaking("en");
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.text.contains("<html lang=\"de\">") && page.text.contains("href=\"?lang=en\""));
    let switched = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    assert!(
        switched.text.contains("<html lang=\"en\">") && switched.text.contains("href=\"?lang=de\"")
    );
    let switches = ["?lang=de", "?lang=fr"];
    assert_eq!(switched.attributes("a.switch", "href"), switches, "all but its own");
    assert_eq!(switched.texts("a.switch"), ["Deutsch", "Français"]);
    let unknown = api.get("/rebook/unknown").await;
    assert!(unknown.text.contains("<html lang=\"en\">"), "no booking: the browser decides");
}

#[tokio::test]
async fn one_click_books_and_leads_to_the_page_of_success() {
    let api = Api::new();
    let declined = api.declined().await;
    let booked =
        submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&choice={FIRST}%3A178.00"))
            .await;
    booked.main().reads("pages/booked.de.html");
    let english = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    english.main().reads("pages/booked.en.html");
    let french = api.get(&format!("{}?lang=fr", link(&declined))).await.ok();
    french.main().reads("pages/booked.fr.html");
}

#[tokio::test]
async fn a_phone_number_is_dialled_as_it_is() {
    let phone = rebooking_core::presentation::PhoneNumber::parse("+49 (0)89 123 456-0").unwrap();
    let api = Api::on(World::new(), |settings| settings.presentation.brand.phone = Some(phone));
    for page in ["/rebook/unknown", "/sign-in"] {
        for href in api.get(page).await.attributes("a[href^='tel']", "href") {
            assert_eq!(href, "tel:+49891234560");
        }
    }
    assert!(!api.get("/rebook/unknown").await.attributes("a[href^='tel']", "href").is_empty());
}

#[tokio::test]
async fn a_page_never_brings_an_address_that_was_not_typed() {
    let api = Api::new();
    let declined = api.declined().await;
    for path in ["", "?customerEmail=erika@example.com", "?said=wish"] {
        let page = api.get(&format!("{}{path}", link(&declined))).await.ok();
        assert!(!page.main().to_lowercase().contains("erika@example.com"), "{path}");
        assert!(!page.text.contains(declined.link.expose()), "nor the link");
    }
}

#[tokio::test]
async fn without_any_date_it_says_so_and_what_happens_next() {
    let api = Api::with(Policy { horizon: TimeDelta::days(2), ..Policy::default() });
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    page.main().reads("pages/no_dates.de.html");
    assert_eq!(page.texts("title"), ["Leider keine Termine verfügbar – Miomente"]);
}

#[tokio::test]
async fn a_date_that_costs_more_but_not_to_the_customer_says_what_was_paid_and_that_this_is_all() {
    let api = Api::new();
    let declined = crate::customer::with_other_prices(&api).await;
    let page = api.get(&link(&declined)).await.ok();
    let told = "20,00\u{a0}€ mehr als bisher – das übernehmen wir. Es bleibt bei den \
                178,00\u{a0}€, die Sie bezahlt haben.";
    assert!(page.main().contains(told), "{}", page.main());
    let booked =
        submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&choice=2%3A198.00")).await;
    let told = "Sie haben insgesamt 178,00\u{a0}€ bezahlt. Mehr ist nicht zu zahlen.";
    assert!(booked.main().contains(told), "{}", booked.main());
}

#[tokio::test]
async fn a_date_that_costs_more_to_the_customer_says_so_on_its_button() {
    let api = Api::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let declined = crate::customer::with_other_prices(&api).await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains(">Zahlungspflichtig auswählen</button>"));
    assert!(page.main().contains("20,00\u{a0}€ mehr als bisher – diesen Betrag zahlen Sie nach."));
    let booked =
        submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&choice=2%3A198.00")).await;
    let told = "Der Mehrpreis von 20,00\u{a0}€ ist noch zu zahlen. Wegen der Zahlung melden wir \
                uns bei Ihnen.";
    assert!(booked.main().contains(told), "{}", booked.main());
    let english = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    assert!(
        english.main().contains("We will contact you about the payment."),
        "{}",
        english.main()
    );
}

#[tokio::test]
async fn looking_changes_nothing_but_the_statistic() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&link(&declined)).await.ok();
    let stored = api.world.store.snapshot();
    api.get(&link(&declined)).await.ok();
    let head = by_a_person(Request::builder().method(Method::HEAD).uri(link(&declined)));
    let head = api.call(head.body(String::new()).unwrap()).await.ok();
    assert_eq!(head.text, "");
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_page_holds_a_browser_to_what_it_needs() {
    let api = Api::new();
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none';") && policy.ends_with("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!page.text.contains("<script") && !page.text.contains(" style="));
    let sheet = sheet(&api, &page).await;
    assert!(sheet.header("cache-control").contains("immutable"));
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    // Anything else would be kept for good under a name that is not its own.
    assert_eq!(api.get("/style/0000000000000000.css").await.status, StatusCode::NOT_FOUND);
}

/// The style sheet of a page.
async fn sheet(api: &Api, page: &Answer) -> Answer {
    let (_, from) = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let (name, _) = from.split_once('"').unwrap();
    api.get(&name.replace("&#x2f;", "/")).await.ok()
}

#[tokio::test]
async fn a_pale_brand_is_written_in_a_colour_that_can_be_read_and_fills_buttons_as_it_is() {
    let yellow = Color::parse("#ffe000").unwrap();
    let api = Api::on(World::new(), |settings| {
        settings.presentation.brand.primary_light = yellow;
    });
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    let sheet = sheet(&api, &page).await.text;
    assert!(sheet.starts_with(":root{--brand-light:#ffe000;--on-brand-light:#000000;"), "{sheet}");
    // The darkest of the light grounds in the sheet.
    let written = yellow.readable_on(Color::parse("#f6f5f3").unwrap());
    assert_ne!(written, yellow);
    assert!(sheet.contains(&format!("--link-light:{written};")), "{sheet}");
}

#[tokio::test]
async fn a_host_may_show_it_in_a_page_of_its_own() {
    let api = Api::on(World::new(), |settings| {
        settings.embedders = ["https://shop.example.com", "http://localhost:3000"]
            .map(|host| host.parse().unwrap())
            .to_vec();
        settings.presentation.base = BaseUrl::parse("https://example.com/portal").unwrap();
    });
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    let policy = page.header("content-security-policy");
    let hosts = "; frame-ancestors https://shop.example.com http://localhost:3000";
    assert!(policy.ends_with(hosts), "{policy}");
    assert!(page.text.replace("&#x2f;", "/").contains("href=\"/portal/style/"));
}

#[tokio::test]
async fn a_browser_that_is_lost_reads_a_page_and_a_program_reads_json() {
    let api = Api::new();
    let lost =
        Request::get("/nowhere").header("accept", "text/html,*/*").body(String::new()).unwrap();
    let page = api.call(lost).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.main().contains("<h1>Seite nicht gefunden</h1>"));
    assert_eq!(api.get("/nowhere").await.code(), "not_found");
}

/// A word as the core takes it.
trait Words {
    fn parse_text(&self) -> rebooking_core::value::text::FreeText;
}

impl Words for str {
    fn parse_text(&self) -> rebooking_core::value::text::FreeText {
        rebooking_core::value::text::FreeText::parse(self).unwrap()
    }
}
