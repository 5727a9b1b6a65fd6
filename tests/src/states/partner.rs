//! The partner's pages, and the one behind the link in the partner's mail.

use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{Trouble, World, samples};

use super::state::{State, table};
use crate::stage::{OTHER_PARTNER, PARTNER, Stage, path};

/// Where a partner says who they are, and what the sample partner says.
const ADDRESS: &str = "#partnerEmail";
const KUECHE: &str = "kueche@example.org";

#[expect(clippy::too_many_lines, reason = "one table")]
pub(super) fn states() -> Vec<State> {
    table! {
        "answer-pending" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            stage
        }
        "answer-unfolded" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.page.unfold().await;
            stage
        }
        "answer-too-many-proposals" => |visit| {
            let stage = Stage::new().await;
            for id in 4..8 {
                let starts_at = samples::booking().slot.starts_at + chrono::TimeDelta::days(7 * id);
                let date = samples::course_date(id, starts_at, 6);
                stage.world.store.upsert_dates(&[date]).await.unwrap();
            }
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.page.unfold().await;
            visit.page.fill("textarea[name=reason]", "Rohrbruch").await;
            visit.page.find_out("document.querySelectorAll('input[type=checkbox]').forEach(box => \
                box.click())").await;
            visit.page.fill(ADDRESS, KUECHE).await;
            visit.press("button[value=decline]").await;
            stage
        }
        "answer-confirmed" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.page.fill(ADDRESS, KUECHE).await;
            visit.press("button[value=confirm]").await;
            stage
        }
        "answer-declined" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.page.unfold().await;
            visit.page.fill("textarea[name=reason]", "Rohrbruch in der Küche").await;
            visit.page.fill(ADDRESS, KUECHE).await;
            visit.press("button[value=decline]").await;
            stage
        }
        "answer-address-missing" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.press("button[value=confirm]").await;
            stage
        }
        "answer-wrong-address" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open(&stage, &stage.answer_path()).await;
            visit.page.fill(ADDRESS, "jemand.anders@example.com").await;
            visit.press("button[value=confirm]").await;
            stage
        }
        "answer-unknown" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, "/partner/answer/unknown").await;
            stage
        }
        "sign-in" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, "/sign-in").await;
            stage
        }
        "sign-in-wrong" => |visit| {
            let stage = Stage::new().await;
            visit.sign_in(&stage, "wrong").await;
            stage
        }
        "signed-out" => |visit| {
            let stage = Stage::new().await;
            visit.sign_in(&stage, PARTNER).await;
            visit.press("form[action^='/sign-out'] button").await;
            stage
        }
        "wrong-role" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, PARTNER, "/support").await;
            stage
        }
        "partner-requests" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            stage
        }
        "partner-requests-unfolded" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            visit.page.unfold().await;
            stage
        }
        "partner-requests-of-one-date" => |visit| {
            let stage = Stage::two_asked().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            stage
        }
        "partner-date-confirmed" => |visit| {
            let stage = Stage::two_asked().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            visit.press("button[name=confirmDate]").await;
            stage
        }
        "partner-date-confirmed-in-part" => |visit| {
            let stage = Stage::two_asked().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            stage.world.store.next_commit(Trouble::FailForGood);
            visit.press("button[name=confirmDate]").await;
            stage
        }
        "partner-requests-confirmed" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.confirm(&declined).await;
            stage.world.store.open_confirmation(&samples::booking_of(7002)).await.unwrap();
            visit.open_as(&stage, PARTNER, "/partner?status=confirmed").await;
            stage
        }
        "partner-requests-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, OTHER_PARTNER, "/partner").await;
            stage
        }
        "partner-declined" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            visit.page.unfold().await;
            let reason = "textarea[id^='reason-']:not([id*=withdraw])";
            visit.page.fill(reason, "Rohrbruch in der Küche").await;
            visit.press("button[name=decline]").await;
            stage
        }
        "partner-called-off" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            visit.page.unfold().await;
            visit.page.fill("textarea[id*=withdraw]", "Rohrbruch in der Küche").await;
            visit.press("button[name=withdraw]").await;
            stage
        }
        "partner-reason-missing" => |visit| {
            let stage = Stage::new().await;
            stage.chosen().await;
            visit.open_as(&stage, PARTNER, "/partner").await;
            visit.page.unfold().await;
            visit.page.fill("textarea[id^='reason-']:not([id*=withdraw])", "   ").await;
            visit.press("button[name=decline]").await;
            stage
        }
        "partner-rebookings" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.confirm(&declined).await;
            stage.world.declined(samples::booking_of(7002)).await;
            let third = stage.world.declined(samples::booking_of(7003)).await;
            stage.choose(&third, World::DATES[0]).await;
            stage.world.deliver_all().await.unwrap();
            visit.open_as(&stage, PARTNER, "/partner/rebookings").await;
            stage
        }
        "partner-rebookings-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, OTHER_PARTNER, "/partner/rebookings").await;
            stage
        }
        "partner-calendar-none" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, PARTNER, "/partner/calendar").await;
            stage
        }
        "partner-calendar-made" => |visit| {
            let stage = Stage::new().await;
            visit.open_as(&stage, PARTNER, "/partner/calendar").await;
            visit.press("button[value=renew]").await;
            stage
        }
        "partner-calendar-has-address" => |visit| {
            let stage = Stage::new().await;
            let partner = stage.world.rebookings.partner(samples::partner().id);
            partner.renew_calendar().await.unwrap();
            visit.open_as(&stage, PARTNER, "/partner/calendar").await;
            stage
        }
        "partner-calendar-deleted" => |visit| {
            let stage = Stage::new().await;
            let partner = stage.world.rebookings.partner(samples::partner().id);
            partner.renew_calendar().await.unwrap();
            visit.open_as(&stage, PARTNER, "/partner/calendar").await;
            visit.press("button[value=revoke]").await;
            stage
        }
        "customer-link-declined-by-partner" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            let link = stage.decline_again(&declined, &[]).await;
            visit.open(&stage, &path(&link)).await;
            stage
        }
    }
}
