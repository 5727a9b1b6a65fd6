//! What people do to orders in the shop is found, and what we do is not taken for it.

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{Clock as _, Orders as _, Refund};
use rebooking_core::system::SystemClock;
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_core::value::booking::BookableItem;
use rebooking_core::value::ids::{OrderId, OrderItemId};
use rebooking_magento::{Gone, GoneBooking, KeyedOrder};

use crate::comments::change;
use crate::shop::Shop;

fn gone((order, item): (i64, i64), how: Gone) -> GoneBooking {
    GoneBooking { order: OrderId::new(order), item: OrderItemId::new(item), how }
}

fn yesterday() -> DateTime<Utc> {
    SystemClock.now() - TimeDelta::days(1)
}

#[tokio::test]
async fn cancelled_and_refunded_orders_are_found_and_a_difference_is_none() {
    let shop = Shop::open().await;
    let sold = [(); 4].map(|()| shop.sell(2, 0));
    let [cancelled, refunded, part, _] = sold;
    shop.fake.cancel(cancelled.0);
    for order in [refunded, part] {
        shop.fake.pay(order.0, None);
    }
    shop.fake.close(refunded.0);
    let booking = Shop::booking_of(part.0, part.1, 2, 8_900);
    let back = Refund { key: "reb-7-1".to_owned(), booking, amount: samples::euros(500) };
    shop.magento.refund(&back, &MemoryCheckpoints::new()).await.unwrap();
    let changes = shop.magento.changes_since(yesterday(), yesterday()).await.unwrap();
    let mut found = changes.gone.clone();
    found.sort_by_key(|gone| gone.order);
    assert_eq!(found, [gone(cancelled, Gone::Cancelled), gone(refunded, Gone::Refunded)]);
    // Spans overlap: to look again from there finds the latest again, and loses none.
    let again = shop.magento.changes_since(changes.until, changes.until).await.unwrap();
    assert_eq!(again.gone.len(), 2);
    let later = changes.until + TimeDelta::hours(1);
    assert_eq!(shop.magento.changes_since(later, later).await.unwrap().gone, []);
}

#[tokio::test]
async fn orders_with_our_keys_are_listed() {
    let shop = Shop::open().await;
    let change = change(&shop, "reb-7001-1", OrderStrategy::LinkedOrder).await;
    shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap();
    let keyed = |live| {
        let number = samples::order_number("000000002");
        KeyedOrder { key: change.key.clone(), order: OrderId::new(2), number, live }
    };
    assert_eq!(shop.magento.keyed_orders("reb-", None).await.unwrap(), [keyed(true)]);
    shop.fake.cancel(2);
    assert_eq!(shop.magento.keyed_orders("reb-", None).await.unwrap(), [keyed(false)]);
    assert_eq!(shop.magento.keyed_orders("other-", None).await.unwrap(), []);
}

#[tokio::test]
async fn an_order_number_leads_to_its_bookings() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(2, 0);
    let number = samples::order_number(&format!("{order:09}"));
    let found = shop.magento.find(&number).await.unwrap();
    assert_eq!(found, [BookableItem::from(&Shop::booking_of(order, item, 2, 8_900))]);
    shop.fake.cancel(order);
    assert_eq!(shop.magento.find(&number).await.unwrap(), []);
    let unknown = samples::order_number("000004711");
    assert_eq!(shop.magento.find(&unknown).await.unwrap(), []);
}
