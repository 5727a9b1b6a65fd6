//! Requests whose partners do not answer are found until that is noted, and noted once.

use chrono::TimeDelta;

use crate::change::{Change, ConfirmationNote, ConfirmationWrite, Guard};
use crate::confirmation::{ConfirmationState, Overdue};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply, vanishes};
use crate::value::booking::Booking;
use crate::value::ids::ConfirmationId;
use crate::value::text::FreeText;

const DAY: TimeDelta = TimeDelta::days(1);
const NOW: Overdue = Overdue::Reminder(TimeDelta::zero());
const LATER: Overdue = Overdue::Support(TimeDelta::zero());
const NOBODY: [ConfirmationId; 0] = [];

async fn due(store: &StoreUnderTest, overdue: Overdue) -> Vec<ConfirmationId> {
    store.overdue(overdue, None, 100).await.unwrap()
}

/// The request of an item, whose date is so far ahead, with a link to answer by.
async fn asked(store: &StoreUnderTest, item: i64, ahead: TimeDelta) -> ConfirmationId {
    let mut booking: Booking = given::booking(store, item).await;
    let starts_at = given::now(store).await + ahead;
    (booking.slot.starts_at, booking.slot.ends_at) = (starts_at, starts_at + DAY);
    let link = given::answer_link([u8::try_from(item % 256).unwrap(); 16]);
    store.ask_for_confirmation(&booking, &link).await.unwrap().unwrap()
}

fn noted(id: ConfirmationId, note: ConfirmationNote) -> ConfirmationWrite {
    ConfirmationWrite::Note { id, note }
}

/// What is pending, was mailed with a link, and is due; each until it is noted.
pub async fn requests_that_wait_too_long_are_found_until_that_is_noted(store: StoreUnderTest) {
    let now = given::now(&store).await;
    let first = asked(&store, 7001, DAY * 30).await;
    let second = asked(&store, 7002, DAY * 30).await;
    // Without a link, answered, and withdrawn.
    store.open_confirmation(&given::booking(&store, 7003).await).await.unwrap();
    for (item, to) in [(7004, ConfirmationState::Confirmed), (7005, ConfirmationState::Declined)] {
        let id = asked(&store, item, DAY * 30).await;
        let from = &[ConfirmationState::Pending];
        let (reason, booking) = (FreeText::EMPTY, None);
        let write = ConfirmationWrite::Move { id, from, to, reason, booking };
        apply(&store, &Change::at(now).confirmation(write)).await;
    }
    for overdue in [NOW, LATER] {
        assert_eq!(due(&store, overdue).await, [first, second], "{overdue:?}");
    }
    assert_eq!(store.overdue(NOW, None, 1).await.unwrap(), [first]);
    assert_eq!(store.overdue(NOW, Some(first), 100).await.unwrap(), [second]);
    for overdue in [Overdue::Reminder(DAY), Overdue::Support(DAY)] {
        assert_eq!(due(&store, overdue).await, NOBODY, "{overdue:?}");
    }

    let reminded = Change::at(now).confirmation(noted(first, ConfirmationNote::Reminded));
    apply(&store, &reminded).await;
    assert_eq!(due(&store, NOW).await, [second]);
    assert_eq!(due(&store, LATER).await, [first, second]);
    apply(&store, &Change::at(now).confirmation(noted(second, ConfirmationNote::Silent))).await;
    assert_eq!(due(&store, NOW).await, NOBODY, "support calls");
    assert_eq!(due(&store, LATER).await, [first]);
    let read = async |id| {
        let request = given::request(&store, id).await;
        (request.reminded_at.is_some(), request.silent_at.is_some(), request.state)
    };
    assert_eq!(read(first).await, (true, false, ConfirmationState::Pending));
    assert_eq!(read(second).await, (false, true, ConfirmationState::Pending));
}

/// A date that has begun, or will before long, leaves less time; what has begun is support's.
pub async fn a_near_date_leaves_a_partner_less_time(store: StoreUnderTest) {
    let begun = asked(&store, 7001, -DAY).await;
    let soon = asked(&store, 7002, TimeDelta::zero()).await;
    asked(&store, 7003, DAY).await;
    assert_eq!(due(&store, Overdue::Support(DAY * 300)).await, [begun, soon]);
    assert_eq!(due(&store, Overdue::Reminder(DAY * 300)).await, NOBODY);
}

/// Guard: a note is made once, and not of what was answered since.
pub async fn a_request_is_noted_once_and_while_it_waits(store: StoreUnderTest) {
    let now = given::now(&store).await;
    for note in ConfirmationNote::ALL {
        let id = asked(&store, 7001, DAY * 30).await;
        let write = || Change::at(now).confirmation(noted(id, note));
        apply(&store, &write()).await;
        vanishes(&store, write(), Guard::Confirmation).await;
    }
    let id = asked(&store, 7002, DAY * 30).await;
    let (from, to) = (&[ConfirmationState::Pending], ConfirmationState::Confirmed);
    let (reason, booking) = (FreeText::EMPTY, None);
    let answered = ConfirmationWrite::Move { id, from, to, reason, booking };
    apply(&store, &Change::at(now).confirmation(answered)).await;
    for note in ConfirmationNote::ALL {
        let late = Change::at(now).confirmation(noted(id, note));
        vanishes(&store, late, Guard::Confirmation).await;
    }
}
