//! What waits in each lane, for metrics and alarms.

use rebooking_core::effect::Lane;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::Backlog;
use sqlx::Row as _;
use sqlx::postgres::PgConnection;

use crate::error::Failure;

/// Counts up to 10 000 a lane, each part by the index that is its own: a shop that was down for a
/// day must not make the look expensive that tells of it.
const COUNT: &str = "\
    SELECT now() AS now, lane.name, fresh.number + put_off.number AS waiting, \
        least(fresh.due, put_off.due) AS due_since, \
        (SELECT count(*) FROM (SELECT FROM miomente_partner_portal_rebooking_effects AS e \
            WHERE e.dead AND e.lane = lane.name LIMIT 10000) AS open) AS dead \
    FROM unnest($1::text[]) WITH ORDINALITY AS lane (name, place) \
    CROSS JOIN LATERAL (SELECT count(*) AS number, \
            min(open.due_at) FILTER (WHERE open.idle AND open.due_at <= now()) AS due \
        FROM (SELECT e.due_at, e.leased_until IS NULL AS idle \
            FROM miomente_partner_portal_rebooking_effects AS e \
            WHERE e.lane = lane.name AND e.over_at IS NULL AND NOT e.put_off \
            ORDER BY e.created_at, e.place, e.id LIMIT 10000) AS open) AS fresh \
    CROSS JOIN LATERAL (SELECT count(*) AS number, \
            min(open.due_at) FILTER (WHERE open.idle AND open.due_at <= now()) AS due \
        FROM (SELECT e.due_at, e.leased_until IS NULL AS idle \
            FROM miomente_partner_portal_rebooking_effects AS e \
            WHERE e.lane = lane.name AND e.over_at IS NULL AND e.put_off \
            ORDER BY e.due_at LIMIT 10000) AS open) AS put_off \
    ORDER BY lane.place";

pub(crate) async fn backlog(db: &mut PgConnection) -> Result<AsOf<Vec<Backlog>>, Failure> {
    let names = Lane::ALL.map(|lane| lane.as_str().to_owned()).to_vec();
    let rows = sqlx::query(COUNT).bind(names).fetch_all(db).await?;
    let now = match rows.first() {
        Some(row) => row.try_get("now")?,
        None => return Err(sqlx::Error::RowNotFound.into()),
    };
    let mut all = Vec::with_capacity(Lane::ALL.len());
    for (lane, row) in Lane::ALL.into_iter().zip(&rows) {
        let (waiting, dead): (i64, i64) = (row.try_get("waiting")?, row.try_get("dead")?);
        let (waiting, dead) = (waiting.unsigned_abs(), dead.unsigned_abs());
        all.push(Backlog { lane, waiting, due_since: row.try_get("due_since")?, dead });
    }
    Ok(AsOf { now, value: all })
}
