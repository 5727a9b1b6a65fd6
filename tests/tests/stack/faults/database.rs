//! The database is cut off, hangs, crashes and comes back.

use tests::stack::Stack;
use tests::stack::database::Database;
use tests::stack::line::Condition;
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{SATURDAY, WEEK_LATER};
use tests::stack::wait::eventually;
use tests::stack::way::IMPATIENT;

use crate::stories::declined;

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_a_server_says_try_later_and_never_success() {
    let stack = Stack::with(&IMPATIENT).await;
    let (erika, _, link) = declined(&stack).await;
    stack.comes_to_rest().await;
    for condition in [Condition::Down, Condition::Silent, Condition::AnswersCut] {
        stack.lines.database.is(condition).await;
        let refused = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
        assert_eq!(refused.status, 503, "{condition:?}: {refused:?}");
        assert!(refused.head.to_lowercase().contains("retry-after: "), "{refused:?}");
        stack.lines.database.is(Condition::Up).await;
        eventually("that the server is ready again", || async {
            let ready = stack.doors().ask(tests::stack::doors::As::Anybody, "GET", "/readyz", "");
            (ready.await.status == 200).then_some(())
        })
        .await;
    }
    stack.mishap();
    stack.doors().are_asked_until_they_answer();
    let done = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    // The last of those that were cut off may have been heard.
    assert!(matches!(done.status, 200 | 410), "{done:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_crashes_under_load_loses_nothing_that_was_acknowledged() {
    let stack = Stack::on(Database::of_its_own().await, &IMPATIENT).await;
    stack.doors().are_asked_until_they_answer();
    let guests: Vec<Guest> = (0..4).map(Guest::number).collect();
    let mut links = Vec::new();
    for guest in &guests {
        let bought = stack.shop().sells(guest, SATURDAY, 1).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        links.push(stack.mails().link_to(guest).await);
    }
    stack.knows_the_dates().await;
    stack.mishap();
    let customer = stack.customer();
    let choices = guests.iter().zip(&links);
    let choices = choices.map(|(guest, link)| customer.chooses(link, guest, WEEK_LATER));
    let crash = async {
        tokio::task::block_in_place(|| {
            stack.database().crashes();
            stack.database().comes_up();
        });
    };
    let (answers, ()) = tokio::join!(futures_util::future::join_all(choices), crash);
    for answer in answers {
        assert!(matches!(answer.status, 200 | 410), "{answer:?}");
    }
    promises_hold(&stack).await;
}
