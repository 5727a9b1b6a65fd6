//! The port of personal data on PostgreSQL: what is kept about whom.

use async_trait::async_trait;
use futures_util::FutureExt as _;
use rebooking_core::ports::personal::CaseRecord;
use rebooking_core::ports::{AsOf, PersonalData, PortError};
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::CaseId;
use sqlx::postgres::PgConnection;

use crate::columns::confirmation_columns;
use crate::error::Failure;
use crate::reports::addresses::{Kept, spellings};
use crate::reports::case::{AUDIT, EFFECTS, TOKENS};
use crate::row::{confirmation_of, effect_of, entry_of, token_of};
use crate::store::{PostgresStore, repeatable};

#[async_trait]
impl PersonalData for PostgresStore {
    async fn cases_of(
        &self,
        address: &EmailAddress,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, PortError> {
        let address = address.clone();
        repeatable!(self, |db, address| cases_of(db, &address, after, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn record(&self, case: CaseId) -> Result<Option<AsOf<CaseRecord>>, PortError> {
        repeatable!(self, |db| record(db, case)).await.map_err(Failure::into_reading)
    }
}

/// A request that no link has opened belongs to the case of its item, or of the newest link that
/// has moved its booking there.
pub(crate) const CASES_OF: &str = "SELECT DISTINCT case_id FROM ( \
        SELECT case_id FROM miomente_partner_portal_rebooking_tokens \
        WHERE sought_email = ANY ($1) \
        UNION ALL SELECT coalesce( \
            (SELECT t.case_id FROM miomente_partner_portal_rebooking_tokens AS t \
                WHERE t.case_id = r.item_id LIMIT 1), \
            (SELECT t.case_id FROM miomente_partner_portal_rebooking_tokens AS t \
                WHERE t.original_order_item_id = r.item_id \
                    AND t.original_order_item_id <> t.case_id \
                ORDER BY t.created_at DESC, t.case_id DESC LIMIT 1), \
            (SELECT t.case_id FROM miomente_partner_portal_rebooking_tokens AS t \
                WHERE t.new_order_item_id = r.item_id \
                ORDER BY t.created_at DESC, t.case_id DESC LIMIT 1), \
            r.item_id) \
        FROM miomente_partner_portal_rebooking_requests AS r WHERE r.token_case IS NULL \
            AND lower((r.booking#>>'{customer,email}') COLLATE \"C\") = ANY ($1) \
    ) AS found WHERE $2::bigint IS NULL OR case_id > $2 ORDER BY case_id LIMIT $3";

async fn cases_of(
    db: &mut PgConnection,
    address: &EmailAddress,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<CaseId>, Failure> {
    let all = spellings(db, address, &[Kept::InLinks, Kept::InRequests]).await?;
    let query = sqlx::query_scalar(CASES_OF).bind(all).bind(after.map(CaseId::value));
    let found: Vec<i64> = query.bind(i64::from(limit)).fetch_all(db).await?;
    Ok(found.into_iter().map(CaseId::new).collect())
}

/// As `forget_case.sql` finds them.
const REQUESTS: &str = concat!(
    "WITH links AS (SELECT * FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $1) \
     SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r \
     WHERE (r.token_case IS NULL OR r.token_case = $1) AND r.id IN ( \
        SELECT id FROM miomente_partner_portal_rebooking_requests WHERE item_id IN ( \
            SELECT $1 UNION SELECT original_order_item_id FROM links \
            UNION SELECT new_order_item_id FROM links) \
        UNION SELECT id FROM miomente_partner_portal_rebooking_requests WHERE token_case = $1 \
        UNION SELECT original_confirmation_id FROM links \
        UNION SELECT holds_confirmation_id FROM links) \
     ORDER BY r.id"
);

async fn record(db: &mut PgConnection, case: CaseId) -> Result<Option<AsOf<CaseRecord>>, Failure> {
    let number = case.value();
    let now = sqlx::query_scalar("SELECT now()").fetch_one(&mut *db).await?;
    let tokens = sqlx::query(TOKENS).bind(number).fetch_all(&mut *db).await?;
    let requests = sqlx::query(REQUESTS).bind(number).fetch_all(&mut *db).await?;
    if tokens.is_empty() && requests.is_empty() {
        return Ok(None);
    }
    let effects = sqlx::query(EFFECTS).bind(number).fetch_all(&mut *db).await?;
    let audit = sqlx::query(AUDIT).bind(number).fetch_all(db).await?;
    // Whole or not at all: nothing that cannot be read is left out.
    let value = CaseRecord {
        case,
        tokens: tokens.iter().map(token_of).collect::<Result<_, _>>()?,
        confirmations: requests.iter().map(confirmation_of).collect::<Result<_, _>>()?,
        effects: effects.iter().map(effect_of).collect::<Result<_, _>>()?,
        audit: audit.iter().map(entry_of).collect::<Result<_, _>>()?,
    };
    Ok(Some(AsOf { now, value }))
}
