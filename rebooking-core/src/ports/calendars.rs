//! Calendars: the secret address at which a partner's calendar program reads their bookings.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::PortError;
use crate::confirmation::Confirmation;
use crate::link::LinkDigest;
use crate::value::ids::PartnerId;

/// Keeps the digest of the address of each partner's calendar, from which no address can be made. A
/// partner has one at most. What is written is durable, and holds in every process on the same
/// data, from the answer on.
#[async_trait]
pub trait PartnerCalendars: Send + Sync {
    /// Gives a partner this address in place of the one that they had, which leads nowhere from
    /// then on. May be repeated.
    async fn put_calendar(&self, partner: PartnerId, link: &LinkDigest) -> Result<(), PortError>;

    /// Takes a partner's address away, if they have one. May be repeated.
    async fn revoke_calendar(&self, partner: PartnerId) -> Result<(), PortError>;

    /// Since when a partner has the address that they have; `None` for who has none.
    async fn calendar_since(&self, partner: PartnerId) -> Result<Option<DateTime<Utc>>, PortError>;

    /// Whose address it is; `None` for one that was never given out, or that is no longer theirs.
    async fn calendar_owner(&self, link: &LinkDigest) -> Result<Option<PartnerId>, PortError>;

    /// What a partner has confirmed and that ends after `since`, by the end of the course and then
    /// by number, at most `limit` (promise I10: only this partner's). What was forgotten is left
    /// out, and a row that makes no sense, which the log names once.
    async fn calendar_bookings(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError>;

    /// What a partner had confirmed and that was declined or withdrawn since, in the same way.
    async fn calendar_cancelled(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError>;
}
