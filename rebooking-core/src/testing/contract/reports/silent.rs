//! Bookings as they were sold whose partners do not answer.

use chrono::TimeDelta;

use crate::change::{Change, ConfirmationNote, ConfirmationWrite};
use crate::confirmation::ConfirmationState;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::value::ids::ConfirmationId;
use crate::value::text::FreeText;

const NOBODY: [ConfirmationId; 0] = [];

async fn silent(store: &StoreUnderTest, limit: u32) -> Vec<ConfirmationId> {
    let found = store.reports().silent_partners(limit).await.unwrap();
    found.into_iter().map(|request| request.id).collect()
}

/// The request of an item whose date ends so far ahead, with a link to answer by.
async fn asked(store: &StoreUnderTest, item: i64, ahead: TimeDelta) -> ConfirmationId {
    let mut booking = given::booking(store, item).await;
    let ends_at = given::now(store).await + ahead;
    let starts_at = ends_at - TimeDelta::hours(3);
    (booking.slot.starts_at, booking.slot.ends_at) = (starts_at, ends_at);
    let link = given::answer_link([u8::try_from(item % 256).unwrap(); 16]);
    store.ask_for_confirmation(&booking, &link).await.unwrap().unwrap()
}

async fn apply_to(store: &StoreUnderTest, write: ConfirmationWrite) {
    apply(store, &Change::at(given::now(store).await).confirmation(write)).await;
}

async fn noted(store: &StoreUnderTest, id: ConfirmationId) {
    apply_to(store, ConfirmationWrite::Note { id, note: ConfirmationNote::Silent }).await;
}

async fn moved(
    store: &StoreUnderTest,
    id: ConfirmationId,
    from: &'static [ConfirmationState],
    to: ConfirmationState,
) {
    let (reason, booking) = (FreeText::EMPTY, None);
    apply_to(store, ConfirmationWrite::Move { id, from, to, reason, booking }).await;
}

/// From when it is noted until the answer, and no longer than there is a date to answer for. What
/// is asked for a rebooking is on the worklist instead.
pub async fn a_silent_partner_of_a_sold_booking_is_listed_until_the_answer_or_the_end_of_the_date(
    store: StoreUnderTest,
) {
    let day = TimeDelta::days(1);
    let first = asked(&store, 7001, day * 30).await;
    let second = asked(&store, 7002, day * 30).await;
    let over = asked(&store, 7003, -day).await;
    assert_eq!(silent(&store, 10).await, NOBODY, "nobody has noted it");
    for id in [second, first, over] {
        noted(&store, id).await;
    }
    let found = silent(&store, 10).await;
    assert!(found == [second, first] || found == [first, second], "{found:?}");
    assert_eq!(silent(&store, 1).await, found[..1]);

    given::date(&store, 1, 20).await;
    let token = given::issued(&store, 7004).await;
    apply(&store, &given::choice(&store, &token, 1).await).await;
    let token = given::reread(&store, &token).await;
    let rebooked = token.rebooking().unwrap().confirmation.unwrap();
    moved(&store, rebooked, &[ConfirmationState::Waiting], ConfirmationState::Pending).await;
    noted(&store, rebooked).await;
    assert_eq!(silent(&store, 10).await, found, "of a rebooking its case says so");

    for (id, left) in [(second, vec![first]), (first, Vec::new())] {
        moved(&store, id, &[ConfirmationState::Pending], ConfirmationState::Confirmed).await;
        assert_eq!(silent(&store, 10).await, left);
    }
}
