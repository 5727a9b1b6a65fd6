//! JSON bodies, by who reads them. Dates and times of day are the venue's, moments are UTC, amounts
//! are numbers and never floats.

pub(crate) mod backups;
pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod csv;
pub(crate) mod customer;
pub(crate) mod earnings;
pub(crate) mod effect;
pub(crate) mod error;
#[cfg(feature = "webhooks")]
pub(crate) mod event;
pub(crate) mod events_state;
pub(crate) mod malformed;
pub(crate) mod partner;
pub(crate) mod person;
pub(crate) mod silent;
pub(crate) mod support;
pub(crate) mod unclaimed;
pub(crate) mod words;

pub(crate) use rebooking_core::presentation::format::hours;

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::value::booking::Venue;
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::money::Money;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Bodies of answers: each field with its type and where it comes from, an example where the type
/// says too little, and when it is left out.
macro_rules! body {
    ($(
        $(#[$about:meta])*
        $public:vis struct $body:ident($($from:ident: $source:ty),+)
        $(where $($local:pat = $found:expr;)+)?
        {
            $(
                $(#[$about_field:meta])*
                $public_field:vis $field:ident: $type:ty = $value:expr
                    $(, like $example:literal)?
                    $(, unless $absent:literal)?;
            )+
        }
    )+) => {$(
        $(#[$about])*
        #[derive(serde::Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase")]
        $public struct $body {
            $(
                $(#[$about_field])*
                $(#[schema(example = $example)])?
                $(#[serde(skip_serializing_if = $absent)] #[schema(nullable = false)])?
                $public_field $field: $type,
            )+
        }

        impl $body {
            $public fn new($($from: $source),+) -> Self {
                $($(let $local = $found;)+)?
                Self { $($field: $value),+ }
            }
        }
    )+};
}

use body;

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

/// A moment to the second: `2025-02-24T10:00:00Z`.
pub(crate) fn moment(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(0)
}

/// The day of a course at its venue: `2025-02-01`.
pub(crate) fn day(slot: &Slot) -> NaiveDate {
    slot.local_start().date()
}

/// A text of a request, described by the rules for it.
#[expect(deprecated, reason = "the derived descriptions write their examples like this, too")]
fn text_like(rules: ObjectBuilder, example: &str) -> Object {
    rules.schema_type(Type::String).example(Some(example.into())).build()
}

body! {
    /// Where a course takes place. One of the two may be empty.
    pub(crate) struct CourseVenue(venue: &Venue) {
        name: String = venue.name().to_owned(), like "Evas Küche";
        address: String = venue.address().to_owned(), like "Kochstraße 5, 80331 München";
    }

    /// Which part of a list this is.
    pub(crate) struct Part(asked: PageRequest, found: u64) {
        page: u32 = asked.number;
        size: u32 = asked.size;
        total: u64 = found;
    }
}
