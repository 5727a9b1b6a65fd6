//! What stands on orders for people to read.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, OrderUndo, Orders as _, Placement, PortError};
use rebooking_core::testing::contract::orders::ShopUnderTest as _;
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_core::value::booking::Booking;
use rebooking_magento::testing::{Fault, SeenCall};

use crate::shop::{Shop, new_date};

pub(crate) async fn change(shop: &Shop, key: &str, strategy: OrderStrategy) -> OrderChange {
    let (before, date) = (shop.booking().await, new_date());
    let after = Booking { slot: date.slot, course: date.course, ..before.clone() };
    OrderChange {
        key: key.to_owned(),
        reference: before.order_number.reference(1),
        strategy,
        list_total: date.unit_price.times(before.participants.count()),
        due: samples::euros(0),
        correction: 0,
        before,
        after,
    }
}

async fn comments(locale: &str, strategy: OrderStrategy) -> Vec<Vec<String>> {
    let shop = Shop::open().await;
    shop.fake.set_locale(locale);
    let mut change = change(&shop, "reb-7-1", strategy).await;
    change.due = samples::euros(1_050);
    let checkpoints = MemoryCheckpoints::new();
    let made = shop.magento.place(&change, &checkpoints).await.unwrap();
    assert!(matches!(made, Placement::Made(_)));
    let undo = OrderUndo { key: change.key, before: change.before, order: None };
    shop.magento.undo(&undo, &MemoryCheckpoints::new()).await.unwrap();
    shop.fake.orders().into_iter().map(|order| order.comments).collect()
}

#[tokio::test]
async fn a_comment_names_both_dates_in_the_language_of_the_store_view() {
    assert_eq!(
        comments("de_DE", OrderStrategy::KeepOrder).await,
        [[
            "Umgebucht: Montag, 25.01.2027, 18:00 Uhr → Montag, 01.02.2027, 18:00 Uhr, \
             noch zu zahlen: 10,50\u{a0}€ [rebooking:reb-7-1]",
            "Umbuchung aufgehoben [rebooking:reb-7-1:undone]",
        ]]
    );
    assert_eq!(
        comments("en_GB", OrderStrategy::KeepOrder).await,
        [[
            "Rebooked: Monday, 25 January 2027, 18:00 → Monday, 1 February 2027, 18:00, \
             still to pay: €10.50 [rebooking:reb-7-1]",
            "Rebooking called off [rebooking:reb-7-1:undone]",
        ]]
    );
}

#[tokio::test]
async fn the_linked_order_of_a_discounted_booking_has_the_list_price_and_says_what_was_paid() {
    let shop = Shop::open().await;
    let before = shop.discounted_booking().await;
    let after = Booking { slot: new_date().slot, ..before.clone() };
    let list_total = before.list_total();
    let of_the_shop = change(&shop, "reb-7-1", OrderStrategy::LinkedOrder).await;
    let change = OrderChange { before, after, list_total, ..of_the_shop };
    let made = shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap();
    assert!(matches!(made, Placement::Made(_)), "{made:?}");
    let [_, made] = shop.fake.orders().try_into().unwrap();
    assert_eq!(made.total, 26_700);
    assert_eq!(
        made.comments,
        ["Umgebucht von Bestellung 000000001: Montag, 25.01.2027, 18:00 Uhr → Montag, \
             01.02.2027, 18:00 Uhr, bezahlt sind 250,00\u{a0}€ [rebooking:reb-7-1:linked]"]
    );
}

#[tokio::test]
async fn linked_orders_name_each_other() {
    let dates = "Montag, 25.01.2027, 18:00 Uhr → Montag, 01.02.2027, 18:00 Uhr";
    assert_eq!(
        comments("de_DE", OrderStrategy::LinkedOrder).await,
        [
            vec![
                format!("Umbuchung begonnen: {dates} [rebooking:reb-7-1:cart:2]"),
                format!("Umgebucht auf Bestellung 000000002: {dates} [rebooking:reb-7-1:linked]"),
                "Umbuchung aufgehoben [rebooking:reb-7-1:undone]".to_owned(),
            ],
            vec![format!(
                "Umgebucht von Bestellung 000000001: {dates}, noch zu zahlen: 10,50\u{a0}€ \
                 [rebooking:reb-7-1:linked]"
            )],
        ]
    );
    assert_eq!(
        comments("en_US", OrderStrategy::LinkedOrder).await[1],
        ["Rebooked from order 000000001: Monday, 25 January 2027, 18:00 → Monday, 1 February \
             2027, 18:00, still to pay: €10.50 [rebooking:reb-7-1:linked]"]
    );
}

/// The calls that have written a comment, or tried to.
fn written(shop: &Shop) -> usize {
    let calls = shop.fake.calls();
    calls.iter().filter(|call| call.is_write() && call.path.ends_with("/comments")).count()
}

/// The order is put on hold as we comment on it; the call may fail for its own part.
async fn moved_while_we_write(fails: bool) -> (Shop, Result<Placement, PortError>) {
    let shop = Shop::open().await;
    let change = change(&shop, "reb-7-1", OrderStrategy::KeepOrder).await;
    let (fake, order) = (shop.fake.clone(), change.before.order.value());
    let moves = move |call: &SeenCall| {
        let writes = call.is_write() && call.path.ends_with("/comments");
        if writes {
            fake.set_state(order, "holded");
        }
        writes && fails
    };
    shop.fake.fail_once(moves, Fault::Json500);
    let placed = shop.magento.place(&change, &MemoryCheckpoints::new()).await;
    (shop, placed)
}

#[tokio::test]
async fn a_comment_that_is_refused_for_an_old_status_is_sent_with_the_new_one() {
    let (shop, placed) = moved_while_we_write(false).await;
    assert!(matches!(placed, Ok(Placement::Made(_))), "{placed:?}");
    assert_eq!((written(&shop), shop.fake.orders()[0].comments.len()), (2, 1));
}

/// It may have been written all the same: the next try looks first.
#[tokio::test]
async fn a_comment_that_failed_otherwise_is_not_sent_again_at_once() {
    let (shop, placed) = moved_while_we_write(true).await;
    assert!(placed.as_ref().is_err_and(PortError::is_retryable), "{placed:?}");
    assert_eq!(written(&shop), 1);
}
