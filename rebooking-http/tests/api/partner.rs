//! What partners read and do: their own, and nothing of others.

use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::{Customer, Language};
use serde_json::json;

use crate::api::{Answer, Api, Document as _, OTHER_PARTNER, PARTNER, page};

async fn newest_request(api: &Api) -> i64 {
    let list = api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.ok().data();
    list["confirmations"][0]["id"].as_i64().unwrap()
}

/// The customer has chosen, the order is made, the partner is asked.
async fn asked_again(api: &Api) -> i64 {
    api.chosen().await;
    api.world.deliver_all().await.unwrap();
    newest_request(api).await
}

#[tokio::test]
async fn a_partner_sees_what_came_of_a_declined_booking() {
    let api = Api::new();
    asked_again(&api).await;
    api.get_as(PARTNER, "/api/partner/rebookings").await.reads("partner/rebookings.json");
}

#[tokio::test]
async fn a_declined_booking_without_a_choice_yet_has_no_new_date() {
    let api = Api::new();
    api.declined().await;
    api.get_as(PARTNER, "/api/partner/rebookings").await.reads("partner/rebookings.open.json");
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let api = Api::new();
    for item in 7001..=7003 {
        api.world.declined(samples::booking_of(item)).await;
    }
    let answer =
        api.get_as(PARTNER, "/api/partner/rebookings?status=open&page=2&size=2").await.ok().data();
    assert_eq!(
        (&answer["page"], &answer["size"], &answer["total"]),
        (&json!(2), &json!(2), &json!(3))
    );
    assert_eq!(answer["rebookings"].as_array().unwrap().len(), 1);
    let none = api.get_as(PARTNER, "/api/partner/rebookings?status=confirmed").await.ok().data();
    assert_eq!(none["total"], json!(0));
}

