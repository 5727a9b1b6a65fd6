//! What support reads and does.

use chrono::TimeDelta;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::ids::OrderId;
use serde_json::{Value, json};

use crate::api::{Answer, Api, FIRST, PARTNER, SUPPORT, page};

const REASON: &str = r#"{"reason":"Am Telefon besprochen"}"#;

async fn act(api: &Api, action: &str, body: &str) -> Answer {
    api.post_as(SUPPORT, &format!("/api/support/cases/7001/{action}"), body).await
}

async fn mails(api: &Api) -> Vec<&'static str> {
    drop(api.world.mailer.take());
    api.world.deliver_all().await.unwrap();
    api.world.mailer.sent().iter().map(|mail| mail.message.kind().as_str()).collect()
}

#[tokio::test]
async fn support_finds_a_case_by_order_address_or_name() {
    let api = Api::new();
    api.chosen().await;
    for q in ["100007001", "ERIKA@example.com", "muster", ""] {
        let found = api.get_as(SUPPORT, &format!("/api/support/cases?q={q}")).await.ok().data();
        assert_eq!(found["total"], json!(1), "{q}");
    }
    let found = api.get_as(SUPPORT, "/api/support/cases?q=Nobody").await.ok().data();
    assert_eq!(found["total"], json!(0));
    api.get_as(SUPPORT, "/api/support/cases?status=rebooked").await.reads("support/cases.json");
}

#[tokio::test]
async fn the_worklist_is_narrowed_to_what_cases_need_and_says_it_of_each() {
    let api = Api::with_cases_in_need().await;
    let listed = async |query: &str| {
        let found = api.get_as(SUPPORT, &format!("/api/support/cases?{query}")).await.ok().data();
        let rows = found["cases"].as_array().unwrap().iter();
        rows.map(|case| json!([case["id"], case["attention"]])).collect::<Vec<_>>()
    };
    let failed = json!([7001, ["failed"]]);
    let wish = json!([7002, ["wish"]]);
    let no_dates = json!([7003, ["no_dates"]]);
    for (attention, case) in [("failed", &failed), ("wish", &wish), ("no_dates", &no_dates)] {
        let case = std::slice::from_ref(case);
        assert_eq!(listed(&format!("attention={attention}")).await, case);
        assert_eq!(listed(&format!("attention={attention}&q=muster&status=open")).await, case);
        assert_eq!(
            listed(&format!("attention={attention}&status=confirmed")).await,
            [json!(null); 0]
        );
        assert_eq!(listed(&format!("attention={attention}&q=100007004")).await, [json!(null); 0]);
    }
    assert_eq!(listed("").await, [json!([7004, []]), no_dates, wish, failed]);
}

#[tokio::test]
async fn a_case_tells_its_whole_history() {
    let api = Api::new();
    let declined = api.declined().await;
    let wrong = r#"{"selectedDateId":1,"customerEmail":"wrong@example.com"}"#;
    api.post(&page(&declined), wrong).await;
    let wish = r#"{"customerEmail":"erika@example.com","kind":"other",
                   "text":"Lieber sonntags","weekdays":["sunday"]}"#;
    api.post(&format!("{}/wishes", page(&declined)), wish).await.ok();
    api.get(&page(&declined)).await.ok();
    api.choose(&declined, FIRST).await.ok();
    api.world.deliver_all().await.unwrap();
    let request =
        api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.ok().data();
    let request = &request["confirmations"][0]["id"];
    let decline = format!("/api/partner/confirmations/{request}/decline");
    api.post_as(PARTNER, &decline, r#"{"reason":"Doch nicht","proposedDateIds":[2]}"#).await.ok();
    act(&api, "cancel", REASON).await.ok();
    api.get_as(SUPPORT, "/api/support/cases/7001").await.reads("support/case.json");
}

