//! Lists that partners page through.

use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{Page, PageRequest, PartnerStatus};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{PartnerId, TokenRef};
use sqlx::Row as _;
use sqlx::postgres::PgConnection;

use super::offset::offset;
use crate::columns::{confirmation_columns, token_columns};
use crate::conditions::{partner_status, progress};
use crate::error::Failure;
use crate::row::{confirmation_of, moment, readable, token_if_any, token_of};

pub(crate) async fn confirmations(
    db: &mut PgConnection,
    partner: PartnerId,
    state: Option<ConfirmationState>,
    page: PageRequest,
) -> Result<Page<Confirmation>, Failure> {
    const COUNT: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_requests AS r \
        WHERE r.partner_id = $1 AND r.state <> 'waiting' AND ($2::text IS NULL OR r.state = $2)";
    const ROWS: &str = concat!(
        "SELECT ",
        confirmation_columns!(),
        "FROM miomente_partner_portal_rebooking_requests AS r \
         WHERE r.partner_id = $1 AND r.state <> 'waiting' AND ($2::text IS NULL OR r.state = $2) \
         ORDER BY r.id DESC LIMIT $3 OFFSET $4"
    );
    let state = state.map(ConfirmationState::as_str);
    let total: i64 =
        sqlx::query_scalar(COUNT).bind(partner.value()).bind(state).fetch_one(&mut *db).await?;
    let query = sqlx::query(ROWS).bind(partner.value()).bind(state);
    let rows = query.bind(i64::from(page.size)).bind(offset(page)).fetch_all(db).await?;
    let rows = readable(&rows, confirmation_of)?;
    Ok(Page { rows, total: total.unsigned_abs() })
}

pub(crate) async fn partner_rebookings(
    db: &mut PgConnection,
    partner: PartnerId,
    progress: Option<PartnerStatus>,
    page: PageRequest,
) -> Result<AsOf<Page<RebookingToken>>, Failure> {
    macro_rules! of_partner {
        ($what:expr, $rest:literal) => {
            concat!(
                "SELECT now(), ",
                $what,
                "FROM miomente_partner_portal_rebooking_tokens AS t \
                 WHERE t.partner_id = $1 AND t.cancel_reason IS DISTINCT FROM 'superseded' \
                 AND ($2::text IS NULL OR $2 = ",
                partner_status!(),
                ") ",
                $rest
            )
        };
    }
    const COUNT: &str = of_partner!("count(*) ", "");
    const ROWS: &str = of_partner!(
        token_columns!(),
        "ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT $3 OFFSET $4"
    );
    let progress = progress.map(PartnerStatus::as_str);
    let count = sqlx::query(COUNT).bind(partner.value()).bind(progress).fetch_one(&mut *db).await?;
    let query = sqlx::query(ROWS).bind(partner.value()).bind(progress);
    let rows = query.bind(i64::from(page.size)).bind(offset(page)).fetch_all(db).await?;
    let rows = readable(&rows, token_of)?;
    Ok(AsOf {
        now: count.try_get(0)?,
        value: Page { rows, total: count.try_get::<i64, _>(1)?.unsigned_abs() },
    })
}

/// The same without counting, from a row on: for who reads all of it.
pub(crate) async fn partner_rebookings_after(
    db: &mut PgConnection,
    partner: PartnerId,
    progress: Option<PartnerStatus>,
    after: Option<TokenRef>,
    limit: u32,
) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    const SQL: &str = concat!(
        "SELECT now(), ",
        token_columns!(),
        "FROM (SELECT) AS one LEFT JOIN LATERAL ( \
             SELECT * FROM miomente_partner_portal_rebooking_tokens AS t \
             WHERE t.partner_id = $1 AND t.cancel_reason IS DISTINCT FROM 'superseded' \
             AND ($2::text IS NULL OR $2 = ",
        partner_status!(),
        ") AND ($3::bigint IS NULL OR (t.created_at, t.case_id, t.step) < ( \
             SELECT created_at, case_id, step FROM miomente_partner_portal_rebooking_tokens \
             WHERE case_id = $3 AND step = $4)) \
             ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT $5) AS t ON true \
         ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC"
    );
    let query = sqlx::query(SQL).bind(partner.value()).bind(progress.map(PartnerStatus::as_str));
    let query = query
        .bind(after.map(|after| after.case.value()))
        .bind(after.map(|after| i64::from(after.step)));
    let rows = query.bind(i64::from(limit)).fetch_all(db).await?;
    let now = moment(&rows)?;
    Ok(AsOf { now, value: readable(&rows, token_if_any)?.into_iter().flatten().collect() })
}
