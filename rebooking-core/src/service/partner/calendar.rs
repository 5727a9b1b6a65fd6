//! *Calendar*: a partner's calendar program reads what they have confirmed at a secret address,
//! which they make, renew and revoke.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::confirmation::Confirmation;
use crate::error::RebookError;
use crate::link::{LinkPurpose, LinkSecret};
use crate::ports::PartnerCalendars;
use crate::service::{AsPartner, Rebookings};
use crate::value::ids::CaseId;

/// How long a booking stays in the calendar that is over.
const KEPT: TimeDelta = TimeDelta::days(30);

/// As many bookings as programs that subscribe take without trouble.
const MAX: u32 = 1_000;

impl AsPartner<'_> {
    /// Since when the partner has the address of their calendar; `None` for who has none. The
    /// address itself is stored nowhere.
    ///
    /// # Errors
    /// [`RebookError::NoReports`] where the host keeps no calendars, and [`RebookError::TryLater`]
    /// while the store is out of reach.
    pub async fn calendar_since(self) -> Result<Option<DateTime<Utc>>, RebookError> {
        Ok(self.calendars()?.calendar_since(self.partner).await?)
    }

    /// Gives the partner an address for their calendar, which is told here and never again. The one
    /// that they had leads nowhere from then on. Each call makes another.
    ///
    /// # Errors
    /// As [`calendar_since`](Self::calendar_since).
    pub async fn renew_calendar(self) -> Result<LinkSecret, RebookError> {
        let link = self.rebookings.new_link(LinkPurpose::Calendar)?;
        let secret = self.rebookings.secret(LinkPurpose::Calendar, &link)?;
        self.calendars()?.put_calendar(self.partner, &link.digest).await?;
        Ok(secret)
    }

    /// Takes the address away, if there is one. May be repeated.
    ///
    /// # Errors
    /// As [`calendar_since`](Self::calendar_since).
    pub async fn revoke_calendar(self) -> Result<(), RebookError> {
        Ok(self.calendars()?.revoke_calendar(self.partner).await?)
    }

    fn calendars(&self) -> Result<&dyn PartnerCalendars, RebookError> {
        self.rebookings.ports().calendars.as_deref().ok_or(RebookError::NoReports)
    }
}

impl Rebookings {
    /// What the partner has confirmed whose address it is, by time: what is to come, and what was
    /// over in the last 30 days, at most 1 000. What they had confirmed and was called off or moved
    /// away stays in it, with the state that says so, until its date is over or its case has a date
    /// of theirs again: many programs keep what only vanishes. Changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`] for an address that was never given out, is no longer theirs,
    /// or where the host keeps no calendars; [`RebookError::TryLater`] while the store is out of
    /// reach.
    pub async fn partner_calendar(
        &self,
        link: &LinkSecret,
    ) -> Result<Vec<Confirmation>, RebookError> {
        let calendars = self.ports().calendars.as_deref().ok_or(RebookError::UnknownLink)?;
        let owner = calendars.calendar_owner(&link.digest()).await?;
        let partner = owner.ok_or(RebookError::UnknownLink)?;
        let now = self.ports().clock.now();
        let confirmed = calendars.calendar_bookings(partner, now - KEPT, MAX).await?;
        let cancelled = calendars.calendar_cancelled(partner, now, MAX).await?;
        Ok(one_a_case(confirmed, cancelled))
    }
}

