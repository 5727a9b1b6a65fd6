//! JSON bodies, by who reads them. Dates and times of day are the venue's, moments are UTC, amounts
//! are numbers and never floats.

pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod csv;
pub(crate) mod customer;
pub(crate) mod earnings;
pub(crate) mod effect;
pub(crate) mod error;
pub(crate) mod partner;
pub(crate) mod support;
pub(crate) mod words;

use rebooking_core::presentation::format::iso_day;

pub(crate) use rebooking_core::presentation::format::hours;

use chrono::{DateTime, SecondsFormat, Utc};
use rebooking_core::ports::reports::{Page, PageRequest};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::money::Money;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// The description of the API, made when somebody asks for the first time.
#[cfg(feature = "openapi")]
pub(crate) type Description = std::sync::LazyLock<
    utoipa::openapi::OpenApi,
    Box<dyn FnOnce() -> utoipa::openapi::OpenApi + Send>,
>;

/// An amount as a JSON number with the decimals of its currency: `89.00`.
pub(crate) struct Amount(pub(crate) Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decimal = self.0.decimal();
        // As it is written: a number of the library's own would be kept as one more text.
        let number: &RawValue = serde_json::from_str(&decimal).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("with the decimals of its currency"));
        number.examples([serde_json::json!(89.00)]).into()
    }
}

impl ToSchema for Amount {}

/// A moment: `2025-02-24T10:00:00Z`.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The day of a course: `2025-02-01`.
pub(crate) fn day(slot: &Slot) -> String {
    iso_day(slot.local_start())
}

/// Which part of a list this is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Part {
    page: u32,
    size: u32,
    total: u64,
}

impl Part {
    pub(crate) fn new<T>(page: PageRequest, paged: &Page<T>) -> Self {
        Self { page: page.number, size: page.size, total: paged.total }
    }
}
