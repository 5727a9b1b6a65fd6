//! The customer's page: what it shows in each state, and what its forms do.

use chrono::TimeDelta;
use http::{Method, Request, StatusCode};
use rebooking_core::policy::{OrderStrategy, Policy, PriceRule};
use rebooking_core::ports::store::Asked;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::token::TokenState;

use crate::api::{Answer, Api, BROWSER, CASE, Document as _, FIRST, SINGLE, SUPPORT};
use crate::pages::browser::{Browser, Page as _};

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
async fn it_shows_the_booking_and_the_dates_in_german_and_english() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&link(&declined)).await.ok().main().reads("pages/choose.de.html");
    api.get(&format!("{}?lang=en", link(&declined))).await.ok().main().reads("pages/choose.en.html");
}

#[tokio::test]
async fn it_speaks_the_language_of_the_booking_until_its_reader_switches() {
    let api = Api::new().speaking("en");
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.text.contains("<html lang=\"de\">") && page.text.contains("href=\"?lang=en\""));
    let switched = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    assert!(switched.text.contains("<html lang=\"en\">") && switched.text.contains("href=\"?lang=de\""));
    let unknown = api.get("/rebook/unknown").await;
    assert!(unknown.text.contains("<html lang=\"en\">"), "no booking: the browser decides");
}

#[tokio::test]
async fn one_click_books_and_leads_to_the_page_of_success() {
    let api = Api::new();
    let declined = api.declined().await;
    let booked = submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&choice={FIRST}%3A178.00")).await;
    booked.main().reads("pages/booked.de.html");
    let english = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    english.main().reads("pages/booked.en.html");
}

#[tokio::test]
async fn the_booked_date_can_be_taken_into_a_calendar_as_the_entry_that_the_mails_are_about() {
    let api = Api::new();
    let declined = api.chosen().await;
    let page = api.get(&link(&declined)).await.ok();
    let href = page.attributes("a[href*=calendar]", "href").concat();
    let file = api.get(&format!("{}{href}", link(&declined))).await.ok();
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"termin.ics\"");
    assert_eq!(file.header("cache-control"), "no-store");
    file.text.replace("\r\n", "\n").reads("customer/booked.de.ics");
    api.world.clock.advance(TimeDelta::minutes(5));
    let again = api.get(&format!("{}/calendar", crate::api::page(&declined))).await.ok();
    assert_eq!(again.text, file.text, "the same to programs, and whenever it is fetched");
    assert!(!file.text.to_lowercase().contains("erika"), "it names nobody");
    api.world.rebookings.cancel(CASE, "Susi", &"Irrtum".parse_text()).await.unwrap();
    assert!(api.get(&link(&declined)).await.ok().attributes("a[href*=calendar]", "href").is_empty());
    assert_eq!(api.get(&format!("{}/calendar", crate::api::page(&declined))).await.code(), "not_found");
}

#[tokio::test]
async fn before_a_date_is_chosen_there_is_none_to_take_into_a_calendar() {
    let api = Api::new();
    let declined = api.declined().await;
    assert_eq!(api.get(&format!("{}/calendar", crate::api::page(&declined))).await.code(), "not_found");
    let page = api.get(&format!("{}?calendar=file", link(&declined))).await.ok();
    assert!(page.main().contains("<h1>Termin umbuchen</h1>"), "the page is shown as ever");
}

#[tokio::test]
async fn a_phone_number_is_dialled_as_it_is() {
    let phone = rebooking_core::brand::PhoneNumber::parse("+49 (0)89 123 456-0").unwrap();
    let api = Api::on(rebooking_core::testing::World::new(), |settings| settings.brand.phone = Some(phone));
    for page in ["/rebook/unknown", "/sign-in"] {
        for href in api.get(page).await.attributes("a[href^='tel']", "href") {
            assert_eq!(href, "tel:+49891234560");
        }
    }
    assert!(!api.get("/rebook/unknown").await.attributes("a[href^='tel']", "href").is_empty());
}

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
async fn a_link_that_was_used_meanwhile_leads_to_what_was_booked_and_says_so() {
    let api = Api::new();
    let declined = api.chosen().await;
    let stored = api.world.store.snapshot();
    for form in [&format!("{ERIKA}&choice=2%3A178.00"), &format!("{ERIKA}&wish=new_dates"), ERIKA] {
        let page = submit_and_follow(&api, &link(&declined), form).await;
        assert!(page.notice().starts_with("Mit diesem Link wurde bereits umgebucht."), "{form}");
        assert!(page.main().contains("Montag, 01.02.2027, 18:00 Uhr"), "{form}");
    }
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn past_the_last_link_nobody_is_sent_to_a_mail_that_never_comes() {
    let api = Api::with(Policy { step_limit: 1, ..Policy::default() });
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let id = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let partner = rebooking_core::ids::PartnerId::new(5);
    let decline = rebooking_core::service::Decline { reason: "Rohrbruch".parse_text(), proposed: Vec::new() };
    api.world.rebookings.decline(partner, &Asked::Number(id), &decline).await.unwrap();
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains("Unser Support-Team meldet sich bei Ihnen"), "{}", page.main());
    assert!(!page.main().contains("neuesten E-Mail"), "{}", page.main());
    let program = api.get(&crate::api::page(&declined)).await;
    assert!(program.text.contains("Unser Support-Team meldet sich bei Ihnen"), "{}", program.text);
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
async fn a_used_link_shows_how_its_booking_stands() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let id = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirmed(&Asked::Number(id)).await.unwrap();
    let confirmed = api.get(&link(&declined)).await.ok();
    assert!(confirmed.main().contains("<h1>Ihr neuer Termin ist bestätigt!</h1>"), "{}", confirmed.text);
    api.world.rebookings.cancel(CASE, "Susi", &"Irrtum".parse_text()).await.unwrap();
    let cancelled = api.get(&link(&declined)).await.ok();
    assert!(cancelled.main().contains("<h1>Diese Umbuchung wurde storniert</h1>"), "{}", cancelled.text);
}

