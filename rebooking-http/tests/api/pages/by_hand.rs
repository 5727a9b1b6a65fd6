//! A link by hand, by the number of an order: on the page, and for programs.

use http::StatusCode;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::OrderId;
use serde_json::json;

use super::browser::{Browser, Page as _};
use super::case_actions::mails;
use crate::api::{Api, SUPPORT};

/// The order 100007001 holds the items 7001 and, where there are two, 7002.
async fn shop(items: &[i64]) -> Api {
    let api = Api::new();
    api.world.seed().await.unwrap();
    for item in items {
        api.world.shop.put_booking(Booking {
            order: OrderId::new(17_001),
            order_number: samples::order_number("100007001"),
            ..samples::booking_of(*item)
        });
    }
    api
}

#[tokio::test]
async fn an_order_without_a_case_leads_to_its_items() {
    let api = Api::new();
    for item in [7001, 7002] {
        let order_number = samples::order_number("A/7001");
        api.world.shop.put_booking(Booking { order_number, ..samples::booking_of(item) });
    }
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    let none = support.get("/support?q=Erika").await.ok();
    assert_eq!(none.attributes("main .card a", "href"), [""; 0], "that is no number");
    let none = support.get("/support?q=%23A%2F7001").await.ok();
    let to = none.attributes("main .card a", "href").concat();
    assert_eq!(to, "/support/links?orderNumber=A%2F7001");
    let page = support.get(&to).await.ok();
    assert_eq!(page.attributes("#orderNumber", "value"), ["A/7001"]);
    assert_eq!(page.attributes("input[type=radio]", "value"), ["7001", "7002"]);
    api.world.shop.next_call(Trouble::Unavailable);
    let page = support.get(&to).await.ok();
    assert_eq!(page.attributes("#orderItemId", "type"), ["text"], "the form says it once sent");
}

#[tokio::test]
async fn an_order_number_is_enough_where_one_item_was_bought() {
    let api = shop(&[7001]).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let form = "orderNumber=%23100007001&orderItemId=&reason=Anruf";
    let page = browser.submit_and_follow("/support/links", form).await;
    assert_eq!(
        (page.texts("h1"), page.told().as_str()),
        (vec!["Fall 7001 offen".to_owned()], "Der Link ist auf dem Weg.")
    );
}

#[tokio::test]
async fn of_several_items_the_page_shows_which_there_are_and_one_is_chosen() {
    let api = shop(&[7001, 7002]).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page =
        browser.submit("/support/links", "orderNumber=100007001&orderItemId=&reason=Anruf").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.told().starts_with("Die Bestellnummer führt nicht zu genau einer Buchung."));
    assert_eq!(page.attributes("[name=orderItemId]", "value"), ["7001", "7002"]);
    assert_eq!(
        page.texts("fieldset label").first().map(String::as_str),
        Some(
            "Sushi-Kurs für Einsteiger · Montag, 25.01.2027, 18:00 Uhr · 2 Personen · Erika \
             Mustermann"
        )
    );
    assert_eq!(page.attributes("[name=orderNumber]", "value"), ["100007001"]);
    assert_eq!(page.texts("#reason"), ["Anruf"], "what was typed is kept");
    let form = "orderNumber=100007001&orderItemId=7002&reason=Anruf";
    let chosen = browser.submit_and_follow("/support/links", form).await;
    assert_eq!(chosen.texts("h1"), ["Fall 7002 offen"]);
}

#[tokio::test]
async fn an_item_of_another_order_gets_no_link() {
    let api = shop(&[7001]).await;
    api.world.shop.put_booking(samples::booking_of(9009));
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let before = api.world.store.snapshot();
    let form = "orderNumber=100007001&orderItemId=9009&reason=Anruf";
    let page = browser.submit("/support/links", form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.attributes("[name=orderItemId]", "value"), ["7001"]);
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_number_that_nobody_has_and_one_that_is_none_are_told_at_their_field() {
    let api = shop(&[]).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let unknown = browser.submit("/support/links", "orderNumber=4711&reason=Anruf").await;
    assert_eq!(
        (unknown.status, unknown.told().as_str()),
        (
            StatusCode::NOT_FOUND,
            "Diese Bestellung gibt es nicht, oder es ist nichts mehr von ihr gebucht. Zum Feld"
        )
    );
    assert_eq!(unknown.attributes("[aria-invalid]", "id"), ["orderNumber"]);
    let wrong = browser.submit("/support/links", "orderNumber=%3Cb%3E&reason=Anruf").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attributes("[aria-invalid]", "id"), ["orderNumber"]);
    let neither = browser.submit("/support/links", "orderNumber=&reason=Anruf").await;
    assert_eq!(neither.attributes("[aria-invalid]", "id"), ["orderItemId"]);
}

#[tokio::test]
async fn a_program_chooses_from_the_items_that_the_refusal_lists() {
    let api = shop(&[7001, 7002]).await;
    let body = r#"{"orderNumber":"100007001","reason":"Kundin hat angerufen"}"#;
    let refused = api.post_as(SUPPORT, "/api/support/links", body).await;
    assert_eq!(refused.code(), "choose_item");
    let items = refused.json()["error"]["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    let item = items[1]["orderItemId"].clone();
    let body = json!({ "orderNumber": "100007001", "orderItemId": item, "reason": "Anruf" });
    let sent = api.post_as(SUPPORT, "/api/support/links", &body.to_string()).await.ok().data();
    assert_eq!(sent, json!({"caseId": 7002, "step": 1, "sent": "new"}));
}

#[tokio::test]
async fn a_program_names_an_order_or_an_item() {
    let api = shop(&[7001]).await;
    for (body, field) in [
        (r#"{"reason":"x"}"#, "orderItemId"),
        (r#"{"orderItemId":null,"orderNumber":"100007001","reason":"x"}"#, "orderItemId"),
        (r#"{"orderNumber":null,"orderItemId":7001,"reason":"x"}"#, "orderNumber"),
        (r#"{"orderNumber":"1 2","reason":"x"}"#, "orderNumber"),
        (r#"{"orderNumber":100007001,"reason":"x"}"#, "orderNumber"),
    ] {
        let answer = api.post_as(SUPPORT, "/api/support/links", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.text);
        assert_eq!(answer.json()["error"]["field"], json!(field), "{body}");
    }
    let unknown = r#"{"orderNumber":"4711","reason":"x"}"#;
    assert_eq!(api.post_as(SUPPORT, "/api/support/links", unknown).await.code(), "not_found");
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
