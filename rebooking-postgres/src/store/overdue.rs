//! Requests whose partners do not answer.

use rebooking_core::confirmation::Overdue;
use rebooking_core::value::ids::ConfirmationId;
use sqlx::postgres::PgConnection;

use crate::error::Failure;

/// What waits, so long that it is due: `$3` microseconds after it was opened, or `$4` quarters of
/// the time from then to its date, whichever is sooner. `$1` and `$2` are the page. In seconds, as
/// days of an interval would differ in length with the clocks of a zone. The newest stand first, so
/// that whoever has long been given up keeps nobody from being found.
macro_rules! overdue {
    ($which:literal) => {
        concat!(
            "WITH due AS MATERIALIZED ( \
                SELECT r.id FROM miomente_partner_portal_rebooking_requests AS r \
                WHERE r.state = 'pending' AND r.answer_digest IS NOT NULL AND r.silent_at IS NULL \
                    AND r.booking#>>'{customer,email}' <> '' AND ",
            $which,
            "AND extract(epoch FROM now() - r.opened_at) >= least($3::bigint / 1000000.0, \
                    extract(epoch FROM miomente_partner_portal_rebooking_moment( \
                        r.booking#>>'{slot,starts_at}') - r.opened_at) * $4::int / 4.0) \
                ORDER BY r.opened_at DESC LIMIT 10000 \
            ) SELECT id FROM due WHERE id > $1 ORDER BY id LIMIT $2"
        )
    };
}

pub(crate) const REMINDER: &str = overdue!(
    "r.reminded_at IS NULL AND miomente_partner_portal_rebooking_moment( \
        r.booking#>>'{slot,starts_at}') > now() "
);
pub(crate) const SUPPORT: &str = overdue!("true ");

pub(crate) async fn overdue(
    db: &mut PgConnection,
    overdue: Overdue,
    after: Option<ConfirmationId>,
    limit: u32,
) -> Result<Vec<ConfirmationId>, Failure> {
    let sql = match overdue {
        Overdue::Reminder(_) => REMINDER,
        Overdue::Support(_) => SUPPORT,
    };
    let due: Vec<i64> = sqlx::query_scalar(sql)
        .bind(after.map_or(i64::MIN, ConfirmationId::value))
        .bind(i64::from(limit))
        .bind(overdue.span().num_microseconds().unwrap_or(i64::MAX))
        .bind(overdue.quarters())
        .fetch_all(db)
        .await?;
    Ok(due.into_iter().map(ConfirmationId::new).collect())
}
