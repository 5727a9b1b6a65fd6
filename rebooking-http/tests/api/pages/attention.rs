//! What support is told of on the first page until somebody sees to it.

use chrono::TimeDelta;
use http::StatusCode;
use rebooking_core::testing::samples;
use rebooking_core::value::ids::OrderId;
use serde_json::json;

use super::browser::{Browser, Page as _};
use crate::api::{Api, PARTNER, SUPPORT};

#[tokio::test]
async fn an_order_that_nobody_claims_is_seen_and_ticked_off() {
    let api = Api::new();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    assert!(browser.get("/support").await.ok().texts(".notice").is_empty());
    let number = samples::order_number("000004711");
    let list = api.world.rebookings.ports().unclaimed.clone().unwrap();
    list.note(OrderId::new(4_711), &number, "reb-1-1").await.unwrap();
    let told = browser.get("/support").await.ok().texts(".notice");
    assert!(told[0].starts_with("1 Bestellung im Shop gehört zu keiner Umbuchung."), "{told:?}");
    let page = browser.get("/support/effects").await.ok();
    assert_eq!(page.texts("section th[scope=row]"), ["#000004711"]);
    assert_eq!(page.texts("section td")[0], "reb-1-1");
    let id = page.attributes("button[name=dealtWith]", "value").concat();
    let form = format!("dealtWith={id}");
    let done = browser.submit_and_follow("/support/effects", &form).await;
    assert_eq!(done.told(), "Die Bestellung ist abgehakt.");
    assert!(done.texts("section").is_empty());
    let late = browser.submit("/support/effects", &form).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_sold_booking_whose_partner_is_silent_is_seen_until_the_answer() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.rebookings.open_request(&samples::booking()).await.unwrap();
    for _ in 0..2 {
        api.world.clock.advance(TimeDelta::days(2));
        api.world.rebookings.sweep().await.unwrap();
    }
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let told = browser.get("/support").await.ok().texts(".notice");
    assert!(
        told[0].starts_with("Bei 1 verkauften Buchung antwortet der Partner nicht."),
        "{told:?}"
    );
    let page = browser.get("/support/effects").await.ok();
    assert_eq!(page.texts("section th[scope=row]"), ["#100007001"]);
    let to = page.attributes("section th a", "href");
    assert_eq!(to, ["/support/links?orderNumber=100007001"]);
    let listed = api.get_as(SUPPORT, "/api/support/silent-partners").await.ok().data();
    let row = &listed["requests"][0];
    assert_eq!((&row["orderItemId"], &row["partnerId"]), (&json!(7001), &json!(5)));
    let request = row["id"].as_i64().unwrap();
    let confirm = format!("/api/partner/confirmations/{request}/confirm");
    api.post_as(PARTNER, &confirm, "").await.ok();
    assert!(browser.get("/support").await.ok().texts(".notice").is_empty());
    let none = api.get_as(SUPPORT, "/api/support/silent-partners").await.ok().data();
    assert_eq!(none, json!({"requests": [], "more": false}));
}

#[tokio::test]
async fn events_that_nobody_takes_are_told_of_and_switched_on() {
    let (api, events) = Api::with_events();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    assert!(browser.get("/support/effects").await.ok().texts("section").is_empty());
    api.declined().await;
    let page = browser.get("/support/effects").await.ok();
    let told = page.texts("section p");
    assert!(
        told[0].contains("nimmt das andere System keine Meldung an. Wir versuchen es"),
        "{told:?}"
    );
    assert_eq!(told[1], "Zuletzt: nobody answers over there: scripted: nobody is there");
    assert!(browser.get("/support").await.ok().texts(".notice").is_empty(), "it may pass");

    let switch = api.world.rebookings.ports().event_switch.clone().unwrap();
    let _ = switch.failed("away", TimeDelta::zero()).await.unwrap();
    let told = browser.get("/support").await.ok().texts(".notice");
    assert!(told[0].starts_with("Die Meldungen an andere Systeme sind abgeschaltet."), "{told:?}");
    events.every_call(None);
    let done = browser.submit_and_follow("/support/effects", "switchEventsOn=1").await;
    assert_eq!(done.told(), "Die Meldungen an andere Systeme sind eingeschaltet.");
    assert!(done.texts("section").is_empty());
    api.world.clock.advance(TimeDelta::minutes(15));
    api.world.deliver_all().await.unwrap();
    assert_eq!(events.taken().len(), 2);
}

#[tokio::test]
async fn an_event_that_was_taken_is_sent_once_more_under_its_id_where_support_asks_for_it() {
    let (api, events) = Api::with_events();
    events.every_call(None);
    api.declined().await;
    api.world.deliver_all().await.unwrap();
    let taken = events.taken();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let done = browser.get("/support/effects?status=done").await.ok();
    let of_events = done.attributes("button[name=retry]", "value");
    assert_eq!(of_events.len(), taken.len(), "a mail or a ticket is not sent twice");
    for id in of_events {
        browser.submit("/support/effects?status=done", &format!("retry={id}")).await;
    }
    api.world.deliver_all().await.unwrap();
    assert_eq!(events.taken(), [taken.clone(), taken].concat());
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_told_of_and_listed_until_it_is_mended() {
    let api = Api::new();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let none = api.get_as(SUPPORT, "/api/support/malformed-rows").await;
    assert_eq!(none.json()["data"], json!({ "rows": [] }));
    api.world.store.list_malformed(samples::malformed_row());
    let told = browser.get("/support").await.ok().texts(".notice");
    assert!(told[0].starts_with("1 Zeile der Datenbank ergibt keinen Sinn."), "{told:?}");
    let page = browser.get("/support/effects").await.ok();
    assert_eq!(page.texts("section th[scope=row]"), ["4711-1"]);
    let said = page.texts("section td");
    assert_eq!(said[..2], ["miomente_partner_portal_rebooking_tokens.zone", "no such time zone"]);
    let listed = api.get_as(SUPPORT, "/api/support/malformed-rows").await;
    let row = &listed.json()["data"]["rows"][0];
    assert_eq!((&row["id"], &row["column"]), (&json!("4711-1"), &json!("zone")));
}

#[tokio::test]
async fn more_unclaimed_orders_than_are_listed_are_not_counted_wrongly() {
    let api = Api::new();
    let list = api.world.rebookings.ports().unclaimed.clone().unwrap();
    for order in 1..=101 {
        let number = samples::order_number(&order.to_string());
        list.note(OrderId::new(order), &number, "reb-1-1").await.unwrap();
    }
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let told = browser.get("/support").await.ok().texts(".notice");
    assert!(told[0].starts_with("Mehr als 100 Bestellungen im Shop gehören"), "{told:?}");
    let page = browser.get("/support/effects").await.ok();
    assert_eq!(page.texts("section th[scope=row]").len(), 100);
    let cut = page.texts("section p");
    assert!(cut[1].starts_with("Das sind die 100 ältesten. Es gibt weitere"), "{cut:?}");
}
