//! What partners, support and the sweep page through.

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::audit::AuditEntry;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::effect::Effect;
use rebooking_core::ids::{CaseId, PartnerId, TokenRef};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::{CaseFile, CaseFilter, Page, Paged, Progressed, SweepReason};
use rebooking_core::token::RebookingToken;
use sqlx::Row as _;
use sqlx::postgres::PgConnection;

use crate::columns::{effect_columns, newest, request_columns, token_columns};
use crate::effects::effect_of;
use crate::error::Failure;
use crate::reads::{confirmation_of, token_of};
use crate::row::{AuditRow, decode};

/// How far a token `t` has come, in the words of [`Progressed::name`].
macro_rules! progress {
    () => {
        "CASE WHEN t.status IN ('active', 'expired') \
             THEN CASE WHEN now() < t.token_expires_at THEN 'open' ELSE 'expired' END \
         WHEN t.status = 'cancelled' THEN 'cancelled' \
         ELSE CASE t.rebooking_state WHEN 'ordering' THEN 'rebooked' WHEN 'declined_again' THEN 'declined' \
             ELSE t.rebooking_state END END "
    };
}

pub(crate) fn offset(page: Page) -> i64 {
    i64::try_from(page.offset()).unwrap_or(i64::MAX)
}

pub(crate) async fn due(
    db: &mut PgConnection,
    reason: SweepReason,
    after: Option<TokenRef>,
    limit: u32,
) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    macro_rules! due {
        ($which:expr) => {
            concat!(
                "SELECT now(), due.* FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT ",
                token_columns!(),
                "FROM miomente_partner_portal_rebooking_tokens AS t WHERE ",
                $which,
                "AND (t.case_id, t.step) > ($1, $2) ORDER BY t.case_id, t.step LIMIT $3) AS due ON true"
            )
        };
    }
    const EXPIRED: &str =
        due!("t.status = 'active' AND t.token_expires_at <= now() AND $4::bigint IS NOT NULL ");
    const REMINDER: &str = due!(
        "t.status = 'active' AND t.token_expires_at > now() AND t.reminded_at IS NULL \
         AND t.token_expires_at <= now() + $4::bigint * interval '1 microsecond' \
         AND t.token_expires_at - t.created_at > $4::bigint * interval '1 microsecond' "
    );
    const WAITING: &str = due!(concat!("t.waits AND $4::bigint IS NOT NULL AND ", newest!()));
    const PURGE: &str = due!(concat!(
        "t.forgotten_at IS NULL AND t.over_at <= now() - $4::bigint * interval '1 microsecond' AND ",
        newest!()
    ));
    let (sql, span) = match reason {
        SweepReason::Expired => (EXPIRED, TimeDelta::zero()),
        SweepReason::Reminder(before) => (REMINDER, before),
        SweepReason::Waiting => (WAITING, TimeDelta::zero()),
        SweepReason::Purge(after) => (PURGE, after),
    };
    let (case, step) = after.map_or((i64::MIN, 0), |after| (after.case.value(), i64::from(after.step)));
    let span = span.num_microseconds().unwrap_or(i64::MAX / 4);
    let query = sqlx::query(sql).bind(case).bind(step).bind(i64::from(limit)).bind(span);
    let rows = query.fetch_all(db).await?;
    let now: DateTime<Utc> = rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
    let mut value = Vec::new();
    for row in &rows {
        if row.try_get::<Option<i64>, _>("case_id")?.is_some() {
            value.push(token_of(row)?);
        }
    }
    Ok(AsOf { now, value })
}

pub(crate) async fn requests(
    db: &mut PgConnection,
    partner: PartnerId,
    state: Option<ConfirmationState>,
    page: Page,
) -> Result<Paged<Confirmation>, Failure> {
    const COUNT: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_requests AS r \
        WHERE r.partner_id = $1 AND r.state <> 'waiting' AND ($2::text IS NULL OR r.state = $2)";
    const ROWS: &str = concat!(
        "SELECT ",
        request_columns!(),
        "FROM miomente_partner_portal_rebooking_requests AS r \
         WHERE r.partner_id = $1 AND r.state <> 'waiting' AND ($2::text IS NULL OR r.state = $2) \
         ORDER BY r.id DESC LIMIT $3 OFFSET $4"
    );
    let state = state.map(ConfirmationState::name);
    let total: i64 = sqlx::query_scalar(COUNT).bind(partner.value()).bind(state).fetch_one(&mut *db).await?;
    let query = sqlx::query(ROWS).bind(partner.value()).bind(state);
    let rows = query.bind(i64::from(page.size)).bind(offset(page)).fetch_all(db).await?;
    let rows = rows.iter().map(confirmation_of).collect::<Result<_, _>>()?;
    Ok(Paged { rows, total: total.unsigned_abs() })
}

