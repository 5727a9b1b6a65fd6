//! Every call of every sequence fails in each way, one at a time, with and without a restart after
//! it: in the end there is exactly one order, one note, one refund, or nothing at all.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, OrderUndo, Orders as _, Placement, PortError, Refund};
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_magento::testing::Fault;
use rebooking_magento::{Magento, MagentoSettings, reqwest};

use crate::comments::change;
use crate::shop::{NEW, Shop, adapter_on, carrying, http, refunds};

const KEY: &str = "reb-7001-1";

/// A sequence of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sequence {
    Keep,
    Link,
    /// Of an original that is not paid, so that it is cancelled.
    LinkUnpaid,
    UndoKept,
    UndoLinked,
    RefundOffline,
    RefundOnline,
}

/// One case: which call fails how.
#[derive(Clone, Copy, Debug)]
struct Case {
    sequence: Sequence,
    call: usize,
    fault: Fault,
    /// Whether the worker that tries again has lost its memory.
    restarted: bool,
}

/// A shop that is ready for a sequence.
struct Scene {
    shop: Shop,
    /// The adapter that meets the fault, and does not wait for long.
    hasty: Magento,
    change: OrderChange,
    sequence: Sequence,
}

/// However busy the machine is, only what is scripted fails.
fn patient(settings: &mut MagentoSettings) {
    settings.limits.call = Duration::from_secs(20);
    settings.limits.total = Duration::from_secs(120);
}

/// How a try ended well.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Done,
    Refused,
}

impl Scene {
    async fn set(sequence: Sequence, http: &reqwest::Client) -> Self {
        let shop = Shop::open_on(http.clone(), patient).await;
        let hasty = adapter_on(http.clone(), &shop.fake, |settings| {
            settings.limits.call = Duration::from_millis(150);
        });
        let (order, item) = shop.sell(2, 0);
        match sequence {
            Sequence::LinkUnpaid => {}
            Sequence::RefundOnline => shop.fake.pay(order, Some("txn-1")),
            Sequence::Keep
            | Sequence::Link
            | Sequence::UndoKept
            | Sequence::UndoLinked
            | Sequence::RefundOffline => shop.fake.pay(order, None),
        }
        let strategy = match sequence {
            Sequence::Keep
            | Sequence::UndoKept
            | Sequence::RefundOffline
            | Sequence::RefundOnline => OrderStrategy::KeepOrder,
            Sequence::Link | Sequence::LinkUnpaid | Sequence::UndoLinked => {
                OrderStrategy::LinkedOrder
            }
        };
        let mut change = change(&shop, KEY, strategy).await;
        change.before = Shop::booking_of(order, item, 2, 8_900);
        let scene = Self { shop, hasty, change, sequence };
        if matches!(sequence, Sequence::UndoKept | Sequence::UndoLinked) {
            let made = scene.shop.magento.place(&scene.change, &MemoryCheckpoints::new()).await;
            assert!(matches!(made, Ok(Placement::Made(_))), "{made:?}");
        }
        scene.shop.fake.calm_down().await;
        scene
    }

    async fn run(
        &self,
        magento: &Magento,
        checkpoints: &MemoryCheckpoints,
    ) -> Result<Ended, PortError> {
        match self.sequence {
            Sequence::Keep | Sequence::Link | Sequence::LinkUnpaid => {
                match magento.place(&self.change, checkpoints).await? {
                    Placement::Made(_) => Ok(Ended::Done),
                    Placement::Refused { .. } => Ok(Ended::Refused),
                }
            }
            Sequence::UndoKept | Sequence::UndoLinked => {
                magento.undo(&self.undo(), checkpoints).await?;
                Ok(Ended::Done)
            }
            Sequence::RefundOffline | Sequence::RefundOnline => {
                let booking = self.change.before.clone();
                let refund = Refund { key: KEY.to_owned(), booking, amount: samples::euros(2_000) };
                magento.refund(&refund, checkpoints).await?;
                Ok(Ended::Done)
            }
        }
    }

    fn undo(&self) -> OrderUndo {
        OrderUndo { key: KEY.to_owned(), before: self.change.before.clone(), order: None }
    }

    /// What is there once all is well.
    fn check_done(&self, case: &Case) {
        let fake = &self.shop.fake;
        match self.sequence {
            Sequence::Keep => {
                assert_eq!(carrying(fake, KEY), 1, "{case:?}");
                assert_eq!(self.comments(""), 1, "{case:?}");
            }
            Sequence::Link | Sequence::LinkUnpaid => {
                assert_eq!(carrying(fake, KEY), 1, "{case:?}");
                assert_eq!(fake.orders().len(), 2, "{case:?}");
                assert_eq!(self.comments(":linked"), 2, "{case:?}");
                assert_eq!(fake.salable(NEW), 8, "{case:?}");
                let original = fake.order(self.change.before.order.value()).unwrap();
                let closed = self.sequence == Sequence::LinkUnpaid;
                assert_eq!(original.state == "canceled", closed, "{case:?}");
            }
            Sequence::UndoKept | Sequence::UndoLinked => self.check_nothing(case),
            Sequence::RefundOffline | Sequence::RefundOnline => {
                assert_eq!(refunds(fake, KEY), [2_000], "{case:?}");
                let online = self.sequence == Sequence::RefundOnline;
                let orders = fake.orders();
                let memos = orders.iter().flat_map(|order| &order.memos);
                assert!(memos.clone().all(|memo| memo.online == online), "{case:?}");
            }
        }
    }

