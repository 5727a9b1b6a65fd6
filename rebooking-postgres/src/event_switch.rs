//! The port that switches events off on PostgreSQL: one row for all processes, while there is an
//! outage.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use rebooking_core::ports::{EventSwitch, EventsState, PortError};
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::error::Failure;
use crate::store::{PostgresStore, repeatable};

/// An outage goes on when it was switched off, or has failed within the hour.
const FAILED: &str = "\
    INSERT INTO miomente_partner_portal_rebooking_event_outage AS o \
        (since, last_at, off_at, error) \
    SELECT at, at, CASE WHEN $2 <= interval '0' THEN at END, $1 \
    FROM (SELECT clock_timestamp() AS at) AS moment \
    ON CONFLICT (only_one) DO UPDATE SET \
        since = CASE WHEN o.off_at IS NOT NULL OR excluded.last_at - o.last_at <= $3 \
            THEN o.since ELSE excluded.since END, \
        off_at = CASE WHEN o.off_at IS NOT NULL THEN o.off_at \
            WHEN excluded.last_at - CASE WHEN excluded.last_at - o.last_at <= $3 \
                THEN o.since ELSE excluded.since END >= $2 THEN excluded.last_at END, \
        last_at = excluded.last_at, error = excluded.error \
    RETURNING since, off_at, error";
const STATE: &str =
    "SELECT since, off_at, error FROM miomente_partner_portal_rebooking_event_outage";
const SWITCH_ON: &str = "DELETE FROM miomente_partner_portal_rebooking_event_outage";

#[async_trait]
impl EventSwitch for PostgresStore {
    async fn state(&self) -> Result<EventsState, PortError> {
        repeatable!(self, |db| state(db)).await.map_err(Failure::into_reading)
    }

    async fn failed(&self, error: &str, patience: TimeDelta) -> Result<EventsState, PortError> {
        let error = error.to_owned();
        repeatable!(self, |db, error| failed(db, error, patience)).await.map_err(Failure::into_port)
    }

    async fn switch_on(&self) -> Result<bool, PortError> {
        repeatable!(self, |db| switch_on(db)).await.map_err(Failure::into_port)
    }
}

async fn state(db: &mut PgConnection) -> Result<EventsState, Failure> {
    match sqlx::query(STATE).fetch_optional(db).await? {
        Some(row) => read(&row),
        None => Ok(EventsState::On),
    }
}

async fn failed(
    db: &mut PgConnection,
    error: String,
    patience: TimeDelta,
) -> Result<EventsState, Failure> {
    let noted = sqlx::query(FAILED).bind(error).bind(patience).bind(EventsState::SAME_OUTAGE);
    read(&noted.fetch_one(db).await?)
}

async fn switch_on(db: &mut PgConnection) -> Result<bool, Failure> {
    Ok(sqlx::query(SWITCH_ON).execute(db).await?.rows_affected() > 0)
}

fn read(row: &PgRow) -> Result<EventsState, Failure> {
    let (since, off_at): (DateTime<Utc>, Option<DateTime<Utc>>) =
        (row.try_get("since")?, row.try_get("off_at")?);
    let error = row.try_get("error")?;
    Ok(match off_at {
        Some(at) => EventsState::SwitchedOff { since, at, error },
        None => EventsState::Failing { since, error },
    })
}
