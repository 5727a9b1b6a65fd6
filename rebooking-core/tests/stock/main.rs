//! Places that a shop and our store count both: whatever is sold, chosen, declined and read in
//! whatever order, nobody is sold what is not there, and no place is lost or counted twice.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod house;
mod promises;

use house::{DATES, House};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rebooking_core::policy::OrderStrategy;
use rebooking_core::testing::Weakness;

/// What can happen. Numbers pick among what there is.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The shop sells places on a date, and its booking is heard of.
    Sell { date: usize, people: u32 },
    /// A partner declines a booking that is on a date.
    Decline(usize),
    /// A customer with a link chooses a date.
    Choose { link: usize, date: usize },
    /// Orders are placed, as far as they are due; the answer of the first may get lost.
    Place { lost: bool },
    /// A reading of the shop begins.
    Begin,
    /// The shop answers it.
    Look,
    /// What it said is imported.
    Import,
    /// People cancel an order in the shop.
    Cancel(usize),
    /// Some time goes by.
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    let date = || 0..DATES.len();
    prop_oneof![
        3 => (date(), 1_u32..4).prop_map(|(date, people)| Step::Sell { date, people }),
        3 => (0_usize..8).prop_map(Step::Decline),
        5 => (0_usize..8, date()).prop_map(|(link, date)| Step::Choose { link, date }),
        3 => any::<bool>().prop_map(|lost| Step::Place { lost }),
        2 => Just(Step::Begin),
        2 => Just(Step::Look),
        2 => Just(Step::Import),
        1 => (0_usize..8).prop_map(Step::Cancel),
        1 => Just(Step::Wait),
    ]
}

/// Plays steps in a house with weaknesses; the promise that was broken first, if one was.
fn play(strategy: OrderStrategy, weak: &[Weakness], steps: &[Step]) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut house = House::open(strategy, weak).await;
        for step in steps {
            house.take(step).await;
            promises::always(&house).map_err(|broken| format!("after {step:?}: {broken}"))?;
        }
        house.settle().await;
        promises::always(&house)?;
        promises::settled(&house)
    })
}

fn search(strategy: OrderStrategy, weak: &[Weakness], cases: u32) -> Result<(), String> {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let steps = proptest::collection::vec(step(), 1..40);
    let found = runner.run(&steps, |steps| {
        play(strategy, weak, &steps).map_err(proptest::test_runner::TestCaseError::fail)
    });
    found.map_err(|error| error.to_string())
}

const STRATEGIES: [OrderStrategy; 2] = [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder];

#[test]
fn nothing_is_oversold_lost_or_counted_twice() {
    for strategy in STRATEGIES {
        search(strategy, &[], 400).unwrap();
    }
}

#[test]
fn an_import_that_forgets_the_correction_is_found() {
    search(OrderStrategy::KeepOrder, &[Weakness::Correction], 400).unwrap_err();
}

#[test]
fn an_order_that_is_counted_twice_is_found() {
    search(OrderStrategy::LinkedOrder, &[Weakness::Reserved], 400).unwrap_err();
}

#[test]
fn an_import_that_does_not_know_when_its_reading_began_is_found() {
    search(OrderStrategy::LinkedOrder, &[Weakness::ReadMoment], 1_000).unwrap_err();
}
