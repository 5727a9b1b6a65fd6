//! Who gives a course, as the host has written it into the two tables for it.

use rebooking_core::value::booking::{Course, Partner, PartnerEntry};
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::PartnerId;
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::error::Failure;
use crate::row::Place;

const GIVING: &str = "SELECT p.id, p.name, p.email, p.language \
     FROM miomente_partner_portal_rebooking_partner_courses AS c \
         JOIN miomente_partner_portal_rebooking_partners AS p ON p.id = c.partner_id \
     WHERE c.course_id = $1 OR c.course_sku = $2 ORDER BY c.course_id IS NULL LIMIT 1";

pub(crate) async fn giving(
    db: &mut PgConnection,
    course: &Course,
) -> Result<Option<PartnerEntry>, Failure> {
    let query = sqlx::query(GIVING).bind(course.id.value()).bind(&course.sku);
    query.fetch_optional(db).await?.map(|row| entry(&row)).transpose()
}

const PARTNER: &str = "SELECT p.id, p.name, p.email, p.language \
     FROM miomente_partner_portal_rebooking_partners AS p WHERE p.id = $1";

pub(crate) async fn partner(
    db: &mut PgConnection,
    id: PartnerId,
) -> Result<Option<PartnerEntry>, Failure> {
    let query = sqlx::query(PARTNER).bind(id.value());
    query.fetch_optional(db).await?.map(|row| entry(&row)).transpose()
}

fn entry(row: &PgRow) -> Result<PartnerEntry, Failure> {
    let id: i64 = row.try_get("id")?;
    let place = Place::new(crate::PARTNERS, id);
    let partner = Partner {
        id: PartnerId::new(id),
        email: place.read("email", EmailAddress::parse(row.try_get("email")?))?,
        language: place.word("language", row.try_get("language")?)?,
    };
    Ok(PartnerEntry::new(partner, row.try_get("name")?))
}
