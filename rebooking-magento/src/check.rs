//! What an operator wants to know of a shop before anything runs on it: whether it lets us in, what
//! it does not permit, and whether an order and a course are read as they are meant.
//!
//! Nothing is changed. A permission to write is tried on order 0, which no shop has: one that we
//! have is answered with *no such order*, one that we lack with its name.

mod permission;

use rebooking_core::ports::{
    CourseSchedule, Orders as _, Places, PortError, Schedule as _, ScheduledDate,
};
use rebooking_core::value::booking::{Booking, OrderNumber};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::ids::CourseId;

use crate::Magento;

/// What is to be looked at, beside what the settings name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct ShopQuestions {
    /// An order that holds a course, by the number that its customer knows.
    pub order: Option<OrderNumber>,
    /// A course.
    pub course: Option<CourseId>,
    /// Whether rebookings are to become orders of their own, for which more is permitted.
    pub linked_orders: bool,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShopFinding {
    /// What it is, in a word or two.
    pub about: String,
    /// What was found, or else what is missing and who must do what. No secret, no customer.
    pub found: Result<String, String>,
    /// More of what was found, a line each.
    pub details: Vec<String>,
}

impl ShopFinding {
    fn new(about: impl Into<String>, found: Result<String, String>) -> Self {
        Self { about: about.into(), found, details: Vec::new() }
    }
}

impl Magento {
    /// Looks at sign-in, permissions, and at an order and a course where they are named. Changes
    /// nothing in the shop, and may be repeated.
    pub async fn check(&self, asked: &ShopQuestions) -> Vec<ShopFinding> {
        let mut findings = self.check_permissions(asked.linked_orders).await;
        if findings.iter().all(|finding| finding.found.is_err()) {
            return findings;
        }
        if let Some(number) = &asked.order {
            findings.push(self.check_order(number).await);
        }
        if let Some(course) = asked.course {
            findings.push(self.check_course(course).await);
        }
        findings
    }

    async fn check_order(&self, number: &OrderNumber) -> ShopFinding {
        let about = format!("order {number}");
        match self.bookings(number).await {
            Ok(bookings) if bookings.is_empty() => ShopFinding::new(
                about,
                Err("the shop has no such order in force, or no course is in it: look at the \
                     layout and at the attribute of dates"
                    .to_owned()),
            ),
            Ok(bookings) => ShopFinding {
                details: bookings.iter().map(booking_line).collect(),
                ..ShopFinding::new(about, Ok("it can be read".to_owned()))
            },
            Err(error) => ShopFinding::new(about, Err(error.phrase())),
        }
    }

    /// Each item as it would be read to be moved.
    async fn bookings(&self, number: &OrderNumber) -> Result<Vec<Booking>, PortError> {
        let mut bookings = Vec::new();
        for item in self.find(number).await? {
            bookings.extend(self.booking(item.item).await?);
        }
        Ok(bookings)
    }

    async fn check_course(&self, course: CourseId) -> ShopFinding {
        let about = format!("course {course}");
        let CourseSchedule { mut dates, left_out } = match self.dates(course).await {
            Ok(seen) => seen.value,
            Err(error) => return ShopFinding::new(about, Err(error.phrase())),
        };
        dates.sort_by_key(|found| (found.date.slot.starts_at, found.date.slot.id));
        let found = match dates.len() {
            0 => Err("it has no date to come that can be read: look at its number, the layout, \
                      and at how dates are written"
                .to_owned()),
            1 => Ok("it has one date".to_owned()),
            count => Ok(format!("it has {count} dates")),
        };
        let left_out = left_out.iter().map(|one| format!("left out: {}, {}", one.what, one.why));
        let details = dates.iter().map(date_line).chain(left_out).collect();
        ShopFinding { details, ..ShopFinding::new(about, found) }
    }
}

/// Of whom a booking is, is no business of a check.
fn booking_line(booking: &Booking) -> String {
    let Booking { item, course, slot, participants, partner, .. } = booking;
    format!(
        "item {item}: {} of course {}, {}, for {}, given by partner {}",
        course.sku,
        course.id,
        when(slot),
        people(participants.count()),
        partner.id
    )
}

fn people(count: u32) -> String {
    if count == 1 { "one person".to_owned() } else { format!("{count} people") }
}

fn date_line(found: &ScheduledDate) -> String {
    let date = &found.date;
    let places = match (found.offered, found.places) {
        (false, _) => "not on offer".to_owned(),
        (true, Places::Unknown) => "with places of our own".to_owned(),
        (true, Places::Counted | Places::FreeThere) => {
            match date.capacity.saturating_sub(date.taken) {
                1 => "one place free".to_owned(),
                free => format!("{free} places free"),
            }
        }
    };
    let partner = match &date.partner {
        Some(partner) => format!("partner {}", partner.id),
        None => "nobody who is named".to_owned(),
    };
    format!("date {}: {}, {places}, given by {partner}", date.slot.id, when(&date.slot))
}

fn when(slot: &Slot) -> String {
    let (start, end) = (slot.local_start(), slot.local_end());
    format!("{} to {} ({})", start.format("%Y-%m-%d %H:%M"), end.format("%H:%M"), slot.zone.name())
}
