//! How a look reads long lists, and where it begins.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::Clock as _;
use rebooking_core::value::ids::OrderItemId;
use rebooking_magento::testing::{Fault, NewOrder};

use crate::outage::House;
use crate::shop::{COURSE, OLD};

impl House {
    pub(crate) fn sell_one(&self) -> (i64, i64) {
        self.fake.set_salable(OLD, 10);
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let (count, discount) = (1, 0);
        self.fake.sell(&NewOrder { course: COURSE, date: OLD, count, discount, name, email })
    }

    /// How many bookings are gone since yesterday.
    async fn gone(&self) -> usize {
        let yesterday = self.clock.now() - TimeDelta::days(1);
        self.magento.changes_since(yesterday, yesterday).await.unwrap().gone.len()
    }
}

#[tokio::test]
async fn more_changes_of_one_second_than_a_page_holds_are_all_found() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    for _ in 0..205 {
        house.fake.cancel(house.sell_one().0);
    }
    assert_eq!(house.gone().await, 205);
}

#[tokio::test]
async fn an_order_that_changes_while_pages_are_read_hides_no_other() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let mut first = None;
    for _ in 0..150 {
        let (order, _) = house.sell_one();
        house.fake.cancel(order);
        first.get_or_insert(order);
        house.clock.advance(TimeDelta::seconds(1));
    }
    // It moves to the end, and with it all that stand behind it.
    let (fake, reads, first) = (house.fake.clone(), AtomicUsize::new(0), first.unwrap());
    let moves_it = move |call: &rebooking_magento::testing::SeenCall| {
        if call.path == "/orders" && reads.fetch_add(1, Ordering::Relaxed) == 1 {
            fake.set_state(first, "closed");
        }
        false
    };
    house.fake.fail_once(moves_it, Fault::Json500);
    assert_eq!(house.gone().await, 150);
}

#[tokio::test]
async fn an_order_that_was_placed_just_before_counts_as_placed_since_as_clocks_differ() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let (_, item) = house.sell_one();
    let now = house.clock.now();
    for (later, found) in [(4, vec![OrderItemId::new(item)]), (6, Vec::new())] {
        let placed_from = now + TimeDelta::minutes(later);
        let changes = house.magento.changes_since(now, placed_from).await.unwrap();
        assert_eq!(changes.placed, found, "{later} minutes");
    }
}
