//! JSON bodies, by who reads them. Dates and times of day are the venue's, moments are UTC, amounts are numbers and never floats.

pub(crate) mod case;
pub(crate) mod customer;
pub(crate) mod effect;
pub(crate) mod error;
pub(crate) mod partner;
pub(crate) mod support;

use chrono::{DateTime, SecondsFormat, Utc};
use rebooking_core::course_date::Slot;
use rebooking_core::money::Money;
use rebooking_core::ports::store::{Page, Paged};
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Number;

/// An amount as a JSON number with the decimals of its currency: `89.00`.
pub(crate) struct Amount(pub(crate) Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: Number = self.0.decimal().parse().map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

/// A moment: `2025-02-24T10:00:00Z`.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The day of a course: `2025-02-01`.
pub(crate) fn day(slot: &Slot) -> String {
    slot.local_start().date().to_string()
}

/// From when to when: `18:00 - 21:00`.
pub(crate) fn hours(slot: &Slot) -> String {
    format!("{} - {}", slot.local_start().format("%H:%M"), slot.local_end().format("%H:%M"))
}

/// Which part of a list this is.
#[derive(Serialize)]
pub(crate) struct Part {
    page: u32,
    size: u32,
    total: u64,
}

impl Part {
    pub(crate) fn of<T>(page: Page, paged: &Paged<T>) -> Self {
        Self { page: page.number, size: page.size, total: paged.total }
    }
}
