//! Servers that are killed and stopped while many guests are declined, choose and are confirmed.

use std::time::Duration;

use futures_util::future::join_all;
use tests::process::Signal;
use tests::stack::Stack;
use tests::stack::promises::promises_hold;
use tests::stack::way::{IMPATIENT, goes_through, has_places_for_all};

use super::times;

/// How many guests are on their way at once.
const AT_ONCE: usize = 3;

/// Two servers on one database, and places for all.
async fn two_servers() -> Stack {
    let stack = Stack::with(&IMPATIENT).await;
    has_places_for_all(&stack).await;
    stack.doors().are_asked_until_they_answer();
    stack.starts_a_server().await;
    stack
}

/// Guests come and go while a server ends so many times and another one takes its place.
async fn under_load(stack: &Stack, signal: Signal, times: usize) {
    let (over, ended) = tokio::sync::watch::channel(false);
    let guests = (0..AT_ONCE).map(|place| {
        let ended = ended.clone();
        async move {
            let mut number = place;
            while !*ended.borrow() {
                goes_through(stack, number).await;
                number += AT_ONCE;
            }
            number
        }
    });
    let endings = async {
        for time in 0..times {
            // At another point of some guest's way each time.
            let pause = 150 + u64::try_from(time).unwrap() * 7919 % 700;
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let well = stack.server_ends_by(signal).await;
            assert_eq!(well, signal == Signal::Term, "{signal:?}");
            stack.starts_a_server().await;
        }
        over.send_replace(true);
    };
    let (numbers, ()) = tokio::join!(join_all(guests), endings);
    assert!(numbers.iter().sum::<usize>() > AT_ONCE, "guests came through: {numbers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_are_killed_at_random_under_load_break_no_promise() {
    let stack = two_servers().await;
    under_load(&stack, Signal::Kill, times("REBOOKING_KILLS", 6)).await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_are_stopped_under_load_end_well_and_break_no_promise() {
    let stack = two_servers().await;
    under_load(&stack, Signal::Term, times("REBOOKING_STOPS", 3)).await;
    promises_hold(&stack).await;
}
