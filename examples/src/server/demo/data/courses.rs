//! The courses and their dates: prices go both ways, one course has sixty dates, and one has none
//! but the one that is booked.

use std::error::Error;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use rebooking_core::value::booking::{Course, Partner, Venue};
use rebooking_core::value::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::value::customer::{EmailAddress, Language, MalformedAddress};
use rebooking_core::value::ids::{CourseDateId, CourseId};
use rebooking_core::value::money::{Currency, Money};

use crate::demo::roles::{BAR, DemoPartner, KITCHEN, POTTERY};

/// All dates of all courses.
pub(in crate::demo) struct Courses(pub(in crate::demo) Vec<CourseDate>);

/// A course, who gives it, and when.
pub(super) struct Given {
    pub(super) course: Course,
    pub(super) by: DemoPartner,
    runs: Vec<Run>,
}

/// Date, days after the next Saturday, hour, cents, places, places taken.
type Run = (i64, u64, u32, i64, u32, u32);

const SUSHI: [Run; 7] = [
    (401, 7, 18, 89_00, 12, 12),
    (402, 14, 18, 89_00, 12, 7),
    (403, 21, 18, 89_00, 12, 12), // full
    (404, 28, 18, 79_00, 12, 4),  // cheaper
    (405, 35, 18, 99_00, 10, 2),  // dearer
    (406, 42, 18, 89_00, 12, 11), // one place left
    (407, 56, 18, 89_00, 12, 0),
];
const PASTA: [Run; 5] = [
    (411, 7, 19, 79_00, 10, 6),
    (412, 21, 19, 79_00, 10, 0),
    (413, 35, 12, 69_00, 10, 1),
    (414, 49, 19, 79_00, 10, 10),
    (415, 76, 18, 89_00, 10, 3),
];
const COCKTAILS: [Run; 5] = [
    (601, 14, 20, 65_00, 16, 2),
    (602, 28, 20, 65_00, 16, 0),
    (603, 42, 20, 65_00, 16, 3),
    (604, 69, 20, 59_00, 16, 0),
    (605, 98, 20, 72_00, 16, 5),
];
const GIN: [Run; 4] = [
    (611, 13, 19, 75_00, 12, 10),
    (612, 27, 19, 75_00, 12, 3),
    (613, 41, 19, 69_00, 12, 0),
    (614, 83, 19, 82_00, 12, 2),
];
const WHEEL: [Run; 5] = [
    (701, 7, 10, 95_00, 8, 8),
    (702, 15, 15, 95_00, 8, 3),
    (703, 28, 10, 85_00, 8, 2),
    (704, 43, 15, 11_000, 8, 0),
    (705, 91, 10, 95_00, 8, 1),
];
/// Nothing to move to.
const RAKU: [Run; 1] = [(711, 14, 11, 12_000, 6, 6)];

/// Three a week for twenty weeks, each weekday at its own hour and price. How many places are taken
/// goes round, so that each eleventh date is full.
fn sourdough() -> Vec<Run> {
    let run = |number: u32| {
        let (days, hour, cents) = match number % 3 {
            0 => (0, 10, 89_00),
            1 => (1, 14, 79_00),
            _ => (4, 18, 69_00),
        };
        let (week, taken) = (u64::from(number / 3 + 1), number * 7 % 11);
        (4201 + i64::from(number), 7 * week + days, hour, cents, 10, taken)
    };
    (0..60).map(run).collect()
}

/// Every course.
pub(super) fn all() -> Vec<Given> {
    let given = |id, sku, name, by, venue: Option<Venue>, runs: &[Run]| Given {
        course: Course::new(CourseId::new(id), sku, name).at(venue),
        by,
        runs: runs.to_vec(),
    };
    let harbour = Venue::new("Barschule Nord", "Hafenstraße 12, 20359 Hamburg");
    let workshop = || Venue::new("Töpferei Lindenhof", "Lindenweg 3, 04105 Leipzig");
    vec![
        given(40, "SUSHI-1", "Sushi-Kurs für Einsteiger", KITCHEN, None, &SUSHI),
        given(41, "PASTA-1", "Pasta wie in Bologna", KITCHEN, None, &PASTA),
        given(42, "BROT-1", "Brot backen mit Sauerteig", KITCHEN, None, &sourdough()),
        given(60, "COCKTAIL-1", "Cocktails mixen", BAR, None, &COCKTAILS),
        given(61, "GIN-1", "Gin-Tasting am Hafen", BAR, harbour, &GIN),
        given(70, "TON-1", "Töpfern an der Drehscheibe", POTTERY, workshop(), &WHEEL),
        given(71, "RAKU-1", "Raku-Brand im Garten", POTTERY, workshop(), &RAKU),
    ]
}

impl Courses {
    /// The dates as they lie ahead of a moment.
    pub(super) fn from(now: DateTime<Utc>) -> Result<Self, Box<dyn Error>> {
        let saturday = next_saturday(now).ok_or("no Saturday is left")?;
        let mut dates = Vec::new();
        for given in all() {
            for run in &given.runs {
                dates.push(course_date(&given, saturday, *run)?);
            }
        }
        Ok(Self(dates))
    }

    /// One of them.
    pub(in crate::demo) fn date(&self, id: i64) -> Result<&CourseDate, String> {
        self.0.iter().find(|date| date.id().value() == id).ok_or(format!("no date {id}"))
    }
}

/// Who is asked, where, and in which language.
pub(super) fn partner(known: &DemoPartner) -> Result<Partner, MalformedAddress> {
    let email = EmailAddress::parse(known.email)?;
    Ok(Partner { id: known.id, email, language: Language::GERMAN })
}

fn next_saturday(now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = VenueZone::BERLIN.local(now).date();
    let past_sunday = u64::from(today.weekday().num_days_from_sunday());
    today.checked_add_days(Days::new(6 - past_sunday))
}

fn course_date(
    given: &Given,
    saturday: NaiveDate,
    (id, days, hour, cents, capacity, taken): Run,
) -> Result<CourseDate, Box<dyn Error>> {
    let day = saturday.checked_add_days(Days::new(days)).ok_or("no such day")?;
    let time = NaiveTime::from_hms_opt(hour, 0, 0).ok_or("no such hour")?;
    let starts_at =
        VenueZone::BERLIN.moment(day.and_time(time)).ok_or("an hour that spring skips")?;
    Ok(CourseDate {
        slot: Slot {
            id: CourseDateId::new(id),
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            zone: VenueZone::BERLIN,
        },
        course: given.course.clone(),
        partner: Some(partner(&given.by)?),
        capacity,
        taken,
        unit_price: Money::new(cents, Currency::EUR)?,
        withdrawn: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saturday_is_its_own_next_one() {
        for (now, saturday) in [
            ("2027-01-16T12:00:00Z", "2027-01-16"),
            ("2027-01-17T12:00:00Z", "2027-01-23"),
            ("2027-01-18T12:00:00Z", "2027-01-23"),
            ("2027-01-22T12:00:00Z", "2027-01-23"),
        ] {
            assert_eq!(next_saturday(now.parse().unwrap()), saturday.parse().ok(), "{now}");
        }
    }

    #[test]
    fn every_date_has_room_for_the_bookings_that_are_on_it_on_every_day_of_years() {
        for days in 0..1000 {
            let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_500 + days);
            let courses = Courses::from(now).unwrap();
            assert!(courses.0.iter().all(|date| date.slot.starts_at - now >= TimeDelta::days(7)));
            assert!(courses.0.iter().all(|date| date.taken <= date.capacity));
        }
    }
}
