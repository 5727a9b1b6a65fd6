//! Claims of effects, and the checkpoint of one under way.

use chrono::TimeDelta;
use rebooking_core::audit::AuditEvent;
use rebooking_core::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use rebooking_core::ports::AsOf;
use rebooking_core::value::ids::EffectId;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr as _, SqlStr};

use crate::columns::effect_columns;
use crate::error::{Failure, MalformedRow};
use crate::row::{Place, effect_of};

/// What is next among the effects of a lane that were put off, or that were not: each kind by the
/// index that is its own.
macro_rules! next {
    ($kind:literal, $order:literal) => {
        concat!(
            "(SELECT e.id, e.created_at, e.place \
             FROM miomente_partner_portal_rebooking_effects AS e \
             WHERE e.lane = $1 AND e.over_at IS NULL AND ",
            $kind,
            " AND e.due_at <= now() AND (e.leased_until IS NULL OR e.leased_until <= now()) \
             AND e.id = ( \
                 SELECT oldest.id FROM miomente_partner_portal_rebooking_effects AS oldest \
                 WHERE oldest.case_id = e.case_id AND oldest.lane = e.lane \
                     AND oldest.over_at IS NULL AND oldest.step >= 0 \
                 ORDER BY oldest.created_at, oldest.place, oldest.id LIMIT 1) \
             ORDER BY ",
            $order,
            " LIMIT $2 FOR UPDATE SKIP LOCKED)"
        )
    };
}

/// Two workers never wait for each other: what one is about to lease, the other skips. Among the
/// effects of one case in one lane only the oldest that is not over is taken. It is looked for one
/// by one: as a join it would be planned for the short queue that the planner last saw, and go
/// through all of a long one for each row.
pub(crate) const CLAIM: &str = concat!(
    "WITH fresh AS MATERIALIZED ",
    next!("NOT e.put_off", "e.created_at, e.place, e.id"),
    ", put_off AS MATERIALIZED ",
    next!("e.put_off", "e.due_at"),
    ", ready AS ( \
        SELECT id FROM (SELECT * FROM fresh UNION ALL SELECT * FROM put_off) AS e \
        ORDER BY e.created_at, e.place, e.id LIMIT $2 \
    ), claimed AS ( \
        UPDATE miomente_partner_portal_rebooking_effects AS e SET state = 'leased', \
            fence = e.fence + 1, attempts = e.attempts + 1, \
            leased_until = now() + $3::bigint * interval '1 microsecond' \
        FROM ready WHERE e.id = ready.id RETURNING e.* \
    ) SELECT now(), e.fence, e.progress, ",
    effect_columns!(),
    "FROM claimed AS e ORDER BY e.created_at, e.place, e.id"
);

pub(crate) const SAVE: &str = "UPDATE miomente_partner_portal_rebooking_effects SET progress = $3\n\
    WHERE id = $1 AND state = 'leased'\n\
    AND fence = $2 -- guard: lease";

/// The text that saves a checkpoint, without its guard where a test wants that.
pub(crate) fn save_statement(guarded: bool) -> SqlStr {
    if guarded {
        return SAVE.into_sql_str();
    }
    AssertSqlSafe(SAVE.replace("AND fence = $2 -- guard: lease", "AND $2 = $2")).into_sql_str()
}

/// What was leased: what can be carried out, and what nobody can make sense of.
#[derive(Debug, Default)]
pub(crate) struct Leased {
    pub(crate) claimed: Vec<Claimed>,
    pub(crate) unreadable: Vec<UnreadableEffect>,
}

/// An effect that cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct UnreadableEffect {
    id: i64,
    fence: i64,
    bad: MalformedRow,
}

pub(crate) async fn claim(
    db: &mut PgConnection,
    lane: Lane,
    limit: u32,
    lease: TimeDelta,
) -> Result<Leased, Failure> {
    let lease = lease.num_microseconds().unwrap_or(i64::MAX / 4);
    let rows = sqlx::query(CLAIM)
        .bind(lane.as_str())
        .bind(i64::from(limit))
        .bind(lease)
        .fetch_all(db)
        .await?;
    let mut leased = Leased::default();
    for row in &rows {
        match claimed(row) {
            Ok(one) => leased.claimed.push(one),
            Err(Failure::Row(bad)) => {
                let (id, fence) = (row.try_get("id")?, row.try_get("fence")?);
                leased.unreadable.push(UnreadableEffect { id, fence, bad });
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(leased)
}

/// Nobody can carry out what cannot be read: it is dead at once, so that the next one of its case
/// can be claimed and support sees it.
pub(crate) async fn bury(db: &mut PgConnection, effect: &UnreadableEffect) -> Result<(), Failure> {
    const SQL: &str = include_str!("../sql/bury_effect.sql");
    let query = sqlx::query(SQL).bind(effect.id).bind(effect.fence).bind(effect.bad.to_string());
    query.bind(AuditEvent::EffectDied.as_str()).execute(db).await?;
    Ok(())
}

impl UnreadableEffect {
    /// For people to look at, with what became of burying it: what failed is tried again when the
    /// lease has run out.
    pub(crate) fn report(&self, buried: Result<(), Failure>) {
        let Self { id, bad, .. } = self;
        match buried {
            Ok(()) => {
                tracing::error!(effect = id, error = %bad, "an effect that makes no sense is dead")
            }
            Err(failure) => {
                let failure = failure.into_port().phrase();
                tracing::error!(effect = id, error = %bad, failure, "an effect makes no sense");
            }
        }
    }
}

fn claimed(row: &PgRow) -> Result<Claimed, Failure> {
    let effect = effect_of(row)?;
    let fence = u64::try_from(row.try_get::<i64, _>("fence")?)
        .map_err(|_| Place::new(crate::EFFECTS, effect.id).bad("fence", "out of range"))?;
    Ok(Claimed {
        lease: Lease { effect: effect.id, fence },
        checkpoint: Checkpoint(row.try_get("progress")?),
        now: row.try_get(0)?,
        effect,
    })
}

pub(crate) async fn save_checkpoint(
    db: &mut PgConnection,
    sql: SqlStr,
    lease: Lease,
    checkpoint: &Checkpoint,
) -> Result<bool, Failure> {
    let fence = i64::try_from(lease.fence).unwrap_or(i64::MAX);
    let query = sqlx::query(sql).bind(lease.effect.value()).bind(fence).bind(&checkpoint.0);
    Ok(query.execute(db).await?.rows_affected() == 1)
}

pub(crate) async fn effect(
    db: &mut PgConnection,
    id: EffectId,
) -> Result<Option<AsOf<Effect>>, Failure> {
    const SQL: &str = concat!(
        "SELECT now(), ",
        effect_columns!(),
        "FROM miomente_partner_portal_rebooking_effects AS e WHERE e.id = $1"
    );
    let Some(row) = sqlx::query(SQL).bind(id.value()).fetch_optional(db).await? else {
        return Ok(None);
    };
    Ok(Some(AsOf { now: row.try_get(0)?, value: effect_of(&row)? }))
}
