//! What the feature earns, counted by the database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::Earnings;
use rebooking_core::value::ids::{CourseId, PartnerId};
use rebooking_core::value::money::Money;
use sqlx::error::DatabaseError;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Connection as _, Executor as _, Row as _};

use crate::columns::token_columns;
use crate::error::Failure;
use crate::row::{Place, readable, token_of};

const SQL: &str = include_str!("../sql/count_earnings.sql");

/// Confirmed rebookings, of the cases of a span, with a moment or an amount that is none. Only
/// looked for where a report has failed.
const MALFORMED: &str = concat!(
    "SELECT ",
    token_columns!(),
    "FROM miomente_partner_portal_rebooking_tokens AS t \
     WHERE t.rebooking_state = 'confirmed' \
        AND EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS first \
            WHERE first.case_id = t.case_id AND first.step = 1 \
                AND first.created_at >= $1 AND first.created_at < $2) \
        AND (t.rebooking ? 'since' \
                AND miomente_partner_portal_rebooking_moment(t.rebooking ->> 'since') IS NULL \
            OR EXISTS (SELECT FROM unnest(ARRAY['{paid,minor}', '{unit_price,minor}', \
                    '{consequence,absorbed,minor}', '{consequence,refund,minor}', \
                    '{consequence,to_pay,minor}']::text[]) AS amount \
                WHERE t.rebooking #>> amount::text[] !~ '^-?[0-9]{1,18}$')) \
     ORDER BY t.case_id, t.step"
);

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
    let counted = match count(db, from, until, &[]).await {
        Err(Failure::Database(error)) if cannot_be_counted(&error) => {
            let senseless = malformed(db, from, until).await?;
            count(db, from, until, &senseless).await
        }
        counted => counted,
    };
    let (now, rows) = counted?;
    Ok(AsOf { now, value: readable(&rows, read)? })
}

/// Something in a document is no number and no moment (SQLSTATE class 22).
fn cannot_be_counted(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code.starts_with("22"))
}

async fn count(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    without: &[i64],
) -> Result<(DateTime<Utc>, Vec<PgRow>), Failure> {
    let mut report = db.begin().await?;
    let counted = count_within(&mut report, from, until, without).await;
    // Only dropped, it would stay open on the server until somebody else uses the connection.
    match counted {
        Ok(_) => report.commit().await?,
        Err(_) => report.rollback().await?,
    }
    counted
}

/// The cases with a row that cannot be counted; each is told of as whoever reads it would.
async fn malformed(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<i64>, Failure> {
    let rows = sqlx::query(MALFORMED).bind(from).bind(until).fetch_all(db).await?;
    drop(readable(&rows, token_of)?);
    rows.iter().map(|row| Ok(row.try_get("case_id")?)).collect()
}

async fn count_within(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    without: &[i64],
) -> Result<(DateTime<Utc>, Vec<PgRow>), Failure> {
    db.execute(LIMIT).await?;
    let rows = sqlx::query(SQL).bind(from).bind(until).bind(without).fetch_all(&mut *db).await?;
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
