//! Support's pages, and the description of the API.

use chrono::TimeDelta;
use rebooking_core::policy::{Delivery, Policy};
use rebooking_core::service::NewWish;
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::value::ids::OrderId;
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::WishKind;

use super::state::{State, table};
use crate::stage::{SUPPORT, Stage};

/// The first failure is the last.
fn impatient() -> Policy {
    Policy { delivery: Delivery { tries: 1, ..Delivery::default() }, ..Policy::default() }
}

/// A mail that cannot be sent, and support hears of it.
async fn with_a_failure() -> Stage {
    let stage = Stage::with(impatient()).await;
    stage.world.mailer.every_call(Some(Trouble::FailForGood));
    stage.declined().await;
    stage
}

/// Customers who found no date: one says nothing, one waits for new ones, and one wants the money
/// back and got no mail.
async fn stranded() -> Stage {
    let stage = Stage::with(Policy { horizon: TimeDelta::days(2), ..impatient() }).await;
    for (item, wish) in
        [(7001, None), (7002, Some(WishKind::NewDates)), (7003, Some(WishKind::MoneyBack))]
    {
        stage.world.mailer.every_call((item == 7003).then_some(Trouble::FailForGood));
        let declined = stage.world.declined(samples::booking_of(item)).await;
        stage.world.deliver_all().await.unwrap();
        let customer = stage.world.rebookings.customer(&declined.link);
        let shown = customer.show().await.unwrap().into_offers().unwrap();
        customer.visited(&shown).await.unwrap();
        if let Some(kind) = wish {
            let email = declined.booking.customer.email.clone();
            let wish = NewWish {
                email,
                kind,
                text: FreeText::EMPTY,
                weekdays: Vec::new(),
                months: Vec::new(),
            };
            stage.world.rebookings.customer(&declined.link).wish(&wish).await.unwrap();
        }
    }
    stage
}

pub(super) fn states() -> Vec<State> {
    table! {
        "support-cases" => |visit| {
            let stage = Stage::new().await;
            let first = stage.chosen().await;
            stage.confirm(&first).await;
            stage.world.declined(samples::booking_of(7002)).await;
            let third = stage.world.declined(samples::booking_of(7003)).await;
            stage.choose(&third, World::DATES[0]).await;
            visit.open_as(&stage, SUPPORT, "/support?status=all").await;
            stage
        }
        "support-cases-with-failures" => |visit| {
            let stage = with_a_failure().await;
            visit.open_as(&stage, SUPPORT, "/support").await;
            stage
        }
        "support-cases-in-need" => |visit| {
            let stage = stranded().await;
            let case = rebooking_core::value::ids::CaseId::new(7003);
            stage.world.rebookings.support("Susi").take(case, false).await.unwrap();
            stage.world.clock.advance(TimeDelta::hours(60));
            visit.open_as(&stage, SUPPORT, "/support?attention=no_dates").await;
            stage
        }
        "support-cases-order-without-case" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support?q=100007009").await;
            stage
        }
        "support-cases-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support?q=nobody").await;
            stage
        }
        "support-case-open" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            stage
        }
        "support-case-noted" => |visit| {
            let stage = Stage::new().await;
            let case = stage.chosen().await.token.case;
            let note = crate::stage::words("Frau Mustermann kann nur dienstags und ruft noch an.");
            stage.world.rebookings.support("Anna").take(case, false).await.unwrap();
            stage.world.rebookings.support("Susi").note(case, &note).await.unwrap();
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            stage
        }
        "support-case-preview" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001/preview").await;
            stage
        }
        "support-case-preview-booked" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001/preview").await;
            stage
        }
        "support-case-unfolded" => |visit| {
            let stage = with_a_failure().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            visit.page.unfold().await;
            stage
        }
        "support-case-long" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.decline_again(&declined, &[World::DATES[0]]).await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            stage
        }
        "support-case-over" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            let reason = crate::stage::words("Irrtum");
            let support = stage.world.rebookings.support("Susi");
            support.cancel(crate::stage::CASE, &reason).await.unwrap();
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            stage
        }
        "support-case-resent" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            visit.page.unfold().await;
            visit.press("button[value=resend]").await;
            stage
        }
        "support-case-reason-missing" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/7001").await;
            visit.page.unfold().await;
            visit.page.fill("#reason-cancel", "   ").await;
            visit.press("button[value=cancel]").await;
            stage
        }
        "support-case-unknown" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/cases/1").await;
            stage
        }
        "support-link" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/links").await;
            stage
        }
        "support-link-unknown-booking" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/links").await;
            visit.page.fill("#orderItemId", "1").await;
            visit.page.fill("#reason", "Telefonat").await;
            visit.press("main form button").await;
            stage
        }
        "support-link-several-items" => |visit| {
            let stage = Stage::new().await;
            stage.two_items();
            visit.open_as(&stage, SUPPORT, "/support/links").await;
            visit.page.fill("#orderNumber", "100007001").await;
            visit.page.fill("#reason", "Telefonat").await;
            visit.press("main form button").await;
            stage
        }
        "support-people" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/people").await;
            stage
        }
        "support-people-open-case" => |visit| {
            let stage = Stage::new().await;
            stage.declined().await;
            visit.open_as(&stage, SUPPORT, "/support/people").await;
            visit.page.fill("#email-forget", "erika@example.com").await;
            visit.page.fill("#reason-forget", "Auf Wunsch").await;
            visit.press("button[value=forget]").await;
            stage
        }
        "support-effects-failed" => |visit| {
            let stage = with_a_failure().await;
            visit.open_as(&stage, SUPPORT, "/support/effects").await;
            visit.page.unfold().await;
            stage
        }
        "support-effects-all" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, SUPPORT, "/support/effects?status=all").await;
            stage
        }
        "support-effects-astray" => |visit| {
            let stage = Stage::new().await;
            let unclaimed = stage.world.rebookings.ports().unclaimed.clone().unwrap();
            let number = samples::order_number("000004711");
            unclaimed.note(OrderId::new(4_711), &number, "reb-1-1").await.unwrap();
            stage.world.store.list_malformed(samples::malformed_row());
            visit.open_as(&stage, SUPPORT, "/support/effects").await;
            stage
        }
        "support-effects-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/effects").await;
            stage
        }
        "support-earnings" => |visit| {
            let stage = Stage::new().await;
            let first = stage.chosen().await;
            stage.confirm(&first).await;
            stage.world.declined(samples::booking_of(7002)).await;
            visit.open_as(&stage, SUPPORT, "/support/earnings").await;
            stage
        }
        "support-earnings-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, SUPPORT, "/support/earnings").await;
            stage
        }
        "docs" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, "/docs").await;
            stage
        }
    }
}
