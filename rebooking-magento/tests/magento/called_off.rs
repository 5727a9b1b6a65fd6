//! What is left in the shop once a change was called off.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, OrderUndo, Orders as _, Placement, PortError, Undone};
use rebooking_core::testing::MemoryCheckpoints;
use rebooking_core::testing::contract::orders::ShopUnderTest as _;
use rebooking_magento::testing::{Fault, SeenCall};

use crate::comments::change;
use crate::shop::{NEW, Shop};

#[tokio::test]
async fn of_an_order_of_two_courses_each_stands_for_itself() {
    let shop = Shop::open().await;
    let [gone, stands] = shop.order_of_two().await;
    shop.close_item(&gone).await;
    for (before, original_stands) in [(gone, false), (stands, true)] {
        let undo = OrderUndo { key: "reb-7001-1".to_owned(), before, order: None };
        let undone = shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert_eq!(undone, Undone { freed: true, original_stands });
    }
}

/// What the rebooking knows counts, and not alone what can be found in the shop.
#[tokio::test]
async fn an_order_that_people_took_our_marks_off_is_called_off_all_the_same() {
    for strategy in [OrderStrategy::LinkedOrder, OrderStrategy::KeepOrder] {
        let shop = Shop::open().await;
        let change = change(&shop, "reb-7001-1", strategy).await;
        let made = shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap();
        let Placement::Made(made) = made else { panic!("{made:?}") };
        shop.fake.orders().iter().for_each(|order| shop.fake.unmark(order.id));
        let undo = OrderUndo { key: change.key, before: change.before, order: Some(made) };
        let undone = shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert_eq!(undone, Undone { freed: true, original_stands: true }, "{strategy:?}");
        assert_eq!(shop.fake.salable(NEW), 10, "{strategy:?}");
    }
}

#[tokio::test]
async fn an_order_that_is_known_and_found_is_cancelled_once() {
    let shop = Shop::open().await;
    let change = change(&shop, "reb-7001-1", OrderStrategy::LinkedOrder).await;
    let made = shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap();
    let Placement::Made(made) = made else { panic!("{made:?}") };
    let undo = OrderUndo { key: change.key, before: change.before, order: Some(made) };
    shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
    let calls = shop.fake.calls().into_iter();
    assert_eq!(calls.filter(|call| call.path.ends_with("/cancel")).count(), 1);
}

/// A cart is announced, and was not placed.
async fn announced() -> (Shop, OrderChange) {
    let shop = Shop::open().await;
    let change = change(&shop, "reb-7001-1", OrderStrategy::LinkedOrder).await;
    shop.fake.fail_once(|call| call.method == "PUT", Fault::Dropped);
    let placed = shop.magento.place(&change, &MemoryCheckpoints::new()).await;
    assert!(placed.as_ref().is_err_and(PortError::is_retryable), "{placed:?}");
    (shop, change)
}

/// A worker that was frozen may still place it, so only one that is gone need not be emptied.
#[tokio::test]
async fn a_cart_is_emptied_or_gone_before_its_order_counts_as_called_off() {
    for (method, parts) in [("GET", 3), ("GET", 4), ("DELETE", 5)] {
        for fault in [Fault::NotFound, Fault::Html503] {
            let (shop, change) = announced().await;
            let fits = move |call: &SeenCall| {
                let cart = call.path.starts_with("/carts/");
                cart && call.method == method && call.path.split('/').count() == parts
            };
            shop.fake.fail_once(fits, fault);
            let undo = OrderUndo { key: change.key, before: change.before, order: None };
            let undone = shop.magento.undo(&undo, &MemoryCheckpoints::new()).await;
            let done = fault == Fault::NotFound;
            assert_eq!(undone.is_ok(), done, "{method}, {parts} parts, {fault:?}: {undone:?}");
        }
    }
}