/// A case is one entry in a calendar: the latest of what became of it.
fn one_a_case(confirmed: Vec<Confirmation>, cancelled: Vec<Confirmation>) -> Vec<Confirmation> {
    let mut latest: HashMap<CaseId, Confirmation> = HashMap::new();
    // What was called off between the two readings is in both.
    for request in confirmed.into_iter().chain(cancelled) {
        let case = request.token.map_or(CaseId::from(request.booking.item), |token| token.case);
        let known = latest.get(&case).and_then(|known| known.token);
        if known <= request.token {
            latest.insert(case, request);
        }
    }
    let mut shown: Vec<_> = latest.into_values().collect();
    shown.sort_by_key(|request| (request.booking.slot.ends_at, request.id));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::ConfirmationState;
    use crate::link::LinkNonce;
    use crate::ports::RebookingStore as _;
    use crate::ports::store::ConfirmationKey;
    use crate::service::Decline;
    use crate::testing::{World, samples};
    use crate::value::booking::Booking;
    use crate::value::ids::PartnerId;

    async fn confirm_one(world: &World, item: i64, days: i64) {
        let slot = samples::slot(item, samples::now() + TimeDelta::days(days));
        let booking = Booking { slot, ..samples::booking_of(item) };
        let id = world.store.open_confirmation(&booking).await.unwrap();
        world.rebookings.confirm_unchecked(&ConfirmationKey::Id(id)).await.unwrap();
    }

    async fn works(world: &World, link: &LinkSecret) -> bool {
        match world.rebookings.partner_calendar(link).await {
            Ok(_) => true,
            Err(RebookError::UnknownLink) => false,
            Err(error) => panic!("{error:?}"),
        }
    }

    #[tokio::test]
    async fn what_was_over_a_month_ago_is_in_the_calendar_no_more() {
        let world = World::new();
        for (item, days) in [(7001, 9), (7002, 3), (7003, -29), (7004, -31)] {
            confirm_one(&world, item, days).await;
        }
        let link = world.rebookings.partner(samples::partner().id).renew_calendar().await.unwrap();
        let shown = world.rebookings.partner_calendar(&link).await.unwrap();
        let items: Vec<_> = shown.iter().map(|one| one.booking.item.value()).collect();
        assert_eq!(items, [7003, 7002, 7001]);
    }

    /// A date that is over is no longer worth telling of.
    #[tokio::test]
    async fn what_was_confirmed_and_called_off_stays_in_the_calendar_until_its_date_is_over() {
        let world = World::new();
        confirm_one(&world, 7001, 9).await;
        let partner = world.rebookings.partner(samples::partner().id);
        let link = partner.renew_calendar().await.unwrap();
        let request = world.rebookings.partner_calendar(&link).await.unwrap().remove(0);
        let key = ConfirmationKey::Id(request.id);
        world.rebookings.decline_unchecked(&key, &Decline::default()).await.unwrap();
        let shown = world.rebookings.partner_calendar(&link).await.unwrap();
        let states: Vec<_> = shown.iter().map(|one| (one.id, one.state)).collect();
        assert_eq!(states, [(request.id, ConfirmationState::Declined)]);
        world.clock.advance(TimeDelta::days(10));
        assert_eq!(world.rebookings.partner_calendar(&link).await.unwrap(), []);
    }

    #[tokio::test]
    async fn i10_another_partners_address_shows_nothing_of_it() {
        let world = World::new();
        confirm_one(&world, 7001, 9).await;
        let other = world.rebookings.partner(PartnerId::new(6)).renew_calendar().await.unwrap();
        assert_eq!(world.rebookings.partner_calendar(&other).await.unwrap(), []);
    }

    #[tokio::test]
    async fn an_address_works_until_it_is_renewed_or_revoked() {
        let world = World::new();
        let partner = world.rebookings.partner(samples::partner().id);
        assert_eq!(partner.calendar_since().await.unwrap(), None);
        let first = partner.renew_calendar().await.unwrap();
        assert!(works(&world, &first).await);
        assert_eq!(partner.calendar_since().await.unwrap(), Some(samples::now()));
        let second = partner.renew_calendar().await.unwrap();
        assert_eq!((works(&world, &first).await, works(&world, &second).await), (false, true));
        partner.revoke_calendar().await.unwrap();
        assert!(!works(&world, &second).await);
        assert_eq!(partner.calendar_since().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_link_of_another_purpose_is_no_address_of_a_calendar() {
        let world = World::new();
        let declined = world.declined_booking().await;
        assert!(!works(&world, &declined.link).await);
    }

    #[tokio::test]
    async fn an_address_that_is_put_again_is_theirs_since_it_was_first_put() {
        let world = World::new();
        let (store, partner) = (&world.store, samples::partner().id);
        let [first, other] = [1, 2].map(|nonce| {
            let nonce = LinkNonce([nonce; 16]);
            samples::link_keys().stamp(LinkPurpose::Calendar, nonce).unwrap().digest
        });
        for (hours, link, since) in [(0, &first, 0), (1, &first, 0), (1, &other, 2)] {
            world.clock.advance(TimeDelta::hours(hours));
            store.put_calendar(partner, link).await.unwrap();
            let expected = samples::now() + TimeDelta::hours(since);
            assert_eq!(store.calendar_since(partner).await.unwrap(), Some(expected));
        }
    }

    #[tokio::test]
    async fn what_ends_as_the_span_begins_is_over() {
        let world = World::new();
        confirm_one(&world, 7001, 9).await;
        let link = world.rebookings.partner(samples::partner().id).renew_calendar().await.unwrap();
        let shown = world.rebookings.partner_calendar(&link).await.unwrap();
        let ends_at = shown[0].booking.slot.ends_at;
        let partner = samples::partner().id;
        assert_eq!(world.store.calendar_bookings(partner, ends_at, 9).await.unwrap(), []);
    }
}