#[tokio::test]
async fn a_pending_order_number_is_called_pending() {
    let api = Api::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let declined = api.chosen().await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains("#100007001-1"), "{}", page.main());
    assert!(page.main().contains("Die endgültige Bestellnummer"));
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

#[tokio::test]
async fn without_any_date_it_says_so_and_what_happens_next() {
    let api = Api::with(Policy { horizon: TimeDelta::days(2), ..Policy::default() });
    let declined = api.declined().await;
    api.get(&link(&declined)).await.ok().main().reads("pages/no_dates.de.html");
}

#[tokio::test]
async fn a_date_that_costs_more_to_the_customer_says_so_on_its_button() {
    let api = Api::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let declined = crate::customer::with_other_prices(&api).await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains(">Zahlungspflichtig auswählen</button>"));
    assert!(page.main().contains("20,00\u{a0}€ mehr als bisher – diesen Betrag zahlen Sie nach."));
    submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&choice=2%3A198.00")).await;
}

#[tokio::test]
async fn an_expired_link_offers_a_new_one_and_says_the_same_to_everybody() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.clock.advance(TimeDelta::days(30));
    let expired = api.get(&link(&declined)).await;
    assert_eq!(expired.status, StatusCode::GONE);
    expired.main().reads("pages/expired.de.html");
    let stored = api.world.store.snapshot();
    for form in ["newLink=yes", "newLink=yes&customerEmail=erika", &format!("{ERIKA}&newLink=yes&homepage=x")]
    {
        let robot = api.submit(&link(&declined), form).await;
        assert_eq!(robot.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(robot.main().contains("<h1>Dieser Link ist abgelaufen</h1>"), "{form}: {}", robot.main());
    }
    let stranger = submit_and_follow(&api, &link(&declined), "newLink=yes&customerEmail=x%40y.de").await;
    assert_eq!(api.world.store.snapshot(), stored, "nothing is mailed and nothing counted");
    let owner = submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&newLink=yes")).await;
    owner.main().reads("pages/new_link.de.html");
    assert_ne!(api.world.store.snapshot(), stored);
    assert_eq!(owner.main(), stranger.main());
    let unknown = api.submit(&format!("/rebook/{}", "A".repeat(43)), &format!("{ERIKA}&newLink=yes")).await;
    assert_eq!((unknown.status, unknown.header("location")), (StatusCode::SEE_OTHER, "?said=new-link"));
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

#[tokio::test]
async fn every_end_of_a_link_has_a_page_with_a_heading_of_its_own() {
    let api = Api::new();
    let declined = api.declined().await;
    let unknown = api.get("/rebook/unknown").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.main().contains("<h1>Link nicht gefunden</h1>"));
    api.world.rebookings.reissue(CASE, "Susi").await.unwrap();
    let superseded = api.get(&link(&declined)).await;
    assert_eq!(superseded.status, StatusCode::GONE);
    assert!(superseded.main().contains("<h1>Es gibt einen neueren Link</h1>"));
    let newest = api.world.link(api.world.token(declined.token).await.id).await;
    assert!(!superseded.text.contains(newest.expose()));
    for page in [unknown, superseded] {
        assert!(page.main().contains("mailto:support@miomente.de"));
    }
}

#[tokio::test]
async fn a_cancelled_link_says_that_it_is_over() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.rebookings.cancel(CASE, "Susi", &"Irrtum".parse_text()).await.unwrap();
    assert!(matches!(api.world.token(declined.token).await.state, TokenState::Cancelled { .. }));
    let page = api.get(&link(&declined)).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.main().contains("<h1>Dieser Link gilt nicht mehr</h1>"));
}

#[tokio::test]
async fn looking_changes_nothing_but_the_statistic() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&link(&declined)).await.ok();
    let stored = api.world.store.snapshot();
    api.get(&link(&declined)).await.ok();
    let head = Request::builder().method(Method::HEAD).uri(link(&declined)).header("user-agent", BROWSER);
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
    let sheet = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap().1.split_once('"').unwrap().0;
    let sheet = api.get(&sheet.replace("&#x2f;", "/")).await.ok();
    assert!(sheet.header("cache-control").contains("immutable"));
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_host_may_show_it_in_a_page_of_its_own() {
    use rebooking_core::link::BaseAddress;
    let api = Api::on(rebooking_core::testing::World::new(), |settings| {
        settings.embedders = vec!["https://shop.example.com".parse().unwrap()];
        settings.base = BaseAddress::parse("https://example.com/portal").unwrap();
    });
    let declined = api.declined().await;
    let page = api.get(&link(&declined)).await.ok();
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with("frame-ancestors https://shop.example.com"), "{policy}");
    assert!(page.text.replace("&#x2f;", "/").contains("href=\"/portal/style/"));
}

#[tokio::test]
async fn a_browser_that_is_lost_reads_a_page_and_a_program_reads_json() {
    let api = Api::new();
    let lost = Request::get("/nowhere").header("accept", "text/html,*/*").body(String::new()).unwrap();
    let page = api.call(lost).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.main().contains("<h1>Seite nicht gefunden</h1>"));
    assert_eq!(api.get("/nowhere").await.code(), "not_found");
}

/// A word as the core takes it.
trait Words {
    fn parse_text(&self) -> rebooking_core::text::FreeText;
}

impl Words for str {
    fn parse_text(&self) -> rebooking_core::text::FreeText {
        rebooking_core::text::FreeText::parse(self).unwrap()
    }
}
