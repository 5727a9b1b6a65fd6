//! Callers who hang up before they are answered.

use tests::http::request;
use tests::stack::Stack;
use tests::stack::people::{Guest, Link};
use tests::stack::promises::promises_hold;
use tests::stack::shop::{Offered, SATURDAY, SUSHI, WEEK_LATER};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::times;

const GUESTS: usize = 5;

/// Sends a choice, half a choice or a look at the page, and is gone.
async fn hangs_up(stack: &Stack, link: &Link, guest: &Guest, time: usize) {
    let base = stack.doors().next().unwrap();
    let host = base.strip_prefix("http://").unwrap();
    let headers = [("accept", "application/json"), ("content-type", "application/json")];
    let body = format!(r#"{{"selectedDateId":{WEEK_LATER},"customerEmail":"{}"}}"#, guest.email);
    let choice = request(host, "POST", &link.api(), &headers, &body);
    let sent = match time % 20 {
        0 => choice,
        odd if odd % 2 == 1 => choice[..choice.len() * odd / 20].to_owned(),
        _ => request(host, "GET", &link.page, &headers, ""),
    };
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    if time.is_multiple_of(3) {
        // With a reset, and not in order.
        stream.set_zero_linger().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_who_hang_up_leave_nothing_half_done_and_the_server_answers_on() {
    let stack = Stack::start().await;
    let date = Offered { id: WEEK_LATER, course: SUSHI, days: 37, price: 8_900, places: 100 };
    stack.shop_offers(date).await;
    let guests: Vec<Guest> = (0..GUESTS).map(Guest::number).collect();
    let mut links = Vec::new();
    for guest in &guests {
        let bought = stack.shop().sells(guest, SATURDAY, 1).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        links.push(stack.mails().link_to(guest).await);
    }
    stack.knows_the_dates().await;
    for time in 0..times("REBOOKING_HANG_UPS", 60) {
        hangs_up(&stack, &links[time % GUESTS], &guests[time % GUESTS], time).await;
    }
    for (guest, link) in guests.iter().zip(&links) {
        let answer = stack.customer().chooses(link, guest, WEEK_LATER).await;
        assert_eq!(answer.status, 200, "now, or by the one who hung up: {answer:?}");
    }
    promises_hold(&stack).await;
}
