//! A dated run of a course: when and where on the clock, what it costs, how many places it has.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::value::course::Course;
use crate::value::ids::CourseDateId;
use crate::value::money::Money;
use crate::value::partner::Partner;

/// The zone of the venue's clock on the wall; dates and times are shown in it, whatever the
/// reader's own zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VenueZone(Tz);

impl VenueZone {
    /// Where courses take place unless somebody says otherwise.
    pub const BERLIN: Self = Self(Tz::Europe__Berlin);

    /// Reads an IANA name such as `Europe/Berlin`.
    ///
    /// # Errors
    /// [`UnknownZone`] when the time zone database has no such name.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Self).map_err(|_| UnknownZone)
    }

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What the clock on the venue's wall shows at a moment.
    #[must_use]
    pub fn local(self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.0).naive_local()
    }

    /// The moment at which the venue's clock shows a time. Of two (the hour that autumn repeats) it
    /// is the first; `None` for a time that spring skips.
    #[must_use]
    pub fn moment(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        local.and_local_timezone(self.0).earliest().map(|at| at.with_timezone(&Utc))
    }
}

impl Default for VenueZone {
    fn default() -> Self {
        Self::BERLIN
    }
}

/// A zone that the time zone database does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an IANA time zone is needed, like Europe/Berlin")]
pub struct UnknownZone;

/// When a run of a course takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Slot {
    /// Its identity in the schedule.
    pub id: CourseDateId,
    /// The first moment of the course, in UTC.
    pub starts_at: DateTime<Utc>,
    /// The last moment of the course, in UTC.
    pub ends_at: DateTime<Utc>,
    /// The clock that people there read.
    pub zone: VenueZone,
}

impl Slot {
    /// The start on the venue's clock.
    #[must_use]
    pub fn local_start(&self) -> NaiveDateTime {
        self.zone.local(self.starts_at)
    }

    /// The end on the venue's clock.
    #[must_use]
    pub fn local_end(&self) -> NaiveDateTime {
        self.zone.local(self.ends_at)
    }
}

/// A dated run of a course with places and price, as the schedule knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct CourseDate {
    /// When it takes place, and its identity.
    pub slot: Slot,
    /// Which course is given.
    pub course: Course,
    /// Who gives it, where the schedule knows; otherwise it is the partner of the booking that is
    /// moved there.
    pub partner: Option<Partner>,
    /// How many people fit in.
    pub capacity: u32,
    /// How many places are taken, also by bookings that the partner has not confirmed yet.
    pub taken: u32,
    /// The price for one person.
    pub unit_price: Money,
    /// The partner has taken this date back: nobody can be booked on it any more.
    pub withdrawn: bool,
}

impl CourseDate {
    /// How many more people fit in.
    #[must_use]
    pub const fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }

    /// Its identity in the schedule.
    #[must_use]
    pub const fn id(&self) -> CourseDateId {
        self.slot.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_venues_clock_follows_both_clock_changes() {
        for (moment, shown) in [
            ("2027-03-28T00:59:59Z", "2027-03-28T01:59:59"),
            ("2027-03-28T01:00:00Z", "2027-03-28T03:00:00"),
            ("2027-10-31T00:59:59Z", "2027-10-31T02:59:59"),
            ("2027-10-31T01:00:00Z", "2027-10-31T02:00:00"),
        ] {
            assert_eq!(VenueZone::BERLIN.local(utc(moment)), local(shown), "{moment}");
        }
    }

    #[test]
    fn the_hour_that_spring_skips_is_no_moment_and_the_one_that_autumn_repeats_is_its_first() {
        assert_eq!(VenueZone::BERLIN.moment(local("2027-03-28T02:30:00")), None);
        assert_eq!(
            VenueZone::BERLIN.moment(local("2027-10-31T02:30:00")),
            Some(utc("2027-10-31T00:30:00Z"))
        );
    }

    #[test]
    fn the_29th_of_february_exists_in_leap_years() {
        let late = utc("2028-02-28T23:30:00Z");
        assert_eq!(VenueZone::BERLIN.local(late), local("2028-02-29T00:30:00"));
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert_eq!(VenueZone::parse("Europe/Atlantis"), Err(UnknownZone));
        assert_eq!(VenueZone::parse("Europe/Berlin"), Ok(VenueZone::BERLIN));
    }
}
