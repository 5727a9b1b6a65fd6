//! What the feature earns, counted by the database.

use chrono::{DateTime, Utc};
use rebooking_core::ids::PartnerId;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::Earnings;
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::error::Failure;
use crate::row::Place;

/// A case counts once in every column that it reached; the first link says where and when it belongs, the newest how it stands.
const SQL: &str = "WITH began AS ( \
        SELECT t.case_id, t.partner_id, t.currency, t.created_at FROM miomente_partner_portal_rebooking_tokens AS t \
        WHERE t.created_at >= $1 AND t.created_at < $2 AND NOT EXISTS ( \
            SELECT FROM miomente_partner_portal_rebooking_tokens AS earlier \
            WHERE earlier.case_id = t.case_id AND earlier.step < t.step) \
    ), counted AS ( \
        SELECT b.partner_id, b.currency, \
            extract(year FROM b.created_at AT TIME ZONE 'UTC')::int AS year, \
            extract(month FROM b.created_at AT TIME ZONE 'UTC')::int AS month, \
            bool_or(t.mailed_at IS NOT NULL) AS mailed, bool_or(t.opened_at IS NOT NULL) AS opened, \
            bool_or(t.status = 'used') AS rebooked, \
            (array_agg(t.rebooking_state ORDER BY t.step DESC))[1] AS state, \
            (array_agg(t.status ORDER BY t.step DESC))[1] AS status, \
            (array_agg(t.refunded_at ORDER BY t.step DESC))[1] AS refunded_at, \
            (array_agg(t.token_expires_at ORDER BY t.step DESC))[1] AS expires_at, \
            (array_agg((t.rebooking#>>'{unit_price,minor}')::bigint * t.original_participants ORDER BY t.step DESC))[1] AS paid, \
            (array_agg(t.rebooking#>>'{unit_price,currency}' ORDER BY t.step DESC))[1] AS paid_in \
        FROM began AS b JOIN miomente_partner_portal_rebooking_tokens AS t USING (case_id) \
        GROUP BY b.case_id, b.partner_id, b.currency, b.created_at \
    ) SELECT now(), partner_id, year, month, currency, count(*) AS declined, \
        count(*) FILTER (WHERE mailed) AS mailed, count(*) FILTER (WHERE opened) AS opened, \
        count(*) FILTER (WHERE rebooked) AS rebooked, count(*) FILTER (WHERE state = 'confirmed') AS confirmed, \
        count(*) FILTER (WHERE refunded_at IS NOT NULL) AS refunded, \
        count(*) FILTER (WHERE status IN ('active', 'expired') AND expires_at <= now()) AS expired, \
        coalesce(sum(paid) FILTER (WHERE state = 'confirmed' AND paid_in = currency), 0)::bigint AS kept \
    FROM counted GROUP BY partner_id, year, month, currency ORDER BY partner_id, year, month, currency";

pub(crate) async fn earnings(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<AsOf<Vec<Earnings>>, Failure> {
    let rows = sqlx::query(SQL).bind(from).bind(until).fetch_all(&mut *db).await?;
    let now = match rows.first() {
        Some(row) => row.try_get(0)?,
        None => sqlx::query_scalar("SELECT now()").fetch_one(db).await?,
    };
    Ok(AsOf { now, value: rows.iter().map(read).collect::<Result<_, _>>()? })
}

fn read(row: &PgRow) -> Result<Earnings, Failure> {
    let count = |column| -> Result<u64, Failure> { Ok(row.try_get::<i64, _>(column)?.unsigned_abs()) };
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