#[tokio::test]
async fn support_sends_a_link_with_or_without_a_decline() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.shop.put_booking(rebooking_core::testing::samples::booking());
    let body = r#"{"orderItemId":7001,"reason":"Kundin hat angerufen"}"#;
    let first = api.post_as(SUPPORT, "/api/support/links", body).await.ok().data();
    assert_eq!(first, json!({"caseId": 7001, "step": 1, "sent": "new"}));
    let again = api.post_as(SUPPORT, "/api/support/links", body).await.ok().data();
    assert_eq!(again, json!({"caseId": 7001, "step": 1, "sent": "again"}));
    assert_eq!(mails(&api).await, ["link_sent", "link_sent"]);
}

#[tokio::test]
async fn a_link_is_mailed_once_more_or_replaced() {
    let api = Api::new();
    let declined = api.declined().await;
    assert_eq!(
        act(&api, "resend", "").await.ok().data(),
        json!({"caseId": 7001, "step": 1, "sent": "again"})
    );
    assert_eq!(
        act(&api, "reissue", "").await.ok().data(),
        json!({"caseId": 7001, "step": 2, "sent": "new"})
    );
    assert_eq!(api.get(&page(&declined)).await.code(), "token_superseded");
    assert_eq!(mails(&api).await, ["link_replaced"]);
}

