//! The row of a course date.

use chrono::{DateTime, Utc};
use rebooking_core::booking::{Course, Partner};
use rebooking_core::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::ids::{CourseDateId, CourseId, PartnerId};
use serde::Serialize;

use super::Place;
use crate::error::{Failure, MalformedRow};

/// The columns of `miomente_partner_portal_rebooking_dates` that mean something to the core, under names of their own, since they
/// are read beside those of a token.
#[derive(Clone, Debug, sqlx::FromRow)]
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
                language: place.language(
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
            partner_language: partner.map(|partner| partner.language.code()),
            capacity: date.capacity,
            taken: date.taken,
            price: date.unit_price.minor(),
            currency: date.unit_price.currency().code().to_owned(),
            withdrawn: date.withdrawn,
        }
    }
}

/// The same columns of any number of dates, as arrays of one row.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DatesRow {
    d_id: Option<Vec<i64>>,
    d_course_id: Option<Vec<i64>>,
    d_course_sku: Option<Vec<String>>,
    d_course_name: Option<Vec<String>>,
    d_starts_at: Option<Vec<DateTime<Utc>>>,
    d_ends_at: Option<Vec<DateTime<Utc>>>,
    d_zone: Option<Vec<String>>,
    d_partner_id: Option<Vec<Option<i64>>>,
    d_partner_email: Option<Vec<Option<String>>>,
    d_partner_language: Option<Vec<Option<String>>>,
    d_capacity: Option<Vec<i64>>,
    d_taken: Option<Vec<i64>>,
    d_price: Option<Vec<i64>>,
    d_currency: Option<Vec<String>>,
    d_withdrawn: Option<Vec<bool>>,
}

impl DatesRow {
    /// The dates of a row, without those that make no sense; aggregates of no rows are null.
    pub(crate) fn read(row: &sqlx::postgres::PgRow) -> Result<Vec<CourseDate>, Failure> {
        // All of them at once: which one it is cannot be told.
        let columns =
            super::decode::<Self>(crate::DATES, "case_id", row).map_err(|failure| match failure {
                Failure::Row(bad) => {
                    MalformedRow { id: format!("of the courses of case {}", bad.id), ..bad }.into()
                }
                other => other,
            })?;
        let mut dates = Vec::new();
        let mut columns = columns.into_columns();
        while let Some(row) = columns.next_row() {
            dates.extend(super::or_report(CourseDate::try_from(row)));
        }
        Ok(dates)
    }

    fn into_columns(self) -> Columns {
        Columns {
            id: column(self.d_id),
            course_id: column(self.d_course_id),
            course_sku: column(self.d_course_sku),
            course_name: column(self.d_course_name),
            starts_at: column(self.d_starts_at),
            ends_at: column(self.d_ends_at),
            zone: column(self.d_zone),
            partner_id: column(self.d_partner_id),
            partner_email: column(self.d_partner_email),
            partner_language: column(self.d_partner_language),
            capacity: column(self.d_capacity),
            taken: column(self.d_taken),
            price: column(self.d_price),
            currency: column(self.d_currency),
            withdrawn: column(self.d_withdrawn),
        }
    }
}

type Column<T> = std::vec::IntoIter<T>;

fn column<T>(values: Option<Vec<T>>) -> Column<T> {
    values.unwrap_or_default().into_iter()
}

struct Columns {
    id: Column<i64>,
    course_id: Column<i64>,
    course_sku: Column<String>,
    course_name: Column<String>,
    starts_at: Column<DateTime<Utc>>,
    ends_at: Column<DateTime<Utc>>,
    zone: Column<String>,
    partner_id: Column<Option<i64>>,
    partner_email: Column<Option<String>>,
    partner_language: Column<Option<String>>,
    capacity: Column<i64>,
    taken: Column<i64>,
    price: Column<i64>,
    currency: Column<String>,
    withdrawn: Column<bool>,
}

impl Columns {
    fn next_row(&mut self) -> Option<DateRow> {
        Some(DateRow {
            d_id: self.id.next()?,
            d_course_id: self.course_id.next()?,
            d_course_sku: self.course_sku.next()?,
            d_course_name: self.course_name.next()?,
            d_starts_at: self.starts_at.next()?,
            d_ends_at: self.ends_at.next()?,
            d_zone: self.zone.next()?,
            d_partner_id: self.partner_id.next()?,
            d_partner_email: self.partner_email.next()?,
            d_partner_language: self.partner_language.next()?,
            d_capacity: self.capacity.next()?,
            d_taken: self.taken.next()?,
            d_price: self.price.next()?,
            d_currency: self.currency.next()?,
            d_withdrawn: self.withdrawn.next()?,
        })
    }
}
