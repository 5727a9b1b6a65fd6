//! No link and no address is where it does not belong, with everything logged that can be: by the
//! servers, and by the database.

use tests::http::call;
use tests::stack::Stack;
use tests::stack::database::Database;
use tests::stack::evidence::Evidence;
use tests::stack::people::{Guest, Link};
use tests::stack::promises::{breaches, said};
use tests::stack::shop::{Offered, SATURDAY, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};

use super::times;

/// What begins the trace of the callers.
const TRACE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Opens a link as a part of traces: of one that is in form, and of some that would tell.
async fn opens_within_traces(stack: &Stack, link: &Link, guest: &Guest) {
    let base = stack.doors().next().unwrap();
    let telling = format!("00-{}-{}-01", link.secret, guest.email);
    for parent in [TRACE, &telling, &guest.email, &link.secret] {
        let state = format!("shop={}", guest.email);
        let headers = [("traceparent", parent), ("tracestate", &state), ("baggage", &state)];
        for path in [&link.page, &link.api()] {
            let answer = call(&base, "GET", path, &headers, "").await;
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(said(&[&guest.email], &answer.head).is_empty(), "{answer:?}");
        }
    }
}

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
        opens_within_traces(&stack, &link, &guest).await;
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
    evidence.said.push(("dump", stack.database().dump()));
    let (place, logs) = &evidence.said[0];
    assert!(*place == "logs" && logs.contains("db.statement"), "even the driver speaks");
    assert!(logs.contains("0af7651916cd43dd8448eb211c80319c"), "the callers' trace is told");
    assert_eq!(breaches(&evidence), [""; 0]);
}
