//! What a host has to write to be a store: plain maps behind one lock, by the public API alone, and
//! proven by the suites of store and queue. Its lists are its own, so reports are left out.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod commit;
mod queue;
mod state;
mod store;

use std::sync::Arc;

use rebooking_core::testing::contract::StoreUnderTest;
use rebooking_core::testing::{SettableClock, samples};

use crate::store::PlainStore;

fn store() -> StoreUnderTest {
    StoreUnderTest::without_reports(PlainStore::new(Arc::new(SettableClock::at(samples::now()))))
}

rebooking_core::store_contract!(#[tokio::test] () => store());
rebooking_core::queue_contract!(#[tokio::test] () => store());

#[test]
fn a_store_is_at_most_eight_hundred_lines() {
    let files = [
        include_str!("commit.rs"),
        include_str!("queue.rs"),
        include_str!("state.rs"),
        include_str!("store.rs"),
    ];
    let lines: usize = files.iter().map(|file| file.lines().count()).sum();
    assert!(lines <= 800, "{lines} lines");
}
