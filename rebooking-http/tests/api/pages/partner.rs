//! What partners see and do.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::text::FreeText;

use super::answer::asked;
use super::browser::{Browser, Page as _};
use crate::api::{Api, Document as _, OTHER_PARTNER, PARTNER};

/// Two bookings of Erika's that wait to be confirmed.
async fn waiting(api: &Api) {
    api.world.seed().await.unwrap();
    for item in [7001, 7002] {
        api.world.shop.put_booking(samples::booking_of(item));
        api.world.store.open_confirmation(&samples::booking_of(item)).await.unwrap();
    }
}

#[tokio::test]
async fn a_request_shows_who_booked_what_and_what_can_be_done() {
    let api = Api::new();
    asked(&api).await;
    for (language, heading, buttons) in [
        (
            "de",
            "Anfragen zu Ihren Kursen",
            ["Termin bestätigen", "Diese Buchung ablehnen", "Termin für alle absagen"],
        ),
        (
            "en",
            "Requests for your courses",
            ["Confirm the date", "Decline this booking", "Cancel it for everybody"],
        ),
    ] {
        let mut browser = Browser::signed_in(&api, PARTNER).await.speaking(language);
        let page = browser.get("/partner").await.ok();
        assert_eq!(page.texts("h1"), [heading]);
        assert_eq!(page.texts("article button"), buttons);
        assert_eq!(
            page.attributes("input[name=proposedDateIds]", "value"),
            ["2"],
            "dates with room for two"
        );
        assert_eq!(page.texts(".badge").len(), 1, "it is a rebooking");
    }
}

#[tokio::test]
async fn one_click_confirms() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.submit_and_follow("/partner", "confirm=1").await;
    assert!(page.told().starts_with("Der Termin ist bestätigt."), "{}", page.told());
    assert_eq!(page.texts("article").len(), 1);
    let confirmed = browser.get("/partner?status=confirmed").await.ok();
    assert_eq!(confirmed.texts("article").len(), 1);
}

#[tokio::test]
async fn all_requests_of_a_date_are_confirmed_by_one_click() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.get("/partner").await.ok();
    assert_eq!(page.attributes("button[name=confirmDate]", "value"), ["90"], "once a date");
    for told in ["Alle offenen Anfragen für diesen Termin sind bestätigt.", "Alle offenen"] {
        let page = browser.submit_and_follow("/partner", "confirmDate=90").await;
        assert!(page.told().starts_with(told), "{}", page.told());
        assert_eq!(page.texts("article").len(), 0);
    }
    let confirmed = browser.get("/partner?status=confirmed").await.ok();
    assert_eq!(confirmed.texts("article").len(), 2);
    assert_eq!(confirmed.texts("button[name=confirmDate]").len(), 0);
    let none = browser.submit_and_follow("/partner", "confirmDate=1").await;
    assert!(none.told().contains("keine Anfrage mehr offen"), "{}", none.told());
}

#[tokio::test]
async fn what_cannot_be_confirmed_with_its_date_is_named_with_the_reason() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    api.world.store.next_commit(Trouble::FailForGood);
    let page = browser.submit("/partner", "confirmDate=90").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let told = page.told();
    assert!(told.starts_with("1 Anfrage ist bestätigt. Bestellung #100007001 nicht: "), "{told}");
    assert_eq!(page.texts("article").len(), 1, "it can be tried again");
}

#[tokio::test]
async fn one_request_of_a_date_is_confirmed_by_its_own_button_alone() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.store.open_confirmation(&samples::booking_of(7001)).await.unwrap();
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.get("/partner").await.ok();
    assert_eq!(page.texts("button[name=confirmDate]").len(), 0);
}

#[tokio::test]
async fn a_decline_without_a_reason_keeps_what_was_ticked_and_names_the_field() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.submit("/partner", "decline=2&reason=&proposedDateIds=1").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.told().starts_with("Bitte geben Sie einen Grund an"), "{}", page.told());
    assert_eq!(page.attributes("#notice a", "href"), ["#reason-2"]);
    assert_eq!(page.attributes("[aria-invalid]", "id"), ["reason-2"]);
    assert_eq!(page.attributes("details[open] input[checked]", "value"), ["1"]);
    let many = "decline=2&reason=Rohrbruch\
                &proposedDateIds=1&proposedDateIds=2&proposedDateIds=3&proposedDateIds=90";
    let page = browser.submit("/partner", many).await;
    assert!(page.told().contains("höchstens drei"), "{}", page.told());
    assert_eq!(page.texts("details[open] textarea"), ["Rohrbruch"], "what was typed is kept");
}

#[tokio::test]
async fn a_decline_mails_a_link_with_the_proposed_dates_first() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page =
        browser.submit_and_follow("/partner", "decline=1&reason=Rohrbruch&proposedDateIds=2").await;
    assert!(page.told().starts_with("Die Anfrage ist abgelehnt."), "{}", page.told());
    api.world.deliver_all().await.unwrap();
    let link = api.world.mailer.sent()[0].message.link().unwrap().secret.expose().to_owned();
    let dates = api.get(&format!("/api/rebook/{link}")).await.ok().data();
    assert_eq!(dates["availableDates"][0]["id"], serde_json::json!(2));
}

#[tokio::test]
async fn a_second_decline_says_whether_its_reason_is_kept() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    for (reason, told) in [
        ("Rohrbruch", "Die Anfrage ist abgelehnt."),
        ("Rohrbruch", "Die Anfrage ist abgelehnt."),
        ("Stromausfall", "Sie hatten diese Anfrage bereits aus einem anderen Grund abgelehnt."),
    ] {
        let form = format!("decline=1&reason={reason}");
        let page = browser.submit_and_follow("/partner", &form).await;
        assert!(page.told().starts_with(told), "{reason}: {}", page.told());
    }
    let declined = browser.get("/partner?status=declined").await.ok();
    assert!(declined.main().contains("Rohrbruch") && !declined.main().contains("Stromausfall"));
}

