//! Round after round of the watcher: where the next one begins, and what each does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::value::ids::OrderItemId;
use rebooking_magento::testing::NewDate;
use rebooking_magento::{WatchSettings, Watched, Watcher};

use crate::outage::House;
use crate::shop::{COURSE, KITCHEN, OLD};

fn watcher(house: &House, settings: WatchSettings) -> Watcher {
    Watcher::new(house.magento.clone(), &house.rebookings, settings)
}

fn hasty() -> WatchSettings {
    WatchSettings {
        every: Duration::from_millis(1),
        open_requests: true,
        ..WatchSettings::default()
    }
}

#[tokio::test]
async fn a_look_begins_at_the_latest_change_that_the_one_before_has_found() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let mut watcher = watcher(&house, WatchSettings::default());
    for _ in 0..2 {
        house.clock.advance(TimeDelta::hours(1));
        house.fake.cancel(house.sell_one().0);
    }
    assert_eq!(watcher.look().await.unwrap().gone, 2);
    assert_eq!(watcher.look().await.unwrap().gone, 1);
}

#[tokio::test]
async fn what_was_put_off_is_told_later_though_others_have_changed_since() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let token = house.declined().await;
    let before = house.token(token).await.current_order().value();
    house.choose(token).await;
    house.fake.close(before);
    house.clock.advance(TimeDelta::hours(1));
    house.fake.cancel(house.sell_one().0);
    let mut watcher = watcher(&house, WatchSettings::default());
    let looked = watcher.look().await.unwrap();
    assert_eq!((looked.gone, looked.put_off), (1, 1));
    house.deliver_all().await;
    let looked = watcher.look().await.unwrap();
    assert_eq!((looked.gone, looked.put_off), (2, 0));
}

#[tokio::test]
async fn every_round_looks_and_orders_are_compared_far_less_often() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let rounds = Arc::new(Mutex::new(Vec::new()));
    let seen = rounds.clone();
    let report = move |watched: &Watched| seen.lock().unwrap().push(watched.clone());
    let running = tokio::spawn(watcher(&house, hasty()).run(report));
    while rounds.lock().unwrap().len() < 9 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.abort();
    let rounds = rounds.lock().unwrap();
    let compared = rounds.iter().filter(|watched| matches!(watched, Watched::Reconciled(_)));
    assert_eq!(compared.count(), 1);
}

#[tokio::test]
async fn a_booking_of_nobodys_is_asked_about_once_its_partner_is_known_however_late() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let date = |attributes| {
        let (id, sku, label) = (Some(OLD), "SUSHI-1", "2027-01-25 18:00");
        let date = NewDate { id, sku, label, price: 8_900, places: 10, attributes };
        house.fake.add_date(COURSE, &date)
    };
    date(&[]);
    let (_, item) = house.sell_one();
    let reconcile_every = Duration::from_millis(1);
    let mut watcher = watcher(&house, WatchSettings { reconcile_every, ..hasty() });
    assert_eq!(watcher.look().await.unwrap().requests, 0);
    // The looks that follow begin long after it was placed.
    house.clock.advance(TimeDelta::hours(1));
    house.fake.cancel(house.sell_one().0);
    watcher.look().await.unwrap();
    date(&KITCHEN);
    house.clock.advance(TimeDelta::hours(1));
    house.rebookings.refresh(rebooking_core::value::ids::CourseId::new(COURSE)).await.unwrap();
    let running = tokio::spawn(watcher.run(|_| {}));
    let key = CaseKey::Item(OrderItemId::new(item));
    while house.store.find(&key).await.is_ok_and(|seen| seen.value.confirmation.is_none()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.abort();
}
