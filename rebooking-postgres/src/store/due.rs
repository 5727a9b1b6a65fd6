//! Tokens that the sweep has something to do for.

use chrono::TimeDelta;
use rebooking_core::ports::store::SweepReason;
use rebooking_core::value::ids::{CaseId, TokenRef};
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::conditions::newest;
use crate::error::Failure;
use crate::row::{Place, readable};

/// Names beginning after `$1` and `$2`, of what is due by a time and stands first by it: a plan for
/// whatever arguments would go through all names otherwise. What is cut off here the next sweep
/// finds.
macro_rules! due {
    ($time:literal, $which:expr, $filter:expr) => {
        concat!(
            "WITH due AS MATERIALIZED ( \
                SELECT case_id, step FROM miomente_partner_portal_rebooking_tokens AS t WHERE ",
            $which,
            "ORDER BY ",
            $time,
            " LIMIT 10000 \
            ) SELECT t.case_id, t.step FROM due AS t WHERE (t.case_id, t.step) > ($1, $2) AND ",
            $filter,
            "ORDER BY t.case_id, t.step LIMIT $3"
        )
    };
}

pub(crate) const EXPIRED: &str = due!(
    "t.token_expires_at",
    "t.status = 'active' AND t.token_expires_at <= now() ",
    "$4::bigint IS NOT NULL "
);
pub(crate) const REMINDER: &str = due!(
    "t.token_expires_at",
    "t.status = 'active' AND t.token_expires_at > now() AND t.reminded_at IS NULL \
     AND t.token_expires_at <= now() + $4::bigint * interval '1 microsecond' \
     AND t.token_expires_at - t.created_at > $4::bigint * interval '1 microsecond' ",
    "true "
);
pub(crate) const PURGE: &str = due!(
    "t.over_at",
    "t.forgotten_at IS NULL AND t.over_at <= now() - $4::bigint * interval '1 microsecond' ",
    newest!()
);
/// Everybody who waits, page by page.
pub(crate) const WAITING: &str = concat!(
    "SELECT t.case_id, t.step FROM miomente_partner_portal_rebooking_tokens AS t \
     WHERE t.waits AND $4::bigint IS NOT NULL AND ",
    newest!(),
    "AND (t.case_id, t.step) > ($1, $2) ORDER BY t.case_id, t.step LIMIT $3"
);

pub(crate) async fn due(
    db: &mut PgConnection,
    reason: SweepReason,
    after: Option<TokenRef>,
    limit: u32,
) -> Result<Vec<TokenRef>, Failure> {
    let (sql, span) = match reason {
        SweepReason::Expired => (EXPIRED, TimeDelta::zero()),
        SweepReason::Reminder(before) => (REMINDER, before),
        SweepReason::Waiting => (WAITING, TimeDelta::zero()),
        SweepReason::Purge(after) => (PURGE, after),
    };
    let (case, step) =
        after.map_or((i64::MIN, 0), |after| (after.case.value(), i64::from(after.step)));
    let span = span.num_microseconds().unwrap_or(i64::MAX / 4);
    let query = sqlx::query(sql).bind(case).bind(step).bind(i64::from(limit)).bind(span);
    readable(&query.fetch_all(db).await?, name_of)
}

fn name_of(row: &PgRow) -> Result<TokenRef, Failure> {
    let case: i64 = row.try_get(0)?;
    let step = Place::new(crate::TOKENS, case).count("step", row.try_get(1)?)?;
    Ok(TokenRef { case: CaseId::new(case), step })
}
