//! What the forms of the page lead to, and what it says of one that must be mended.

use chrono::TimeDelta;
use http::{Request, StatusCode};
use rebooking_core::policy::Policy;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{World, samples};

use super::{ERIKA, link, submit_and_follow};
use crate::api::{Answer, Api, FIRST, SINGLE, SUPPORT};
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
        (
            &format!("{ERIKA}&choice=99%3A178.00"),
            409,
            "Diesen Termin gibt es für diesen Kurs nicht.",
        ),
        (
            &format!("{ERIKA}&choice={SINGLE}%3A178.00"),
            409,
            "Der Termin Montag, 15.02.2027, 18:00 Uhr hat nicht mehr genügend freie Plätze. Bitte \
             wählen Sie einen anderen.",
        ),
        (
            &format!("{ERIKA}&choice=1%3A1.00"),
            409,
            "Der Preis hat sich geändert: Der Termin Montag, 01.02.2027, 18:00 Uhr kostet jetzt \
             insgesamt 178,00\u{a0}€.",
        ),
        (&format!("{ERIKA}&wish=other"), 422, "Bitte nennen Sie Wochentage oder Monate"),
        (&format!("{ERIKA}&wish=anything"), 422, "Bitte wählen Sie eine der angebotenen"),
        (
            &format!("{ERIKA}&choice=1%3A178.00&blank=x"),
            422,
            "Ihr Browser oder Ihr Passwort-Manager",
        ),
        (
            "customerEmail=robot%40example.net&wish=new_dates&blank=x",
            422,
            "Ihr Browser oder Ihr Passwort-Manager",
        ),
        (&format!("{ERIKA}&wish=other&months=13&text=a"), 422, "Bitte wählen Sie die Monate"),
        (&format!("{ERIKA}&wish=other&weekdays=someday"), 422, "Bitte wählen Sie die Wochentage"),
    ] {
        let answer = api.submit(&link(&declined), form).await;
        assert_eq!(answer.status.as_u16(), status, "{form}: {}", answer.notice());
        assert!(answer.notice().starts_with(notice), "{form}: {}", answer.notice());
        assert_eq!(
            answer.attributes("#notice[autofocus][tabindex]", "role"),
            ["alert"],
            "it is read first"
        );
        if form.contains("erika") {
            assert!(answer.main().contains("value=\"erika"), "{form}");
        }
    }
    assert_eq!(api.world.store.snapshot(), stored, "none of it is an attempt");
}

/// What the notice leads to, and whether that is on the page.
fn leads(page: &Answer) -> (String, String, bool) {
    let (href, text) = (page.attributes("#notice a", "href"), page.texts("#notice a"));
    let found = page.attributes(&href[0], "id").len() == 1;
    (href[0].clone(), text[0].clone(), found)
}

#[tokio::test]
async fn what_changed_meanwhile_is_named_and_the_way_to_it_shown() {
    let api = Api::new();
    let declined = api.declined().await;
    for (query, form, when, way) in [
        ("", "choice=1%3A1.00", "Montag, 01.02.2027, 18:00 Uhr", ("#date-1", "Zum Termin")),
        (
            "?lang=en",
            "choice=1%3A1.00",
            "Monday, 1 February 2027, 18:00",
            ("#date-1", "Go to the date"),
        ),
        ("", "choice=3%3A178.00", "Montag, 15.02.2027, 18:00 Uhr", ("#dates", "Zu den Terminen")),
        (
            "?lang=en",
            "choice=3%3A178.00",
            "Monday, 15 February 2027, 18:00",
            ("#dates", "Go to the dates"),
        ),
        ("", "", "Bitte wählen Sie einen Termin", ("#dates", "Zu den Terminen")),
    ] {
        let page =
            api.submit(&format!("{}{query}", link(&declined)), &format!("{ERIKA}&{form}")).await;
        assert!(page.notice().contains(when), "{form}: {}", page.notice());
        assert_eq!(leads(&page), (way.0.to_owned(), way.1.to_owned(), true), "{form}");
    }
    let card = api.get(&link(&declined)).await.texts("#date-1 h3");
    assert_eq!(card, ["Montag, 01.02.2027"], "the card is that of the date");
}

#[tokio::test]
async fn where_there_is_no_date_nobody_is_told_to_choose_one() {
    let api = Api::with(Policy { horizon: TimeDelta::days(2), ..Policy::default() });
    let declined = api.declined().await;
    for (form, status, told) in [
        ("", 422, "Zurzeit gibt es keinen Termin, den Sie auswählen könnten."),
        (
            "&choice=3%3A178.00",
            409,
            "Der Termin Montag, 15.02.2027, 18:00 Uhr ist noch nicht buchbar.",
        ),
    ] {
        let page = api.submit(&link(&declined), &format!("{ERIKA}{form}")).await;
        assert_eq!(page.status.as_u16(), status);
        assert!(page.notice().starts_with(told), "{}", page.notice());
        assert_eq!(leads(&page), ("#wishes".to_owned(), "Zu den Möglichkeiten".to_owned(), true));
    }
}

