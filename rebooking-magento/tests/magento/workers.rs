//! Two workers on one effect, and one that was frozen while the other went on.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rebooking_core::effect::Checkpoint;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{
    CheckpointStore, OrderChange, OrderUndo, Orders as _, Placement, PortError, Refund,
};
use rebooking_core::rebooking::PlacedOrder;
use rebooking_core::testing::contract::orders::ShopUnderTest as _;
use rebooking_core::testing::{MemoryCheckpoints, samples};
use tokio::sync::Notify;

use crate::comments::change;
use crate::shop::{NEW, Shop, carrying, refunds};

const KEY: &str = "reb-7001-1";

/// Takes what it is given, and freezes in the middle of one save.
struct Freezing {
    /// Which save.
    at: usize,
    saves: std::sync::Mutex<usize>,
    frozen: Arc<Notify>,
    woken: Arc<Notify>,
    /// Whether it finds out at the next save that another worker has taken over.
    overtaken: bool,
}

impl Freezing {
    fn new(at: usize) -> Self {
        let (frozen, woken) = (Arc::default(), Arc::default());
        Self { at, saves: std::sync::Mutex::default(), frozen, woken, overtaken: false }
    }
}

#[async_trait]
impl CheckpointStore for Freezing {
    fn last(&self) -> Checkpoint {
        Checkpoint::default()
    }

    async fn save(&self, _: Checkpoint) -> Result<(), PortError> {
        let number = {
            let mut saves = self.saves.lock().unwrap();
            *saves += 1;
            *saves
        };
        if number == self.at {
            self.frozen.notify_one();
            self.woken.notified().await;
        }
        // It was saved just before the freeze: nobody has told it that it was overtaken.
        if self.overtaken && self.at < number {
            return Err(PortError::Transient("another worker has taken over".into()));
        }
        Ok(())
    }
}

async fn made(shop: &Shop, change: &OrderChange) -> PlacedOrder {
    for _ in 0..20 {
        match shop.magento.place(change, &MemoryCheckpoints::new()).await {
            Ok(Placement::Made(order)) => return order,
            Ok(Placement::Refused { reason }) => panic!("refused: {}", reason.expose()),
            Err(error) => assert!(error.is_retryable(), "{error:?}"),
        }
    }
    panic!("it never came to an end");
}

#[tokio::test]
async fn workers_side_by_side_make_one_order() {
    for round in 0..15 {
        let shop = Shop::open().await;
        let change = change(&shop, KEY, OrderStrategy::LinkedOrder).await;
        let (one, two, three) =
            tokio::join!(made(&shop, &change), made(&shop, &change), made(&shop, &change));
        assert_eq!((&one, &one), (&two, &three), "round {round}");
        assert_eq!(carrying(&shop.fake, KEY), 1, "round {round}");
        assert_eq!(shop.fake.orders().len(), 2, "round {round}");
        assert_eq!(shop.fake.salable(NEW), 8, "round {round}");
    }
}

#[tokio::test]
async fn a_worker_that_was_frozen_past_its_time_writes_nothing_more() {
    for strategy in [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder] {
        for at in 1..=5 {
            let shop = Shop::open_with(|settings| {
                settings.limits.total = Duration::from_millis(1_500);
            })
            .await;
            let change = change(&shop, KEY, strategy).await;
            let freezing = Freezing::new(at);
            let (frozen, woken) = (freezing.frozen.clone(), freezing.woken.clone());
            let other = async {
                let reached = tokio::time::timeout(Duration::from_secs(2), frozen.notified()).await;
                if reached.is_err() {
                    return;
                }
                made(&shop, &change).await;
                tokio::time::sleep(Duration::from_millis(1_600)).await;
                shop.fake.calm_down().await;
                woken.notify_one();
            };
            let (placed, ()) = tokio::join!(shop.magento.place(&change, &freezing), other);
            if let Err(error) = placed {
                assert!(matches!(error, PortError::Transient(_)), "{error:?}");
                assert_eq!(shop.fake.calls().len(), 0, "{strategy:?}, save {at}");
            }
            assert_eq!(carrying(&shop.fake, KEY), 1, "{strategy:?}, save {at}");
            let linked = strategy == OrderStrategy::LinkedOrder;
            assert_eq!(shop.fake.orders().len(), 1 + usize::from(linked), "save {at}");
        }
    }
}

