//! Backups by the API: what can be named, what is, and what is wrong with a list.

use http::StatusCode;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::{Policy, testing::World};
use serde_json::json;

use crate::api::{Answer, Api, CASE, FIRST, SECOND, SINGLE, page};

fn path(declined: &DeclinedBooking) -> String {
    format!("{}/backups", page(declined))
}

async fn name(api: &Api, declined: &DeclinedBooking, dates: &[i64]) -> Answer {
    let backups: Vec<_> =
        dates.iter().map(|date| json!({"dateId": date, "expectedTotal": 178.00})).collect();
    let list = json!({"customerEmail": "erika@example.com", "backups": backups});
    api.put(&path(declined), &list.to_string()).await
}

#[tokio::test]
async fn after_the_choice_a_link_shows_what_can_be_named_and_what_is() {
    let api = Api::new();
    let declined = api.chosen().await;
    name(&api, &declined, &[SECOND]).await.reads("customer/backups_named.de.json");
    api.get(&path(&declined)).await.reads("customer/backups.json");
    let english = api.speaking("en");
    name(&english, &declined, &[]).await.reads("customer/backups_taken_back.en.json");
}

#[tokio::test]
async fn the_same_list_again_gives_the_same_answer_and_changes_nothing() {
    let api = Api::new();
    let declined = api.chosen().await;
    let first = name(&api, &declined, &[SECOND]).await.ok();
    let stored = api.world.store.snapshot();
    assert_eq!(name(&api, &declined, &[SECOND]).await.ok().text, first.text);
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_list_that_is_wrong_is_told_by_its_field() {
    let api = Api::new();
    let declined = api.chosen().await;
    let stored = api.world.store.snapshot();
    for (body, field) in [
        (r#"{"customerEmail":"erika@example.com"}"#, "backups"),
        (r#"{"customerEmail":"erika@example.com","backups":{}}"#, "backups"),
        (r#"{"customerEmail":"erika@example.com","backups":[2]}"#, "backups"),
        (r#"{"customerEmail":"erika@example.com","backups":[{"dateId":"x"}]}"#, "backups"),
        (
            r#"{"customerEmail":"erika@example.com","backups":[{"dateId":2},{"dateId":2}]}"#,
            "backups",
        ),
        (
            r#"{"customerEmail":"erika@example.com",
                "backups":[{"dateId":2},{"dateId":3},{"dateId":4}]}"#,
            "backups",
        ),
        (
            r#"{"customerEmail":"erika@example.com",
                "backups":[{"dateId":2,"expectedTotal":1.234}]}"#,
            "expectedTotal",
        ),
        (r#"{"customerEmail":"erika","backups":[]}"#, "customerEmail"),
        (r#"{"customerEmail":"erika@example.com","backups":[],"more":1}"#, "more"),
    ] {
        let refused = api.put(&path(&declined), body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.json()["error"]["field"], field, "{body}");
    }
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_date_that_cannot_be_booked_comes_with_those_that_can() {
    let api = Api::new();
    let declined = api.chosen().await;
    for (date, code) in
        [(SINGLE, "sold_out"), (FIRST, "date_not_offered"), (99, "date_not_offered")]
    {
        let refused = name(&api, &declined, &[date]).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, code.to_owned()));
        assert_eq!(refused.json()["error"]["availableDates"][0]["id"], SECOND);
    }
}

#[tokio::test]
async fn nobody_names_backups_without_the_address() {
    let api = Api::new();
    let declined = api.chosen().await;
    let list = r#"{"customerEmail":"junk@example.net","backups":[{"dateId":2}]}"#;
    assert_eq!(api.put(&path(&declined), list).await.code(), "email_mismatch");
    assert_eq!(api.get(&path(&declined)).await.ok().json()["data"]["backups"], json!([]));
}

#[tokio::test]
async fn a_decline_books_the_backup_and_support_reads_of_it() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    name(&api, &declined, &[SECOND]).await.ok();
    let request = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let path = format!("/api/partner/confirmations/{request}/decline");
    api.post_as(crate::api::PARTNER, &path, r#"{"reason":"Rohrbruch"}"#).await.ok();
    api.world.deliver_all().await.unwrap();
    let case = api.get_as(crate::api::SUPPORT, &format!("/api/support/cases/{CASE}")).await.ok();
    assert!(case.text.contains("backup_booked"), "{}", case.text);
    let next = api.world.token(declined.token.next()).await;
    assert_eq!(next.rebooking().unwrap().slot.id, World::DATES[1]);
}

#[tokio::test]
async fn once_the_partner_has_answered_and_where_a_host_wants_none_they_are_closed() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let request = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    assert_eq!(api.get(&path(&declined)).await.code(), "backups_closed");
    assert_eq!(name(&api, &declined, &[SECOND]).await.code(), "backups_closed");

    let api = Api::with(Policy { backups: 0, ..Policy::default() });
    let declined = api.chosen().await;
    assert_eq!(name(&api, &declined, &[SECOND]).await.code(), "backups_closed");
}
