//! Claims of effects, and the checkpoint of one under way.

use chrono::TimeDelta;
use rebooking_core::audit::AuditEvent;
use rebooking_core::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use rebooking_core::ports::{AsOf, MalformedRow};
use rebooking_core::value::ids::EffectId;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr as _, SqlStr};

use crate::columns::effect_columns;
use crate::error::Failure;
use crate::malformed;
use crate::row::{Place, effect_of};

/// Calls the function of migration 0012, which says there why it is one.
pub(crate) const CLAIM: &str = concat!(
    "SELECT now(), e.fence, e.progress, ",
    effect_columns!(),
    "FROM miomente_partner_portal_rebooking_claim( \
        $1, $2, $3::bigint * interval '1 microsecond') AS e \
     ORDER BY e.created_at, e.place, e.id"
);

/// That the relay has accepted a mail need not be on disk at once, and is the sooner written: a
/// crash of the whole database at this moment sends a twin, one of the process does not.
pub(crate) const SAVE: &str = "WITH saved AS (\n\
    UPDATE miomente_partner_portal_rebooking_effects SET progress = $3\n\
    WHERE id = $1 AND state = 'leased'\n\
    AND fence = $2 -- guard: lease\n\
    RETURNING lane\n\
    ) SELECT CASE lane WHEN 'mail' THEN set_config('synchronous_commit', 'off', true) END \
    FROM saved";

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
                malformed::met(bad.clone());
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
