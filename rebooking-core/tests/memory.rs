//! The memory adapters keep the contract of every port.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::{Clock, async_trait};
use rebooking_core::testing::{
    MemoryMailer, MemoryPartners, MemoryShop, MemoryStore, MemoryTickets, SettableClock, Trouble,
    samples,
};

fn store() -> MemoryStore {
    MemoryStore::new(Arc::new(SettableClock::at(samples::now())))
}

/// A store whose clock moves with each look at it.
fn ticking() -> MemoryStore {
    struct Ticking(SettableClock);

    #[async_trait]
    impl Clock for Ticking {
        fn now(&self) -> DateTime<Utc> {
            self.0.advance(TimeDelta::microseconds(1));
            self.0.now()
        }

        async fn sleep(&self, time: Duration) {
            self.0.sleep(time).await;
        }
    }

    MemoryStore::new(Arc::new(Ticking(SettableClock::at(samples::now()))))
}

mod store {
    rebooking_core::store_contract!(#[tokio::test] () => super::store());
    rebooking_core::queue_contract!(#[tokio::test] () => super::store());
    rebooking_core::reports_contract!(#[tokio::test] () => super::store());
    rebooking_core::personal_contract!(#[tokio::test] () =>
        rebooking_core::testing::contract::StoreUnderTest::with_personal(super::store()));
    rebooking_core::calendars_contract!(#[tokio::test] () =>
        rebooking_core::testing::contract::StoreUnderTest::with_calendars(super::store()));
    rebooking_core::unclaimed_contract!(#[tokio::test] () => super::store());
}

/// Calls side by side meet in the worst order: all of them read before the first one writes.
mod store_side_by_side {
    use super::Trouble;

    fn giving_way() -> super::MemoryStore {
        let store = super::store();
        store.every_call(Some(Trouble::GiveWay));
        store
    }

    rebooking_core::store_contract!(#[tokio::test] () => giving_way());
    rebooking_core::queue_contract!(#[tokio::test] () => giving_way());
    rebooking_core::reports_contract!(#[tokio::test] () => giving_way());
}

/// As a host sees it that has lists of its own.
mod store_without_reports {
    use rebooking_core::testing::contract::StoreUnderTest;

    fn without_reports() -> StoreUnderTest {
        StoreUnderTest::without_reports(super::store())
    }

    rebooking_core::store_contract!(#[tokio::test] () => without_reports());
    rebooking_core::queue_contract!(#[tokio::test] () => without_reports());
}

mod imports {
    rebooking_core::imports_contract!(#[tokio::test] () => super::ticking());
}

mod orders {
    rebooking_core::orders_contract!(#[tokio::test] () => super::MemoryShop::new());
}

mod tickets {
    rebooking_core::tickets_contract!(#[tokio::test] () => super::MemoryTickets::new());
}

mod mail {
    rebooking_core::mailer_contract!(#[tokio::test] () => super::MemoryMailer::new());
}

mod schedule {
    rebooking_core::schedule_contract!(#[tokio::test] () => super::store());
}

mod partners {
    rebooking_core::partners_contract!(#[tokio::test] () => super::MemoryPartners::new());
}

/// The list that a host writes into its settings.
mod partner_table {
    use rebooking_core::testing::contract::partners::TableUnderTest;

    rebooking_core::partners_contract!(#[tokio::test] () => TableUnderTest::default());
}

mod sign_outs {
    use std::sync::Arc;

    use rebooking_core::testing::{MemoryStore, SettableClock, samples};

    rebooking_core::sign_outs_contract!(#[tokio::test] () =>
        MemoryStore::new(Arc::new(SettableClock::at(samples::now()))));
}
