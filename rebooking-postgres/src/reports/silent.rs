//! Bookings as they were sold whose partners do not answer.

use rebooking_core::confirmation::Confirmation;
use sqlx::postgres::PgConnection;

use crate::columns::confirmation_columns;
use crate::error::Failure;
use crate::row::{confirmation_of, readable};

/// The newest stand first, as in the sweep; a date that cannot be read hides no request.
pub(crate) const SILENT: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM (SELECT * FROM miomente_partner_portal_rebooking_requests AS r \
        WHERE r.state = 'pending' AND r.silent_at IS NOT NULL AND r.token_case IS NULL \
            AND coalesce(miomente_partner_portal_rebooking_moment( \
                r.booking#>>'{slot,ends_at}') > now(), true) \
        ORDER BY r.opened_at DESC LIMIT 10000) AS r \
     ORDER BY r.silent_at, r.id LIMIT $1"
);

pub(crate) async fn silent_partners(
    db: &mut PgConnection,
    limit: u32,
) -> Result<Vec<Confirmation>, Failure> {
    let rows = sqlx::query(SILENT).bind(i64::from(limit)).fetch_all(db).await?;
    readable(&rows, confirmation_of)
}
