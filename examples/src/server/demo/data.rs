//! What there is to play with: seven courses of three partners, with dates over the next months,
//! and bookings that wait to be confirmed.

mod bookings;
mod courses;

use std::error::Error;

use chrono::{DateTime, Utc};
use rebooking_core::memory::MemoryShop;
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::value::booking::{Booking, PartnerEntry};
use rebooking_core::value::customer::MalformedAddress;
use rebooking_core::value::ids::{ConfirmationId, CourseId};

use super::roles::{DemoPartner, PARTNERS};

pub(super) use bookings::{Guest, Numbers, booking};
pub(super) use courses::Courses;

/// A booking that waits for its partner's answer.
pub(super) struct Waiting {
    pub(super) confirmation: ConfirmationId,
    pub(super) booking: Booking,
}

/// The partners with their names, and which courses each gives.
pub(super) fn partners() -> Result<Vec<(PartnerEntry, Vec<CourseId>)>, MalformedAddress> {
    let given = |partner| courses::all().into_iter().filter(move |given| given.by.id == partner);
    let entry = |known: &DemoPartner| {
        let entry = PartnerEntry::new(courses::partner(known)?, known.name);
        Ok((entry, given(known.id).map(|given| given.course.id).collect()))
    };
    PARTNERS.iter().map(entry).collect()
}

/// All courses with their dates as they lie ahead of a moment.
pub(super) fn courses(now: DateTime<Utc>) -> Result<Courses, Box<dyn Error>> {
    Courses::from(now)
}

/// Fills shop and store. The requests are numbered from 1 on, in this order, where nobody has been
/// before.
pub(super) async fn seed(
    courses: &Courses,
    store: &dyn RebookingStore,
    shop: &MemoryShop,
) -> Result<Vec<Waiting>, Box<dyn Error>> {
    store.upsert_dates(&courses.0).await?;
    let mut waiting = Vec::new();
    for booking in bookings::waiting(courses)? {
        shop.put_booking(booking.clone());
        // A database remembers what an earlier start has seeded, and what has become of it.
        let known = store.find(&CaseKey::Item(booking.item)).await?.value;
        let confirmation = match (known.confirmation, known.tokens.is_empty()) {
            (Some(request), _) => request.id,
            (None, false) => continue,
            (None, true) => store.open_confirmation(&booking).await?,
        };
        waiting.push(Waiting { confirmation, booking });
    }
    Ok(waiting)
}
