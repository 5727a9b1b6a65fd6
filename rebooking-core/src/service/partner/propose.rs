//! *Propose*: what partners choose from before they act. Changes nothing.

use std::collections::BTreeMap;

use crate::confirmation::Confirmation;
use crate::error::{RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::store::ConfirmationKey;
use crate::proposal::Proposals;
use crate::service::{AsPartner, IfDeclined};
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseDateId, CourseId};

/// What a partner may do with one request beside confirming it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfirmationOptions {
    /// Dates of the course to propose in its place, by time: what [`Proposals`] allows.
    pub proposals: Vec<CourseDate>,
    /// How many bookings live on its date and would be declined with it; at most
    /// [`ConfirmationOptions::MAX`] are counted.
    pub bookings_on_date: u32,
    /// What declining it would mean for its customer.
    pub if_declined: IfDeclined,
}

impl ConfirmationOptions {
    /// How many bookings on a date are counted.
    pub const MAX: u32 = 1000;
}

impl AsPartner<'_> {
    /// For each of these requests what its partner may do instead of confirming it. Each course and
    /// each date is read once.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] where one is another partner's (promise I10), and
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn confirmation_options(
        self,
        requests: &[Confirmation],
    ) -> Result<Vec<ConfirmationOptions>, RebookError> {
        let mut courses: BTreeMap<CourseId, AsOf<Vec<CourseDate>>> = BTreeMap::new();
        let mut counts: BTreeMap<CourseDateId, u32> = BTreeMap::new();
        let mut found = Vec::with_capacity(requests.len());
        let own = |request: &Confirmation| request.booking.partner.id == self.partner;
        if !requests.iter().all(own) {
            return Err(RebookError::NotFound(Resource::Confirmation));
        }
        for request in requests {
            let (course, date) = (request.booking.course.id, request.booking.slot.id);
            let dates = match courses.remove(&course) {
                Some(known) => known,
                None => self.rebookings.store().dates(course).await?,
            };
            let count = match counts.get(&date) {
                Some(known) => *known,
                None => self.count_live_on(date).await?,
            };
            let (proposals, if_declined) = match request.state.is_live() {
                true => self.options(request, &dates).await?,
                // It is over: nothing is proposed any more.
                false => (Vec::new(), IfDeclined::Nothing),
            };
            found.push(ConfirmationOptions { proposals, bookings_on_date: count, if_declined });
            courses.insert(course, dates);
            counts.insert(date, count);
        }
        Ok(found)
    }

    /// What may be proposed, and what the decline would mean. Found by the same key as what is
    /// declined, so that both see the same dates as lost.
    async fn options(
        self,
        request: &Confirmation,
        dates: &AsOf<Vec<CourseDate>>,
    ) -> Result<(Vec<CourseDate>, IfDeclined), RebookError> {
        let seen = self.rebookings.find_confirmation(&ConfirmationKey::Id(request.id)).await?;
        let newest = seen.as_ref().map(|seen| &seen.value);
        let newest = newest.and_then(|seen| seen.opened_by.as_ref().or(seen.latest.as_ref()));
        let proposals = Proposals::new(request, newest, self.rebookings.policy(), dates.now);
        let proposals = proposals.dates(&dates.value);
        let if_declined = match seen {
            Some(seen) => self.rebookings.if_declined(seen).await?,
            None => IfDeclined::Nothing,
        };
        Ok((proposals, if_declined))
    }

    async fn count_live_on(self, date: CourseDateId) -> Result<u32, RebookError> {
        let live = self
            .rebookings
            .store()
            .live_confirmations(Some(date), ConfirmationOptions::MAX)
            .await?
            .value
            .len();
        Ok(u32::try_from(live).unwrap_or(ConfirmationOptions::MAX))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::ports::RebookingStore as _;
    use crate::ports::store::CaseKey;
    use crate::testing::{World, samples};
    use crate::value::ids::PartnerId;

    #[tokio::test]
    async fn a_partner_may_propose_dates_ahead_with_room_and_sees_how_many_a_withdrawal_hits() {
        let world = World::new();
        world.seed().await.unwrap();
        for item in [7001, 7002] {
            world.store.open_confirmation(&samples::booking_of(item)).await.unwrap();
        }
        let mut others = samples::course_date(9, samples::now() + TimeDelta::days(9), 5);
        others.partner.as_mut().unwrap().id = PartnerId::new(6);
        world.store.upsert_dates(&[others]).await.unwrap();
        let page = crate::ports::reports::PageRequest::default();
        let requests = world
            .rebookings
            .partner(samples::partner().id)
            .confirmations(None, page)
            .await
            .unwrap()
            .rows;
        let found = world
            .rebookings
            .partner(samples::partner().id)
            .confirmation_options(&requests)
            .await
            .unwrap();
        assert_eq!(found.len(), 2);
        for instead in found {
            let ids: Vec<_> = instead.proposals.iter().map(CourseDate::id).collect();
            assert_eq!(
                ids,
                World::DATES[..2],
                "not the single place, not the booked one, not another's"
            );
            assert_eq!(instead.bookings_on_date, 2);
        }
    }

    #[tokio::test]
    async fn a_partner_is_told_of_their_own_bookings_alone() {
        let world = World::new();
        let declined = world.declined_booking().await;
        let key = CaseKey::Confirmation(ConfirmationKey::Id(declined.confirmation));
        let case = world.store.find(&key).await.unwrap().value.into_confirmation().unwrap();
        let stranger = PartnerId::new(samples::partner().id.value() + 1);
        let refused =
            world.rebookings.partner(stranger).confirmation_options(&[case.confirmation]).await;
        assert!(
            matches!(refused, Err(RebookError::NotFound(Resource::Confirmation))),
            "{refused:?}"
        );
    }
}
