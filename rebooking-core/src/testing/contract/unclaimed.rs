//! The contract of [`UnclaimedOrders`]: each case gets a fresh,
//! empty store.

use crate::ports::{Noted, UnclaimedOrder, UnclaimedOrders};
use crate::testing::samples;
use crate::value::ids::OrderId;

/// Tests that a store keeps its contract, one test a case.
///
/// `unclaimed_contract!(#[tokio::test] () => my_store().await);`
#[macro_export]
macro_rules! unclaimed_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { unclaimed [$(#[$attribute])*] ($($argument)*) [$store]
            an_order_that_nobody_claims_is_listed_once
            what_is_mended_is_off_the_list_and_may_come_back
            what_support_has_dealt_with_is_not_listed_again
            the_longest_known_come_first
        }
    };
}

const ORDER: OrderId = OrderId::new(4_711);

async fn note(store: &impl UnclaimedOrders, order: OrderId) -> Noted {
    let number = samples::order_number(&format!("{:09}", order.value()));
    store.note(order, &number, &format!("reb-{order}-1")).await.unwrap()
}

async fn listed(store: &impl UnclaimedOrders) -> Vec<OrderId> {
    store.unclaimed(100).await.unwrap().iter().map(|listed| listed.order).collect()
}

/// However often, and by however many at once, it is found.
pub async fn an_order_that_nobody_claims_is_listed_once(store: impl UnclaimedOrders) {
    let noted = futures_util::future::join_all((0..8).map(|_| note(&store, ORDER))).await;
    let new = noted.iter().filter(|noted| **noted == Noted::New).count();
    assert_eq!((new, noted.len()), (1, 8), "{noted:?}");
    assert_eq!(note(&store, ORDER).await, Noted::Listed);
    let [UnclaimedOrder { order, number, key, .. }] =
        store.unclaimed(100).await.unwrap().try_into().unwrap();
    assert_eq!((order, number.as_str(), key.as_str()), (ORDER, "000004711", "reb-4711-1"),);
}

/// Also when it is not listed at all.
pub async fn what_is_mended_is_off_the_list_and_may_come_back(store: impl UnclaimedOrders) {
    store.mended(ORDER).await.unwrap();
    note(&store, ORDER).await;
    for _ in 0..2 {
        store.mended(ORDER).await.unwrap();
        assert_eq!(listed(&store).await, []);
    }
    assert!(!store.dealt_with(ORDER, "anna").await.unwrap(), "nothing is left to deal with");
    assert_eq!(note(&store, ORDER).await, Noted::New);
    assert_eq!(listed(&store).await, [ORDER]);
}

/// Until it is mended: then it is another story.
pub async fn what_support_has_dealt_with_is_not_listed_again(store: impl UnclaimedOrders) {
    assert!(!store.dealt_with(ORDER, "anna").await.unwrap(), "it is not on the list");
    note(&store, ORDER).await;
    assert!(store.dealt_with(ORDER, "anna").await.unwrap());
    assert!(!store.dealt_with(ORDER, "bert").await.unwrap());
    assert_eq!(listed(&store).await, []);
    assert_eq!(note(&store, ORDER).await, Noted::DealtWith);
    assert_eq!(listed(&store).await, []);
    store.mended(ORDER).await.unwrap();
    assert_eq!(note(&store, ORDER).await, Noted::New);
    assert_eq!(listed(&store).await, [ORDER]);
}

/// And no more than are asked for.
pub async fn the_longest_known_come_first(store: impl UnclaimedOrders) {
    let orders = [3, 1, 2].map(OrderId::new);
    for order in orders {
        note(&store, order).await;
        // Moments are told apart by the microsecond.
        note(&store, ORDER).await;
    }
    let found = listed(&store).await;
    assert_eq!(found, [orders[0], ORDER, orders[1], orders[2]]);
    assert_eq!(store.unclaimed(2).await.unwrap().len(), 2);
}
