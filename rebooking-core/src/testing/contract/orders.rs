//! The contract of [`Orders`](crate::ports::Orders): exactly one order a key, whatever was answered
//! and whatever was not.

mod find;
mod shop;

use crate::policy::OrderStrategy;
use crate::ports::{OrderChange, OrderUndo, Placement, PortError, Refund, Undone};
use crate::rebooking::PlacedOrder;
use crate::testing::MemoryCheckpoints;
use crate::value::booking::{Booking, OrderNumber};
use crate::value::ids::OrderItemId;
use crate::value::money::Money;

pub use find::*;
pub use shop::ShopUnderTest;

const KEY: &str = "reb-7001-1";
const STRATEGIES: [OrderStrategy; 2] = [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder];

async fn change(shop: &impl ShopUnderTest, strategy: OrderStrategy) -> OrderChange {
    let (before, date) = (shop.booking().await, shop.date().await);
    let after = Booking { slot: date.slot, course: date.course, ..before.clone() };
    let key = match strategy {
        OrderStrategy::KeepOrder => KEY.to_owned(),
        OrderStrategy::LinkedOrder => format!("{KEY}1"),
    };
    OrderChange {
        key,
        reference: before.order_number.reference(1),
        strategy,
        list_total: date.unit_price.times(before.participants.count()),
        due: Money::zero(before.unit_price.currency()),
        correction: 0,
        before,
        after,
    }
}

async fn place(
    shop: &impl ShopUnderTest,
    change: &OrderChange,
    checkpoints: &MemoryCheckpoints,
) -> PlacedOrder {
    match shop.orders().place(change, checkpoints).await.unwrap() {
        Placement::Made(order) => order,
        Placement::Refused { reason } => panic!("the shop refused: {}", reason.expose()),
    }
}

fn undo_of(change: &OrderChange, order: Option<PlacedOrder>) -> OrderUndo {
    OrderUndo { key: change.key.clone(), before: change.before.clone(), order }
}

/// The booking behind an item, as it is now.
pub async fn a_booking_is_found_by_its_item(shop: impl ShopUnderTest) {
    let booking = shop.booking().await;
    assert_eq!(shop.orders().booking(booking.item).await.unwrap(), Some(booking));
}

/// What was paid is the sum that the shop has taken: three places at 89.00 for 250.00.
pub async fn a_discounted_booking_is_read_as_the_sum_that_was_paid(shop: impl ShopUnderTest) {
    let booking = shop.discounted_booking().await;
    let (list, sum) = (booking.list_total().minor(), booking.paid.minor());
    assert_eq!((booking.participants.count(), list, sum), (3, 26_700, 25_000));
    assert_eq!(shop.orders().booking(booking.item).await.unwrap(), Some(booking));
}

/// No such item, or nothing of it left.
pub async fn what_is_not_booked_is_not_found(shop: impl ShopUnderTest) {
    let booking = shop.booking().await;
    assert_eq!(shop.orders().booking(OrderItemId::new(99_999_999)).await.unwrap(), None);
    shop.close(booking.order).await;
    assert_eq!(shop.orders().booking(booking.item).await.unwrap(), None);
}

/// The order and its number stay.
pub async fn an_order_that_stays_keeps_its_number(shop: impl ShopUnderTest) {
    let change = change(&shop, OrderStrategy::KeepOrder).await;
    let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
    let Booking { order: id, order_number: number, item, .. } = change.before;
    assert_eq!(order, PlacedOrder { id, number, item });
    assert_eq!(shop.carrying(&change.key).await, 1);
}

/// A new order with a number of its own.
pub async fn a_linked_order_has_its_own_number(shop: impl ShopUnderTest) {
    let change = change(&shop, OrderStrategy::LinkedOrder).await;
    let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
    assert_ne!(order.id, change.before.order);
    assert_ne!(order.number, change.before.order_number);
    assert_ne!(order.item, change.before.item);
    assert!(OrderNumber::parse(order.number.as_str()).is_ok());
    assert_eq!(shop.carrying(&change.key).await, 1);
}

/// Whether the worker remembers the first time or not.
pub async fn the_same_key_again_gives_the_same_order(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let (change, checkpoints) = (change(&shop, strategy).await, MemoryCheckpoints::new());
        let order = place(&shop, &change, &checkpoints).await;
        for checkpoints in [checkpoints, MemoryCheckpoints::new()] {
            assert_eq!(place(&shop, &change, &checkpoints).await, order, "{strategy:?}");
        }
        assert_eq!(shop.carrying(&change.key).await, 1, "{strategy:?}");
    }
}

