//! The contract of [`Schedule`]: every date that has not ended, with its places and price.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::{RebookingStore as _, Schedule};
use crate::testing::{MemoryStore, samples};
use crate::value::course_date::CourseDate;
use crate::value::ids::CourseId;

/// An adapter with the system behind it, where the cases put dates. It begins without any.
#[async_trait]
pub trait ScheduleUnderTest: Send + Sync {
    /// The adapter.
    fn schedule(&self) -> Arc<dyn Schedule>;

    /// The system has these dates from now on; what it knew of them before is overwritten, but for
    /// places that it counts itself.
    async fn put(&self, dates: &[CourseDate]);
}

#[async_trait]
impl ScheduleUnderTest for MemoryStore {
    fn schedule(&self) -> Arc<dyn Schedule> {
        Arc::new(self.clone())
    }

    async fn put(&self, dates: &[CourseDate]) {
        self.upsert_dates(dates).await.unwrap();
    }
}

/// The adapter's moment, in whole minutes.
async fn now(schedule: &impl ScheduleUnderTest) -> DateTime<Utc> {
    let now = schedule.schedule().dates(samples::course().id).await.unwrap().now.timestamp();
    DateTime::from_timestamp(now - now % 60, 0).unwrap()
}

async fn shown(schedule: &impl ScheduleUnderTest, course: CourseId) -> Vec<CourseDate> {
    let read = schedule.schedule().dates(course).await.unwrap().value;
    assert_eq!(read.left_out, []);
    let mut dates: Vec<_> = read.dates.into_iter().map(|scheduled| scheduled.date).collect();
    dates.sort_by_key(CourseDate::id);
    dates
}

/// What a customer may choose by: when, how many places, at what price.
fn essence(dates: &[CourseDate]) -> Vec<String> {
    let words = dates.iter().map(|date| {
        let (slot, price) = (date.slot, date.unit_price);
        let zone = slot.zone.name();
        format!("{} {}–{} {zone} {} {price:?}", slot.id, slot.starts_at, slot.ends_at, date.free())
    });
    words.collect()
}

/// With free places or without.
pub async fn a_course_shows_its_dates(schedule: impl ScheduleUnderTest) {
    let now = now(&schedule).await;
    let dates = [(1, 5), (2, 0)]
        .map(|(id, free)| samples::course_date(id, now + TimeDelta::days(7 * id), free));
    schedule.put(&dates).await;
    let shown = shown(&schedule, samples::course().id).await;
    assert_eq!(essence(&shown), essence(&dates));
    assert!(
        shown
            .iter()
            .all(|date| date.course.id == samples::course().id && date.capacity >= date.taken)
    );
}

/// Until its last moment.
pub async fn a_date_that_has_ended_is_not_shown(schedule: impl ScheduleUnderTest) {
    let now = now(&schedule).await;
    let running = samples::course_date(1, now - TimeDelta::hours(1), 5);
    let ended = samples::course_date(2, now - TimeDelta::hours(4), 5);
    schedule.put(&[running.clone(), ended]).await;
    assert_eq!(essence(&shown(&schedule, running.course.id).await), essence(&[running]));
}

/// A course that nobody knows is no error.
pub async fn an_unknown_course_has_no_dates(schedule: impl ScheduleUnderTest) {
    let now = now(&schedule).await;
    schedule.put(&[samples::course_date(1, now + TimeDelta::days(7), 5)]).await;
    assert_eq!(shown(&schedule, CourseId::new(99_999_999)).await, []);
}

/// The moment that the dates are true at comes with them, and does not run backwards.
pub async fn dates_come_with_their_moment(schedule: impl ScheduleUnderTest) {
    let first = schedule.schedule().dates(samples::course().id).await.unwrap().now;
    let second = schedule.schedule().dates(samples::course().id).await.unwrap().now;
    assert!(first <= second);
}

/// A new price or time is shown with the next look.
pub async fn a_date_that_changed_is_shown_as_it_is_now(schedule: impl ScheduleUnderTest) {
    let date = samples::course_date(1, now(&schedule).await + TimeDelta::days(7), 5);
    schedule.put(std::slice::from_ref(&date)).await;
    let slot = samples::slot(1, date.slot.starts_at + TimeDelta::hours(1));
    let changed = CourseDate { slot, unit_price: samples::euros(9_900), ..date };
    schedule.put(std::slice::from_ref(&changed)).await;
    assert_eq!(essence(&shown(&schedule, changed.course.id).await), essence(&[changed]));
}

/// Tests that a schedule keeps its contract, one test a case. The expression makes a
/// [`ScheduleUnderTest`](crate::testing::contract::schedule::ScheduleUnderTest).
#[macro_export]
macro_rules! schedule_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $schedule:expr) => {
        $crate::contract_cases! { schedule [$(#[$attribute])*] ($($argument)*) [$schedule]
            a_course_shows_its_dates
            a_date_that_has_ended_is_not_shown
            an_unknown_course_has_no_dates
            dates_come_with_their_moment
            a_date_that_changed_is_shown_as_it_is_now
        }
    };
}
