//! A dated run of a course: when and where on the clock, what it costs, how many places it has.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::value::course::Course;
use crate::value::ids::CourseDateId;
use crate::value::money::Money;
use crate::value::partner::Partner;

pub use crate::value::zone::{UnknownZone, VenueZone};

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
