//! Places that the shop counts, too.

use futures_util::future::{join_all, join3};

use super::stage::{ImportsUnderTest, asked};
use crate::change::{Change, StockWrite};
use crate::testing::contract::given::{self, apply};

/// As long as nobody is moved.
pub async fn what_is_free_there_is_free_here(store: ImportsUnderTest) {
    store.read(5).await;
    assert_eq!(store.free(1).await, 5);
    store.read(3).await;
    assert_eq!(store.free(1).await, 3);
}

/// Before an import, during its reading and after the next one.
pub async fn a_party_that_the_shop_does_not_know_takes_its_places_once(store: ImportsUnderTest) {
    store.read(8).await;
    store.choose(7001).await;
    assert_eq!(store.free(1).await, 6);
    store.read(8).await;
    assert_eq!(store.free(1).await, 6);
    let reading = store.begin().await;
    store.choose(7002).await;
    store.import(&reading, &[store.free_there(1, 8).await]).await;
    assert_eq!(store.free(1).await, 4);
    store.read(5).await;
    assert_eq!(store.free(1).await, 1, "the shop has sold three");
}

/// The shop's figure has it from then on, and it stays the shop's when the party leaves.
pub async fn an_order_that_is_made_is_counted_once(store: ImportsUnderTest) {
    store.read(8).await;
    let token = store.choose(7001).await;
    store.reserve(&token).await;
    assert_eq!(store.free(1).await, 6, "nothing was read since");
    store.read(6).await;
    assert_eq!(store.free(1).await, 6);
    store.leave(asked(&token), &token.moved_booking().unwrap()).await;
    assert_eq!(store.free(1).await, 8, "the order stays, and its places are ours to give");
    store.read(6).await;
    assert_eq!(store.free(1).await, 8);
}

/// The shop was asked before, and is heard after.
pub async fn an_order_that_was_made_during_the_reading_is_not_lost(store: ImportsUnderTest) {
    store.read(8).await;
    let token = store.choose(7001).await;
    let reading = store.begin().await;
    store.reserve(&token).await;
    store.import(&reading, &[store.free_there(1, 8).await]).await;
    assert_eq!(store.free(1).await, 6);
    store.read(6).await;
    assert_eq!(store.free(1).await, 6);
}

/// Nobody else can buy them there.
pub async fn a_party_that_left_is_added_while_the_shop_holds_its_places(store: ImportsUnderTest) {
    let (request, booking) = store.bought(7001).await;
    store.read(0).await;
    assert_eq!(store.free(1).await, 0);
    let reading = store.begin().await;
    store.leave(request, &booking).await;
    assert_eq!(store.free(1).await, 2);
    store.import(&reading, &[store.free_there(1, 0).await]).await;
    assert_eq!(store.free(1).await, 2);
    store.choose(7002).await;
    store.read(0).await;
    assert_eq!(store.free(1).await, 0);
}

/// With the order that held them.
pub async fn what_the_shop_gave_back_is_what_the_shop_says(store: ImportsUnderTest) {
    let (request, booking) = store.bought(7001).await;
    store.read(1).await;
    store.leave(request, &booking).await;
    let released = StockWrite::Released(booking.item);
    apply(&store, &Change::at(given::now(&store).await).stock(released)).await;
    store.read(3).await;
    assert_eq!(store.free(1).await, 3);
}

/// Its places are in the shop's figure already, or will be in the next one.
pub async fn a_booking_that_was_bought_is_counted_once(store: ImportsUnderTest) {
    store.read(5).await;
    let (request, booking) = store.bought(7001).await;
    assert_eq!(store.free(1).await, 5, "the shop said so with it or without");
    store.read(3).await;
    assert_eq!(store.free(1).await, 3);
    store.leave(request, &booking).await;
    assert_eq!(store.free(1).await, 5, "the shop still holds what they have left");
    store.read(3).await;
    assert_eq!(store.free(1).await, 5);
}

/// The shop sold them in the meantime. Who leaves makes up for that first.
pub async fn more_parties_than_the_shop_has_places_for_leave_nothing_free(store: ImportsUnderTest) {
    store.read(4).await;
    let (one, _) = (store.choose(7001).await, store.choose(7002).await);
    store.read(1).await;
    assert_eq!(store.free(1).await, 0);
    store.leave(asked(&one), &one.moved_booking().unwrap()).await;
    assert_eq!(store.free(1).await, 0);
    store.read(3).await;
    assert_eq!(store.free(1).await, 1);
}

/// Less those without a reservation, plus those who left one; of several who wait, the earlier ones
/// count for the later.
pub async fn what_others_hold_is_named_for_who_is_asked_about(store: ImportsUnderTest) {
    let (bought, booking) = store.bought(7000).await;
    store.read(8).await;
    let (one, two) = (store.choose(7001).await, store.choose(7002).await);
    let correction = async |token| store.imports.correction(asked(token)).await.unwrap();
    assert_eq!((correction(&one).await, correction(&two).await), (Some(0), Some(-2)));
    store.leave(bought, &booking).await;
    assert_eq!((correction(&one).await, correction(&two).await), (Some(2), Some(0)));
    store.reserve(&one).await;
    assert_eq!(correction(&two).await, Some(2));
    let own = given::date(&store, 2, 5).await;
    let token = given::issued(&store, 7003).await;
    apply(&store, &given::choice(&store, &token, own.id().value()).await).await;
    let token = given::reread(&store, &token).await;
    assert_eq!(correction(&token).await, None, "the store alone counts that date");
}

/// However they meet.
pub async fn a_rush_of_choices_and_readings_counts_everybody_once(store: ImportsUnderTest) {
    store.read(100).await;
    let (bought, booking) = store.bought(7000).await;
    let choices = join_all((7101..=7120).map(|item| {
        let store = store.clone();
        async move {
            let token = store.choose(item).await;
            if item % 3 == 0 {
                store.leave(asked(&token), &token.moved_booking().unwrap()).await;
            }
        }
    }));
    let readings = async {
        for _ in 0..10 {
            store.read(98).await;
        }
    };
    let leaving = store.leave(bought, &booking);
    join3(choices, readings, leaving).await;
    let stayed = (7101..=7120).filter(|item| item % 3 != 0).count();
    let expected = 98 + 2 - 2 * u32::try_from(stayed).unwrap();
    assert_eq!(store.free(1).await, expected);
    store.read(98).await;
    assert_eq!(store.free(1).await, expected);
}
