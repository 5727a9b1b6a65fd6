//! Partners' calendars.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::MemoryStore;
use super::state::{CalendarAddress, State};
use crate::audit::{AuditEntry, AuditEvent, Subject};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::link::LinkDigest;
use crate::ports::{PartnerCalendars, PortError};
use crate::value::ids::{CaseId, PartnerId};

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
        self.read(|state, _| {
            let is_confirmed =
                |request: &Confirmation| request.state == ConfirmationState::Confirmed;
            state.calendar(partner, since, limit, is_confirmed)
        })
        .await
    }

    async fn calendar_cancelled(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Confirmation>, PortError> {
        self.read(|state, _| {
            let is_cancelled = |request: &Confirmation| {
                !request.state.is_live() && state.has_been_confirmed(request)
            };
            state.calendar(partner, since, limit, is_cancelled)
        })
        .await
    }
}

impl State {
    fn calendar(
        &self,
        partner: PartnerId,
        since: DateTime<Utc>,
        limit: u32,
        is_meant: impl Fn(&Confirmation) -> bool,
    ) -> Vec<Confirmation> {
        let is_shown = |request: &&Confirmation| {
            request.booking.partner.id == partner
                && is_meant(request)
                && request.booking.slot.ends_at > since
                && !request.booking.customer.email.is_forgotten()
        };
        let requests = self.confirmations.values().map(AsRef::as_ref);
        let mut shown: Vec<Confirmation> = requests.filter(is_shown).cloned().collect();
        shown.sort_by_key(|request| (request.booking.slot.ends_at, request.id));
        shown.truncate(limit as usize);
        shown
    }

    fn has_been_confirmed(&self, request: &Confirmation) -> bool {
        let booking = Subject::Booking(CaseId::from(request.booking.item));
        let subject = request.token.map_or(booking, Subject::Token);
        let is_so = |entry: &AuditEntry| {
            entry.subject == subject && entry.event == AuditEvent::PartnerConfirmed
        };
        self.audit.iter().any(is_so)
    }
}
