//! The core's own suite.

use crate::shop::Shop;

mod as_it_comes {
    use super::Shop;
    rebooking_core::orders_contract!(#[tokio::test] () => Shop::open().await);
}
