//! One case in detail: its tokens, effects and history.

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::CaseDetails;
use rebooking_core::value::ids::CaseId;
use sqlx::Row as _;
use sqlx::postgres::PgConnection;

use crate::columns::{audit_columns, effect_columns, token_columns};
use crate::error::Failure;
use crate::row::{effect_of, entry_of, readable, token_of};

pub(crate) const TOKENS: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM miomente_partner_portal_rebooking_tokens AS t WHERE t.case_id = $1 ORDER BY t.step"
);
pub(crate) const EFFECTS: &str = concat!(
    "SELECT ",
    effect_columns!(),
    "FROM miomente_partner_portal_rebooking_effects AS e \
     WHERE e.case_id = $1 ORDER BY e.created_at, e.place, e.id"
);
pub(crate) const AUDIT: &str = concat!(
    "SELECT ",
    audit_columns!(),
    "FROM miomente_partner_portal_rebooking_audit AS a \
     WHERE a.number = $1 AND a.subject <> 'date' ORDER BY a.noted_at, a.id"
);

pub(crate) async fn case(
    db: &mut PgConnection,
    case: CaseId,
) -> Result<Option<AsOf<CaseDetails>>, Failure> {
    let tokens = sqlx::query(TOKENS).bind(case.value()).fetch_all(&mut *db).await?;
    let Some(first) = tokens.first() else { return Ok(None) };
    let now: DateTime<Utc> = first.try_get(0)?;
    let effects = sqlx::query(EFFECTS).bind(case.value()).fetch_all(&mut *db).await?;
    let audit = sqlx::query(AUDIT).bind(case.value()).fetch_all(db).await?;
    let value = CaseDetails {
        tokens: tokens.iter().map(token_of).collect::<Result<_, _>>()?,
        effects: readable(&effects, effect_of)?,
        audit: readable(&audit, entry_of)?,
    };
    Ok(Some(AsOf { now, value }))
}