#[tokio::test]
async fn where_every_date_is_sold_out_there_is_no_other_to_choose() {
    let api = Api::new();
    let declined = api.declined().await;
    for date in World::DATES {
        let starts_at = samples::booking().slot.starts_at + TimeDelta::days(date.value());
        api.world
            .store
            .upsert_dates(&[samples::course_date(date.value(), starts_at, 1)])
            .await
            .unwrap();
    }
    let page = api.submit(&link(&declined), &format!("{ERIKA}&choice={FIRST}%3A178.00")).await;
    assert!(
        page.notice().contains("hat nicht mehr genügend freie Plätze. <a"),
        "{}",
        page.notice()
    );
    assert_eq!(leads(&page).0, "#wishes");
}

#[tokio::test]
async fn the_address_is_asked_for_with_the_reason_that_holds_on_this_page() {
    for (horizon, german, english) in [
        (365, "umbuchen", "move your booking"),
        (2, "dass Ihre Nachricht von Ihnen kommt", "that the message is from you"),
    ] {
        let api = Api::with(Policy { horizon: TimeDelta::days(horizon), ..Policy::default() });
        let declined = api.declined().await;
        for (query, reason) in [("", german), ("?lang=en", english)] {
            let page = api.get(&format!("{}{query}", link(&declined))).await;
            let hint = page.texts("#customerEmail-hint").concat();
            assert!(hint.contains(reason), "{horizon}: {hint}");
        }
    }
}

#[tokio::test]
async fn a_form_of_another_kind_is_refused_before_it_is_read() {
    let api = Api::new();
    let declined = api.declined().await;
    let form = format!("{ERIKA}&choice={FIRST}%3A178.00");
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let request =
            Request::post(link(&declined)).header("content-type", kind).body(form.clone());
        let refused = api.call(request.unwrap()).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    assert!(api.world.token(declined.token).await.rebooking().is_none(), "none of it is a choice");
    let request = Request::post(link(&declined))
        .header("content-type", "Application/X-WWW-Form-Urlencoded ; charset=utf-8");
    assert_eq!(api.call(request.body(form).unwrap()).await.status, StatusCode::SEE_OTHER);
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
async fn each_way_out_lands_with_support_and_its_thanks_say_what_happens_next() {
    let (dates, contact, refund) = (
        "sobald es neue Termine für diesen Kurs gibt.",
        "um eine Lösung zu finden.",
        "kümmert sich um die Erstattung.",
    );
    for (form, kind, next) in [
        ("wish=new_dates", "NewDates", dates),
        (
            "wish=other&weekdays=saturday&weekdays=sunday&months=12&text=Gern+abends",
            "Other",
            contact,
        ),
        ("wish=other&weekdays=sunday", "Other", contact),
        ("wish=other&months=12", "Other", contact),
        ("wish=money_back&refundText=Bitte", "MoneyBack", refund),
    ] {
        let api = Api::new();
        let declined = api.declined().await;
        let thanked = submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&{form}")).await;
        assert!(thanked.notice().starts_with("Vielen Dank! "), "{}", thanked.notice());
        assert!(thanked.notice().contains(next), "{form}: {}", thanked.notice());
        let token = api.world.token(declined.token).await;
        let wishes = token.wishes().iter();
        assert_eq!(wishes.map(|wish| format!("{:?}", wish.kind)).collect::<Vec<_>>(), [kind]);
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
        let name = letters.any(|(one, next)| one.is_lowercase() && next.is_uppercase())
            || word.contains('_');
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
        &format!("text={}", "x".repeat(50_000)),
    ] {
        for query in ["", "?lang=en"] {
            pages.push(api.submit(&format!("{customer}{query}"), form).await);
        }
    }
    let json =
        Request::post(&customer).header("content-type", "application/json").body("{}".to_owned());
    pages.push(api.call(json.unwrap()).await);
    pages.push(api.call(Request::delete(&customer).body(String::new()).unwrap()).await);
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    for path in [
        "/support?status=x",
        "/support?page=x",
        "/support/effects?status=x",
        "/support/earnings?from=x",
    ] {
        pages.push(support.get(path).await);
    }
    for page in pages {
        assert!(page.status.is_client_error(), "{}", page.text);
        let told =
            ["h1", "#notice p", ".card > p"].map(|part| page.texts(part).join(" ")).join(" ");
        let told = told.replace("Zum Feld", "");
        assert!(jargon(&told).is_empty(), "{:?} in {told}", jargon(&told));
        assert!(
            page.text.contains("<title>Fehler: ") || page.text.contains("<title>Error: "),
            "{told}"
        );
    }
}
