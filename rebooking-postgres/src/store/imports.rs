//! Dates that come from elsewhere, and what the shop's stock does not know of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use rebooking_core::ports::{AsOf, Import, KnownCourse, Places, ScheduledDate};
use rebooking_core::value::ids::{ConfirmationId, CourseId};
use serde::Serialize;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqlSafeStr as _, SqlStr};

use crate::columns::{Column, DateRow, Row as _, definitions, names, values};
use crate::error::Failure;
use crate::row::{moment, readable};

/// A date as a schedule gives it.
#[derive(Debug, Serialize)]
struct Brought {
    #[serde(flatten)]
    date: DateRow,
    places: &'static str,
    offered: bool,
}

impl From<&ScheduledDate> for Brought {
    fn from(scheduled: &ScheduledDate) -> Self {
        let places = match scheduled.places {
            Places::Counted => "counted",
            Places::FreeThere => "free there",
            Places::Unknown => "unknown",
        };
        Self { date: DateRow::from(&scheduled.date), places, offered: scheduled.offered }
    }
}

/// A statement with the columns that a schedule says of a date, whatever its places mean.
fn filled(sql: &str) -> SqlStr {
    let columns = DateRow::columns();
    let beside = ["id", "capacity", "taken", "withdrawn"];
    let scheduled: Vec<Column> =
        columns.iter().filter(|column| !beside.contains(&column.name)).copied().collect();
    let sql = sql
        .replace("{scheduled}", &names(&scheduled))
        .replace("{scheduled values}", &values(&scheduled))
        .replace(
            "{definitions}",
            &format!("{}, places text, offered boolean", definitions(&columns)),
        );
    AssertSqlSafe(sql).into_sql_str()
}

static INSERT_DATES: LazyLock<SqlStr> =
    LazyLock::new(|| filled(include_str!("../sql/insert_dates.sql")));

static IMPORT_DATES: LazyLock<SqlStr> =
    LazyLock::new(|| filled(include_str!("../sql/import_dates.sql")));

/// In the order in which changes lock them.
pub(crate) const LOCK_DATES: &str = "\
    SELECT 1 FROM miomente_partner_portal_rebooking_dates \
    WHERE id = ANY ($1) OR course_id = $2 AND ends_at > now() ORDER BY id FOR UPDATE";

/// Dates are locked first: whoever takes or gives back places there writes the date last, so each
/// of them is either seen whole or waits and counts on top.
pub(crate) async fn import(db: &mut PgConnection, import: &Import) -> Result<u32, Failure> {
    // A date twice in one import: the last one counts.
    let last: BTreeMap<_, _> =
        import.dates.iter().map(|scheduled| (scheduled.date.id(), scheduled)).collect();
    let ids: Vec<i64> = last.keys().map(|id| id.value()).collect();
    let rows: Vec<Brought> = last.into_values().map(Brought::from).collect();
    let mut all = db.begin().await?;
    // A host may have set another isolation: then the places would be counted as of the lock.
    all.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
    sqlx::query(INSERT_DATES.clone()).bind(Json(&rows)).execute(&mut *all).await?;
    sqlx::query(LOCK_DATES).bind(ids).bind(import.course.value()).execute(&mut *all).await?;
    let dropped: i64 = sqlx::query_scalar(IMPORT_DATES.clone())
        .bind(Json(&rows))
        .bind(import.began)
        .bind(import.course.value())
        .fetch_one(&mut *all)
        .await?;
    all.commit().await?;
    Ok(u32::try_from(dropped).unwrap_or(u32::MAX))
}

/// A request counts only while its date has not been imported: afterwards the date stands for the
/// course, and whatever was confirmed in years is not read each time.
const COURSES: &str = "\
    SELECT now(), c.course_id, c.read_at FROM (SELECT) AS one LEFT JOIN ( \
        SELECT course_id, max(read_at) AS read_at FROM ( \
            SELECT course_id, read_at FROM miomente_partner_portal_rebooking_dates \
            WHERE ends_at > now() \
            UNION ALL SELECT course_product_id, NULL \
            FROM miomente_partner_portal_rebooking_tokens \
            WHERE status = 'active' AND token_expires_at > now() \
            UNION ALL SELECT (r.booking#>>'{course,id}')::bigint, NULL \
            FROM miomente_partner_portal_rebooking_requests AS r \
            WHERE r.live AND NOT EXISTS ( \
                    SELECT FROM miomente_partner_portal_rebooking_dates AS d \
                    WHERE d.id = r.date_id) \
                AND (r.booking#>>'{slot,ends_at}')::timestamptz > now()) AS known \
        GROUP BY course_id) AS c ON true ORDER BY c.course_id";

pub(crate) async fn courses(db: &mut PgConnection) -> Result<AsOf<Vec<KnownCourse>>, Failure> {
    let rows = sqlx::query(COURSES).fetch_all(db).await?;
    let now = moment(&rows)?;
    let any = |row: &PgRow| -> Result<Option<KnownCourse>, Failure> {
        let Some(course) = row.try_get::<Option<i64>, _>(1)? else { return Ok(None) };
        let read_at: Option<DateTime<Utc>> = row.try_get(2)?;
        Ok(Some(KnownCourse { course: CourseId::new(course), read_at }))
    };
    Ok(AsOf { now, value: readable(&rows, any)?.into_iter().flatten().collect() })
}

const CORRECTION: &str = "\
    SELECT (SELECT coalesce(sum(places), 0)::bigint FROM ( \
        SELECT -(o.booking->>'participants')::bigint AS places \
        FROM miomente_partner_portal_rebooking_requests AS o \
        WHERE o.live AND NOT o.in_stock AND o.date_id = r.date_id \
            AND (o.id < r.id OR o.state <> 'waiting' AND o.id <> r.id) \
        UNION ALL SELECT (o.booking->>'participants')::bigint \
        FROM miomente_partner_portal_rebooking_requests AS o \
        WHERE o.in_stock AND NOT o.live AND o.date_id = r.date_id AND o.id <> r.id) AS others) \
    FROM miomente_partner_portal_rebooking_requests AS r \
    JOIN miomente_partner_portal_rebooking_dates AS d ON d.id = r.date_id AND d.free_there \
    WHERE r.id = $1";

pub(crate) async fn correction(
    db: &mut PgConnection,
    request: ConfirmationId,
) -> Result<Option<i64>, Failure> {
    let found = sqlx::query_scalar(CORRECTION).bind(request.value());
    Ok(found.fetch_optional(db).await?)
}
