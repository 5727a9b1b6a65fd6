//! Dates as they come: what is taken over of them, and what stays.

use chrono::TimeDelta;

use super::stage::{ImportsUnderTest, asked};
use crate::change::{Change, Commit, DateWrite, Guard};
use crate::ports::{Places, ScheduledDate};
use crate::testing::contract::given::{self, apply};
use crate::testing::samples;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseDateId, CourseId};
use crate::value::text::FreeText;

const DATE: CourseDateId = CourseDateId::new(1);

impl ImportsUnderTest {
    /// Tries to take a place of date 1.
    async fn take(&self) -> Commit {
        let take = DateWrite::Take { date: DATE, places: 1 };
        self.commit(&Change::at(given::now(self).await).date(take)).await.unwrap()
    }

    /// A date with five free places of 15, as a schedule gives it.
    async fn with_places(&self, id: i64, places: Places) -> ScheduledDate {
        let starts_at = given::now(self).await + TimeDelta::days(7);
        ScheduledDate { date: samples::course_date(id, starts_at, 5), places, offered: true }
    }

    async fn kept(&self) -> CourseDate {
        self.date(DATE).await.unwrap().unwrap().value.date
    }
}

/// From the first import on the store counts; capacity, times and price are the schedule's.
pub async fn a_date_that_is_counted_keeps_its_taken_places(store: ImportsUnderTest) {
    let given = store.with_places(1, Places::Counted).await;
    store.import(&store.begin().await, std::slice::from_ref(&given)).await;
    assert_eq!(store.kept().await, given.date);
    assert_eq!(store.take().await, Commit::Applied);
    let date = CourseDate { capacity: 12, unit_price: samples::euros(9_900), ..given.date.clone() };
    let changed = ScheduledDate { date: date.clone(), ..given };
    store.import(&store.begin().await, &[changed]).await;
    assert_eq!(store.kept().await, CourseDate { taken: 11, ..date });
}

/// A new date begins with what the schedule says.
pub async fn places_that_nobody_else_counts_are_the_stores_own(store: ImportsUnderTest) {
    let given = store.with_places(1, Places::Unknown).await;
    store.import(&store.begin().await, std::slice::from_ref(&given)).await;
    assert_eq!(store.free(1).await, 5);
    assert_eq!(store.take().await, Commit::Applied);
    let date = CourseDate { capacity: 3, taken: 0, ..given.date.clone() };
    store.import(&store.begin().await, &[ScheduledDate { date, ..given }]).await;
    assert_eq!(store.free(1).await, 4);
}

/// Until it is offered again.
pub async fn a_date_that_is_not_offered_takes_nobody_and_keeps_its_bookings(
    store: ImportsUnderTest,
) {
    for places in [Places::Counted, Places::FreeThere, Places::Unknown] {
        let given = store.with_places(1, places).await;
        store.import(&store.begin().await, std::slice::from_ref(&given)).await;
        assert_eq!(store.take().await, Commit::Applied);
        let (free, taken) = (store.free(1).await, store.kept().await.taken);
        let hidden = ScheduledDate { offered: false, ..given.clone() };
        let dropped = store.import(&store.begin().await, std::slice::from_ref(&hidden)).await;
        assert_eq!((store.free(1).await, dropped), (0, 1), "{places:?}");
        assert_eq!(store.take().await, Commit::Lost(Guard::Places), "{places:?}");
        let again = store.import(&store.begin().await, &[hidden]).await;
        assert_eq!(again, 0, "it was not on offer any more");
        let still = if places == Places::FreeThere { 0 } else { taken };
        assert_eq!(store.kept().await.taken, still, "{places:?}");
        store.import(&store.begin().await, &[given]).await;
        let free = if places == Places::FreeThere { 5 } else { free };
        assert_eq!(store.free(1).await, free, "{places:?}");
    }
}

