//! The port of partners' calendars on PostgreSQL: one row a partner.

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::FutureExt as _;
use rebooking_core::confirmation::Confirmation;
use rebooking_core::link::LinkDigest;
use rebooking_core::ports::{PartnerCalendars, PortError};
use rebooking_core::value::ids::PartnerId;
use sqlx::postgres::PgConnection;

use crate::columns::confirmation_columns;
use crate::error::Failure;
use crate::row::{confirmation_of, readable};
use crate::store::{PostgresStore, repeatable};

const PUT: &str = "INSERT INTO miomente_partner_portal_rebooking_calendars AS c \
        (partner_id, digest) VALUES ($1, $2) \
    ON CONFLICT (partner_id) DO UPDATE SET digest = excluded.digest, since = excluded.since \
        WHERE c.digest <> excluded.digest";
const REVOKE: &str =
    "DELETE FROM miomente_partner_portal_rebooking_calendars WHERE partner_id = $1";
const SINCE: &str =
    "SELECT since FROM miomente_partner_portal_rebooking_calendars WHERE partner_id = $1";
pub(crate) const OWNER: &str =
    "SELECT partner_id FROM miomente_partner_portal_rebooking_calendars WHERE digest = $1";
pub(crate) const BOOKINGS: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r \
     WHERE r.partner_id = $1 AND r.state = 'confirmed' AND r.forgotten_at IS NULL \
         AND (r.booking#>>'{slot,ends_at}') COLLATE \"C\" > $2 \
     ORDER BY (r.booking#>>'{slot,ends_at}') COLLATE \"C\", r.id LIMIT $3"
);
/// Once the partner has answered, the history alone knows that they had confirmed.
pub(crate) const CANCELLED: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r \
     WHERE r.partner_id = $1 AND NOT r.live AND r.forgotten_at IS NULL \
         AND (r.booking#>>'{slot,ends_at}') COLLATE \"C\" > $2 \
         AND EXISTS (SELECT FROM miomente_partner_portal_rebooking_audit AS a \
             WHERE a.number = coalesce(r.token_case, r.item_id) \
                 AND a.step IS NOT DISTINCT FROM r.token_step AND a.event = 'partner_confirmed') \
     ORDER BY (r.booking#>>'{slot,ends_at}') COLLATE \"C\", r.id LIMIT $3"
);

#[async_trait]
impl PartnerCalendars for PostgresStore {
    async fn put_calendar(&self, partner: PartnerId, link: &LinkDigest) -> Result<(), PortError> {
        let link = link.clone();
        repeatable!(self, |db, link| put(db, partner, link)).await.map_err(Failure::into_port)
    }

    async fn revoke_calendar(&self, partner: PartnerId) -> Result<(), PortError> {
        repeatable!(self, |db| revoke(db, partner)).await.map_err(Failure::into_port)
    }

    async fn calendar_since(&self, partner: PartnerId) -> Result<Option<DateTime<Utc>>, PortError> {
        repeatable!(self, |db| since(db, partner)).await.map_err(Failure::into_reading)
    }

    async fn calendar_owner(&self, link: &LinkDigest) -> Result<Option<PartnerId>, PortError> {
        let link = link.clone();
        repeatable!(self, |db, link| owner(db, link)).await.map_err(Failure::into_reading)
    }

    async fn calendar_bookings(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError> {
        repeatable!(self, |db| bookings(db, BOOKINGS, partner, since, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn calendar_cancelled(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError> {
        repeatable!(self, |db| bookings(db, CANCELLED, partner, since, limit))
            .await
            .map_err(Failure::into_reading)
    }
}

async fn put(db: &mut PgConnection, partner: PartnerId, link: LinkDigest) -> Result<(), Failure> {
    sqlx::query(PUT).bind(partner.value()).bind(link.as_str()).execute(db).await?;
    Ok(())
}

async fn revoke(db: &mut PgConnection, partner: PartnerId) -> Result<(), Failure> {
    sqlx::query(REVOKE).bind(partner.value()).execute(db).await?;
    Ok(())
}

async fn since(
    db: &mut PgConnection,
    partner: PartnerId,
) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(sqlx::query_scalar(SINCE).bind(partner.value()).fetch_optional(db).await?)
}

async fn owner(db: &mut PgConnection, link: LinkDigest) -> Result<Option<PartnerId>, Failure> {
    let owner: Option<i64> =
        sqlx::query_scalar(OWNER).bind(link.as_str()).fetch_optional(db).await?;
    Ok(owner.map(PartnerId::new))
}

async fn bookings(
    db: &mut PgConnection,
    sql: &'static str,
    partner: PartnerId,
    since: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Confirmation>, Failure> {
    // As the documents have it.
    let since = since.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let query = sqlx::query(sql).bind(partner.value()).bind(since).bind(i64::from(limit));
    readable(&query.fetch_all(db).await?, confirmation_of)
}
