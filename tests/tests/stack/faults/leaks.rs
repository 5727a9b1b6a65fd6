//! No link and no address is where it does not belong, with everything logged that can be: by the
//! servers, and by the database.

use tests::stack::Stack;
use tests::stack::database::Database;
use tests::stack::evidence::Evidence;
use tests::stack::people::Guest;
use tests::stack::promises::breaches;
use tests::stack::shop::{Offered, SATURDAY, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};

use super::times;

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_logged_no_link_and_no_address_is_told() {
    let database = Database::of_its_own().await;
    database.logs_every_statement().await;
    let stack = Stack::on(database, &[("LOG", "trace"), ("LOG_FORMAT", "json")]).await;
    for (id, days) in [(SATURDAY, 30), (WEEK_LATER, 37), (TWO_WEEKS_LATER, 44)] {
        let date = Offered { id, course: SUSHI, days, price: 8_900, places: 10_000 };
        stack.shop_offers(date).await;
    }
    for number in 0..times("REBOOKING_TRACED", 3) {
        let guest = Guest::number(number);
        let bought = stack.shop().sells(&guest, SATURDAY, 1).await;
        stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
        let link = stack.mails().link_to(&guest).await;
        stack.knows_the_dates().await;
        let stranger = Guest { email: "stranger@example.net".to_owned(), ..guest.clone() };
        stack.customer().chooses(&link, &stranger, WEEK_LATER).await;
        stack.customer().wishes(&link, &guest, "other", "Lieber sonntags").await;
        let done = stack.customer().clicks(&link, &guest, WEEK_LATER).await;
        assert!(done.body.contains("Umbuchung erfolgreich!"), "{done:?}");
        stack.partner().confirms(&bought.number(), WEEK_LATER).await;
    }
    let mut evidence = Evidence::gather(&stack).await;
    let statements = stack.database().statements();
    assert!(statements.contains("INSERT") && statements.contains("sonntags"), "{statements}");
    evidence.said.push(("statement log", statements));
    let (place, logs) = &evidence.said[0];
    assert!(*place == "logs" && logs.contains("db.statement"), "even the driver speaks");
    assert_eq!(breaches(&evidence), [""; 0]);
}
