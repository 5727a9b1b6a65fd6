//! Requests that reach no use case, and systems that do not work.

use rebooking_core::Policy;
use rebooking_core::testing::Trouble;

use super::{BY_HAND, UNKNOWN, answers, answers_as};
use crate::api::{FIRST, PARTNER, SUPPORT, page};

#[tokio::test]
async fn what_is_not_there() {
    answers("not_found", async |api| {
        api.declined().await;
        api.get_as(SUPPORT, "/api/support/cases/4711").await
    })
    .await;
}

#[tokio::test]
async fn callers_who_may_not() {
    answers("not_signed_in", async |api| api.get("/api/partner/rebookings").await).await;
    answers("wrong_role", async |api| api.get_as(PARTNER, "/api/support/cases").await).await;
}

#[tokio::test]
async fn requests_that_cannot_be_read() {
    answers("malformed_body", async |api| api.post(UNKNOWN, r#"{"selectedDateId":1"#).await).await;
    answers("unsupported_media_type", async |api| api.post(UNKNOWN, "").await).await;
    answers("invalid_field", async |api| api.post(UNKNOWN, r#"{"selectedDateId":1}"#).await).await;
    answers("body_too_large", async |api| api.post(UNKNOWN, &"x".repeat(40 * 1024 + 1)).await)
        .await;
    answers("cross_site", async |api| {
        api.post_with(("sec-fetch-site", "cross-site"), UNKNOWN, "{}").await
    })
    .await;
    answers("method_not_allowed", async |api| api.post("/healthz", "").await).await;
}

#[tokio::test]
async fn systems_that_do_not_work() {
    answers("try_later", async |api| {
        let declined = api.declined().await;
        api.world.store.next_call(Trouble::Fail);
        api.get(&page(&declined)).await
    })
    .await;
    answers("outcome_unknown", async |api| {
        let declined = api.declined().await;
        api.world.store.next_commit(Trouble::Unanswered);
        api.choose(&declined, FIRST).await
    })
    .await;
    answers("broken", async |api| {
        let declined = api.declined().await;
        api.world.store.next_call(Trouble::FailForGood);
        api.get(&page(&declined)).await
    })
    .await;
    answers("internal", async |api| {
        let declined = api.declined().await;
        api.world.store.next_call(Trouble::Panic);
        api.get(&page(&declined)).await
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_takes_too_long() {
    answers("answer_timeout", async |api| {
        let declined = api.declined().await;
        api.world.store.next_call(Trouble::Hang);
        api.get(&page(&declined)).await
    })
    .await;
}

#[tokio::test]
async fn an_unknown_outcome_of_what_happens_anew_each_time() {
    let actions = [
        ("/api/support/cases/7001/resend", ""),
        ("/api/support/cases/7001/reissue", ""),
        ("/api/support/cases/7001/extend", r#"{"days":1}"#),
        ("/api/support/links", BY_HAND),
    ];
    for (path, body) in actions {
        let file = "support/outcome_unknown.json";
        answers_as(file, Policy::default(), "outcome_unknown", async |api| {
            api.declined().await;
            api.world.store.next_commit(Trouble::Unanswered);
            api.post_as(SUPPORT, path, body).await
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_ends() {
    answers("request_timeout", async |api| api.post_endless(UNKNOWN).await).await;
}

#[tokio::test(start_paused = true)]
async fn requests_that_come_too_often() {
    answers("too_many_requests", async |api| {
        for _ in 0..30 {
            api.get(UNKNOWN).await;
        }
        api.get(UNKNOWN).await
    })
    .await;
}
