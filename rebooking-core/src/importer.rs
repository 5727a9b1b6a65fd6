//! Dates that are kept elsewhere, imported in the background: on a timer, and when a link is issued
//! for dates that are getting old, or a page is opened on them.

use std::collections::{BTreeSet, HashMap};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::error::RebookError;
use crate::ports::{OuterSchedule, PortError};
use crate::service::{Rebookings, Refreshed};
use crate::value::ids::CourseId;

/// When dates are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportSettings {
    /// How often every known course is: 15 min.
    pub interval: Duration,
    /// How old dates may be when a page is opened on them; older ones are imported then, and the
    /// page does not wait for it: 60 s.
    pub max_age: Duration,
}

/// However short the interval is set.
const SHORTEST: Duration = Duration::from_millis(100);

impl Default for ImportSettings {
    fn default() -> Self {
        Self { interval: Duration::from_secs(15 * 60), max_age: Duration::from_secs(60) }
    }
}

/// Keeps the dates of an outer schedule fresh in the store until it is stopped. Known courses are
/// those with dates to come or links that can be used ([`DateImports::courses`]).
///
/// One course is imported after the other, so the schedule is never asked for two at once. While it
/// is out of reach nothing changes: known dates stay on offer, and it is asked again after a pause
/// that grows as [`Delivery`](crate::policy::Delivery) says. Any number of processes may run one on
/// the same store; what one has imported the others leave alone until it is due.
///
/// [`DateImports::courses`]: crate::ports::DateImports::courses
#[derive(Debug)]
pub struct Importer {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Importer {
    /// Starts on the current tokio runtime. Without an outer schedule there is nothing to do.
    #[must_use]
    pub fn start(rebookings: &Rebookings, settings: ImportSettings) -> Self {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        if let Some(outer) = rebookings.ports().schedule.clone() {
            let rounds = Rounds::new(rebookings.clone(), outer, settings);
            tasks.spawn(rounds.run(stop.clone()));
        }
        tasks.close();
        Self { stop, tasks }
    }

    /// Begins nothing new and waits for the import that is under way.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }
}

/// What is to be imported, and when.
struct Rounds {
    rebookings: Rebookings,
    outer: OuterSchedule,
    settings: ImportSettings,
    due: BTreeSet<CourseId>,
    /// When a course was imported last by this process, or last failed for itself alone.
    tried: HashMap<CourseId, Instant>,
    next_tick: Instant,
    /// Failures of the other side, one after the other, and until when it is left in peace.
    failures: u32,
    rests_until: Instant,
}

impl Rounds {
    fn new(rebookings: Rebookings, outer: OuterSchedule, settings: ImportSettings) -> Self {
        let now = Instant::now();
        Self {
            rebookings,
            outer,
            settings,
            due: BTreeSet::new(),
            tried: HashMap::new(),
            next_tick: now,
            failures: 0,
            rests_until: now,
        }
    }

    async fn run(mut self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            // Listen before looking, so that no page is missed in between.
            let opened = self.rebookings.looked_at().listen();
            self.note_pages();
            if Instant::now() >= self.rests_until {
                self.note_known().await;
                self.import_due(&stop).await;
            }
            let wake = if self.due.is_empty() { self.next_tick } else { self.rests_until };
            tokio::select! {
                () = stop.cancelled() => {}
                () = sleep_until(wake.max(self.rests_until)) => {}
                () = opened => {}
            }
        }
    }

    /// Pages that were opened on dates that are too old.
    fn note_pages(&mut self) {
        for course in self.rebookings.looked_at().take() {
            let fresh = |tried: &Instant| tried.elapsed() <= self.settings.max_age;
            if !self.tried.get(&course).is_some_and(fresh) {
                self.due.insert(course);
            }
        }
    }

    /// Known courses, once an interval; those that another process has imported meanwhile are not
    /// due.
    async fn note_known(&mut self) {
        if Instant::now() < self.next_tick {
            return;
        }
        let known = match AssertUnwindSafe(self.outer.imports.courses()).catch_unwind().await {
            Ok(Ok(known)) => known,
            Ok(Err(error)) => return self.rest(&error.phrase()),
            Err(_panic) => return self.rest("the store panicked"),
        };
        self.next_tick = Instant::now() + self.settings.interval.max(SHORTEST);
        for course in known.value {
            let age = course.read_at.and_then(|read| (known.now - read).to_std().ok());
            // A little early is no matter: otherwise it would wait for another whole interval.
            if age.is_none_or(|age| age >= self.settings.interval / 2) {
                self.due.insert(course.course);
            }
        }
    }

    async fn import_due(&mut self, stop: &CancellationToken) {
        let mut failed = None;
        for course in self.due.clone() {
            if stop.is_cancelled() {
                return;
            }
            match self.import(course).await {
                Ok(refreshed) => {
                    tracing::debug!(%course, dates = refreshed.dates, "imported");
                }
                // Nobody answers over there, whichever course is asked for.
                Err(RebookError::TryLater(
                    error @ (PortError::Unavailable(_) | PortError::Unauthorized(_)),
                )) => return self.rest(&error.phrase()),
                // This course alone cannot be imported: the others must not wait for it.
                Err(RebookError::TryLater(error)) => {
                    failed = Some(error.phrase());
                    continue;
                }
                Err(error) => {
                    tracing::error!(%course, error = %error.phrase(), "cannot import its dates")
                }
            }
            self.due.remove(&course);
            self.tried.insert(course, Instant::now());
        }
        match failed {
            Some(error) => self.rest(&error),
            None => self.failures = 0,
        }
    }

    async fn import(&self, course: CourseId) -> Result<Refreshed, RebookError> {
        let patience = self.rebookings.policy().delivery.deadline.to_std().unwrap_or_default();
        let import = AssertUnwindSafe(self.rebookings.refresh(course)).catch_unwind();
        let late = |why: &str| RebookError::TryLater(PortError::Transient(why.into()));
        match timeout(patience, import).await {
            Ok(Ok(refreshed)) => refreshed,
            Ok(Err(_panic)) => Err(late("the schedule panicked")),
            Err(_elapsed) => Err(late("the schedule did not answer in time")),
        }
    }

    /// The other side is left in peace for a while, longer each time.
    fn rest(&mut self, error: &str) {
        let delivery = &self.rebookings.policy().delivery;
        let (base, cap) = (delivery.backoff_base, delivery.backoff_cap);
        let pause = base.to_std().unwrap_or_default() * 2_u32.pow(self.failures.min(16));
        let pause = pause.min(cap.to_std().unwrap_or(Duration::MAX));
        self.failures = self.failures.saturating_add(1);
        self.rests_until = Instant::now() + pause;
        tracing::warn!(error, ?pause, "cannot import dates: the known ones stay on offer");
    }
}
