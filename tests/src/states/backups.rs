//! The dates to take should the partner decline, below what was booked.

use rebooking_core::testing::World;

use super::state::{State, Visit, table};
use crate::stage::{Stage, path};

const FIRST: &str = "document.querySelector('#backup1').selectedIndex = 1";

impl Visit<'_> {
    /// Opens what was booked, and chooses the first date that can be named.
    async fn name(&self, stage: &Stage, address: &str) {
        let declined = stage.chosen().await;
        self.open(stage, &path(&declined.link)).await;
        self.page.find_out(FIRST).await;
        self.page.fill("#customerEmail", address).await;
        self.press("button[name=backups]").await;
    }

    /// Opens the page of a backup that was booked.
    async fn backup(&self, stage: &Stage) {
        let declined = stage.chosen().await;
        stage.name_backup(&declined, World::DATES[0]).await;
        stage.decline_for_backup(&declined).await;
        self.open(stage, &path(&stage.world.link(declined.token.next()).await)).await;
    }

    /// The same, and takes the first of the other dates instead.
    async fn exchange(&self, stage: &Stage, address: &str) {
        self.backup(stage).await;
        self.page.find_out("document.querySelector('#instead').selectedIndex = 1").await;
        self.page.fill("#exchangeEmail", address).await;
        self.press("button[name=exchange]").await;
    }
}

pub(super) fn states() -> Vec<State> {
    table! {
        "customer-backups-named" => |visit| {
            let stage = Stage::new().await;
            visit.name(&stage, "erika@example.com").await;
            stage
        }
        "customer-backups-wrong-address" => |visit| {
            let stage = Stage::new().await;
            visit.name(&stage, "jemand.anders@example.com").await;
            stage
        }
        "customer-backups-many-dates" => |visit| {
            let stage = Stage::new().await;
            let link = stage.declined_with_many_dates().await;
            visit.open(&stage, &path(&link)).await;
            visit.page.fill("#customerEmail", "erika@example.com").await;
            visit.press("button[name=choice]").await;
            stage
        }
        "customer-backup-booked" => |visit| {
            let stage = Stage::new().await;
            visit.backup(&stage).await;
            stage
        }
        "customer-backup-with-other-dates" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed_many(5).await.unwrap();
            visit.backup(&stage).await;
            stage
        }
        "customer-backup-exchanged" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed_many(5).await.unwrap();
            visit.exchange(&stage, "erika@example.com").await;
            stage
        }
        "customer-exchange-wrong-address" => |visit| {
            let stage = Stage::new().await;
            stage.world.seed_many(5).await.unwrap();
            visit.exchange(&stage, "jemand.anders@example.com").await;
            stage
        }
    }
}
