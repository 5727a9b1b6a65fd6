//! Course dates: those of a course, one in detail, and what the schedule brings.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::DateDetails;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CourseDateId, CourseId, PartnerId};
use rebooking_core::value::text::FreeText;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr as _, SqlStr};

use crate::columns::{Column, DateRow, Row as _, date_columns, definitions, names, values};
use crate::error::Failure;
use crate::row::{Place, date_of, moment, readable};

pub(crate) const DATES: &str = concat!(
    "SELECT now(), ",
    date_columns!(),
    "FROM (SELECT) AS one LEFT JOIN miomente_partner_portal_rebooking_dates AS d \
     ON d.course_id = $1 AND d.ends_at > now()"
);

pub(crate) async fn dates(
    db: &mut PgConnection,
    course: CourseId,
) -> Result<AsOf<Vec<CourseDate>>, Failure> {
    let rows = sqlx::query(DATES).bind(course.value()).fetch_all(db).await?;
    let now = moment(&rows)?;
    let any = |row: &PgRow| row.try_get::<Option<i64>, _>("id")?.map(|_| date_of(row)).transpose();
    Ok(AsOf { now, value: readable(&rows, any)?.into_iter().flatten().collect() })
}

pub(crate) const DATE: &str = concat!(
    "SELECT now(), ",
    date_columns!(),
    ", d.withdrawal, ARRAY(SELECT DISTINCT r.partner_id \
         FROM miomente_partner_portal_rebooking_requests AS r \
         WHERE r.live AND r.date_id = d.id ORDER BY 1) AS partners \
     FROM miomente_partner_portal_rebooking_dates AS d WHERE d.id = $1"
);

pub(crate) async fn date(
    db: &mut PgConnection,
    id: CourseDateId,
) -> Result<Option<AsOf<DateDetails>>, Failure> {
    let Some(row) = sqlx::query(DATE).bind(id.value()).fetch_optional(db).await? else {
        return Ok(None);
    };
    let withdrawal: FreeText =
        Place::new(crate::DATES, id).text("withdrawal", row.try_get("withdrawal")?)?;
    let partners: Vec<i64> = row.try_get("partners")?;
    let partners = partners.into_iter().map(PartnerId::new).collect();
    Ok(Some(AsOf {
        now: row.try_get(0)?,
        value: DateDetails { date: date_of(&row)?, partners, withdrawal },
    }))
}

/// The statement that keeps dates: what is taken is ours, and a date once withdrawn stays so.
static UPSERT_DATES: LazyLock<SqlStr> = LazyLock::new(|| {
    let columns = DateRow::columns();
    let is_scheduled = |column: &&Column| !["id", "taken", "withdrawn"].contains(&column.name);
    let scheduled: Vec<Column> = columns.iter().filter(is_scheduled).copied().collect();
    let sql = include_str!("../sql/upsert_dates.sql")
        .replace("{scheduled}", &names(&scheduled))
        .replace("{scheduled values}", &values(&scheduled))
        .replace("{excluded values}", &values(&scheduled).replace("x.", "excluded."))
        .replace("{definitions}", &definitions(&columns));
    AssertSqlSafe(sql).into_sql_str()
});

pub(crate) async fn upsert_dates(
    db: &mut PgConnection,
    dates: &[CourseDate],
) -> Result<(), Failure> {
    // A date twice in one call: the last one counts, as if they had been kept one after the other.
    let last: BTreeMap<_, _> = dates.iter().map(|date| (date.id(), date)).collect();
    let rows: Vec<DateRow> = last.into_values().map(DateRow::from).collect();
    sqlx::query(UPSERT_DATES.clone()).bind(Json(rows)).execute(db).await?;
    Ok(())
}
