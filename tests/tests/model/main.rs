//! The promises under fire: random sequences of all use cases, with failing and hanging ports and crashes between any two port
//! calls, against a plain model. `REBOOKING_SEQUENCES` sets how many sequences of 60 steps; the same seed gives the same trace.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the report"
)]

mod check;
mod clock;
mod gate;
mod ops;
mod play;
mod tamper;
mod world;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use rebooking_core::testing::Weakness;

use check::Violation;
use ops::Run;
use play::play;
use tamper::Tamper;
use world::Plant;

const STEPS: usize = 60;

fn sequences() -> u32 {
    std::env::var("REBOOKING_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

fn runner(seed: u8, cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 3_000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

/// Plays so many sequences; the first broken promise comes back with the shortest sequence that breaks it.
fn broken_promise(seed: u8, cases: u32, plant: &Plant) -> Option<String> {
    let result = runner(seed, cases).run(&ops::run(STEPS), |run| match play(&run, plant).1 {
        Ok(()) => Ok(()),
        Err(Violation(what)) => Err(TestCaseError::fail(what)),
    });
    match result {
        Ok(()) => None,
        Err(TestError::Fail(why, run)) => Some(format!("{why}\n{}\n{:?}", play(&run, plant).0, run.steps)),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

#[test]
fn every_promise_holds_after_every_step_of_every_sequence() {
    std::panic::set_hook(Box::new(|_| {}));
    let broken = broken_promise(1, sequences(), &Plant::default());
    let _ = std::panic::take_hook();
    assert_eq!(broken, None, "{}", broken.as_deref().unwrap_or_default());
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let trace = |seed| {
        let mut runner = runner(seed, 1);
        let run: Run = ops::run(STEPS).new_tree(&mut runner).unwrap().current();
        play(&run, &Plant::default()).0
    };
    assert_eq!(trace(7), trace(7));
    assert_ne!(trace(7), trace(8));
}

/// One guard off at a time: the sequences that found nothing wrong must find this.
fn is_found(plant: Plant) {
    std::panic::set_hook(Box::new(|_| {}));
    let found = (0..4).any(|seed| {
        let config =
            Config { cases: 1_000, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        let result =
            TestRunner::new_with_rng(config, rng).run(&ops::run(STEPS), |run| match play(&run, &plant).1 {
                Ok(()) => Ok(()),
                Err(Violation(what)) => Err(TestCaseError::fail(what)),
            });
        result.is_err()
    });
    let _ = std::panic::take_hook();
    assert!(found, "nobody noticed");
}

macro_rules! found {
    ($($name:ident: $plant:expr;)+) => {
        $(#[test]
        fn $name() {
            is_found($plant);
        })+
    };
}

fn store(weakness: Weakness) -> Plant {
    Plant { store: Some(weakness), ..Plant::default() }
}

fn decision(tamper: Tamper) -> Plant {
    Plant { tamper, ..Plant::default() }
}

found! {
    a_store_that_does_not_guard_versions_is_found: store(Weakness::Token);
    a_store_that_does_not_guard_expiry_is_found: store(Weakness::Expiry);
    a_store_that_does_not_guard_steps_is_found: store(Weakness::Step);
    a_store_that_does_not_guard_requests_is_found: store(Weakness::Confirmation);
    a_store_that_does_not_guard_places_is_found: store(Weakness::Places);
    a_store_that_does_not_guard_leases_is_found: store(Weakness::Lease);
    a_store_that_does_not_guard_effects_is_found: store(Weakness::Effect);
    a_store_that_commits_by_halves_is_found: store(Weakness::Atomicity);
    a_store_that_doubles_effects_is_found: store(Weakness::EffectKeys);
    a_store_that_mixes_up_the_order_of_effects_is_found: store(Weakness::EffectOrder);
    a_store_that_gives_one_effect_to_two_workers_is_found: store(Weakness::LeaseTime);
    a_shop_adapter_that_does_not_look_before_it_creates_is_found: Plant { shop_never_looks: true, ..Plant::default() };
    a_ticket_adapter_that_does_not_look_before_it_writes_is_found: Plant { tickets_never_look: true, ..Plant::default() };
    places_that_are_never_given_back_are_found: decision(Tamper::KeepsPlaces);
    a_party_that_takes_one_place_is_found: decision(Tamper::TakesOnePlace);
    requests_that_outlive_their_rebooking_are_found: decision(Tamper::KeepsRequests);
    a_forgotten_order_is_found: decision(Tamper::ForgetsOrder);
    a_forgotten_undoing_is_found: decision(Tamper::ForgetsUndo);
    a_forgotten_link_mail_is_found: decision(Tamper::ForgetsLinkMail);
    a_forgotten_confirmation_mail_is_found: decision(Tamper::ForgetsConfirmationMail);
    a_forgotten_history_is_found: decision(Tamper::ForgetsHistory);
    a_refund_of_twice_the_difference_is_found: decision(Tamper::RefundsTwice);
    a_charge_that_nobody_saw_is_found: decision(Tamper::ChargesUnseen);
    a_partner_who_reads_foreign_lists_is_found: decision(Tamper::ReadsForeignLists);
    a_reading_that_writes_is_found: decision(Tamper::WritesOnReading);
    a_used_token_that_looks_active_is_found: decision(Tamper::HidesUse);
}