/// The shop may have done what it did not answer.
pub async fn an_order_whose_answer_was_lost_is_found_again(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let (change, checkpoints) = (change(&shop, strategy).await, MemoryCheckpoints::new());
        shop.lose_next_answer().await;
        let lost = shop.orders().place(&change, &checkpoints).await;
        assert!(matches!(lost, Err(PortError::Unknown(_))), "{strategy:?}: {lost:?}");
        place(&shop, &change, &checkpoints).await;
        place(&shop, &change, &MemoryCheckpoints::new()).await;
        assert_eq!(shop.carrying(&change.key).await, 1, "{strategy:?}");
    }
}

/// The marketplace may change its strategy while an order is being made.
pub async fn one_key_makes_one_order_whatever_the_strategy(shop: impl ShopUnderTest) {
    for (number, [first, second]) in
        [STRATEGIES, [STRATEGIES[1], STRATEGIES[0]]].into_iter().enumerate()
    {
        let key = format!("reb-7001-9{number}");
        let before = OrderChange { key: key.clone(), ..change(&shop, first).await };
        let order = place(&shop, &before, &MemoryCheckpoints::new()).await;
        let after = OrderChange { strategy: second, ..before };
        assert_eq!(
            place(&shop, &after, &MemoryCheckpoints::new()).await,
            order,
            "{first:?}, then {second:?}"
        );
        assert_eq!(shop.carrying(&key).await, 1, "{first:?}, then {second:?}");
    }
}

/// Whoever writes in several steps stops where another worker has taken over. Whoever writes once,
/// under its key, may have made the order: then it is the one that the other finds.
pub async fn a_worker_that_was_overtaken_leaves_no_twin(shop: impl ShopUnderTest) {
    let change = change(&shop, OrderStrategy::LinkedOrder).await;
    let overtaken = shop.orders().place(&change, &MemoryCheckpoints::overtaken()).await;
    let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
    if let Ok(placement) = overtaken {
        assert_eq!(placement, Placement::Made(order));
    }
    assert_eq!(shop.carrying(&change.key).await, 1);
}

/// No retry and no person will change it, so it is an answer and no error.
pub async fn a_date_that_is_sold_out_is_refused(shop: impl ShopUnderTest) {
    let change = change(&shop, OrderStrategy::LinkedOrder).await;
    shop.sell_out(change.after.slot.id).await;
    let placement = shop.orders().place(&change, &MemoryCheckpoints::new()).await.unwrap();
    assert!(matches!(placement, Placement::Refused { .. }), "{placement:?}");
    assert_eq!(shop.carrying(&change.key).await, 0);
    assert!(
        shop.orders().booking(change.before.item).await.unwrap().is_some(),
        "the old order stays"
    );
}

/// What was made before stays, though nobody else gets a place.
pub async fn an_order_that_was_made_outlives_the_last_place(shop: impl ShopUnderTest) {
    let change = change(&shop, OrderStrategy::LinkedOrder).await;
    let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
    shop.sell_out(change.after.slot.id).await;
    assert_eq!(place(&shop, &change, &MemoryCheckpoints::new()).await, order);
}

/// As often as it is called off.
pub async fn an_order_that_is_called_off_stays_off(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let change = change(&shop, strategy).await;
        let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
        let undo = undo_of(&change, Some(order));
        let undone = shop.orders().undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert!(undone.freed, "{strategy:?}: it was not invoiced");
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
        let again = shop.orders().undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert_eq!(again, undone, "{strategy:?}");
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
        let late = shop.orders().place(&change, &MemoryCheckpoints::new()).await.unwrap();
        assert!(matches!(late, Placement::Refused { .. }), "{strategy:?}: {late:?}");
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
    }
}

/// As a customer's exchange of a date asks for: the next order of the same booking is made, and is
/// the only one.
pub async fn an_order_that_is_called_off_makes_way_for_the_next(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let change = change(&shop, strategy).await;
        let order = place(&shop, &change, &MemoryCheckpoints::new()).await;
        let undo = undo_of(&change, Some(order));
        shop.orders().undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        let reference = change.before.order_number.reference(2);
        let next = OrderChange { key: format!("{}2", change.key), reference, ..change.clone() };
        place(&shop, &next, &MemoryCheckpoints::new()).await;
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
        assert_eq!(shop.carrying(&next.key).await, 1, "{strategy:?}");
        // Told once more, the first one is still off, and the next one stands.
        shop.orders().undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert_eq!(shop.carrying(&next.key).await, 1, "{strategy:?}");
    }
}

/// Also when nobody knows whether it was made.
pub async fn an_order_that_may_have_been_made_is_called_off(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let change = change(&shop, strategy).await;
        shop.lose_next_answer().await;
        assert!(shop.orders().place(&change, &MemoryCheckpoints::new()).await.is_err());
        // An unknown outcome is tried until it is known.
        let undo = undo_of(&change, None);
        let checkpoints = MemoryCheckpoints::new();
        for _ in 0..3 {
            if shop.orders().undo(&undo, &checkpoints).await.is_ok() {
                break;
            }
        }
        shop.orders().undo(&undo, &checkpoints).await.unwrap();
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
    }
}

