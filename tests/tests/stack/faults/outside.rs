//! Each outside system is down, slow, hanging, and answers wrongly, while a decline and while a
//! choice is delivered: nobody waits for it, and in the end all is done once.

use std::time::Duration;

use tests::stack::Stack;
use tests::stack::database::OURS;
use tests::stack::line::{Condition, Line};
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Offered, SATURDAY, SUSHI, WEEK_LATER};
use tests::stack::wait::eventually;
use tests::stack::way::IMPATIENT;

const PLENTY: i64 = 200;

/// The conditions, with what is said in place of an answer.
fn conditions(wrong: &'static [u8]) -> [Condition; 6] {
    [
        Condition::Down,
        Condition::Slow(Duration::from_millis(150)),
        Condition::Silent,
        Condition::AnswersLost,
        Condition::AnswersCut,
        Condition::AnswersWrong(wrong),
    ]
}

/// How often effects of a lane have been tried in vain.
async fn failures(stack: &Stack, lane: &str) -> i64 {
    let of_lane = format!(
        "SELECT coalesce(sum(attempts) FILTER (WHERE last_error IS NOT NULL), 0) AS failed \
         FROM {OURS}effects WHERE lane = '{lane}'"
    );
    stack.database().rows(&of_lane).await[0]["failed"].as_i64().unwrap()
}

/// Waits until the trouble has been met, but for one that only takes time.
async fn is_met(stack: &Stack, lane: &str, condition: Condition, before: i64) {
    if !matches!(condition, Condition::Slow(_)) {
        eventually(&format!("that {condition:?} is met by {lane}"), || async {
            (failures(stack, lane).await > before).then_some(())
        })
        .await;
    }
}

/// A booking is declined and moved while the line is like this.
async fn is_played(
    stack: &Stack,
    line: &Line,
    lane: &str,
    guest: &Guest,
    condition: Condition,
    hears_of_declines: bool,
) {
    let bought = stack.shop().sells(guest, SATURDAY, 1).await;
    stack.partner().request(&bought.number(), SATURDAY, "pending").await;
    let before = failures(stack, lane).await;
    line.is(condition).await;
    stack.mishap();
    stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
    if hears_of_declines {
        is_met(stack, lane, condition, before).await;
    }
    line.is(Condition::Up).await;
    let link = stack.mails().link_to(guest).await;
    stack.comes_to_rest().await;
    stack.knows_the_dates().await;
    let before = failures(stack, lane).await;
    line.is(condition).await;
    let chosen = stack.customer().chooses(&link, guest, WEEK_LATER).await;
    assert_eq!(chosen.status, 200, "nobody waits for {lane}: {chosen:?}");
    is_met(stack, lane, condition, before).await;
    line.is(Condition::Up).await;
    stack.comes_to_rest().await;
}

async fn stack_with_plenty(settings: &[(&str, &str)]) -> Stack {
    let stack = Stack::with(&[&IMPATIENT[..], settings].concat()).await;
    for (id, days) in [(SATURDAY, 30), (WEEK_LATER, 37)] {
        let date = Offered { id, course: SUSHI, days, price: 8_900, places: PLENTY };
        stack.shop_offers(date).await;
    }
    stack
}

