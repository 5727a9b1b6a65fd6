//! The way that most guests take: bought, declined, moved with one click, and now and then
//! confirmed.

use super::Stack;
use super::people::Guest;
use super::shop::{Offered, SATURDAY, SUSHI, TWO_WEEKS_LATER, WEEK_LATER};

/// What makes a server quick enough for a test: what hangs is given up soon, and another worker may
/// take over.
pub const IMPATIENT: [(&str, &str); 5] = [
    ("LEASE", "4s"),
    ("DEADLINE", "2s"),
    ("MAGENTO_DEADLINE", "1500ms"),
    ("ODOO_DEADLINE", "1500ms"),
    ("SMTP_DEADLINE", "1500ms"),
];

/// The shop has places for all who will come.
pub async fn has_places_for_all(stack: &Stack) {
    for (id, days) in [(SATURDAY, 30), (WEEK_LATER, 37), (TWO_WEEKS_LATER, 44)] {
        let date = Offered { id, course: SUSHI, days, price: 8_900, places: 100_000 };
        stack.shop_offers(date).await;
    }
}

/// One guest goes through, and asks everything again until it is answered.
pub async fn goes_through(stack: &Stack, number: usize) {
    let guest = Guest::number(number);
    let bought = stack.shop().sells(&guest, SATURDAY, 2).await;
    stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
    let link = stack.mails().link_to(&guest).await;
    stack.knows_the_dates().await;
    let date = if number.is_multiple_of(2) { WEEK_LATER } else { TWO_WEEKS_LATER };
    let answer = stack.customer().chooses(&link, &guest, date).await;
    // What was asked before something broke may have been done.
    assert!(matches!(answer.status, 200 | 410), "{answer:?}");
    if number.is_multiple_of(3) {
        stack.partner().confirms(&bought.number(), date).await;
    }
}
