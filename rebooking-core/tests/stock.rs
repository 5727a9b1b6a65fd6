//! The play of places that a shop and our store count both, on the store in memory; and that it
//! finds what is planted.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rebooking_core::policy::OrderStrategy::{self, KeepOrder, LinkedOrder};
use rebooking_core::ports::{Clock, Ports, PortsBuilder, async_trait};
use rebooking_core::testing::stock::{self, Step, StockFault, StockStage};
use rebooking_core::testing::{MemoryStore, SettableClock, Weakness, samples};

/// A clock that moves with each look at it.
struct Ticking(SettableClock);

#[async_trait]
impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        self.0.advance(TimeDelta::microseconds(1));
        self.0.now()
    }

    async fn sleep(&self, time: Duration) {
        self.0.sleep(time).await;
    }
}

struct Stage {
    store: MemoryStore,
    clock: SettableClock,
}

impl Stage {
    fn new(weakness: Option<Weakness>) -> Self {
        let clock = SettableClock::at(samples::now());
        let store = MemoryStore::new(Arc::new(Ticking(clock.clone())));
        let weakened = weakness.map(|weakness| store.clone().without(weakness));
        Self { store: weakened.unwrap_or(store), clock }
    }
}

#[async_trait]
impl StockStage for Stage {
    fn ports(&self) -> PortsBuilder {
        let store = Arc::new(self.store.clone());
        let ports = Ports::builder().database(store.clone()).imports(store);
        ports.clock(Arc::new(self.clock.clone()))
    }

    async fn let_time_pass(&self) {
        self.clock.advance(TimeDelta::minutes(20));
    }
}

/// What is wrong in a play.
#[derive(Clone, Copy, Default)]
struct Planted {
    weakness: Option<Weakness>,
    fault: Option<StockFault>,
}

fn play(strategy: OrderStrategy, planted: Planted, steps: &[Step]) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let stage = Stage::new(planted.weakness);
    runtime.block_on(stock::play(&stage, strategy, planted.fault, steps))
}

fn search(strategy: OrderStrategy, planted: Planted, cases: u32) -> Result<(), String> {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let steps = proptest::collection::vec(any::<u16>().prop_map(Step::numbered), 1..40);
    let found = TestRunner::new_with_rng(config, rng)
        .run(&steps, |steps| play(strategy, planted, &steps).map_err(TestCaseError::fail));
    found.map_err(|error| error.to_string())
}

/// More of them with `REBOOKING_PLAYS`.
fn holds(strategy: OrderStrategy) {
    let plays = std::env::var("REBOOKING_PLAYS").map_or(600, |plays| plays.parse().unwrap());
    search(strategy, Planted::default(), plays).unwrap();
}

fn finds(strategy: OrderStrategy, planted: Planted) {
    let found = search(strategy, planted, 2_000);
    println!("{}", found.expect_err("what was planted is not found"));
}

fn weak(weakness: Weakness) -> Planted {
    Planted { weakness: Some(weakness), ..Planted::default() }
}

fn faulty(fault: StockFault) -> Planted {
    Planted { fault: Some(fault), ..Planted::default() }
}

#[test]
fn with_orders_that_are_kept_nothing_is_oversold_lost_or_counted_twice() {
    holds(KeepOrder);
}

#[test]
fn with_linked_orders_nothing_is_oversold_lost_or_counted_twice() {
    holds(LinkedOrder);
}

#[test]
fn an_import_that_forgets_the_correction_is_found() {
    finds(KeepOrder, weak(Weakness::Correction));
}

#[test]
fn an_order_that_is_counted_twice_is_found() {
    finds(LinkedOrder, weak(Weakness::Reserved));
}

#[test]
fn an_import_that_does_not_know_when_its_reading_began_is_found() {
    finds(LinkedOrder, weak(Weakness::ReadMoment));
}

#[test]
fn what_the_shop_gave_back_and_is_counted_all_the_same_is_found() {
    finds(LinkedOrder, weak(Weakness::Released));
}

#[test]
fn an_order_that_is_kept_without_asking_whether_the_party_fits_is_found() {
    finds(KeepOrder, faulty(StockFault::Unasked));
}

#[test]
fn an_order_that_is_called_off_and_not_undone_is_found() {
    finds(LinkedOrder, faulty(StockFault::NotUndone));
    finds(KeepOrder, faulty(StockFault::NotUndone));
}

#[test]
fn an_undo_that_says_that_the_shop_holds_what_it_gave_back_is_found() {
    finds(LinkedOrder, faulty(StockFault::NotFreed));
}

#[test]
fn an_undo_that_says_that_a_closed_order_stands_is_found() {
    finds(LinkedOrder, faulty(StockFault::Stands));
}

#[test]
fn a_shop_that_reopens_an_order_whose_places_are_sold_is_found() {
    finds(LinkedOrder, faulty(StockFault::Reopened));
}
