//! Which trace the shop is told that a call belongs to.

use rebooking_core::ports::{Orders as _, TraceParent};
use rebooking_core::testing::contract::orders::ShopUnderTest as _;

use crate::shop::Shop;

#[tokio::test]
async fn each_call_says_which_trace_it_belongs_to_and_none_where_there_is_none() {
    let shop = Shop::open().await;
    let item = shop.booking().await.item;
    let parent = TraceParent::new(7, 8, true).unwrap();
    shop.magento.booking(item).await.unwrap();
    let without = shop.fake.calls().len();
    parent.scope(shop.magento.booking(item)).await.unwrap();

    let traces: Vec<_> = shop.fake.calls().into_iter().map(|call| call.trace).collect();
    let (before, within) = traces.split_at(without);
    assert!(!before.is_empty() && before.iter().all(Option::is_none), "{before:?}");
    let told = Some("00-00000000000000000000000000000007-0000000000000008-01".to_owned());
    assert!(!within.is_empty() && within.iter().all(|trace| *trace == told), "{within:?}");
}
