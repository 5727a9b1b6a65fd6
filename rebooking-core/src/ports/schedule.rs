//! Where dates come from, and how a store takes them over.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{AsOf, PortError};
use crate::value::course_date::CourseDate;
use crate::value::ids::{ConfirmationId, CourseId};

/// The dates of a course with places and price.
///
/// A store that keeps its own dates is its own schedule. Dates kept elsewhere are copied into the
/// store by [`Rebookings::refresh`](crate::service::Rebookings::refresh): the store's places are
/// the ones that are guarded.
#[async_trait]
pub trait Schedule: Send + Sync {
    /// Every date of the course that has not ended, as of the moment that comes with it. An unknown
    /// course has no dates. Reading changes nothing and may be repeated.
    async fn dates(&self, course: CourseId) -> Result<AsOf<CourseSchedule>, PortError>;
}

/// What a schedule knows of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct CourseSchedule {
    /// Its dates, in no order.
    pub dates: Vec<ScheduledDate>,
    /// What looks like a date and cannot be read as one: for people to put right.
    pub left_out: Vec<LeftOut>,
}

/// A date as a schedule gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct ScheduledDate {
    /// When it takes place, what it costs, and its places, which mean what `places` says.
    pub date: CourseDate,
    /// What its numbers of places mean.
    pub places: Places,
    /// `false` for one that is hidden or switched off there: nobody can choose it any more, and the
    /// bookings on it stay.
    pub offered: bool,
}

/// What a schedule's numbers of places mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
// Exhaustive: whoever reads it handles each.
pub enum Places {
    /// `capacity` is all that can be sold. `taken` is what is sold already when the store first
    /// hears of the date; from then on the store counts.
    Counted,
    /// `capacity` less `taken` is what can still be bought there: the shop counts its own
    /// reservations, and the store keeps it right by what the shop does not know (see
    /// [`DateImports`]).
    FreeThere,
    /// The places are the store's own: `capacity` is what a date that is new begins with.
    Unknown,
}

/// What was left out of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct LeftOut {
    /// What it is called over there: an article number, say.
    pub what: String,
    /// Why, for people who keep the schedule; no personal data.
    pub why: String,
}

impl CourseSchedule {
    /// Dates that are offered, with places as whoever keeps them counts them.
    #[must_use]
    pub fn counted(dates: Vec<CourseDate>) -> Self {
        let dates = dates.into_iter().map(ScheduledDate::counted).collect();
        Self { dates, left_out: Vec::new() }
    }
}

impl ScheduledDate {
    /// A date that is offered, with places as the schedule counts them.
    #[must_use]
    pub const fn counted(date: CourseDate) -> Self {
        Self { date, places: Places::Counted, offered: true }
    }
}

/// The store's side of a schedule that is kept elsewhere.
///
/// Where the shop says only what is [still free there](Places::FreeThere), two systems count
/// places. The store then keeps `free = free there + correction`. The correction is what the shop's
/// stock does not know: less the parties on the date without a reservation of the shop's (their
/// order is kept, or the linked one is not made yet), plus the parties that have left it while the
/// shop still holds their reservation. Every confirmation request knows whether the shop's stock
/// carries its party (see [`StockWrite`](crate::change::StockWrite)).
#[async_trait]
pub trait DateImports: Send + Sync {
    /// Courses whose dates are worth reading, by number: those with a date that has not ended, a
    /// link that can still be used, or a live request about a date that has not ended.
    async fn courses(&self) -> Result<AsOf<Vec<KnownCourse>>, PortError>;

    /// Takes over what a schedule knows of a course, all of it or nothing. Returns how many dates
    /// were on offer before and are not any more. May be repeated.
    ///
    /// New dates are kept as they are; known ones get their new times and price, and places by what
    /// [`Places`] says. What this store has counted in the meantime stays counted, whenever it was
    /// committed: an order that was made after [`Import::began`] is one that the shop's figure does
    /// not hold yet. A date that an earlier import brought and this one lacks is no longer offered.
    /// A date that a later import has brought is left alone, and a withdrawn one stays withdrawn.
    async fn import(&self, import: &Import) -> Result<u32, PortError>;

    /// What the shop's stock does not know of the date that a confirmation request is for: to be
    /// added to what is free there before it is seen whether that request's own party fits. Other
    /// requests that still wait for their order count only when they were opened earlier, so that
    /// of several the first one fits. `None` when the date's places are not
    /// [counted there](Places::FreeThere).
    async fn correction(&self, request: ConfirmationId) -> Result<Option<i64>, PortError>;
}

/// A course whose dates are worth reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct KnownCourse {
    /// Which course.
    pub course: CourseId,
    /// When the reading began that was imported last, by the store's clock; `None` before the
    /// first.
    pub read_at: Option<DateTime<Utc>>,
}

/// What was read of a course, to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Import {
    /// Of which course.
    pub course: CourseId,
    /// The store's moment before the schedule was asked.
    pub began: DateTime<Utc>,
    /// The dates.
    pub dates: Vec<ScheduledDate>,
}
