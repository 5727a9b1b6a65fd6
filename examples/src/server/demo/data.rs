//! Three courses of two partners, with dates some weeks ahead, and bookings that wait to be
//! confirmed.

use std::error::Error;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use rebooking_core::ports::store::CaseKey;
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use rebooking_core::value::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::value::customer::{Customer, EmailAddress, Language};
use rebooking_core::value::ids::{
    ConfirmationId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId,
};
use rebooking_core::value::money::{Currency, Money};

use super::roles::{OTHER_PARTNER, PARTNER};
use crate::wiring::Wired;

/// All dates of all courses.
pub(super) struct Courses(pub(super) Vec<CourseDate>);

/// A booking that waits for its partner's answer.
pub(super) struct Waiting {
    pub(super) confirmation: ConfirmationId,
    pub(super) booking: Booking,
}

/// Date, weeks after the next Saturday, hour, cents, places, places taken.
type Row = (i64, u64, u32, i64, u32, u32);

const SUSHI: [Row; 7] = [
    (401, 1, 18, 89_00, 12, 12),
    (402, 2, 18, 89_00, 12, 7),
    (403, 3, 18, 89_00, 12, 12), // full
    (404, 4, 18, 79_00, 12, 4),  // cheaper
    (405, 5, 18, 99_00, 10, 2),  // dearer
    (406, 6, 18, 89_00, 12, 11), // one place left
    (407, 8, 18, 89_00, 12, 0),
];
const PASTA: [Row; 4] = [
    (411, 1, 19, 79_00, 10, 6),
    (412, 3, 19, 79_00, 10, 0),
    (413, 5, 12, 69_00, 10, 1),
    (414, 7, 19, 79_00, 10, 10),
];
const COCKTAILS: [Row; 3] =
    [(601, 2, 20, 65_00, 16, 2), (602, 4, 20, 65_00, 16, 0), (603, 6, 20, 65_00, 16, 3)];

impl Courses {
    /// The dates as they lie ahead of a moment.
    pub(super) fn from(now: DateTime<Utc>) -> Result<Self, Box<dyn Error>> {
        let saturday =
            next_saturday(VenueZone::BERLIN.local(now).date()).ok_or("no Saturday is left")?;
        let (market, north) =
            (partner(PARTNER, "kueche@example.org")?, partner(OTHER_PARTNER, "bar@example.org")?);
        let courses = [
            (
                Course::new(CourseId::new(40), "SUSHI-1", "Sushi-Kurs für Einsteiger"),
                &market,
                &SUSHI[..],
            ),
            (
                Course::new(CourseId::new(41), "PASTA-1", "Pasta wie in Bologna"),
                &market,
                &PASTA[..],
            ),
            (
                Course::new(CourseId::new(60), "COCKTAIL-1", "Cocktails mixen"),
                &north,
                &COCKTAILS[..],
            ),
        ];
        let mut dates = Vec::new();
        for (course, partner, rows) in courses {
            for row in rows {
                dates.push(course_date(&course, partner, saturday, *row)?);
            }
        }
        Ok(Self(dates))
    }

    fn date(&self, id: i64) -> Result<&CourseDate, String> {
        self.0.iter().find(|date| date.id().value() == id).ok_or(format!("no date {id}"))
    }
}

/// Fills shop and store.
pub(super) async fn seed(courses: &Courses, wired: &Wired) -> Result<Vec<Waiting>, Box<dyn Error>> {
    wired.rebookings.ports().store.upsert_dates(&courses.0).await?;
    let bookings = [
        booking(
            courses.date(401)?,
            1,
            2,
            ("Erika Mustermann", "erika@example.com", Language::German),
        )?,
        booking(
            courses.date(401)?,
            2,
            1,
            ("Jürgen Weiß", "juergen@example.com", Language::German),
        )?,
        booking(courses.date(401)?, 3, 4, ("Ayşe Öztürk", "ayse@example.com", Language::German))?,
        booking(
            courses.date(411)?,
            4,
            6,
            ("Björn Großmann", "bjoern@example.com", Language::German),
        )?,
        booking(
            courses.date(402)?,
            5,
            2,
            ("Emily Clarke", "emily@example.com", Language::English),
        )?,
        booking(
            courses.date(601)?,
            6,
            2,
            ("Sören Krüger", "soeren@example.com", Language::German),
        )?,
    ];
    let mut waiting = Vec::new();
    for booking in bookings {
        wired.fakes.shop.put_booking(booking.clone());
        // A database remembers what an earlier start has seeded, and what has become of it.
        let known = wired.rebookings.ports().store.find(&CaseKey::Item(booking.item)).await?.value;
        let confirmation = match (known.confirmation, known.tokens.is_empty()) {
            (Some(request), _) => request.id,
            (None, false) => continue,
            (None, true) => wired.rebookings.ports().store.open_confirmation(&booking).await?,
        };
        waiting.push(Waiting { confirmation, booking });
    }
    Ok(waiting)
}

fn next_saturday(today: NaiveDate) -> Option<NaiveDate> {
    let past_sunday = u64::from(today.weekday().num_days_from_sunday());
    today.checked_add_days(Days::new(6 - past_sunday))
}

fn course_date(
    course: &Course,
    partner: &Partner,
    saturday: NaiveDate,
    (id, weeks, hour, cents, capacity, taken): Row,
) -> Result<CourseDate, Box<dyn Error>> {
    let day = saturday.checked_add_days(Days::new(7 * weeks)).ok_or("no such day")?;
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
        course: course.clone(),
        partner: Some(partner.clone()),
        capacity,
        taken,
        unit_price: Money::new(cents, Currency::EUR)?,
        withdrawn: false,
    })
}

fn partner(id: PartnerId, email: &str) -> Result<Partner, Box<dyn Error>> {
    Ok(Partner { id, email: EmailAddress::parse(email)?, language: Language::German })
}

fn booking(
    date: &CourseDate,
    number: i64,
    party: u32,
    (name, email, language): (&str, &str, Language),
) -> Result<Booking, Box<dyn Error>> {
    Ok(Booking {
        order: OrderId::new(500 + number),
        order_number: OrderNumber::parse(&format!("{}", 100_012_344 + number))?,
        item: OrderItemId::new(7000 + number),
        course: date.course.clone(),
        slot: date.slot,
        participants: Participants::new(party)?,
        unit_price: date.unit_price,
        paid: date.unit_price.times(party),
        partner: date.partner.clone().ok_or("a course that nobody gives")?,
        customer: Customer::new(name, EmailAddress::parse(email)?, language),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_saturday_is_its_own_next_one() {
        for (today, saturday) in [
            ("2027-01-16", "2027-01-16"),
            ("2027-01-17", "2027-01-23"),
            ("2027-01-18", "2027-01-23"),
            ("2027-01-22", "2027-01-23"),
        ] {
            assert_eq!(next_saturday(day(today)), Some(day(saturday)), "{today}");
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
