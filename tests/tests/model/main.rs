//! The promises under fire: random sequences of all use cases, with failing and hanging ports and
//! crashes between any two port calls, against a plain model. `REBOOKING_SEQUENCES` sets how many
//! sequences of 60 steps; the same seed gives the same trace.

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
mod gated;
mod legal;
mod ops;
mod pick;
mod play;
mod tamper;
mod world;

use std::panic;
use std::sync::Once;

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

fn runner(seed: u8, cases: u32, shrinks: u32) -> TestRunner {
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: shrinks, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

/// Panics that a test scripted are part of the play and not worth a line; all others are reported
/// as ever.
fn keep_scripted_panics_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let scripted = info
                .payload()
                .downcast_ref::<&str>()
                .is_some_and(|said| said.starts_with("scripted"));
            if !scripted {
                report(info);
            }
        }));
    });
}

/// Plays so many sequences; the first broken promise comes back with the shortest sequence that was
/// found to break it.
fn broken_promise(seed: u8, cases: u32, plant: &Plant, shrinks: u32) -> Option<String> {
    keep_scripted_panics_quiet();
    let result =
        runner(seed, cases, shrinks).run(&ops::run(STEPS), |run| match play(&run, plant).1 {
            Ok(()) => Ok(()),
            Err(Violation(what)) => Err(TestCaseError::fail(what)),
        });
    match result {
        Ok(()) => None,
        Err(TestError::Fail(why, run)) => {
            Some(format!("{why}\n{}\n{:?}", play(&run, plant).0, run.steps))
        }
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

#[test]
fn every_promise_holds_after_every_step_of_every_sequence() {
    let broken = broken_promise(1, sequences(), &Plant::default(), 3_000);
    assert_eq!(broken, None, "{}", broken.as_deref().unwrap_or_default());
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let trace = |seed| {
        let mut runner = runner(seed, 1, 0);
        let run: Run = ops::run(STEPS).new_tree(&mut runner).unwrap().current();
        play(&run, &Plant::default()).0
    };
    assert_eq!(trace(7), trace(7));
    assert_ne!(trace(7), trace(8));
}

/// One guard off at a time: the sequences that found nothing wrong must find this, and name a
/// promise that it breaks.
fn is_found(plant: Plant, promises: &[&str]) {
    let broken = broken_promise(1, 4_000, &plant, 0).unwrap_or_else(|| panic!("nobody noticed"));
    let named = promises.iter().any(|promise| broken.starts_with(promise));
    assert!(named, "{}", broken.lines().next().unwrap_or_default());
}

macro_rules! found {
    ($($name:ident: $plant:expr => $($promise:literal)|+;)+) => {
        $(#[test]
        fn $name() {
            is_found($plant, &[$($promise),+]);
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
    a_store_that_does_not_guard_versions_is_found: store(Weakness::Token) => "I1" | "I4" | "I2";
    a_store_that_does_not_guard_expiry_is_found: store(Weakness::Expiry) => "I1";
    a_store_that_does_not_guard_steps_is_found: store(Weakness::Step) => "I1" | "I4";
    a_store_that_does_not_guard_requests_is_found: store(Weakness::Confirmation) => "I2" | "I4";
    a_store_that_does_not_guard_places_is_found: store(Weakness::Places) => "I2";
    a_store_that_does_not_guard_leases_is_found: store(Weakness::Lease)
        => "I5" | "mail" | "effects" | "I4" | "I3" | "I9";
    a_store_that_does_not_guard_effects_is_found: store(Weakness::Effect) => "I5" | "mail";
    a_store_that_commits_by_halves_is_found: store(Weakness::Atomicity) => "I2" | "I4";
    a_store_that_doubles_effects_is_found: store(Weakness::EffectKeys) => "I4";
    a_store_that_mixes_up_the_order_of_effects_is_found: store(Weakness::EffectOrder) => "effects";
    a_store_that_gives_one_effect_to_two_workers_is_found: store(Weakness::LeaseTime)
        => "effects" | "mail" | "event" | "I5" | "I4";
    a_shop_adapter_that_does_not_look_before_it_creates_is_found:
        Plant { shop_never_looks: true, ..Plant::default() } => "I3" | "I9";
    a_ticket_adapter_that_does_not_look_before_it_writes_is_found:
        Plant { tickets_never_look: true, ..Plant::default() } => "case" | "note";
    places_that_are_never_given_back_are_found: decision(Tamper::KeepsPlaces) => "I2";
    a_party_that_takes_one_place_is_found: decision(Tamper::TakesOnePlace) => "I2";
    requests_that_outlive_their_rebooking_are_found: decision(Tamper::KeepsRequests) => "I2";
    a_forgotten_order_is_found: decision(Tamper::ForgetsOrder) => "I4";
    a_forgotten_undoing_is_found: decision(Tamper::ForgetsUndo) => "I4" | "I3";
    a_forgotten_link_mail_is_found: decision(Tamper::ForgetsLinkMail) => "I4";
    a_forgotten_confirmation_mail_is_found: decision(Tamper::ForgetsConfirmationMail) => "I4";
    a_forgotten_reminder_is_found: decision(Tamper::ForgetsReminder) => "I4";
    a_forgotten_history_is_found: decision(Tamper::ForgetsHistory) => "I4";
    an_older_link_that_knows_who_was_forgotten_is_found: decision(Tamper::KeepsOldNames)
        => "the customer";
    a_refund_of_twice_the_difference_is_found: decision(Tamper::RefundsTwice) => "I9";
    a_charge_that_nobody_saw_is_found: decision(Tamper::ChargesUnseen) => "I9";
    a_choice_that_forgets_the_discount_is_found: decision(Tamper::ForgetsDiscount) => "I9";
    a_chain_that_forgets_what_was_paid_is_found: decision(Tamper::ForgetsWhatWasPaid) => "I9";
    a_backup_on_a_date_that_was_lost_is_found: decision(Tamper::BooksLostDate) => "token";
    a_backup_at_a_price_that_nobody_saw_is_found: decision(Tamper::BooksUnseenPrice) => "I9";
    a_backup_without_places_is_found: decision(Tamper::BooksWithoutPlaces) => "I2";
    a_backup_that_is_given_up_for_nothing_is_found: decision(Tamper::ForgetsTheNewDate)
        => "I1" | "I6";
    a_partner_who_reads_foreign_lists_is_found: decision(Tamper::ReadsForeignLists) => "I10";
    a_reading_that_writes_is_found: decision(Tamper::WritesOnReading) => "I11";
    an_event_that_nobody_is_told_is_found: decision(Tamper::ForgetsEvent) => "I4";
    an_event_under_two_ids_is_found: decision(Tamper::DoublesEvent) => "I4";
    an_event_that_names_the_customer_is_found: decision(Tamper::NamesCustomers) => "I8";
    a_used_token_that_looks_active_is_found: decision(Tamper::HidesUse)
        => "I1" | "I7" | "I6" | "I2" | "I4";
}
