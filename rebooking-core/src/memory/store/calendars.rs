//! Partners' calendars.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::MemoryStore;
use super::state::CalendarAddress;
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::link::LinkDigest;
use crate::ports::{PartnerCalendars, PortError};
use crate::value::ids::PartnerId;

#[async_trait]
impl PartnerCalendars for MemoryStore {
    async fn put_calendar(&self, partner: PartnerId, link: &LinkDigest) -> Result<(), PortError> {
        self.call(|state, now| {
            let known = state.calendars.get(&partner).filter(|known| known.link == *link);
            let since = known.map_or(now, |known| known.since);
            state.calendars.insert(partner, CalendarAddress { link: link.clone(), since });
        })
        .await
    }

    async fn revoke_calendar(&self, partner: PartnerId) -> Result<(), PortError> {
        self.call(|state, _| {
            state.calendars.remove(&partner);
        })
        .await
    }

    async fn calendar_since(&self, partner: PartnerId) -> Result<Option<DateTime<Utc>>, PortError> {
        self.read(|state, _| state.calendars.get(&partner).map(|known| known.since)).await
    }

    async fn calendar_owner(&self, link: &LinkDigest) -> Result<Option<PartnerId>, PortError> {
        self.read(|state, _| {
            let owner = state.calendars.iter().find(|(_, known)| known.link == *link);
            owner.map(|(partner, _)| *partner)
        })
        .await
    }

    async fn calendar_bookings(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError> {
        let is_shown = |request: &&Confirmation| {
            request.booking.partner.id == partner
                && request.state == ConfirmationState::Confirmed
                && request.booking.slot.ends_at > since
                && !request.booking.customer.email.is_forgotten()
        };
        self.read(|state, _| {
            let requests = state.confirmations.values().map(AsRef::as_ref);
            let mut shown: Vec<Confirmation> = requests.filter(is_shown).cloned().collect();
            shown.sort_by_key(|request| (request.booking.slot.ends_at, request.id));
            shown.truncate(limit as usize);
            shown
        })
        .await
    }
}