/// As if it were hidden. Who is on it stays there.
pub async fn a_date_that_is_gone_from_the_schedule_is_not_offered(store: ImportsUnderTest) {
    let (one, two) = (store.free_there(1, 5).await, store.free_there(2, 5).await);
    store.import(&store.begin().await, &[one.clone(), two.clone()]).await;
    let token = store.choose(7001).await;
    let dropped = store.import(&store.begin().await, std::slice::from_ref(&two)).await;
    assert_eq!((dropped, store.free(1).await, store.free(2).await), (1, 0, 5));
    let live = store.live_confirmations(Some(DATE), 10).await.unwrap().value;
    assert_eq!(live.iter().map(|live| live.id).collect::<Vec<_>>(), [asked(&token)]);
    assert_eq!(store.import(&store.begin().await, std::slice::from_ref(&two)).await, 0);
    assert_eq!(store.import(&store.begin().await, &[one, two]).await, 0);
    assert_eq!(store.free(1).await, 3);
}

/// No import has brought it, so none takes it away.
pub async fn a_date_of_the_hosts_own_is_left_alone(store: ImportsUnderTest) {
    given::date(&store, 1, 4).await;
    assert_eq!(store.import(&store.begin().await, &[]).await, 0);
    assert_eq!(store.free(1).await, 4);
}

/// It was slow, and what came after it is newer.
pub async fn an_older_reading_changes_nothing(store: ImportsUnderTest) {
    let (one, two) = (store.free_there(1, 5).await, store.free_there(2, 5).await);
    let slow = store.begin().await;
    let quick = store.begin().await;
    store.import(&quick, &[one.clone(), two]).await;
    assert_eq!(store.import(&slow, &[store.free_there(1, 9).await]).await, 0);
    assert_eq!((store.free(1).await, store.free(2).await), (5, 5));
    store.import(&quick, &[one]).await;
    assert_eq!(store.free(2).await, 0, "the same reading may come twice");
}

/// What a partner has taken back is not given.
pub async fn an_import_withdraws_and_never_reopens(store: ImportsUnderTest) {
    store.read(5).await;
    let reason = FreeText::line("Wasserschaden", 100);
    let write = DateWrite::Withdraw { date: DATE, reason };
    apply(&store, &Change::at(given::now(&store).await).date(write)).await;
    store.read(5).await;
    let kept = store.date(DATE).await.unwrap().unwrap().value;
    assert_eq!((kept.date.withdrawn, kept.withdrawal.expose()), (true, "Wasserschaden"));
    assert_eq!(store.take().await, Commit::Lost(Guard::Places));
}

/// In one import.
pub async fn a_date_that_comes_twice_counts_as_it_came_last(store: ImportsUnderTest) {
    let (one, other) = (store.free_there(1, 5).await, store.free_there(1, 7).await);
    store.import(&store.begin().await, &[one, other]).await;
    assert_eq!(store.free(1).await, 7);
}

/// Each with the moment of the reading that was imported last.
pub async fn courses_with_dates_or_links_are_known(store: ImportsUnderTest) {
    let known = async || {
        let found = store.imports.courses().await.unwrap().value;
        found.iter().map(|known| (known.course, known.read_at.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(known().await, []);
    let now = given::now(&store).await;
    let ended = CourseDate {
        course: crate::value::booking::Course::new(CourseId::new(39), "OLD", "Alt"),
        ..samples::course_date(3, now - TimeDelta::days(7), 5)
    };
    store.upsert_dates(&[ended]).await.unwrap();
    assert_eq!(known().await, []);
    let course = samples::course().id;
    let asked = samples::booking_of(7002);
    store.open_confirmation(&asked).await.unwrap();
    assert_eq!(known().await, [(course, false)], "with a request alone");
    given::issued(&store, 7001).await;
    assert_eq!(known().await, [(course, false)]);
    store.read(5).await;
    assert_eq!(known().await, [(course, true)]);
}
