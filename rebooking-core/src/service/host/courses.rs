//! Courses whose dates are kept elsewhere: whose turn it is, and which somebody looks at.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use event_listener::Event;
#[cfg(feature = "runtime")]
use event_listener::EventListener;

use crate::value::ids::CourseId;

/// Courses, each in it once.
#[derive(Debug, Default)]
struct Courses {
    courses: Mutex<BTreeSet<CourseId>>,
    changed: Event,
}

impl Courses {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<CourseId>> {
        self.courses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Courses whose pages were opened since somebody asked. A course is noted once, however many look
/// at it.
#[derive(Debug, Default)]
pub(crate) struct LookedAt(Courses);

impl LookedAt {
    pub(in crate::service) fn note(&self, courses: impl IntoIterator<Item = CourseId>) {
        let new = {
            let mut noted = self.0.lock();
            courses.into_iter().filter(|course| noted.insert(*course)).count() > 0
        };
        if new {
            self.0.changed.notify(usize::MAX);
        }
    }

    /// Resolves when a course is noted that was not.
    #[cfg(feature = "runtime")]
    pub(crate) fn listen(&self) -> EventListener {
        self.0.changed.listen()
    }

    /// What was noted; it may be noted again.
    #[cfg(feature = "runtime")]
    pub(crate) fn take(&self) -> BTreeSet<CourseId> {
        std::mem::take(&mut *self.0.lock())
    }
}

/// Courses that are being imported: one import a course at a time.
#[derive(Debug, Default)]
pub(in crate::service) struct CourseLocks(Courses);

/// The right to import a course, until it is dropped.
#[derive(Debug)]
pub(in crate::service) struct CourseLock<'a> {
    locks: &'a CourseLocks,
    course: CourseId,
}

impl CourseLocks {
    /// Waits until nobody else imports the course.
    pub(in crate::service) async fn wait(&self, course: CourseId) -> CourseLock<'_> {
        loop {
            // Listen before looking, so that no end is missed in between.
            let ended = self.0.changed.listen();
            if self.0.lock().insert(course) {
                return CourseLock { locks: self, course };
            }
            ended.await;
        }
    }
}

impl Drop for CourseLock<'_> {
    fn drop(&mut self) {
        self.locks.0.lock().remove(&self.course);
        self.locks.0.changed.notify(usize::MAX);
    }
}
