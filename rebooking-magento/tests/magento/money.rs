//! What goes back, and what cannot.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, Orders as _, Placement, PortError, Refund};
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::OrderItemId;
use rebooking_core::value::money::{Currency, Money};
use rebooking_magento::testing::SeenMemo;

use crate::comments::change;
use crate::shop::{Shop, refunds};

const KEY: &str = "reb-7001-1";

async fn refund(shop: &Shop, booking: Booking, cents: i64) -> Result<(), PortError> {
    let refund = Refund { key: KEY.to_owned(), booking, amount: samples::euros(cents) };
    shop.magento.refund(&refund, &MemoryCheckpoints::new()).await
}

/// What people are told when it cannot be done.
fn why(refused: Result<(), PortError>) -> String {
    match refused {
        Err(error @ PortError::Permanent(_)) => error.phrase(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_credit_memo_says_net_tax_and_gross() {
    let shop = Shop::open().await;
    shop.fake.set_tax_percent(19);
    let (order, item) = shop.sell(2, 0);
    shop.fake.pay(order, None);
    refund(&shop, Shop::booking_of(order, item, 2, 8_900), 2_000).await.unwrap();
    let comment = "Preisunterschied 20,00\u{a0}€ (netto 16,81\u{a0}€, 19 % Steuer 3,19\u{a0}€) \
                   [rebooking:reb-7001-1:refund]";
    let memo = SeenMemo { total: 2_000, online: false, comment: comment.to_owned() };
    assert_eq!(shop.fake.order(order).unwrap().memos, [memo]);
    assert_eq!(shop.fake.order(order).unwrap().state, "complete", "only the difference went back");
}

#[tokio::test]
async fn never_more_goes_back_than_was_paid() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(3, 1_700);
    let booking =
        Booking { paid: samples::euros(25_000), ..Shop::booking_of(order, item, 3, 8_900) };
    let said = why(refund(&shop, booking.clone(), 2_000).await);
    assert!(said.contains("nothing is paid that could be given back; take 20.00 off"), "{said}");
    shop.fake.pay(order, None);
    let said = why(refund(&shop, booking.clone(), 30_000).await);
    assert!(said.contains("300.00 should go back, but only 250.00 is paid"), "{said}");
    assert_eq!(refunds(&shop.fake, KEY), Vec::<i64>::new());
    // A cent that only rounding has put on top is left off.
    refund(&shop, booking, 25_001).await.unwrap();
    assert_eq!(refunds(&shop.fake, KEY), [25_000]);
}

#[tokio::test]
async fn nothing_and_an_amount_of_another_currency_are_for_people() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(2, 0);
    shop.fake.pay(order, None);
    let francs = Money::new(2_000, Currency::parse("CHF").unwrap()).unwrap();
    for amount in [samples::euros(0), samples::euros(-2_000), francs] {
        let booking = Shop::booking_of(order, item, 2, 8_900);
        let refund = Refund { key: KEY.to_owned(), booking, amount };
        let said = why(shop.magento.refund(&refund, &MemoryCheckpoints::new()).await);
        assert!(said.contains("not an amount of its currency"), "{said}");
    }
    assert_eq!(refunds(&shop.fake, KEY), Vec::<i64>::new());
}

#[tokio::test]
async fn the_gateway_gives_back_what_it_has_taken() {
    let taken = Some("txn-1");
    for (setting, taken, online) in
        [(true, taken, true), (false, taken, false), (true, None, false)]
    {
        let shop = Shop::open_with(|settings| settings.orders.refund_online = setting).await;
        let (order, item) = shop.sell(2, 0);
        shop.fake.pay(order, taken);
        refund(&shop, Shop::booking_of(order, item, 2, 8_900), 2_000).await.unwrap();
        assert_eq!(shop.fake.order(order).unwrap().memos[0].online, online, "{setting} {taken:?}");
    }
}

/// A linked order in place of another, and the booking that it carries.
async fn linked(shop: &Shop) -> (OrderChange, Booking) {
    let change = change(shop, KEY, OrderStrategy::LinkedOrder).await;
    let made = shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap();
    let Placement::Made(made) = made else { panic!("{made:?}") };
    let after = change.after.clone();
    let booking = Booking { order: made.id, order_number: made.number, item: made.item, ..after };
    (change, booking)
}

#[tokio::test]
async fn a_linked_order_that_was_paid_itself_gives_back_its_own() {
    let shop = Shop::open().await;
    let (change, booking) = linked(&shop).await;
    shop.fake.pay(booking.order.value(), None);
    refund(&shop, booking.clone(), 2_000).await.unwrap();
    let memos = |order| shop.fake.order(order).unwrap().memos.len();
    assert_eq!((memos(booking.order.value()), memos(change.before.order.value())), (1, 0));
}

#[tokio::test]
async fn the_difference_of_a_linked_order_goes_back_from_the_order_that_was_paid() {
    let shop = Shop::open().await;
    let (change, booking) = linked(&shop).await;
    for _ in 0..2 {
        refund(&shop, booking.clone(), 2_000).await.unwrap();
    }
    let original = shop.fake.order(change.before.order.value()).unwrap();
    assert_eq!(original.memos.len(), 1);
    assert_eq!(refunds(&shop.fake, KEY), [2_000]);
}

#[tokio::test]
async fn the_whole_of_a_discounted_booking_can_go_back_and_not_a_cent_more() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(3, 1_700);
    shop.fake.pay(order, None);
    let booking = shop.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
    refund(&shop, booking.clone(), booking.paid.minor()).await.unwrap();
    assert_eq!(refunds(&shop.fake, KEY), [25_000]);
    let left = shop.magento.booking(booking.item).await.unwrap().map(|left| left.paid);
    assert!(left.is_none_or(|left| left == samples::euros(0)), "{left:?}");
}
