//! What partners and support cannot do in the state that things are in.

use rebooking_core::Policy;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::Booking;

use super::{BY_HAND, REASON, answers, answers_under, answers_without_reports};
use crate::api::{PARTNER, SUPPORT};

#[tokio::test]
async fn a_request_that_the_partner_has_not_been_asked_yet() {
    answers("partner_not_asked_yet", async |api| {
        let declined = api.chosen().await;
        let token = api.world.token(declined.token).await;
        let request = token.rebooking().unwrap().confirmation.unwrap();
        api.post_as(PARTNER, &format!("/api/partner/confirmations/{request}/confirm"), "").await
    })
    .await;
}

#[tokio::test]
async fn lists_where_the_host_has_its_own() {
    answers_without_reports("reports_left_out", async |api| {
        let lists = [
            (PARTNER, "/api/partner/confirmations"),
            (PARTNER, "/api/partner/rebookings"),
            (PARTNER, "/api/partner/rebookings.csv"),
            (SUPPORT, "/api/support/cases/7001"),
            (SUPPORT, "/api/support/effects"),
            (SUPPORT, "/api/support/earnings"),
        ];
        for (who, list) in lists {
            let answer = api.get_as(who, list).await;
            assert_eq!(
                (answer.status.as_u16(), answer.code().as_str()),
                (501, "reports_left_out"),
                "{list}"
            );
        }
        api.get_as(SUPPORT, "/api/support/cases").await
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_closed() {
    answers("confirmation_closed", async |api| {
        let request = api.declined().await.confirmation;
        api.post_as(PARTNER, &format!("/api/partner/confirmations/{request}/confirm"), "").await
    })
    .await;
}

#[tokio::test]
async fn a_rebooking_that_is_over() {
    answers_under(Policy { step_limit: 1, ..Policy::default() }, "rebooking_over", async |api| {
        let declined = api.chosen().await;
        api.world.deliver_all().await.unwrap();
        let token = api.world.token(declined.token).await;
        let request = token.rebooking().unwrap().confirmation.unwrap();
        let path = format!("/api/partner/confirmations/{request}/decline");
        api.post_as(PARTNER, &path, REASON).await.ok();
        api.post_as(SUPPORT, "/api/support/cases/7001/cancel", REASON).await
    })
    .await;
}

#[tokio::test]
async fn a_rebooking_that_is_under_way() {
    answers("rebooking_live", async |api| {
        api.chosen().await;
        api.post_as(SUPPORT, "/api/support/links", BY_HAND).await
    })
    .await;
}

#[tokio::test]
async fn a_case_that_is_to_be_forgotten_and_is_open() {
    answers("case_open", async |api| {
        api.declined().await;
        api.post_as(SUPPORT, "/api/support/cases/7001/forget", REASON).await
    })
    .await;
}

#[tokio::test]
async fn an_order_number_that_leads_to_several_items() {
    answers("choose_item", async |api| {
        for item in [7001, 7002] {
            let order_number = samples::order_number("100007001");
            api.world.shop.put_booking(Booking { order_number, ..samples::booking_of(item) });
        }
        let body = r#"{"orderNumber":"100007001","reason":"Kundin hat angerufen"}"#;
        api.post_as(SUPPORT, "/api/support/links", body).await
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_gone() {
    answers("nothing_to_move", async |api| {
        let declined = api.declined().await;
        let path = format!("/api/support/orders/{}/changed", declined.booking.order);
        api.post_as(SUPPORT, &path, r#"{"event":"cancelled"}"#).await.ok();
        api.post_as(SUPPORT, "/api/support/links", BY_HAND).await
    })
    .await;
}

#[tokio::test]
async fn a_case_whose_link_has_expired_was_used_or_taken_away() {
    const RESEND: &str = "/api/support/cases/7001/resend";
    answers("link_expired", async |api| {
        api.declined().await;
        api.world.clock.advance(chrono::TimeDelta::days(30));
        api.post_as(SUPPORT, RESEND, "").await
    })
    .await;
    answers("link_used", async |api| {
        api.chosen().await;
        api.post_as(SUPPORT, RESEND, "").await
    })
    .await;
    answers("link_cancelled", async |api| {
        api.declined().await;
        api.post_as(SUPPORT, "/api/support/cases/7001/cancel", REASON).await.ok();
        api.post_as(SUPPORT, RESEND, "").await
    })
    .await;
}

#[tokio::test]
async fn a_case_whose_people_are_forgotten() {
    answers("forgotten", async |api| {
        api.declined().await;
        api.world.clock.advance(chrono::TimeDelta::days(200));
        api.world.rebookings.sweep().await.unwrap();
        api.post_as(SUPPORT, "/api/support/cases/7001/extend", r#"{"days":1}"#).await
    })
    .await;
}

#[tokio::test]
async fn a_case_that_another_has_taken() {
    answers("case_taken", async |api| {
        let case = api.declined().await.token.case;
        api.world.rebookings.support("Anna").take(case, false).await.unwrap();
        api.post_as(SUPPORT, "/api/support/cases/7001/take", "{}").await
    })
    .await;
}

#[tokio::test]
async fn an_effect_that_is_over() {
    answers("effect_not_idle", async |api| {
        api.declined().await;
        api.post_as(SUPPORT, "/api/support/effects/1/retry", "").await
    })
    .await;
}

#[tokio::test]
async fn an_order_that_support_would_skip() {
    answers("order_cannot_be_skipped", async |api| {
        api.chosen().await;
        let waiting = api.get_as(SUPPORT, "/api/support/effects?state=waiting").await.ok().data();
        let order = waiting["effects"]
            .as_array()
            .unwrap()
            .iter()
            .find(|effect| effect["kind"] == "order-place");
        let path = format!("/api/support/effects/{}/skip", order.unwrap()["id"]);
        api.post_as(SUPPORT, &path, REASON).await
    })
    .await;
}