/// Some page of another server.
const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\
                      connection: close\r\n\r\n<h1>?</h1";

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_fails_in_any_way_keeps_no_customer_waiting_and_makes_one_change() {
    let stack = stack_with_plenty(&[]).await;
    for (number, condition) in conditions(PAGE).into_iter().enumerate() {
        let guest = Guest::number(number);
        is_played(&stack, &stack.lines.shop, "orders", &guest, condition, false).await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_fails_in_any_way_makes_one_linked_order() {
    let stack = stack_with_plenty(&[("ORDERS", "linked-order"), ("ORDER_WAIT", "100ms")]).await;
    for (number, condition) in conditions(PAGE).into_iter().enumerate() {
        let guest = Guest::number(number);
        is_played(&stack, &stack.lines.shop, "orders", &guest, condition, false).await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helpdesk_that_fails_in_any_way_has_one_ticket_a_case_and_each_note_once() {
    let stack = stack_with_plenty(&[]).await;
    for (number, condition) in conditions(PAGE).into_iter().enumerate() {
        let guest = Guest::number(number);
        is_played(&stack, &stack.lines.helpdesk, "tickets", &guest, condition, true).await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_fails_in_any_way_loses_no_mail() {
    let stack = stack_with_plenty(&[]).await;
    let wrong = b"999 this is no mail server\r\n";
    for (number, condition) in conditions(wrong).into_iter().enumerate() {
        let guest = Guest::number(number);
        is_played(&stack, &stack.lines.mail, "mail", &guest, condition, true).await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_outside_down_customers_choose_and_all_is_delivered_afterwards() {
    let stack = stack_with_plenty(&[]).await;
    let guests: Vec<Guest> = (0..4).map(Guest::number).collect();
    let mut links = Vec::new();
    for guest in &guests {
        let bought = stack.shop().sells(guest, SATURDAY, 1).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        links.push(stack.mails().link_to(guest).await);
    }
    stack.comes_to_rest().await;
    stack.knows_the_dates().await;
    stack.mishap();
    let lines = [&stack.lines.shop, &stack.lines.helpdesk, &stack.lines.mail];
    for line in lines {
        line.is(Condition::Down).await;
    }
    for (guest, link) in guests.iter().zip(&links) {
        let done = stack.customer().clicks(link, guest, WEEK_LATER).await;
        assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
    }
    assert!(stack.database().undelivered().await >= guests.len());
    for line in lines {
        line.is(Condition::Up).await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_shop_answers_wrongly_at_any_step_of_a_linked_order_makes_one_order() {
    let stack = stack_with_plenty(&[("ORDERS", "linked-order"), ("ORDER_WAIT", "100ms")]).await;
    let steps = [
        ("POST", "/carts"),
        ("POST", "/items"),
        ("POST", "/billing-address"),
        ("PUT", "/order"),
        ("POST", "/orders"),
        ("POST", "/comments"),
    ];
    let faults = ["Json500Done", "Html503", "Reset", "WrongJson"];
    for (number, (method, path)) in steps.into_iter().enumerate() {
        let guest = Guest::number(number);
        let bought = stack.shop().sells(&guest, SATURDAY, 1).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        let link = stack.mails().link_to(&guest).await;
        stack.knows_the_dates().await;
        stack.shop().fails_once(faults[number % faults.len()], method, path).await;
        let chosen = stack.customer().chooses(&link, &guest, WEEK_LATER).await;
        assert_eq!(chosen.status, 200, "{method} {path}: {chosen:?}");
        stack.comes_to_rest().await;
        stack.shop().calms_down().await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_helpdesk_answers_wrongly_is_written_once() {
    let stack = stack_with_plenty(&[]).await;
    let symptoms =
        [("Reset", true), ("Error", false), ("WrongJson", true), ("503", false), ("429", false)];
    for (number, (symptom, done)) in symptoms.into_iter().enumerate() {
        let guest = Guest::number(number);
        let bought = stack.shop().sells(&guest, SATURDAY, 1).await;
        stack.partner().request(&bought.number(), SATURDAY, "pending").await;
        stack.helpdesk().fails_to_write_once(symptom, done).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        stack.mails().link_to(&guest).await;
        stack.comes_to_rest().await;
        stack.helpdesk().calms_down().await;
    }
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_that_are_put_off_come_later_and_once() {
    let stack = stack_with_plenty(&[]).await;
    let replies = ["MAIL 451 4.3.0 later", "RCPT 450 4.2.0 greylisted", "DATA 452 4.3.1 full"];
    for (number, reply) in replies.into_iter().enumerate() {
        let guest = Guest::number(number);
        let bought = stack.shop().sells(&guest, SATURDAY, 1).await;
        stack.partner().request(&bought.number(), SATURDAY, "pending").await;
        stack.comes_to_rest().await;
        stack.mails().order(reply);
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        stack.mails().link_to(&guest).await;
    }
    promises_hold(&stack).await;
}
