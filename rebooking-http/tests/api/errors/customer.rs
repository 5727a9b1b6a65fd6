//! What a customer is refused, and why.

use rebooking_core::policy::{AttemptLimits, Policy, PriceRule};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::samples;
use serde_json::json;

use super::{REASON, UNKNOWN, WRONG, answers, answers_as, answers_under};
use crate::api::{FIRST, SECOND, SINGLE, SUPPORT, page};

#[tokio::test]
async fn an_unknown_link() {
    answers("token_unknown", async |api| api.get(UNKNOWN).await).await;
}

#[tokio::test]
async fn an_expired_link() {
    answers("token_expired", async |api| {
        let declined = api.declined().await;
        api.world.clock.advance(chrono::TimeDelta::days(30));
        api.get(&page(&declined)).await
    })
    .await;
}

#[tokio::test]
async fn an_expired_link_that_was_replaced_often_enough_promises_no_new_one() {
    let policy = Policy { renewal_limit: 0, ..Policy::default() };
    answers_as("customer/expired_for_good.json", policy, "token_expired", async |api| {
        let declined = api.declined().await;
        api.world.clock.advance(chrono::TimeDelta::days(30));
        let link = page(&declined);
        api.post(&format!("{link}/new-link"), "").await.ok();
        api.get(&link).await
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_link() {
    answers("token_cancelled", async |api| {
        let declined = api.declined().await;
        api.post_as(SUPPORT, "/api/support/cases/7001/cancel", REASON).await.ok();
        api.get(&page(&declined)).await
    })
    .await;
}

#[tokio::test]
async fn a_link_that_a_newer_one_has_replaced() {
    answers("token_superseded", async |api| {
        let declined = api.declined().await;
        api.post_as(SUPPORT, "/api/support/cases/7001/reissue", "").await.ok();
        api.choose(&declined, FIRST).await
    })
    .await;
}

#[tokio::test]
async fn a_used_link_says_what_was_booked() {
    answers("token_used", async |api| {
        let declined = api.chosen().await;
        api.world.deliver_all().await.unwrap();
        api.get(&page(&declined)).await
    })
    .await;
}

#[tokio::test]
async fn a_wrong_address() {
    answers("email_mismatch", async |api| {
        let declined = api.declined().await;
        api.post(&page(&declined), WRONG).await
    })
    .await;
}

#[tokio::test]
async fn too_many_wrong_addresses() {
    answers("too_many_attempts", async |api| {
        let declined = api.declined().await;
        for left in (0..5).rev() {
            let answer = api.post(&page(&declined), WRONG).await;
            assert_eq!(answer.json()["error"]["attemptsLeft"], json!(left));
        }
        api.choose(&declined, FIRST).await
    })
    .await;
}

#[tokio::test]
async fn too_many_wrong_addresses_in_all() {
    let attempts = AttemptLimits { in_window: 1, in_all: 1, ..Policy::default().attempts };
    answers_under(Policy { attempts, ..Policy::default() }, "attempts_exhausted", async |api| {
        let declined = api.declined().await;
        api.post(&page(&declined), WRONG).await;
        api.choose(&declined, FIRST).await
    })
    .await;
}

#[tokio::test]
async fn a_date_that_is_sold_out_comes_with_the_fresh_list() {
    answers("sold_out", async |api| {
        let declined = api.declined().await;
        api.choose(&declined, SINGLE).await
    })
    .await;
}

#[tokio::test]
async fn a_date_that_is_not_offered_comes_with_the_fresh_list() {
    answers("date_not_offered", async |api| {
        let declined = api.declined().await;
        api.choose(&declined, declined.booking.slot.id.value()).await
    })
    .await;
}

#[tokio::test]
async fn a_dearer_date_comes_with_the_total_to_agree_to() {
    let policy = Policy { price: PriceRule::Settle, ..Policy::default() };
    answers_under(policy, "price_changed", async |api| {
        let declined = api.declined().await;
        let date = samples::course_date(
            SECOND,
            samples::booking().slot.starts_at + chrono::TimeDelta::days(1),
            8,
        );
        let date = rebooking_core::value::course_date::CourseDate {
            unit_price: samples::euros(123_450),
            ..date
        };
        api.world.store.upsert_dates(&[date]).await.unwrap();
        api.choose(&declined, SECOND).await
    })
    .await;
}

#[tokio::test]
async fn backups_before_there_is_anything_to_back_up() {
    answers("backups_closed", async |api| {
        let declined = api.declined().await;
        api.get(&format!("{}/backups", page(&declined))).await
    })
    .await;
}

#[tokio::test]
async fn another_date_before_a_backup_is_booked() {
    answers("date_fixed", async |api| {
        let declined = api.declined().await;
        api.get(&format!("{}/date", page(&declined))).await
    })
    .await;
}

#[tokio::test]
async fn more_wishes_than_a_link_takes() {
    answers("enough_wishes", async |api| {
        let declined = api.declined().await;
        let path = format!("{}/wishes", page(&declined));
        let wish =
            |n| format!(r#"{{"customerEmail":"erika@example.com","kind":"other","text":"{n}"}}"#);
        for n in 0..10 {
            api.post(&path, &wish(n)).await.ok();
        }
        api.post(&path, &wish(10)).await
    })
    .await;
}
