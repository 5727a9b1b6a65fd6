//! The dates of courses as they were a moment ago, for those who only look. Whoever chooses is
//! decided on what the store holds at that moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::AsOf;
use crate::value::course_date::CourseDate;
use crate::value::ids::CourseId;

/// Of how many courses dates are kept at most.
const MAX: usize = 1_000;

pub(super) type Dates = Arc<AsOf<Vec<CourseDate>>>;

/// Dates by course. How old they are is told by the store's clock alone.
#[derive(Debug, Default)]
pub(in crate::service) struct RecentDates(Mutex<HashMap<CourseId, Dates>>);

impl RecentDates {
    /// What was read less than `max_age` before `now`.
    pub(super) fn get(
        &self,
        course: CourseId,
        now: DateTime<Utc>,
        max_age: TimeDelta,
    ) -> Option<Dates> {
        self.lock().get(&course).filter(|dates| now - dates.now < max_age).cloned()
    }

    pub(super) fn put(&self, course: CourseId, dates: &Dates) {
        let mut kept = self.lock();
        if kept.len() >= MAX {
            kept.clear();
        }
        kept.insert(course, Arc::clone(dates));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CourseId, Dates>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