pub(crate) async fn partner_rebookings(
    db: &mut PgConnection,
    partner: PartnerId,
    progress: Option<Progressed>,
    page: Page,
) -> Result<AsOf<Paged<RebookingToken>>, Failure> {
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
    let progress = progress.map(Progressed::name);
    let count = sqlx::query(COUNT).bind(partner.value()).bind(progress).fetch_one(&mut *db).await?;
    let query = sqlx::query(ROWS).bind(partner.value()).bind(progress);
    let rows = query.bind(i64::from(page.size)).bind(offset(page)).fetch_all(db).await?;
    let rows = rows.iter().map(token_of).collect::<Result<_, _>>()?;
    Ok(AsOf {
        now: count.try_get(0)?,
        value: Paged { rows, total: count.try_get::<i64, _>(1)?.unsigned_abs() },
    })
}

pub(crate) async fn cases(
    db: &mut PgConnection,
    filter: &CaseFilter,
    page: Page,
) -> Result<AsOf<Paged<RebookingToken>>, Failure> {
    macro_rules! newest_of_cases {
        ($what:expr, $rest:literal) => {
            concat!(
                "SELECT now(), ",
                $what,
                "FROM miomente_partner_portal_rebooking_tokens AS t WHERE ",
                newest!(),
                "AND ($1::text IS NULL OR $1 = ",
                progress!(),
                ") AND ($2 = '' OR lower(t.order_number) LIKE $3 OR lower(t.new_order_number) LIKE $3 \
                 OR t.sought_email = $2 OR strpos(t.sought_name, $2) > 0) ",
                $rest
            )
        };
    }
    const COUNT: &str = newest_of_cases!("count(*) ", "");
    const ROWS: &str = newest_of_cases!(
        token_columns!(),
        "ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT $4 OFFSET $5"
    );
    let progress = filter.progress.map(Progressed::name);
    let sought = filter.search.expose().to_lowercase();
    let beginning = beginning_with(&sought);
    let query = sqlx::query(COUNT).bind(progress).bind(&sought).bind(&beginning);
    let count = query.fetch_one(&mut *db).await?;
    let query = sqlx::query(ROWS).bind(progress).bind(&sought).bind(&beginning);
    let rows = query.bind(i64::from(page.size)).bind(offset(page)).fetch_all(db).await?;
    let rows = rows.iter().map(token_of).collect::<Result<_, _>>()?;
    Ok(AsOf {
        now: count.try_get(0)?,
        value: Paged { rows, total: count.try_get::<i64, _>(1)?.unsigned_abs() },
    })
}

/// A pattern for `LIKE` that takes every character of the text as it is.
fn beginning_with(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

pub(crate) async fn case(db: &mut PgConnection, case: CaseId) -> Result<Option<AsOf<CaseFile>>, Failure> {
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
    const AUDIT: &str = "SELECT id, subject, number, step, at, actor, partner_id, support, event, note \
        FROM miomente_partner_portal_rebooking_audit WHERE number = $1 AND subject <> 'date' ORDER BY noted_at, id";
    let tokens = sqlx::query(TOKENS).bind(case.value()).fetch_all(&mut *db).await?;
    let Some(first) = tokens.first() else { return Ok(None) };
    let now: DateTime<Utc> = first.try_get(0)?;
    let effects = sqlx::query(EFFECTS).bind(case.value()).fetch_all(&mut *db).await?;
    let audit = sqlx::query(AUDIT).bind(case.value()).fetch_all(db).await?;
    let entry =
        |row| -> Result<AuditEntry, Failure> { Ok(decode::<AuditRow>(crate::AUDIT, "id", row)?.try_into()?) };
    let effects = effects.iter().map(effect_of).collect::<Result<Vec<Effect>, _>>()?;
    let value = CaseFile {
        tokens: tokens.iter().map(token_of).collect::<Result<_, _>>()?,
        effects,
        audit: audit.iter().map(entry).collect::<Result<_, _>>()?,
    };
    Ok(Some(AsOf { now, value }))
}
