//! The row of a course date.

use rebooking_core::ports::MalformedRow;
use rebooking_core::value::booking::{Course, Partner};
use rebooking_core::value::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::value::ids::{CourseDateId, CourseId, PartnerId};
use sqlx::Row as _;
use sqlx::postgres::{PgHasArrayType, PgRow, PgTypeInfo, Postgres};

use super::Place;
use super::booking::venue;
use crate::columns::DateRow;
use crate::error::Failure;

impl TryFrom<DateRow> for CourseDate {
    type Error = MalformedRow;

    fn try_from(row: DateRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::DATES, row.id);
        let partner = match row.partner_id {
            Some(id) => Some(Partner {
                id: PartnerId::new(id),
                email: place.email(
                    "partner_email",
                    place.present("partner_email", row.partner_email.as_deref())?,
                )?,
                language: place.word(
                    "partner_language",
                    place.present("partner_language", row.partner_language.as_deref())?,
                )?,
            }),
            None => {
                place.absent("partner_email", &row.partner_email)?;
                place.absent("partner_language", &row.partner_language)?;
                None
            }
        };
        Ok(Self {
            slot: Slot {
                id: CourseDateId::new(row.id),
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                zone: place.read("zone", VenueZone::parse(&row.zone))?,
            },
            course: Course {
                id: CourseId::new(row.course_id),
                sku: row.course_sku,
                name: row.course_name,
                venue: venue(row.venue_name.as_deref(), row.venue_address.as_deref()),
            },
            partner,
            capacity: place.count("capacity", row.capacity)?,
            taken: place.count("taken", row.taken)?,
            unit_price: place.money("price", row.price, &row.currency)?,
            withdrawn: row.withdrawn,
        })
    }
}

impl From<&CourseDate> for DateRow {
    fn from(date: &CourseDate) -> Self {
        let partner = date.partner.as_ref();
        Self {
            id: date.id().value(),
            course_id: date.course.id.value(),
            course_sku: date.course.sku.clone(),
            course_name: date.course.name.clone(),
            venue_name: date.course.venue.as_ref().map(|venue| venue.name().to_owned()),
            venue_address: date.course.venue.as_ref().map(|venue| venue.address().to_owned()),
            starts_at: date.slot.starts_at,
            ends_at: date.slot.ends_at,
            zone: date.slot.zone.name().to_owned(),
            partner_id: partner.map(|partner| partner.id.value()),
            partner_email: partner.map(|partner| partner.email.expose().to_owned()),
            partner_language: partner.map(|partner| partner.language.to_string()),
            capacity: date.capacity.into(),
            taken: date.taken.into(),
            price: date.unit_price.minor(),
            currency: date.unit_price.currency().to_string(),
            withdrawn: date.withdrawn,
        }
    }
}

/// As PostgreSQL sends a row that is a value: its fields in their order, without names.
impl sqlx::Type<Postgres> for DateRow {
    fn type_info() -> PgTypeInfo {
        <(i64,) as sqlx::Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for DateRow {
    fn array_type_info() -> PgTypeInfo {
        <(i64,) as PgHasArrayType>::array_type_info()
    }
}

impl DateRow {
    /// The dates beside a token, without those that make no sense.
    pub(crate) fn all(row: &PgRow) -> Result<Vec<CourseDate>, Failure> {
        let dates = row.try_get::<Vec<Self>, _>("dates").map_err(|error| match error {
            // All of them at once: which one it is cannot be told.
            sqlx::Error::ColumnDecode { source, .. } => {
                let case: Option<i64> = row.try_get("case_id").ok();
                let case =
                    case.map_or_else(|| "without number".to_owned(), |case| case.to_string());
                Place::new(crate::DATES, format_args!("of the courses of case {case}"))
                    .bad("dates", source)
                    .into()
            }
            other => Failure::from(other),
        })?;
        Ok(dates.into_iter().filter_map(|date| super::or_report(date.try_into())).collect())
    }
}
