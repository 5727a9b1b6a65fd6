//! What partners, support and the sweep page through.

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::audit::AuditEntry;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus, Page, PageRequest};
use rebooking_core::ports::store::SweepReason;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, PartnerId, TokenRef};
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::columns::{
    AuditRow, audit_columns, confirmation_columns, effect_columns, token_columns,
};
use crate::conditions::{newest, progress};
use crate::effects::effect_of;
use crate::error::Failure;
use crate::reads::{confirmation_of, moment, token_if_any, token_of};
use crate::row::{Place, decode, readable};

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
    "SELECT t.case_id, t.step FROM miomente_partner_portal_rebooking_tokens AS t WHERE t.waits AND $4::bigint IS NOT NULL AND ",
    newest!(),
    "AND (t.case_id, t.step) > ($1, $2) ORDER BY t.case_id, t.step LIMIT $3"
);

pub(crate) fn offset(page: PageRequest) -> i64 {
    i64::try_from(page.offset()).unwrap_or(i64::MAX)
}

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
    progress: Option<CaseStatus>,
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
                progress!(),
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
    let progress = progress.map(CaseStatus::as_str);
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
    progress: Option<CaseStatus>,
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
        progress!(),
        ") AND ($3::bigint IS NULL OR (t.created_at, t.case_id, t.step) < ( \
             SELECT created_at, case_id, step FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $3 AND step = $4)) \
             ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT $5) AS t ON true \
         ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC"
    );
    let query = sqlx::query(SQL).bind(partner.value()).bind(progress.map(CaseStatus::as_str));
    let query = query
        .bind(after.map(|after| after.case.value()))
        .bind(after.map(|after| i64::from(after.step)));
    let rows = query.bind(i64::from(limit)).fetch_all(db).await?;
    let now = moment(&rows)?;
    Ok(AsOf { now, value: readable(&rows, token_if_any)?.into_iter().flatten().collect() })
}

pub(crate) async fn case(
    db: &mut PgConnection,
    case: CaseId,
) -> Result<Option<AsOf<CaseDetails>>, Failure> {
    const TOKENS: &str = concat!(
        "SELECT now(), ",
        token_columns!(),
        "FROM miomente_partner_portal_rebooking_tokens AS t WHERE t.case_id = $1 ORDER BY t.step"
    );
    const EFFECTS: &str = concat!(
        "SELECT ",
        effect_columns!(),
        "FROM miomente_partner_portal_rebooking_effects AS e WHERE e.case_id = $1 ORDER BY e.created_at, e.place, e.id"
    );
    const AUDIT: &str = concat!(
        "SELECT ",
        audit_columns!(),
        "FROM miomente_partner_portal_rebooking_audit AS a \
         WHERE a.number = $1 AND a.subject <> 'date' ORDER BY a.noted_at, a.id"
    );
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

fn entry_of(row: &PgRow) -> Result<AuditEntry, Failure> {
    Ok(decode::<AuditRow>(crate::AUDIT, "id", row)?.try_into()?)
}
