//! The bookings that wait for their partner's answer.

use std::error::Error;

use rebooking_core::value::booking::{Booking, OrderNumber, Participants};
use rebooking_core::value::course_date::{CourseDate, Slot};
use rebooking_core::value::customer::{Customer, EmailAddress, Language};
use rebooking_core::value::ids::{OrderId, OrderItemId};

use super::Courses;

/// Who has booked: name, address, language.
pub(in crate::demo) type Guest = (&'static str, &'static str, Language);

/// The numbers of a booking in the shop.
#[derive(Clone, Copy)]
pub(in crate::demo) struct Numbers {
    pub(in crate::demo) order: i64,
    pub(in crate::demo) order_number: i64,
    pub(in crate::demo) item: i64,
}

impl Numbers {
    /// Those of the bookings that wait, counted from 1 on.
    const fn waiting(number: i64) -> Self {
        Self { order: 500 + number, order_number: 100_012_344 + number, item: 7000 + number }
    }
}

/// Date, how many, and who.
const WAITING: [(i64, u32, Guest); 9] = [
    (401, 2, ("Erika Mustermann", "erika@example.com", Language::GERMAN)),
    (401, 1, ("Jürgen Weiß", "juergen@example.com", Language::GERMAN)),
    (401, 4, ("Ayşe Öztürk", "ayse@example.com", Language::GERMAN)),
    (411, 6, ("Björn Großmann", "bjoern@example.com", Language::GERMAN)),
    (402, 2, ("Emily Clarke", "emily@example.com", Language::ENGLISH)),
    (601, 2, ("Sören Krüger", "soeren@example.com", Language::GERMAN)),
    (711, 2, ("Hannelore Brandt", "hannelore@example.com", Language::GERMAN)),
    (4202, 2, ("Mariam Al-Sayed", "mariam@example.com", Language::GERMAN)),
    (701, 3, ("Jonas Wiesner", "jonas@example.com", Language::GERMAN)),
];

/// Each on its date, oldest first.
pub(super) fn waiting(courses: &Courses) -> Result<Vec<Booking>, Box<dyn Error>> {
    let bookings = (1..).zip(WAITING).map(|(number, (date, party, guest))| {
        let date = courses.date(date)?;
        booking(date, date.slot, Numbers::waiting(number), party, guest)
    });
    bookings.collect()
}

/// A booking of what a date of its course costs.
pub(in crate::demo) fn booking(
    date: &CourseDate,
    slot: Slot,
    numbers: Numbers,
    party: u32,
    (name, email, language): Guest,
) -> Result<Booking, Box<dyn Error>> {
    Ok(Booking {
        order: OrderId::new(numbers.order),
        order_number: OrderNumber::parse(&numbers.order_number.to_string())?,
        item: OrderItemId::new(numbers.item),
        course: date.course.clone(),
        slot,
        participants: Participants::new(party)?,
        unit_price: date.unit_price,
        paid: date.unit_price.times(party),
        partner: date.partner.clone().ok_or("a course that nobody gives")?,
        customer: Customer::new(name, EmailAddress::parse(email)?, language),
    })
}