#[tokio::test]
async fn a_note_stands_in_the_history_with_who_wrote_it() {
    let api = Api::new();
    api.declined().await;
    let note = r#"{"note":"Kann nur dienstags"}"#;
    assert_eq!(act(&api, "notes", note).await.ok().data(), json!({"caseId": 7001}));
    let case = api.get_as(SUPPORT, "/api/support/cases/7001").await.ok().data();
    let last = case["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        json!([last["event"], last["actor"], last["name"], last["note"]]),
        json!(["noted", "support", "Susi", "Kann nur dienstags"])
    );
    let empty = act(&api, "notes", r#"{"note":" "}"#).await;
    assert_eq!((empty.status.as_u16(), empty.code().as_str()), (422, "invalid_field"));
}

#[tokio::test]
async fn a_case_is_taken_and_given_back_and_lists_say_by_whom() {
    let api = Api::new();
    let case = api.declined().await.token.case;
    let holders = async || {
        let list = api.get_as(SUPPORT, "/api/support/cases").await.ok().data();
        let case = api.get_as(SUPPORT, "/api/support/cases/7001").await.ok().data();
        assert_eq!(list["cases"][0]["holder"], case["holder"]);
        case["holder"]["name"].clone()
    };
    assert_eq!(holders().await, json!(null));
    act(&api, "take", "{}").await.ok();
    assert_eq!(holders().await, json!("Susi"));
    api.world.rebookings.support("Anna").take(case, true).await.unwrap();
    assert_eq!(act(&api, "give-back", "").await.code(), "case_taken");
    assert_eq!(act(&api, "take", "{}").await.code(), "case_taken");
    act(&api, "take", r#"{"takeOver":true}"#).await.ok();
    act(&api, "give-back", "").await.ok();
    assert_eq!(holders().await, json!(null));
}

#[tokio::test]
async fn a_link_is_extended_and_called_off() {
    let api = Api::new();
    let declined = api.declined().await;
    let extended = act(&api, "extend", r#"{"days":10}"#).await.ok().data();
    assert_eq!(extended, json!({"caseId": 7001, "expiresAt": "2027-02-21T10:00:00Z"}));
    let cancelled = act(&api, "cancel", REASON).await.ok().data();
    assert_eq!(cancelled, json!({"caseId": 7001, "status": "cancelled"}));
    assert_eq!(api.get(&page(&declined)).await.code(), "token_cancelled");
}

#[tokio::test]
async fn support_chooses_for_a_customer() {
    let api = Api::new();
    api.declined().await;
    let body = r#"{"dateId":2,"reason":"Am Telefon besprochen"}"#;
    act(&api, "choose", body).await.reads("support/chosen.de.json");
}

#[tokio::test]
async fn a_stuck_effect_is_seen_and_tried_again_or_skipped() {
    let api = Api::new();
    api.world.tickets.next_call(Trouble::FailForGood);
    api.declined().await;
    api.get_as(SUPPORT, "/api/support/effects?state=dead").await.reads("support/effects.dead.json");
    let dead =
        api.get_as(SUPPORT, "/api/support/effects?state=dead").await.data()["effects"][0]["id"]
            .take();
    let retried = api.post_as(SUPPORT, &format!("/api/support/effects/{dead}/retry"), "").await;
    assert_eq!(retried.ok().data(), json!({"id": dead, "state": "waiting"}));
    let skipped = api.post_as(SUPPORT, &format!("/api/support/effects/{dead}/skip"), REASON).await;
    assert_eq!(skipped.ok().data(), json!({"id": dead, "state": "skipped"}));
    let all = api.get_as(SUPPORT, "/api/support/effects?size=1").await.ok().data();
    assert_eq!((&all["size"], all["effects"].as_array().map(Vec::len)), (&json!(1), Some(1)));
}

#[tokio::test]
async fn a_partner_is_named_where_the_list_knows_a_name() {
    let (api, list) = Api::new().with_partners();
    let declined = api.declined().await;
    api.choose(&declined, FIRST).await.ok();
    let case = async || {
        let case = api.get_as(SUPPORT, "/api/support/cases/7001").await.ok().data();
        let token = &case["tokens"][0];
        json!([token["booking"]["partnerName"], token["rebooking"]["partnerName"]])
    };
    let earned = async || {
        let all = api.get_as(SUPPORT, "/api/support/earnings").await.ok().data();
        all["earnings"][0]["partnerName"].clone()
    };
    assert_eq!(case().await, json!(["Evas Küche", "Evas Küche"]));
    assert_eq!(earned().await, json!("Evas Küche"));
    // A list that is out of reach, or never answers, costs the name and nothing else.
    for trouble in [Trouble::Fail, Trouble::Hang] {
        list.next_call(trouble);
        assert_eq!(case().await, json!([null, null]), "{trouble:?}");
        list.next_call(trouble);
        assert_eq!(earned().await, json!(null), "{trouble:?}");
    }
}

#[tokio::test]
async fn an_order_that_nobody_claims_is_listed_until_it_is_dealt_with() {
    let api = Api::new();
    let list = api.world.rebookings.ports().unclaimed.clone().unwrap();
    let number = samples::order_number("000004711");
    list.note(OrderId::new(4_711), &number, "reb-1-1").await.unwrap();
    const PATH: &str = "/api/support/unclaimed-orders";
    api.get_as(SUPPORT, PATH).await.reads("support/unclaimed.json");
    let done = api.post_as(SUPPORT, &format!("{PATH}/4711/dealt-with"), "").await.ok().data();
    assert_eq!(done, json!({"orderId": 4711}));
    let none = api.get_as(SUPPORT, PATH).await.ok().data();
    assert_eq!(none, json!({"orders": [], "more": false}));
    let late = api.post_as(SUPPORT, &format!("{PATH}/4711/dealt-with"), "").await;
    assert_eq!(late.code(), "not_found");
    assert_eq!(api.get_as(PARTNER, PATH).await.code(), "wrong_role");
}

#[tokio::test]
async fn support_sees_whether_events_are_sent_and_switches_them_on() {
    const PATH: &str = "/api/support/events";
    let state = async |api: &Api| api.get_as(SUPPORT, PATH).await.ok().data();
    assert_eq!(state(&Api::new()).await, json!({"state": "none"}));
    let (api, events) = Api::with_events();
    assert_eq!(state(&api).await, json!({"state": "on"}));
    api.declined().await;
    api.get_as(SUPPORT, PATH).await.reads("support/events.failing.json");
    let switch = api.world.rebookings.ports().event_switch.clone().unwrap();
    let _ = switch.failed("away", TimeDelta::zero()).await.unwrap();
    api.get_as(SUPPORT, PATH).await.reads("support/events.switched_off.json");
    events.every_call(None);
    let done = api.post_as(SUPPORT, &format!("{PATH}/switch-on"), "").await.ok().data();
    assert_eq!(done, json!({"state": "on"}));
}

#[tokio::test]
async fn a_list_of_unclaimed_orders_that_is_cut_off_says_so() {
    let api = Api::new();
    let list = api.world.rebookings.ports().unclaimed.clone().unwrap();
    let listed = async || {
        let data = api.get_as(SUPPORT, "/api/support/unclaimed-orders").await.ok().data();
        (data["orders"].as_array().unwrap().len(), data["more"].as_bool().unwrap())
    };
    let note = async |order: i64| {
        let number = samples::order_number(&order.to_string());
        list.note(OrderId::new(order), &number, "reb-1-1").await.unwrap();
    };
    for order in 1..=100 {
        note(order).await;
    }
    assert_eq!(listed().await, (100, false));
    note(101).await;
    assert_eq!(listed().await, (100, true));
}

#[tokio::test]
async fn the_earnings_show_the_way_from_decline_to_revenue() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&page(&declined)).await.ok();
    api.choose(&declined, FIRST).await.ok();
    api.world.deliver_all().await.unwrap();
    let requests = api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.data();
    let confirm =
        format!("/api/partner/confirmations/{}/confirm", requests["confirmations"][0]["id"]);
    api.post_as(PARTNER, &confirm, "").await.ok();
    let path = "/api/support/earnings?from=2027-01-01&to=2027-01-12";
    api.get_as(SUPPORT, path).await.reads("support/earnings.json");
}

#[tokio::test]
async fn both_days_of_the_earnings_belong_to_them() {
    let api = Api::new();
    api.declined().await;
    for (span, cases) in [
        ("from=2027-01-12&to=2027-01-12", 1),
        ("from=2027-01-01&to=2027-01-11", 0),
        ("from=2027-01-13&to=2027-01-13", 0),
        ("", 1),
    ] {
        let data = api.get_as(SUPPORT, &format!("/api/support/earnings?{span}")).await.ok().data();
        assert_eq!(data["totals"][0]["declined"].as_i64().unwrap_or(0), cases, "{span}");
    }
}

#[tokio::test]
async fn an_order_that_was_refunded_in_the_shop_kills_its_link_at_once() {
    let api = Api::new();
    let declined = api.declined().await;
    let path = format!("/api/support/orders/{}/changed", declined.booking.order);
    for _ in 0..2 {
        let heard = api.post_as(SUPPORT, &path, r#"{"event":"refunded"}"#).await;
        assert_eq!(heard.ok().data(), json!({"orderId": 17_001}));
    }
    let gone = api.get(&page(&declined)).await;
    assert_eq!(gone.code(), "token_cancelled");
    assert_eq!(
        gone.json()["error"]["message"],
        json!("Diese Buchung wurde erstattet. Deshalb gilt der Link nicht mehr.")
    );
    let case = api.get_as(SUPPORT, "/api/support/cases/7001").await.ok().data();
    let history = case["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&history["actor"], &history["name"]),
        (&json!("support"), &json!("Susi")),
        "{history}"
    );
}

#[tokio::test]
async fn support_reads_no_link() {
    let api = Api::new();
    let declined = api.declined().await;
    for path in ["/api/support/cases", "/api/support/cases/7001", "/api/support/effects"] {
        let answer = api.get_as(SUPPORT, path).await.ok();
        assert!(!answer.text.contains(declined.link.expose()), "{path}");
        assert!(!answer.text.contains(declined.link.digest().as_str()), "{path}");
        assert_ne!(answer.data(), Value::Null);
    }
}
