//! Which trace the shop is told that a call belongs to.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{Orders as _, TraceParent};
use rebooking_core::testing::contract::orders::ShopUnderTest as _;
use rebooking_magento::{WatchSettings, Watcher};
use tokio::sync::mpsc;

use crate::outage::House;
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

#[tokio::test]
async fn each_round_of_the_watcher_is_a_trace_of_its_own() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let before = house.fake.calls().len();
    let settings = WatchSettings { every: Duration::from_millis(1), ..WatchSettings::default() };
    let watcher = Watcher::new(house.magento.clone(), &house.rebookings, settings);
    let (tell, mut told) = mpsc::unbounded_channel();
    let watching = watcher.run(|_| {
        house.clock.advance(TimeDelta::seconds(1));
        let _ = tell.send(());
    });
    tokio::select! {
        () = watching => {}
        // A look, a comparison with the books, and another look.
        () = async { for _ in 0..3 { told.recv().await.unwrap() } } => {}
    }

    let calls = house.fake.calls().split_off(before);
    let traces: Option<BTreeSet<_>> = calls.into_iter().map(|call| call.trace).collect();
    assert!(traces.as_ref().is_some_and(|traces| traces.len() == 2), "{traces:?}");
}
