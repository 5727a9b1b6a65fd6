//! What the feature earns, counted by the database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::Earnings;
use rebooking_core::value::ids::{CourseId, PartnerId};
use rebooking_core::value::money::Money;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Connection as _, Executor as _, Row as _};

use crate::error::Failure;
use crate::row::{Place, readable};

const SQL: &str = include_str!("../sql/count_earnings.sql");

/// A year of a large shop takes its time, and nobody is locked out meanwhile.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// Less than the caller's patience, so that it is the database that says what became of it; and it
/// reads whole tables.
const LIMIT: &str = "SET LOCAL statement_timeout = '14s'; SET LOCAL enable_seqscan = on";

pub(crate) async fn earnings(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<AsOf<Vec<Earnings>>, Failure> {
    let mut report = db.begin().await?;
    let counted = count(&mut report, from, until).await;
    // Only dropped, it would stay open on the server until somebody else uses the connection.
    match counted {
        Ok(_) => report.commit().await?,
        Err(_) => report.rollback().await?,
    }
    let (now, rows) = counted?;
    Ok(AsOf { now, value: readable(&rows, read)? })
}

async fn count(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(DateTime<Utc>, Vec<PgRow>), Failure> {
    db.execute(LIMIT).await?;
    let rows = sqlx::query(SQL).bind(from).bind(until).fetch_all(&mut *db).await?;
    let now = match rows.first() {
        Some(row) => row.try_get(0)?,
        None => sqlx::query_scalar("SELECT now()").fetch_one(db).await?,
    };
    Ok((now, rows))
}

fn read(row: &PgRow) -> Result<Earnings, Failure> {
    let count =
        |column| -> Result<u64, Failure> { Ok(row.try_get::<i64, _>(column)?.unsigned_abs()) };
    let partner: i64 = row.try_get("partner_id")?;
    let place = Place::new(crate::TOKENS, format_args!("of partner {partner}"));
    let currency: String = row.try_get("currency")?;
    let money = |column| -> Result<Money, Failure> {
        Ok(place.sum(column, row.try_get(column)?, &currency)?)
    };
    let times = |column| -> Result<Vec<u64>, Failure> {
        let times: Vec<i64> = row.try_get(column)?;
        Ok(times.into_iter().map(i64::unsigned_abs).collect())
    };
    Ok(Earnings {
        partner: PartnerId::new(partner),
        course: CourseId::new(row.try_get("course")?),
        course_name: row.try_get("course_name")?,
        month: (row.try_get("year")?, row.try_get::<i32, _>("month")?.unsigned_abs()),
        declined: count("declined")?,
        mailed: count("mailed")?,
        opened: count("opened")?,
        rebooked: count("rebooked")?,
        confirmed: count("confirmed")?,
        refunded: count("refunded")?,
        expired: count("expired")?,
        kept: money("kept")?,
        absorbed: money("absorbed")?,
        given_back: money("given_back")?,
        paid_more: money("paid_more")?,
        refunds: place.decimal_sum("original_paid", row.try_get("refunds")?, &currency)?,
        to_choice: times("to_choice")?,
        to_confirmation: times("to_confirmation")?,
    })
}
