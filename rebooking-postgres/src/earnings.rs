//! What the feature earns, counted by the database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::Earnings;
use rebooking_core::value::ids::PartnerId;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Connection as _, Executor as _, Row as _};

use crate::error::Failure;
use crate::row::{Place, readable};

/// A case counts once in every column that it reached; the first link says where and when it
/// belongs, the newest how it stands. Few cases have more than one link: those are put together by
/// an index of their own.
const SQL: &str = "WITH later AS ( \
        SELECT DISTINCT ON (case_id) case_id, step, rebooking_state, status, refunded_at, token_expires_at, rebooking, \
            original_participants, bool_or(mailed_at IS NOT NULL) OVER whole AS mailed, \
            bool_or(status = 'used') OVER whole AS rebooked \
        FROM miomente_partner_portal_rebooking_tokens WHERE step > 1 \
        WINDOW whole AS (PARTITION BY case_id) ORDER BY case_id, step DESC \
    ), counted AS ( \
        SELECT t.partner_id, t.currency, extract(year FROM t.created_at AT TIME ZONE 'UTC')::int AS year, \
            extract(month FROM t.created_at AT TIME ZONE 'UTC')::int AS month, \
            t.mailed_at IS NOT NULL OR l.mailed AS mailed, EXISTS (SELECT FROM miomente_partner_portal_rebooking_audit AS a \
                WHERE a.subject = 'token' AND a.event = 'page_opened' AND a.number = t.case_id) AS opened, \
            t.status = 'used' OR l.rebooked AS rebooked, \
            CASE WHEN l.step IS NULL THEN t.rebooking_state ELSE l.rebooking_state END AS state, \
            CASE WHEN l.step IS NULL THEN t.status ELSE l.status END AS status, \
            CASE WHEN l.step IS NULL THEN t.refunded_at ELSE l.refunded_at END AS refunded_at, \
            CASE WHEN l.step IS NULL THEN t.token_expires_at ELSE l.token_expires_at END AS expires_at, \
            CASE WHEN l.step IS NULL THEN t.rebooking ELSE l.rebooking END AS rebooking, \
            CASE WHEN l.step IS NULL THEN t.original_participants ELSE l.original_participants END AS party \
        FROM miomente_partner_portal_rebooking_tokens AS t LEFT JOIN later AS l ON l.case_id = t.case_id \
        WHERE t.step = 1 AND t.created_at >= $1 AND t.created_at < $2 \
    ) SELECT now(), partner_id, year, month, currency, count(*) AS declined, \
        count(*) FILTER (WHERE mailed) AS mailed, count(*) FILTER (WHERE opened) AS opened, \
        count(*) FILTER (WHERE rebooked) AS rebooked, count(*) FILTER (WHERE state = 'confirmed') AS confirmed, \
        count(*) FILTER (WHERE refunded_at IS NOT NULL) AS refunded, \
        count(*) FILTER (WHERE status IN ('active', 'expired') AND expires_at <= now()) AS expired, \
        coalesce(sum((rebooking#>>'{unit_price,minor}')::bigint * party) \
            FILTER (WHERE state = 'confirmed' AND rebooking#>>'{unit_price,currency}' = currency), 0)::bigint AS kept \
    FROM counted GROUP BY partner_id, year, month, currency ORDER BY partner_id, year, month, currency";

/// A year of a large shop takes its time, and nobody is locked out meanwhile.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// Less than the caller's patience, so that it is the database that says what became of it.
const LIMIT: &str = "SET LOCAL statement_timeout = '14s'";

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
    Ok(Earnings {
        partner: PartnerId::new(partner),
        month: (row.try_get("year")?, row.try_get::<i32, _>("month")?.unsigned_abs()),
        declined: count("declined")?,
        mailed: count("mailed")?,
        opened: count("opened")?,
        rebooked: count("rebooked")?,
        confirmed: count("confirmed")?,
        refunded: count("refunded")?,
        expired: count("expired")?,
        kept: place.sum("original_price", row.try_get("kept")?, &currency)?,
    })
}
