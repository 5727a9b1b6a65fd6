//! Another date in place of a backup, by the API: what can be taken, what was, and what is wrong.

use http::StatusCode;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::samples;
use rebooking_core::testing::world::DeclinedBooking;
use serde_json::json;

use crate::api::{Answer, Api, CASE, FIRST, FOURTH, SECOND, SINGLE, SUPPORT, page};

fn path(moved: &DeclinedBooking) -> String {
    format!("{}/date", page(moved))
}

async fn change(api: &Api, moved: &DeclinedBooking, date: i64) -> Answer {
    let choice = json!({
        "selectedDateId": date, "customerEmail": "erika@example.com", "expectedTotal": 178.00
    });
    api.put(&path(moved), &choice.to_string()).await
}

#[tokio::test]
async fn the_link_of_a_backup_shows_other_dates_and_takes_one_instead() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    api.get(&path(&moved)).await.reads("customer/exchange.json");
    change(&api, &moved, FOURTH).await.reads("customer/exchanged.de.json");
    let next = api.world.token(moved.token.next()).await;
    assert_eq!(next.rebooking().unwrap().slot.id.value(), FOURTH);
    let english = api.speaking("en");
    change(&english, &moved, FOURTH).await.reads("customer/exchanged.en.json");
}

/// Promise I7.
#[tokio::test]
async fn the_same_exchange_again_gives_the_same_answer_and_changes_nothing() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let first = change(&api, &moved, FOURTH).await.ok();
    let stored = api.world.store.snapshot();
    assert_eq!(change(&api, &moved, FOURTH).await.ok().text, first.text);
    assert_eq!(change(&api, &moved, SECOND).await.code(), "token_used");
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_choice_that_is_wrong_is_told_by_its_field_and_exchanges_nothing() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let stored = api.world.store.snapshot();
    for (body, field) in [
        (r#"{"customerEmail":"erika@example.com"}"#, "selectedDateId"),
        (r#"{"customerEmail":"erika","selectedDateId":4}"#, "customerEmail"),
        (
            r#"{"customerEmail":"erika@example.com","selectedDateId":4,"expectedTotal":1.234}"#,
            "expectedTotal",
        ),
        (r#"{"customerEmail":"erika@example.com","selectedDateId":4,"more":1}"#, "more"),
    ] {
        let refused = api.put(&path(&moved), body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.json()["error"]["field"], field, "{body}");
    }
    for (date, code) in [
        (SINGLE, "sold_out"),
        (FIRST, "date_not_offered"),
        (SECOND, "date_not_offered"),
        (99, "date_not_offered"),
    ] {
        let refused = change(&api, &moved, date).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, code.to_owned()));
        assert_eq!(refused.json()["error"]["availableDates"][0]["id"], FOURTH);
    }
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_choice_of_the_customers_own_and_a_backup_that_is_confirmed_are_fixed() {
    let api = Api::new();
    let chosen = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    assert_eq!(api.get(&path(&chosen)).await.code(), "date_fixed");
    assert_eq!(change(&api, &chosen, SECOND).await.code(), "date_fixed");

    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let request = api.world.token(moved.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    assert_eq!(api.get(&path(&moved)).await.code(), "date_fixed");
    assert_eq!(change(&api, &moved, FOURTH).await.code(), "date_fixed");
}

#[tokio::test]
async fn support_reads_of_the_exchange_and_the_link_of_the_backup_tells_the_new_date() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    change(&api, &moved, FOURTH).await.ok();
    api.world.deliver_all().await.unwrap();
    let case = api.get_as(SUPPORT, &format!("/api/support/cases/{CASE}")).await.ok();
    let history = case.json()["data"]["history"].clone();
    let off = history.as_array().unwrap().iter().find(|it| it["event"] == "rebooking_cancelled");
    assert_eq!(off.map(|it| (&it["step"], &it["actor"])), Some((&json!(2), &json!("customer"))));
    let used = api.get(&page(&moved)).await;
    assert_eq!(used.code(), "token_used");
    let date = &used.json()["error"]["rebooking"]["newDate"];
    let starts_at = samples::now() + chrono::TimeDelta::days(50);
    assert_eq!(date, &json!(starts_at.date_naive().to_string()));
}
