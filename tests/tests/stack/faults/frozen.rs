//! Two servers on one database: one is killed, or stands still for longer than its lease, with an
//! order in its hands.

use tests::process::Signal;
use tests::stack::Stack;
use tests::stack::database::OURS;
use tests::stack::line::Condition;
use tests::stack::promises::promises_hold;
use tests::stack::shop::WEEK_LATER;
use tests::stack::wait::eventually;
use tests::stack::way::IMPATIENT;

use crate::stories::declined;

/// The oldest server waits for the shop's answer about an order, and another one has started.
async fn stack_with_an_order_under_way(orders: &str) -> Stack {
    let settings = [&IMPATIENT[..], &[("ORDERS", orders), ("ORDER_WAIT", "100ms")]].concat();
    let stack = Stack::with(&settings).await;
    let (erika, _, link) = declined(&stack).await;
    stack.comes_to_rest().await;
    stack.lines.shop.is(Condition::Silent).await;
    let chosen = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!(chosen.status, 200, "{chosen:?}");
    let leased = format!("SELECT id FROM {OURS}effects WHERE state = 'leased' AND lane = 'orders'");
    eventually("that a worker is at the order", || async {
        (stack.database().rows(&leased).await.len() == 1).then_some(())
    })
    .await;
    stack
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_server_was_about_to_do_another_one_does() {
    for orders in ["keep-order", "linked-order"] {
        let stack = stack_with_an_order_under_way(orders).await;
        stack.server_ends_by(Signal::Kill).await;
        stack.lines.shop.is(Condition::Up).await;
        stack.starts_a_server().await;
        promises_hold(&stack).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wakes_up_after_its_lease_does_nothing_twice() {
    for orders in ["keep-order", "linked-order"] {
        let stack = stack_with_an_order_under_way(orders).await;
        stack.server_freezes().await;
        stack.lines.shop.is(Condition::Up).await;
        stack.starts_a_server().await;
        stack.comes_to_rest().await;
        stack.server_wakes().await;
        promises_hold(&stack).await;
        // The one that was frozen works on, too.
        assert!(stack.server_ends_by(Signal::Term).await, "{orders}");
        promises_hold(&stack).await;
    }
}
