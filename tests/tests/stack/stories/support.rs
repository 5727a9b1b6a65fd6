//! US-7, US-8 and US-9: what support does, reads and earns.

use serde_json::json;
use tests::stack::Stack;
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{SATURDAY, WEEK_LATER};
use tests::stack::wait::eventually;

use super::{declined, ticket_that_says};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_order_number_moves_a_booking_that_nobody_declined() {
    let stack = Stack::start().await;
    let erika = Guest::erika();
    let bought = stack.shop().sells(&erika, SATURDAY, 2).await;
    stack.partner().confirms(&bought.number(), SATURDAY).await;
    let sent = stack.support().sends_a_link(&bought.number()).await;
    assert_eq!(sent["caseId"], bought.item, "{sent}");
    stack.mails().arrives(&erika.email, "Ein anderer Termin für Ihre Buchung #").await;
    let link = stack.mails().link_to(&erika).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    ticket_that_says(&stack, bought, "hat umgebucht").await;
    let released = stack.mails().arrives("kueche@example.org", "Buchung umgebucht: ").await;
    assert!(released.link().is_none());
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_sent_again_is_the_same_and_one_that_is_replaced_is_dead() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    stack.support().does(bought, "resend", &json!({})).await;
    eventually("the mail once more", || async {
        let mails = stack.mails().to(&erika.email);
        (mails.len() == 2).then(|| assert_eq!(mails[1].link().as_ref(), Some(&link)))
    })
    .await;
    stack.support().does(bought, "reissue", &json!({})).await;
    let fresh = stack.mails().link_number(2, &erika).await;
    let dead = stack.customer().looks(&link).await;
    assert!(matches!(dead.status, 404 | 410), "{dead:?}");
    assert_eq!(stack.customer().chooses(&fresh, &erika, WEEK_LATER).await.status, 200);
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebooking_that_support_calls_off_leaves_no_order_and_no_places_behind() {
    for orders in ["keep-order", "linked-order"] {
        let stack = Stack::with(&[("ORDERS", orders)]).await;
        let (erika, bought, link) = declined(&stack).await;
        stack.customer().chooses(&link, &erika, WEEK_LATER).await;
        stack.comes_to_rest().await;
        stack.support().does(bought, "cancel", &json!({ "reason": "Am Telefon" })).await;
        stack.mails().arrives(&erika.email, "Ihre Umbuchung wurde aufgehoben - #").await;
        stack.comes_to_rest().await;
        assert_eq!(stack.shop().left(WEEK_LATER).await, 10, "{orders}");
        promises_hold(&stack).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ticket_follows_the_case_and_support_reads_its_number() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    assert_eq!(ticket_that_says(&stack, bought, "abgelehnt").await.stage, "Awaiting");
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    let ticket = ticket_that_says(&stack, bought, "hat umgebucht").await;
    assert_eq!(ticket.stage, "In Progress");
    stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    eventually("the stage of what is solved", || async {
        (stack.helpdesk().ticket(bought).await?.stage == "Done").then_some(())
    })
    .await;
    let case = stack.support().case(bought).await;
    assert_eq!(case["tokens"][0]["ticket"]["number"], ticket.number.as_str(), "{case}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn support_chooses_on_the_phone_for_a_customer() {
    let stack = Stack::start().await;
    let (erika, bought, _) = declined(&stack).await;
    let choice = json!({ "dateId": WEEK_LATER, "reason": "Am Telefon besprochen" });
    stack.support().does(bought, "choose", &choice).await;
    stack.mails().arrives(&erika.email, "Umbuchung bestätigt - #").await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funnel_counts_each_case_once_and_the_revenue_that_was_kept() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    let max = Guest::max();
    let other = stack.shop().sells(&max, SATURDAY, 1).await;
    stack.partner().declines(&other.number(), SATURDAY, &[]).await;
    stack.mails().link_to(&max).await;
    stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    stack.mails().arrives(&erika.email, "Ihr Termin ist bestätigt - #").await;
    stack.comes_to_rest().await;
    let totals = stack.support().reads("/api/support/earnings").await["totals"][0].take();
    let counted = ["declined", "mailed", "opened", "rebooked", "confirmed"];
    let counted = counted.map(|column| totals[column].as_i64().unwrap());
    assert_eq!(counted, [2, 2, 1, 1, 1], "{totals}");
    assert_eq!(totals["kept"].to_string(), "178.00");
    promises_hold(&stack).await;
}