#[tokio::test]
async fn a_worker_that_was_frozen_past_its_time_pays_nothing_back_again() {
    let shop = Shop::open_with(|settings| settings.limits.total = Duration::from_secs(1)).await;
    let booking = shop.booking().await;
    let refund = Refund { key: KEY.to_owned(), booking, amount: samples::euros(500) };
    let freezing = Freezing::new(1);
    let (frozen, woken) = (freezing.frozen.clone(), freezing.woken.clone());
    let other = async {
        frozen.notified().await;
        shop.magento.refund(&refund, &MemoryCheckpoints::new()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        woken.notify_one();
    };
    let (late, ()) = tokio::join!(shop.magento.refund(&refund, &freezing), other);
    assert!(matches!(late, Err(PortError::Transient(_))), "{late:?}");
    assert_eq!(refunds(&shop.fake, KEY), [500]);
}

/// Even one whose time is not over makes no second order, and none after it was called off.
#[tokio::test]
async fn a_worker_that_wakes_in_time_finds_the_order_or_that_it_is_called_off() {
    for at in 1..=5 {
        for called_off in [false, true] {
            let shop = Shop::open().await;
            let change = change(&shop, KEY, OrderStrategy::LinkedOrder).await;
            let freezing = Freezing::new(at);
            let (frozen, woken) = (freezing.frozen.clone(), freezing.woken.clone());
            let other = async {
                let reached = tokio::time::timeout(Duration::from_secs(2), frozen.notified()).await;
                if reached.is_err() {
                    return;
                }
                if called_off {
                    let before = change.before.clone();
                    let undo = OrderUndo { key: KEY.to_owned(), before, order: None };
                    shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
                } else {
                    made(&shop, &change).await;
                }
                woken.notify_one();
            };
            let (placed, ()) = tokio::join!(shop.magento.place(&change, &freezing), other);
            // From the fourth save on the order is there, and the other worker cancels it.
            let refused = matches!(placed, Ok(Placement::Refused { .. }));
            assert_eq!(refused, called_off && at <= 4, "save {at}: {placed:?}");
            let expected = usize::from(!called_off);
            assert_eq!(carrying(&shop.fake, KEY), expected, "save {at}, called off {called_off}");
        }
    }
}

/// It places its cart after the order was called off, and is stopped before it can look back.
#[tokio::test]
async fn a_cart_that_was_called_off_becomes_no_order() {
    let shop = Shop::open().await;
    let change = change(&shop, KEY, OrderStrategy::LinkedOrder).await;
    let freezing = Freezing { overtaken: true, ..Freezing::new(3) };
    let (frozen, woken) = (freezing.frozen.clone(), freezing.woken.clone());
    let other = async {
        frozen.notified().await;
        let before = change.before.clone();
        let undo = OrderUndo { key: KEY.to_owned(), before, order: None };
        shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
        woken.notify_one();
    };
    let (placed, ()) = tokio::join!(shop.magento.place(&change, &freezing), other);
    assert!(!matches!(placed, Ok(Placement::Made(_))), "{placed:?}");
    assert_eq!(shop.fake.orders().len(), 1);
    assert_eq!(shop.fake.salable(NEW), 10);
}

/// What it cannot note before it writes, it does not write.
#[tokio::test]
async fn a_worker_that_was_overtaken_writes_nothing_more() {
    for strategy in [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder] {
        let shop = Shop::open().await;
        let change = change(&shop, KEY, strategy).await;
        let placed = shop.magento.place(&change, &MemoryCheckpoints::overtaken()).await;
        assert!(matches!(placed, Err(PortError::Transient(_))), "{strategy:?}: {placed:?}");
        assert_eq!(carrying(&shop.fake, KEY), 0, "{strategy:?}");
    }
}