#[tokio::test]
async fn a_proposal_that_is_gone_meanwhile_is_refused_with_its_reason_and_offered_no_more() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let (partner, reason) = (samples::partner().id, FreeText::line("Rohrbruch", 100));
    api.world.rebookings.partner(partner).withdraw(CourseDateId::new(2), &reason).await.unwrap();
    let page = browser.submit("/partner", "decline=1&reason=Rohrbruch&proposedDateIds=2").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.told().contains("findet nicht statt."), "{}", page.told());
    assert_eq!(page.attributes("#notice a", "href"), ["#proposedDateIds-1"]);
    assert_eq!(page.texts("details[open] textarea"), ["Rohrbruch"], "what was typed is kept");
    assert_eq!(page.attributes("details[open] [name=proposedDateIds]", "value"), ["1"]);
    api.world.rebookings.partner(partner).withdraw(CourseDateId::new(1), &reason).await.unwrap();
    let page = browser.submit("/partner", "decline=1&reason=Rohrbruch&proposedDateIds=1").await;
    assert_eq!(page.texts("#proposedDateIds-1").len(), 1, "none is left, and the notice says so");
}

#[tokio::test]
async fn a_withdrawn_date_says_first_how_many_bookings_it_hits() {
    let api = Api::new();
    waiting(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.get("/partner").await.ok();
    assert!(page.main().contains("Das betrifft 2 Buchungen."), "{}", page.text);
    let empty = browser.submit("/partner", "withdraw=90&request=1&reason=").await;
    assert_eq!(empty.attributes("[aria-invalid]", "id"), ["reason-withdraw-1"]);
    let page =
        browser.submit_and_follow("/partner", "withdraw=90&request=1&reason=Rohrbruch").await;
    assert!(page.told().starts_with("Der ganze Termin ist abgesagt."), "{}", page.told());
    assert!(page.texts("article").is_empty());
    api.world.deliver_all().await.unwrap();
    assert_eq!(api.world.mailer.sent().len(), 2);
}

#[tokio::test]
async fn the_list_says_how_each_declined_booking_stands() {
    let api = Api::new();
    asked(&api).await;
    for (language, state) in
        [("de", "wartet auf Ihre Bestätigung"), ("en", "waiting for your confirmation")]
    {
        let mut browser = Browser::signed_in(&api, PARTNER).await.speaking(language);
        let page = browser.get("/partner/rebookings").await.ok();
        assert_eq!(page.texts("tbody .badge"), [state]);
        assert_eq!(page.texts("tbody tr").len(), 1);
        let none = browser.get("/partner/rebookings?status=expired").await.ok();
        assert!(none.texts("tbody tr").is_empty());
        assert_eq!(none.attributes("[aria-current=true]", "href").len(), 1);
    }
}

#[tokio::test]
async fn the_list_is_paged_and_keeps_its_filter() {
    let api = Api::new();
    for item in 7001..=7003 {
        api.world.declined(samples::booking_of(item)).await;
    }
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let page = browser.get("/partner/rebookings?status=open&size=2&lang=en").await.ok();
    let next = page.attributes("a[rel=next]", "href").concat();
    assert_eq!(next, "?lang=en&status=open&size=2&page=2");
    let second = browser.get(&format!("/partner/rebookings{next}")).await.ok();
    assert_eq!(second.texts("tbody tr").len(), 1);
    assert!(second.texts(".paging p")[0].starts_with("Page 2 of 2"), "{}", second.text);
}

#[tokio::test]
async fn the_table_for_a_spreadsheet_says_what_the_page_says_in_its_language() {
    let api = Api::new();
    asked(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    for (language, expected) in [("de", "partner/page.de.csv"), ("en", "partner/page.en.csv")] {
        let page = browser
            .get(&format!("/partner/rebookings?status=awaiting_partner&lang={language}"))
            .await
            .ok();
        let path = page.attributes("a[href*=csv]", "href").concat();
        let table = browser.get(&path).await.ok();
        assert!(table.header(CONTENT_TYPE).starts_with("text/csv"));
        table.text.reads(expected);
    }
}

#[tokio::test]
async fn another_partner_sees_none_of_it_and_can_answer_none_of_it() {
    let api = Api::new();
    waiting(&api).await;
    let mut other = Browser::signed_in(&api, OTHER_PARTNER).await;
    for page in
        ["/partner", "/partner?status=confirmed", "/partner/rebookings", "/partner/rebookings.csv"]
    {
        assert!(!other.get(page).await.ok().text.contains("Erika"), "{page}");
    }
    let token = other.get("/partner").await.form_token();
    let before = api.world.store.snapshot();
    for form in ["confirm=1", "confirmDate=90", "decline=1&reason=Nein", "withdraw=90&reason=Nein"]
    {
        let answer = other.post("/partner", &format!("csrf={token}&{form}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{form}");
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let api = Api::new();
    asked(&api).await;
    let mut browser = Browser::signed_in(&api, PARTNER).await;
    let before = api.world.store.snapshot();
    for page in [
        "/partner",
        "/partner?said=confirmed&confirm=1",
        "/partner/rebookings",
        "/partner/rebookings.csv",
    ] {
        browser.get(page).await.ok();
    }
    assert_eq!(api.world.store.snapshot(), before);
}
