//! The customer's page, behind the link in the mail.

use chrono::TimeDelta;
use rebooking_core::link::LinkSecret;
use rebooking_core::policy::{OrderStrategy, Policy, PriceRule};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::service::ManualLink;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::ids::OrderItemId;

use super::state::{State, Visit, table};
use crate::stage::{CASE, Stage, path, words};

const ADDRESS: &str = "#customerEmail";
const ERIKA: &str = "erika@example.com";

impl Visit<'_> {
    /// Opens a link, and types the address that was booked with.
    async fn begin(&self, stage: &Stage, link: &LinkSecret) {
        self.open(stage, &path(link)).await;
        self.page.fill(ADDRESS, ERIKA).await;
    }

    async fn wish(&self, kind: &str) {
        self.page.unfold().await;
        self.press(&format!("button[name=wish][value={kind}]")).await;
    }
}

#[expect(clippy::too_many_lines, reason = "one table")]
pub(super) fn states() -> Vec<State> {
    table! {
        "customer-choose" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            stage
        }
        "customer-choose-other-prices" => |visit| {
            let stage = Stage::with(Policy { price: PriceRule::Settle, ..Policy::default() }).await;
            visit.open(&stage, &path(&stage.declined_with_other_prices().await.link)).await;
            stage
        }
        "customer-choose-proposed" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            let link = stage.decline_again(&declined, &[World::DATES[0]]).await;
            visit.open(&stage, &path(&link)).await;
            stage
        }
        "customer-many-dates" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined_with_many_dates().await)).await;
            stage
        }
        "customer-many-dates-narrowed" => |visit| {
            let stage = Stage::new().await;
            let link = path(&stage.declined_with_many_dates().await);
            visit.open(&stage, &format!("{link}?weekday=saturday&time=morning")).await;
            stage
        }
        "customer-many-dates-calendar" => |visit| {
            let stage = Stage::new().await;
            let link = path(&stage.declined_with_many_dates().await);
            visit.open(&stage, &format!("{link}?view=calendar")).await;
            stage
        }
        "customer-many-dates-none-fits" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed_many(10).await.unwrap();
            let link = path(&stage.declined().await.link);
            visit.open(&stage, &format!("{link}?weekday=monday&time=morning")).await;
            stage
        }
        "customer-many-dates-nonsense-asked-for" => |visit| {
            let stage = Stage::new().await;
            let link = path(&stage.declined_with_many_dates().await);
            visit.open(&stage, &format!("{link}?weekday=someday")).await;
            stage
        }
        "customer-many-dates-address-missing" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined_with_many_dates().await)).await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-choose-unfolded" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            visit.page.unfold().await;
            stage
        }
        "customer-choose-by-hand" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed().await.unwrap();
            stage.world.shop.put_booking(samples::booking());
            let by_hand = ManualLink {
                item: OrderItemId::new(7001),
                reason: words("Telefonat"),
                again: false,
            };
            stage.world.rebookings.support("Susi").send_link(&by_hand).await.unwrap();
            visit.open(&stage, &path(&stage.newest_link().await)).await;
            stage
        }
        "customer-called-off" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed().await.unwrap();
            let booking = samples::booking();
            stage.world.shop.put_booking(booking.clone());
            stage.world.store.open_confirmation(&booking).await.unwrap();
            let partner = stage.world.rebookings.partner(booking.partner.id);
            partner.withdraw(booking.slot.id, &words("Wasserschaden")).await.unwrap();
            visit.open(&stage, &path(&stage.newest_link().await)).await;
            stage
        }
        "customer-address-missing" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-filled-honeypot" => |visit| {
            let stage = Stage::new().await;
            visit.begin(&stage, &stage.declined().await.link).await;
            let filled_in = "document.querySelector('.trap input').value = 'https://example.org'";
            visit.page.find_out(filled_in).await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-wish-without-address" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            visit.wish("money_back").await;
            stage
        }
        "customer-no-date-chosen" => |visit| {
            let stage = Stage::new().await;
            visit.begin(&stage, &stage.declined().await.link).await;
            visit.page.press_through(crate::browser::Key::Enter).await;
            stage
        }
        "customer-wrong-address" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            visit.page.fill(ADDRESS, "jemand.anders@example.com").await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-too-many-attempts" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            for _ in 0..6 {
                visit.page.fill(ADDRESS, "jemand.anders@example.com").await;
                visit.press("button[name=choice]").await;
            }
            stage
        }
        "customer-sold-out" => |visit| {
            let stage = Stage::new().await;
            visit.begin(&stage, &stage.declined().await.link).await;
            let booked = samples::booking().slot.starts_at;
            let full = samples::course_date(1, booked + TimeDelta::days(7), 1);
            stage.world.store.upsert_dates(&[full]).await.unwrap();
            visit.press("button[name=choice][value^='1:']").await;
            stage
        }
        "customer-price-changed" => |visit| {
            let stage = Stage::with(Policy { price: PriceRule::Settle, ..Policy::default() }).await;
            let declined = stage.declined().await;
            visit.begin(&stage, &declined.link).await;
            stage.change_prices().await;
            visit.press("button[name=choice][value^='1:']").await;
            stage
        }
        "customer-wish-taken" => |visit| {
            let stage = Stage::new().await;
            visit.begin(&stage, &stage.declined().await.link).await;
            visit.wish("new_dates").await;
            stage
        }
        "customer-no-dates" => |visit| {
            let policy = Policy { horizon: TimeDelta::days(2), ..Policy::default() };
            let stage = Stage::with(policy).await;
            visit.open(&stage, &path(&stage.declined().await.link)).await;
            stage
        }
        "customer-booked" => |visit| {
            let stage = Stage::new().await;
            visit.begin(&stage, &stage.declined().await.link).await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-booked-number-pending" => |visit| {
            let policy = Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() };
            let stage = Stage::with(policy).await;
            let declined = stage.declined().await;
            stage.choose(&declined, World::DATES[0]).await;
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-booked-cheaper" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined_with_other_prices().await;
            stage.choose(&declined, World::DATES[0]).await;
            stage.world.deliver_all().await.unwrap();
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-booked-dearer" => |visit| {
            let stage = Stage::with(Policy { price: PriceRule::Settle, ..Policy::default() }).await;
            let declined = stage.declined_with_other_prices().await;
            visit.begin(&stage, &declined.link).await;
            visit.press("button[name=choice][value^='3:']").await;
            stage.world.deliver_all().await.unwrap();
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-confirmed" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.confirm(&declined).await;
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-declined-again" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.decline_again(&declined, &[]).await;
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-rebooking-cancelled" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.chosen().await;
            stage.world.rebookings.support("Susi").cancel(CASE, &words("Irrtum")).await.unwrap();
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-link-unknown" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, "/rebook/unknown").await;
            stage
        }
        "customer-link-expired" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.clock.advance(TimeDelta::days(30));
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-new-link-asked-for" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.clock.advance(TimeDelta::days(30));
            visit.begin(&stage, &declined.link).await;
            visit.press("button[name=newLink]").await;
            stage
        }
        "customer-new-link-without-address" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.clock.advance(TimeDelta::days(30));
            visit.open(&stage, &path(&declined.link)).await;
            visit.press("button[name=newLink]").await;
            stage
        }
        "customer-link-superseded" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.rebookings.support("Susi").reissue(CASE).await.unwrap();
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "customer-link-cancelled" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.rebookings.support("Susi").cancel(CASE, &words("Irrtum")).await.unwrap();
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
        "page-not-found" => |visit| {
            let stage = Stage::new().await;
            visit.open(&stage, "/nowhere").await;
            stage
        }
        "try-later" => |visit| {
            let stage = Stage::new().await;
            let declined = stage.declined().await;
            stage.world.store.every_call(Some(rebooking_core::testing::Trouble::Fail));
            visit.open(&stage, &path(&declined.link)).await;
            stage
        }
    }
}
