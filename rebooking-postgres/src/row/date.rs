//! The row of a course date.

use chrono::{DateTime, Utc};
use rebooking_core::value::booking::{Course, Partner};
use rebooking_core::value::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::value::ids::{CourseDateId, CourseId, PartnerId};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::postgres::{PgHasArrayType, PgRow, PgTypeInfo, Postgres};

use super::Place;
use crate::error::{Failure, MalformedRow};

/// The columns of `miomente_partner_portal_rebooking_dates` that mean something to the core, under
/// names of their own, since they are read beside those of a token.
#[derive(Clone, Debug, sqlx::FromRow, sqlx::Decode)]
pub(crate) struct DateRow {
    d_id: i64,
    d_course_id: i64,
    d_course_sku: String,
    d_course_name: String,
    d_starts_at: DateTime<Utc>,
    d_ends_at: DateTime<Utc>,
    d_zone: String,
    d_partner_id: Option<i64>,
    d_partner_email: Option<String>,
    d_partner_language: Option<String>,
    d_capacity: i64,
    d_taken: i64,
    d_price: i64,
    d_currency: String,
    d_withdrawn: bool,
}

impl TryFrom<DateRow> for CourseDate {
    type Error = MalformedRow;

    fn try_from(row: DateRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::DATES, row.d_id);
        let partner = match row.d_partner_id {
            Some(id) => Some(Partner {
                id: PartnerId::new(id),
                email: place.email(
                    "partner_email",
                    place.present("partner_email", row.d_partner_email.as_deref())?,
                )?,
                language: place.word(
                    "partner_language",
                    place.present("partner_language", row.d_partner_language.as_deref())?,
                )?,
            }),
            None => {
                place.absent("partner_email", &row.d_partner_email)?;
                place.absent("partner_language", &row.d_partner_language)?;
                None
            }
        };
        Ok(Self {
            slot: Slot {
                id: CourseDateId::new(row.d_id),
                starts_at: row.d_starts_at,
                ends_at: row.d_ends_at,
                zone: place.read("zone", VenueZone::parse(&row.d_zone))?,
            },
            course: Course {
                id: CourseId::new(row.d_course_id),
                sku: row.d_course_sku,
                name: row.d_course_name,
            },
            partner,
            capacity: place.count("capacity", row.d_capacity)?,
            taken: place.count("taken", row.d_taken)?,
            unit_price: place.money("price", row.d_price, &row.d_currency)?,
            withdrawn: row.d_withdrawn,
        })
    }
}

/// A date as it is written.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NewDate<'a> {
    id: CourseDateId,
    course_id: CourseId,
    course_sku: &'a str,
    course_name: &'a str,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: &'static str,
    partner_id: Option<PartnerId>,
    partner_email: Option<&'a str>,
    partner_language: Option<&'static str>,
    capacity: u32,
    taken: u32,
    price: i64,
    currency: String,
    withdrawn: bool,
}

impl<'a> From<&'a CourseDate> for NewDate<'a> {
    fn from(date: &'a CourseDate) -> Self {
        let partner = date.partner.as_ref();
        Self {
            id: date.id(),
            course_id: date.course.id,
            course_sku: &date.course.sku,
            course_name: &date.course.name,
            starts_at: date.slot.starts_at,
            ends_at: date.slot.ends_at,
            zone: date.slot.zone.name(),
            partner_id: partner.map(|partner| partner.id),
            partner_email: partner.map(|partner| partner.email.expose()),
            partner_language: partner.map(|partner| partner.language.as_str()),
            capacity: date.capacity,
            taken: date.taken,
            price: date.unit_price.minor(),
            currency: date.unit_price.currency().code().to_owned(),
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
