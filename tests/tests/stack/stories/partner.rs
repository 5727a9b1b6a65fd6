//! US-5 and US-6: what partners see and do, in the portal and by mail.

use serde_json::json;
use tests::stack::Stack;
use tests::stack::doors::As;
use tests::stack::people::{CELLAR, Guest};
use tests::stack::promises::promises_hold;
use tests::stack::shop::{SATURDAY, WEEK_LATER, WINE_EVENING};
use tests::stack::wait::eventually;

use super::declined;

#[tokio::test(flavor = "multi_thread")]
async fn who_declined_sees_that_it_was_rebooked_and_nobody_else_does() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    stack.partner().request(&bought.number(), WEEK_LATER, "pending").await;
    let rows = stack.partner().rebookings().await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["originalOrderNumber"], bought.number());
    assert_eq!(rows[0]["customerName"], "Erika Mustermann");
    assert_eq!(stack.partner_who_is(CELLAR).rebookings().await.len(), 0);
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_to_the_partner_leads_to_a_page_that_confirms() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    let answer = stack.mails().request_about(bought, 1).await;
    let page = stack.doors().ask(As::Browser, "GET", &answer.page, "").await;
    assert!(page.status == 200 && page.body.contains(&bought.number()), "{page:?}");
    let form = "answer=confirm&partnerEmail=kueche%40example.org";
    let said = stack.doors().ask(As::Browser, "POST", &answer.page, form).await;
    assert!(matches!(said.status, 200 | 303), "{said:?}");
    stack.mails().arrives(&erika.email, "Ihr Termin ist bestätigt - #").await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_is_withdrawn_brings_a_link_to_everybody_on_it() {
    let stack = Stack::start().await;
    let guests: Vec<Guest> = (0..3).map(Guest::number).collect();
    let mut orders = Vec::new();
    for guest in &guests {
        orders.push(stack.shop().sells(guest, SATURDAY, 2).await);
    }
    let other = stack.shop().sells(&Guest::max(), WINE_EVENING, 2).await;
    for bought in &orders {
        stack.partner().request(&bought.number(), SATURDAY, "pending").await;
    }
    let cellar = stack.partner_who_is(CELLAR);
    cellar.request(&other.number(), WINE_EVENING, "pending").await;
    stack.knows_the_dates().await;
    // The sweep may decline some of them first, so the answer counts no more than three.
    let withdrawn = stack.partner().withdraws(SATURDAY).await;
    assert_eq!((&withdrawn["status"], &withdrawn["withoutLink"]), (&json!("withdrawn"), &json!(0)));
    assert!(withdrawn["links"].as_i64() <= Some(3), "{withdrawn}");
    for guest in &guests {
        let link = stack.mails().link_to(guest).await;
        let chosen = stack.customer().chooses(&link, guest, WEEK_LATER).await;
        assert_eq!(chosen.status, 200, "{chosen:?}");
    }
    assert_eq!(stack.mails().to(&Guest::max().email).len(), 0, "another date takes place");
    cellar.confirms(&other.number(), WINE_EVENING).await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_and_falls_through_after_all_brings_a_link_again() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    stack.mails().arrives(&erika.email, "Ihr Termin ist bestätigt - #").await;
    stack.partner().takes_back(&bought.number(), WEEK_LATER).await;
    let again = stack.mails().link_number(2, &erika).await;
    eventually("that the places are free again", || async {
        let rows = stack.partner().rebookings().await;
        rows.iter().any(|row| row["status"] == "declined").then_some(())
    })
    .await;
    assert!(!stack.customer().dates(&again).await.contains(&WEEK_LATER));
    promises_hold(&stack).await;
}