/// What was called off before it was made is not made later.
pub async fn what_was_never_made_is_kept_from_being_made(shop: impl ShopUnderTest) {
    for strategy in STRATEGIES {
        let change = change(&shop, strategy).await;
        let undo = undo_of(&change, None);
        let undone = shop.orders().undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        assert_eq!(undone, Undone { freed: true, original_stands: true }, "{strategy:?}");
        let late = shop.orders().place(&change, &MemoryCheckpoints::new()).await.unwrap();
        assert!(matches!(late, Placement::Refused { .. }), "{strategy:?}: {late:?}");
        assert_eq!(shop.carrying(&change.key).await, 0, "{strategy:?}");
    }
}

async fn refund(shop: &impl ShopUnderTest) -> Refund {
    let booking = shop.booking().await;
    let amount = Money::new(2_000, booking.unit_price.currency()).unwrap();
    Refund { key: KEY.to_owned(), booking, amount }
}

/// Refunds add up in the shop, so the second one under a key is not paid.
pub async fn a_difference_is_paid_back_once(shop: impl ShopUnderTest) {
    let (refund, checkpoints) = (refund(&shop).await, MemoryCheckpoints::new());
    for checkpoints in [&checkpoints, &checkpoints, &MemoryCheckpoints::new()] {
        shop.orders().refund(&refund, checkpoints).await.unwrap();
    }
    assert_eq!(shop.refunded(KEY).await, [refund.amount]);
}

/// What went back is not paid any more.
pub async fn what_was_paid_back_is_taken_off_what_was_paid(shop: impl ShopUnderTest) {
    let refund = refund(&shop).await;
    shop.orders().refund(&refund, &MemoryCheckpoints::new()).await.unwrap();
    let paid = refund.booking.paid.minus(refund.amount).unwrap();
    let left = shop.orders().booking(refund.booking.item).await.unwrap();
    assert_eq!(left, Some(Booking { paid, ..refund.booking }));
}

/// The shop may have paid what it did not answer.
pub async fn a_refund_whose_answer_was_lost_is_not_paid_again(shop: impl ShopUnderTest) {
    let (refund, checkpoints) = (refund(&shop).await, MemoryCheckpoints::new());
    shop.lose_next_answer().await;
    let lost = shop.orders().refund(&refund, &checkpoints).await;
    assert!(matches!(lost, Err(PortError::Unknown(_))), "{lost:?}");
    shop.orders().refund(&refund, &checkpoints).await.unwrap();
    assert_eq!(shop.refunded(KEY).await, [refund.amount]);
}

/// Two refunds under two keys are two.
pub async fn refunds_under_other_keys_are_others(shop: impl ShopUnderTest) {
    let first = refund(&shop).await;
    let second = Refund { key: "reb-7001-2".to_owned(), ..first.clone() };
    for refund in [&first, &second] {
        shop.orders().refund(refund, &MemoryCheckpoints::new()).await.unwrap();
    }
    assert_eq!((shop.refunded(KEY).await.len(), shop.refunded("reb-7001-2").await.len()), (1, 1));
}

/// Tests that a shop adapter keeps its contract, one test a case. The expression makes a
/// [`ShopUnderTest`](crate::testing::contract::orders::ShopUnderTest).
#[macro_export]
macro_rules! orders_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $shop:expr) => {
        $crate::contract_cases! { orders [$(#[$attribute])*] ($($argument)*) [$shop]
            a_booking_is_found_by_its_item
            a_discounted_booking_is_read_as_the_sum_that_was_paid
            what_is_not_booked_is_not_found
            an_order_is_found_by_its_number
            every_item_of_an_order_is_found
            what_is_gone_from_an_order_is_left_out
            a_number_of_several_stores_finds_all_of_them
            an_order_that_stays_keeps_its_number
            a_linked_order_has_its_own_number
            the_same_key_again_gives_the_same_order
            an_order_whose_answer_was_lost_is_found_again
            one_key_makes_one_order_whatever_the_strategy
            a_worker_that_was_overtaken_leaves_no_twin
            a_date_that_is_sold_out_is_refused
            an_order_that_was_made_outlives_the_last_place
            an_order_that_is_called_off_stays_off
            an_order_that_is_called_off_makes_way_for_the_next
            an_order_that_may_have_been_made_is_called_off
            what_was_never_made_is_kept_from_being_made
            a_difference_is_paid_back_once
            what_was_paid_back_is_taken_off_what_was_paid
            a_refund_whose_answer_was_lost_is_not_paid_again
            refunds_under_other_keys_are_others
        }
    };
}
