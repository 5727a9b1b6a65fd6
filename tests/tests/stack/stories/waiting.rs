//! Time and attempts: links that expire, reminders, wrong addresses.

use tests::process::Signal;
use tests::stack::Stack;
use tests::stack::people::{Guest, Link};
use tests::stack::promises::promises_hold;
use tests::stack::shop::{SATURDAY, WEEK_LATER};
use tests::stack::wait::eventually;

use super::declined;

/// Waits until a link answers with this code.
async fn link_says(stack: &Stack, link: &Link, code: &str) {
    eventually(&format!("a link that is {code}"), || async {
        let answer = stack.customer().looks(link).await;
        (answer.status == 410 && answer.json()["error"]["code"] == *code).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_link_brings_a_new_one_to_the_known_address_and_tells_nobody_else() {
    let stack = Stack::with(&[("VALIDITY", "2s"), ("REMINDER_BEFORE", "0s")]).await;
    let (erika, _, link) = declined(&stack).await;
    link_says(&stack, &link, "token_expired").await;
    assert!(stack.server_ends_by(Signal::Term).await, "it ends well");
    stack.is_told(&[("VALIDITY", "30d"), ("REMINDER_BEFORE", "7d")]);
    stack.starts_a_server().await;
    let page = stack.customer().opens(&link).await;
    assert!(page.status == 410 && page.body.contains("abgelaufen"), "{page:?}");
    let said = stack.customer().asks_for_a_new_link(&link).await;
    assert!(said.status == 200 && !said.body.contains(&erika.email), "{said:?}");
    stack.mails().arrives(&erika.email, "Ihr neuer Link für die Buchung #").await;
    let fresh = stack.mails().link_number(2, &erika).await;
    link_says(&stack, &link, "token_superseded").await;
    let done = stack.customer().clicks(&fresh, &erika, WEEK_LATER).await;
    assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_used_is_recalled_once() {
    let stack = Stack::with(&[("VALIDITY", "3600s"), ("REMINDER_BEFORE", "3599s")]).await;
    let (erika, _, link) = declined(&stack).await;
    let reminder = stack.mails().arrives(&erika.email, "Ihr Link läuft bald ab - ").await;
    assert_eq!(reminder.link(), Some(link));
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_are_counted_and_then_nobody_may_guess_any_more() {
    let stack = Stack::with(&[("ATTEMPTS_IN_WINDOW", "3"), ("ATTEMPTS_WINDOW", "3s")]).await;
    let (erika, _, link) = declined(&stack).await;
    let stranger = Guest { email: "stranger@example.net".to_owned(), ..Guest::max() };
    for left in [2, 1, 0] {
        let refused = stack.customer().chooses(&link, &stranger, WEEK_LATER).await;
        assert_eq!(refused.status, 403, "{refused:?}");
        assert_eq!(refused.json()["error"]["attemptsLeft"], left);
    }
    let refused = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert_eq!(refused.json()["error"]["code"], "too_many_attempts");
    assert!(refused.head.to_lowercase().contains("retry-after: "), "{}", refused.head);
    let done = eventually("that the time is over", || async {
        let answer = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
        (answer.status != 429).then_some(answer)
    })
    .await;
    assert_eq!(done.status, 200, "{done:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_address_is_no_attempt_and_an_unknown_link_is_no_link() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    let nobody = Guest { email: String::new(), ..erika };
    let refused = stack.customer().chooses(&link, &nobody, WEEK_LATER).await;
    assert_eq!((refused.status, &refused.json()["error"]["field"]), (422, &"customerEmail".into()));
    let case = stack.support().case(bought).await;
    assert_eq!(case["tokens"][0]["wrongAddresses"], 0);
    let unknown = Link { page: format!("{}x", link.page), secret: format!("{}x", link.secret) };
    assert_eq!(stack.customer().looks(&unknown).await.status, 404);
    assert_eq!(stack.partner().requests("pending").await.len(), 0, "of {SATURDAY} none waits");
    promises_hold(&stack).await;
}
