//! From the number of an order to its items.

use super::ShopUnderTest;
use crate::testing::samples;
use crate::value::booking::{BookableItem, Booking, OrderNumber};

async fn found(shop: &impl ShopUnderTest, number: &OrderNumber) -> Vec<BookableItem> {
    let mut items = shop.orders().find(number).await.unwrap();
    items.sort_by_key(|item| item.item);
    items
}

fn items(bookings: &[Booking]) -> Vec<BookableItem> {
    let mut items: Vec<BookableItem> = bookings.iter().map(BookableItem::from).collect();
    items.sort_by_key(|item| item.item);
    items
}

/// The number is what customers know.
pub async fn an_order_is_found_by_its_number(shop: impl ShopUnderTest) {
    let booking = shop.booking().await;
    assert_eq!(found(&shop, &booking.order_number).await, items(std::slice::from_ref(&booking)));
    assert_eq!(found(&shop, &samples::order_number("no-such-order")).await, []);
}

/// One for each course; the booking of each is found by it.
pub async fn every_item_of_an_order_is_found(shop: impl ShopUnderTest) {
    let two = shop.order_of_two().await;
    assert_eq!(found(&shop, &two[0].order_number).await, items(&two));
    for booking in two {
        assert_eq!(shop.orders().booking(booking.item).await.unwrap(), Some(booking));
    }
}

/// Nobody can be moved from what is cancelled or refunded.
pub async fn what_is_gone_from_an_order_is_left_out(shop: impl ShopUnderTest) {
    let [gone, stays] = shop.order_of_two().await;
    shop.close_item(&gone).await;
    let number = stays.order_number.clone();
    assert_eq!(found(&shop, &number).await, items(std::slice::from_ref(&stays)));
    assert_eq!(shop.orders().booking(gone.item).await.unwrap(), None);
    shop.close(stays.order).await;
    assert_eq!(found(&shop, &number).await, []);
}

/// A guess would send a link to a stranger.
pub async fn a_number_of_several_stores_finds_all_of_them(shop: impl ShopUnderTest) {
    let here = shop.booking().await;
    let there = shop.same_number(&here).await;
    assert_ne!(here.order, there.order);
    assert_eq!(found(&shop, &here.order_number).await, items(&[here, there]));
}
