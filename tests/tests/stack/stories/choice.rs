//! US-1 to US-6, FR-1 to FR-4: a customer whose date is declined takes another one.

use tests::stack::Stack;
use tests::stack::people::Guest;
use tests::stack::promises::promises_hold;
use tests::stack::shop::{SATURDAY, TWO_WEEKS_LATER, WEEK_LATER};
use tests::stack::wait::eventually;

use super::{declined, ticket_that_says};

#[tokio::test(flavor = "multi_thread")]
async fn one_click_moves_the_booking_and_all_sides_hear_of_it_once() {
    let stack = Stack::start().await;
    let (erika, bought, link) = declined(&stack).await;
    let told = stack.mails().arrives(&erika.email, "Terminänderung für Ihre Buchung #").await;
    assert!(told.subject.ends_with(&bought.number()), "{}", told.subject);
    let page = stack.customer().opens(&link).await.body;
    assert!(page.contains("Termin umbuchen") && !page.contains(&erika.email), "{page}");
    assert_eq!(stack.customer().dates(&link).await, [WEEK_LATER, TWO_WEEKS_LATER]);

    let done = stack.customer().clicks(&link, &erika, WEEK_LATER).await;
    assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
    let sure = stack.mails().arrives(&erika.email, "Umbuchung bestätigt - #").await;
    let calendar = sure.calendar.unwrap();
    assert!(calendar.contains("BEGIN:VEVENT") && calendar.contains("Sushi-Kurs"), "{calendar}");
    stack.mails().request_about(bought, 1).await;
    stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    stack.mails().arrives(&erika.email, "Ihr Termin ist bestätigt - #").await;

    stack.comes_to_rest().await;
    let ticket = stack.helpdesk().ticket(bought).await.unwrap();
    assert_eq!((ticket.notes.len(), ticket.stage.as_str()), (3, "Done"), "{ticket:?}");
    let order = stack.shop().order(bought.order).await;
    let marker = format!("[rebooking:reb-{}-1]", bought.item);
    assert!(order.comments.len() == 1 && order.comments[0].contains(&marker), "{order:?}");
    assert_eq!((order.state.as_str(), stack.shop().orders().await.len()), ("complete", 1));
    assert_eq!(stack.mails().to(&erika.email).len(), 3);
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_each_date_has_its_stock_a_linked_order_takes_the_places_over() {
    let stack = Stack::with(&[("ORDERS", "linked-order")]).await;
    let (erika, bought, link) = declined(&stack).await;
    let done = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!(done.status, 200, "{done:?}");
    let sure = stack.mails().arrives(&erika.email, "Umbuchung bestätigt - #").await;
    stack.comes_to_rest().await;
    let orders = stack.shop().orders().await;
    let linked = orders.iter().find(|order| order.key.is_some()).unwrap();
    assert_eq!(linked.key, Some(format!("reb-{}-1", bought.item)));
    assert_eq!(linked.parent, Some(bought.number()));
    assert!(sure.subject.ends_with(&linked.number), "{} {linked:?}", sure.subject);
    let answered = done.json()["data"].take();
    if answered["orderPending"] == false {
        assert_eq!(answered["newOrderNumber"], linked.number.as_str());
    }
    assert_eq!((orders.len(), stack.shop().left(WEEK_LATER).await), (2, 8));
    stack.partner().confirms(&linked.number, WEEK_LATER).await;
    ticket_that_says(&stack, bought, "bestätigt").await;
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_decline_brings_a_new_link_until_support_must_find_a_way() {
    let stack = Stack::with(&[("STEP_LIMIT", "2")]).await;
    let (erika, bought, first) = declined(&stack).await;
    stack.customer().clicks(&first, &erika, WEEK_LATER).await;
    stack.partner().declines(&bought.number(), WEEK_LATER, &[]).await;
    let second = stack.mails().link_number(2, &erika).await;
    assert_eq!(stack.customer().dates(&second).await, [TWO_WEEKS_LATER], "none that was lost");
    assert_eq!(stack.customer().looks(&first).await.status, 410, "a used link stays used");
    stack.customer().clicks(&second, &erika, TWO_WEEKS_LATER).await;
    stack.partner().declines(&bought.number(), TWO_WEEKS_LATER, &[]).await;
    eventually("a mail without a link", || async {
        let last = stack.mails().to(&erika.email).pop()?;
        (last.key().contains("limit-reached") && last.link().is_none()).then_some(())
    })
    .await;
    stack.comes_to_rest().await;
    let ticket = stack.helpdesk().ticket(bought).await.unwrap();
    assert_eq!(ticket.stage, "New", "support must look: {ticket:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clicks_at_once_are_one_rebooking() {
    let stack = Stack::start().await;
    stack.starts_a_server().await;
    let (erika, _, link) = declined(&stack).await;
    let (here, there) = (stack.customer(), stack.customer());
    let (one, other) = tokio::join!(
        here.chooses(&link, &erika, WEEK_LATER),
        there.chooses(&link, &erika, TWO_WEEKS_LATER)
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{one:?} {other:?}");
    promises_hold(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_parties_for_the_last_places_are_told_apart() {
    let stack = Stack::start().await;
    stack.shop().has_left(WEEK_LATER, 3).await;
    let mut links = Vec::new();
    for guest in [Guest::erika(), Guest::max()] {
        let bought = stack.shop().sells(&guest, SATURDAY, 2).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        links.push((stack.mails().link_to(&guest).await, guest));
    }
    let customer = stack.customer();
    let [(first, erika), (second, max)] = &links[..] else { panic!("two") };
    eventually("that three places are known", || async {
        let shown = customer.looks(second).await.json();
        let dates = shown["data"]["availableDates"].as_array()?.clone();
        (dates.first()?["spotsAvailable"].as_i64()? == 3).then_some(())
    })
    .await;
    let (one, other) = tokio::join!(
        customer.chooses(first, erika, WEEK_LATER),
        customer.chooses(second, max, WEEK_LATER)
    );
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!((won.status, lost.status), (200, 409), "{won:?} {lost:?}");
    let lost = lost.json();
    assert_eq!(lost["error"]["code"], "sold_out");
    assert!(lost["error"]["availableDates"].is_array(), "with the fresh list: {lost}");
    promises_hold(&stack).await;
}
