//! A cart that is not filled, or not placed: what the shop says for good, and what for now alone.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{Orders as _, Placement, PortError};
use rebooking_core::testing::MemoryCheckpoints;
use rebooking_magento::testing::{Fault, SeenCall};

use crate::comments::change;
use crate::shop::{NEW, Shop};

async fn place(shop: &Shop) -> Result<Placement, PortError> {
    let change = change(shop, "reb-7001-1", OrderStrategy::LinkedOrder).await;
    shop.magento.place(&change, &MemoryCheckpoints::new()).await
}

/// Somebody else buys the last places just before the cart is placed.
fn sell_out_before_it_is_placed(shop: &Shop) {
    let fake = shop.fake.clone();
    let sells = move |call: &SeenCall| {
        if call.method == "PUT" {
            fake.set_salable(NEW, 0);
        }
        false
    };
    shop.fake.fail_once(sells, Fault::Json500);
}

/// The next reading of the cart itself goes wrong.
fn fail_the_cart(shop: &Shop, fault: Fault) {
    let reads = |call: &SeenCall| {
        let cart = call.path.strip_prefix("/carts/");
        call.method == "GET" && cart.is_some_and(|rest| !rest.contains('/'))
    };
    shop.fake.fail_once(reads, fault);
}

#[tokio::test]
async fn a_date_that_sells_out_before_the_cart_is_placed_is_refused() {
    let shop = Shop::open().await;
    sell_out_before_it_is_placed(&shop);
    let placed = place(&shop).await.unwrap();
    assert!(matches!(placed, Placement::Refused { .. }), "{placed:?}");
}

#[tokio::test]
async fn a_shop_that_cannot_show_the_cart_for_now_is_asked_again() {
    let shop = Shop::open().await;
    sell_out_before_it_is_placed(&shop);
    fail_the_cart(&shop, Fault::Html503);
    let placed = place(&shop).await;
    assert!(placed.as_ref().is_err_and(PortError::is_retryable), "{placed:?}");
}

#[tokio::test]
async fn a_cart_that_is_gone_and_became_no_order_is_for_people() {
    let shop = Shop::open().await;
    sell_out_before_it_is_placed(&shop);
    fail_the_cart(&shop, Fault::NotFound);
    let error = place(&shop).await.unwrap_err();
    assert!(!error.is_retryable(), "{error:?}");
    assert!(error.phrase().contains("no order was made from it"), "{}", error.phrase());
}

#[tokio::test]
async fn a_shop_that_is_down_as_the_cart_is_filled_refuses_nothing() {
    let shop = Shop::open().await;
    shop.fake.set_salable(NEW, 1);
    let fills = |call: &SeenCall| call.is_write() && call.path.ends_with("/items");
    shop.fake.fail_once(fills, Fault::Html503);
    let placed = place(&shop).await;
    assert!(placed.as_ref().is_err_and(PortError::is_retryable), "{placed:?}");
}