#[tokio::test]
async fn another_partner_sees_none_of_it() {
    let api = Api::new();
    let request = asked_again(&api).await;
    let rebookings = api.get_as(OTHER_PARTNER, "/api/partner/rebookings").await.ok().data();
    assert_eq!((&rebookings["rebookings"], &rebookings["total"]), (&json!([]), &json!(0)));
    let requests = api.get_as(OTHER_PARTNER, "/api/partner/confirmations").await.ok().data();
    assert_eq!((&requests["confirmations"], &requests["total"]), (&json!([]), &json!(0)));
    let table = api.get_as(OTHER_PARTNER, "/api/partner/rebookings.csv").await.ok();
    assert!(!table.text.contains("Erika"), "{}", table.text);
    for (path, body) in [
        (format!("/api/partner/confirmations/{request}/confirm"), ""),
        (format!("/api/partner/confirmations/{request}/decline"), r#"{"reason":"Nein"}"#),
        ("/api/partner/dates/1/confirm".to_owned(), ""),
        ("/api/partner/dates/1/withdraw".to_owned(), r#"{"reason":"Nein"}"#),
    ] {
        let answer = api.post_as(OTHER_PARTNER, &path, body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::NOT_FOUND, "not_found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_partner_reads_the_requests_and_confirms_one_as_often_as_it_likes() {
    let api = Api::new();
    let request = asked_again(&api).await;
    api.get_as(PARTNER, "/api/partner/confirmations").await.reads("partner/confirmations.json");
    for _ in 0..2 {
        let confirmed = api
            .post_as(PARTNER, &format!("/api/partner/confirmations/{request}/confirm"), "")
            .await;
        assert_eq!(confirmed.ok().data(), json!({"id": request, "status": "confirmed"}));
    }
    let list = api.get_as(PARTNER, "/api/partner/rebookings?status=confirmed").await.ok().data();
    assert_eq!(list["total"], json!(1));
}

#[tokio::test]
async fn a_decline_mails_a_link_that_shows_the_proposed_dates_first() {
    let api = Api::new();
    let request = asked_again(&api).await;
    drop(api.world.mailer.take());
    let path = format!("/api/partner/confirmations/{request}/decline");
    let body = r#"{"reason":"Der Koch ist krank.","proposedDateIds":[2]}"#;
    for _ in 0..2 {
        let declined = api.post_as(PARTNER, &path, body).await;
        assert_eq!(declined.ok().data(), json!({"id": request, "status": "declined"}));
    }
    let otherwise = api.post_as(PARTNER, &path, r#"{"reason":"Rohrbruch"}"#).await;
    let before = json!({"id": request, "status": "declined", "declinedBefore": true});
    assert_eq!(otherwise.ok().data(), before, "another reason is not kept");
    api.world.deliver_all().await.unwrap();
    let mails = api.world.mailer.sent();
    assert_eq!(
        mails.iter().map(|mail| mail.message.kind().as_str()).collect::<Vec<_>>(),
        ["declined"]
    );
    let link = mails[0].message.link().unwrap().secret.expose().to_owned();
    let data = api.get(&format!("/api/rebook/{link}")).await.ok().data();
    assert_eq!(data["availableDates"][0]["proposedByPartner"], json!(true));
}

#[tokio::test]
async fn a_proposal_that_would_never_be_offered_is_refused_with_its_reason() {
    let api = Api::new();
    let request = asked_again(&api).await;
    let path = format!("/api/partner/confirmations/{request}/decline");
    for (date, german) in [
        (3, "hat nicht mehr genügend freie Plätze."),
        (90, "wurde bereits abgesagt."),
        (4711, "Diesen Termin gibt es für diesen Kurs nicht."),
    ] {
        let body = json!({"reason": "Rohrbruch", "proposedDateIds": [2, date]}).to_string();
        let refused = api.post_as(PARTNER, &path, &body).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "invalid_field"));
        let error = &refused.json()["error"];
        assert_eq!(error["field"], json!("proposedDateIds"));
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("kann: {date}. ")), "{message}");
        assert!(message.ends_with(german), "{message}");
    }
}

#[tokio::test]
async fn a_withdrawn_date_declines_every_booking_on_it() {
    let api = Api::new();
    asked_again(&api).await;
    let answer =
        api.post_as(PARTNER, "/api/partner/dates/1/withdraw", r#"{"reason":"Rohrbruch"}"#).await;
    assert_eq!(
        answer.ok().data(),
        json!({"dateId": 1, "status": "withdrawn", "links": 1, "rebooked": 0, "withoutLink": 0})
    );
}

/// Two requests for one date.
async fn two_asked(api: &Api) -> [i64; 2] {
    api.world.seed().await.unwrap();
    let open = async |item| {
        api.world.store.open_confirmation(&samples::booking_of(item)).await.unwrap().value()
    };
    [open(7001).await, open(7002).await]
}

#[tokio::test]
async fn all_requests_of_a_date_are_confirmed_at_once_as_often_as_the_partner_likes() {
    let api = Api::new();
    let requests = two_asked(&api).await;
    for _ in 0..2 {
        let answer = api.post_as(PARTNER, "/api/partner/dates/90/confirm", "").await;
        assert_eq!(
            answer.ok().data(),
            json!({"dateId": 90, "confirmed": requests, "notConfirmed": []})
        );
    }
    let open = api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.ok().data();
    assert_eq!(open["total"], json!(0));
    let own = api.post_as(PARTNER, "/api/partner/dates/1/confirm", "").await;
    assert_eq!(own.ok().data(), json!({"dateId": 1, "confirmed": [], "notConfirmed": []}));
}

#[tokio::test]
async fn a_request_that_cannot_be_confirmed_with_its_date_says_why() {
    let api = Api::new();
    let [first, second] = two_asked(&api).await;
    api.world.store.next_commit(Trouble::FailForGood);
    let answer = api.post_as(PARTNER, "/api/partner/dates/90/confirm", "").await.ok().data();
    assert_eq!(answer["confirmed"], json!([second]));
    let refused = &answer["notConfirmed"][0];
    assert_eq!((&refused["id"], &refused["status"]), (&json!(first), &json!("pending")));
    assert_eq!(refused["code"], json!("broken"));
    assert!(!refused["message"].as_str().unwrap().is_empty());
}

async fn table(api: &Api) -> Answer {
    for (item, name) in [
        (7001, "=HYPERLINK(\"http://example.org\")"),
        (7002, "Jörg \"Jogi\" Weiß; Öztürk"),
        (7003, "+49 89 1"),
    ] {
        let customer = Customer::new(name, samples::email("erika@example.com"), Language::GERMAN);
        api.world.declined(Booking { customer, ..samples::booking_of(item) }).await;
    }
    api.get_as(PARTNER, "/api/partner/rebookings.csv").await.ok()
}

#[tokio::test]
async fn the_table_runs_nothing_that_a_customer_typed() {
    let api = Api::new();
    let answer = table(&api).await;
    assert_eq!(answer.header(CONTENT_TYPE), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header(CONTENT_DISPOSITION), "attachment; filename=\"rebookings.csv\"");
    answer.text.reads("partner/rebookings.de.csv");
}

#[tokio::test]
async fn the_table_has_commas_for_english_spreadsheets() {
    let api = Api::new().speaking("en");
    table(&api).await.text.reads("partner/rebookings.en.csv");
}

#[tokio::test]
async fn the_table_has_every_row_of_a_long_list() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    for item in 1..=205 {
        let request = api.world.store.open_confirmation(&samples::booking_of(item)).await;
        let asked = rebooking_core::ports::store::ConfirmationKey::Id(request.unwrap());
        api.world
            .rebookings
            .decline_unchecked(&asked, &rebooking_core::service::Decline::default())
            .await
            .unwrap();
    }
    let answer = api.get_as(PARTNER, "/api/partner/rebookings.csv?status=open").await.ok();
    assert_eq!(answer.text.lines().count(), 206);
}

#[tokio::test]
async fn an_open_link_of_the_customers_stays_unknown_to_the_partner() {
    let api = Api::new();
    let declined = api.declined().await;
    for path in
        ["/api/partner/rebookings", "/api/partner/confirmations", "/api/partner/rebookings.csv"]
    {
        let answer = api.get_as(PARTNER, path).await.ok();
        assert!(!answer.text.contains(declined.link.expose()), "{path}");
        assert!(!page(&declined).is_empty());
    }
}