    /// What is there once all is called off.
    fn check_nothing(&self, case: &Case) {
        assert_eq!(carrying(&self.shop.fake, KEY), 0, "{case:?}");
        assert_eq!(self.comments(":undone"), 1, "{case:?}");
        assert_eq!(self.shop.fake.salable(NEW), 10, "{case:?}");
    }

    fn comments(&self, mark: &str) -> usize {
        let mark = format!("[rebooking:{KEY}{mark}]");
        let orders = self.shop.fake.orders();
        let comments = orders.iter().flat_map(|order| &order.comments);
        comments.filter(|comment| comment.contains(&mark)).count()
    }

    /// People call off what the shop refuses for good: the compensation ends.
    async fn compensate(&self, case: &Case) {
        match self.sequence {
            // What people must look at was not paid, and can be paid by them.
            Sequence::RefundOffline | Sequence::RefundOnline => {
                assert!(refunds(&self.shop.fake, KEY).len() <= 1, "{case:?}");
            }
            Sequence::Keep
            | Sequence::Link
            | Sequence::LinkUnpaid
            | Sequence::UndoKept
            | Sequence::UndoLinked => {
                let checkpoints = MemoryCheckpoints::new();
                self.shop.magento.undo(&self.undo(), &checkpoints).await.unwrap();
                self.check_nothing(case);
            }
        }
    }
}

async fn play(case: Case, http: reqwest::Client) {
    let scene = Scene::set(case.sequence, &http).await;
    scene.shop.fake.fail_at(case.call, case.fault).await;
    let checkpoints = MemoryCheckpoints::new();
    let first = scene.run(&scene.hasty, &checkpoints).await;
    if let Err(error) = &first {
        let said = format!("{error:?} {}", error.phrase());
        for word in ["erika", "Erika", "Weg 1", "fake-", "http:"] {
            assert!(!said.contains(word), "{case:?}: {said}");
        }
    }
    scene.shop.fake.calm_down().await;
    let mut last = first;
    for _ in 0..5 {
        match &last {
            Err(error) if error.is_retryable() => {}
            Ok(_) | Err(_) => break,
        }
        let checkpoints =
            if case.restarted { MemoryCheckpoints::new() } else { checkpoints.clone() };
        last = scene.run(&scene.shop.magento, &checkpoints).await;
    }
    match last {
        Ok(Ended::Done) => scene.check_done(&case),
        // Only a shop that says that something is not there is believed.
        Ok(Ended::Refused) | Err(PortError::Permanent(_)) if case.fault == Fault::NotFound => {
            scene.compensate(&case).await;
        }
        Ok(Ended::Refused) | Err(_) => panic!("{case:?}: {last:?}"),
    }
}

async fn every_call_of(sequence: Sequence) {
    let http = http();
    let scene = Scene::set(sequence, &http).await;
    let done = scene.run(&scene.shop.magento, &MemoryCheckpoints::new()).await.unwrap();
    assert_eq!(done, Ended::Done);
    let calls = scene.shop.fake.calls();
    let cases = calls.iter().enumerate().flat_map(|(place, call)| {
        // A read does nothing, so to fail after it is to fail before it.
        let faults = Fault::ALL.into_iter().filter(|fault| {
            call.is_write() || !matches!(fault, Fault::Json500Done | Fault::SilentAfter)
        });
        let case = move |fault, restarted| Case { sequence, call: place + 1, fault, restarted };
        faults.flat_map(move |fault| [case(fault, false), case(fault, true)])
    });
    let cases: Vec<Case> = cases.collect();
    stream::iter(cases).for_each_concurrent(24, |case| play(case, http.clone())).await;
}

#[tokio::test]
async fn an_order_that_stays_is_moved_once() {
    every_call_of(Sequence::Keep).await;
}

#[tokio::test]
async fn a_linked_order_is_made_once() {
    every_call_of(Sequence::Link).await;
}

#[tokio::test]
async fn a_linked_order_is_made_once_and_an_unpaid_original_is_closed() {
    every_call_of(Sequence::LinkUnpaid).await;
}

#[tokio::test]
async fn an_order_that_stays_is_called_off() {
    every_call_of(Sequence::UndoKept).await;
}

#[tokio::test]
async fn a_linked_order_is_called_off() {
    every_call_of(Sequence::UndoLinked).await;
}

#[tokio::test]
async fn a_difference_goes_back_once_on_paper() {
    every_call_of(Sequence::RefundOffline).await;
}

#[tokio::test]
async fn a_difference_goes_back_once_by_the_gateway() {
    every_call_of(Sequence::RefundOnline).await;
}
