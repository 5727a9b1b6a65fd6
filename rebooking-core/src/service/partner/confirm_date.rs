//! *Confirm a date*: the partner says yes to everybody on it at once.

use crate::confirmation::Confirmation;
use crate::error::{Conflict, RebookError, Resource};
use crate::ports::store::ConfirmationKey;
use crate::rebooking::InvalidTransition;
use crate::service::{AsPartner, ConfirmationOptions, Confirmed};
use crate::value::ids::{ConfirmationId, CourseDateId};

/// What became of the requests for a date that was confirmed as a whole, each in the order of their
/// numbers.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct DateConfirmed {
    /// Those that are confirmed now, or were before.
    pub confirmed: Vec<ConfirmationId>,
    /// Those that are not.
    pub refused: Vec<NotConfirmed>,
}

/// One request that could not be confirmed with the others of its date.
#[derive(Debug)]
#[non_exhaustive]
pub struct NotConfirmed {
    /// Which one.
    pub id: ConfirmationId,
    /// Why not: what [`AsPartner::confirm`] refused it with.
    pub why: RebookError,
    /// How it stands meanwhile; `None` where it cannot be read or is another partner's by now.
    pub request: Option<Confirmation>,
}

impl AsPartner<'_> {
    /// Confirms every request of the partner's on a date, each decided and committed on its own, as
    /// [`confirm`](Self::confirm) does, and says what became of each; at most
    /// [`ConfirmationOptions::MAX`] of them. Those that wait for their order are left out: the
    /// partner is asked about them later. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] for no such date or another partner's (promise I10), and
    /// [`RebookError::TryLater`] while the store is out of reach: what was confirmed stays so.
    pub async fn confirm_date(self, date: CourseDateId) -> Result<DateConfirmed, RebookError> {
        let store = self.rebookings.store();
        let live = store.live_confirmations(Some(date), ConfirmationOptions::MAX).await?.value;
        let own = live.iter().filter(|request| request.partner == self.partner);
        let mut own: Vec<ConfirmationId> = own.map(|request| request.id).collect();
        if own.is_empty() && !self.gives(date).await? {
            return Err(RebookError::NotFound(Resource::Date));
        }
        own.sort_unstable();
        self.confirm_each(own).await
    }

    /// What was open when it was looked up need not be so any more.
    async fn confirm_each(self, ids: Vec<ConfirmationId>) -> Result<DateConfirmed, RebookError> {
        let mut done = DateConfirmed::default();
        for id in ids {
            match self.confirm(&ConfirmationKey::Id(id)).await {
                Ok(Confirmed::Now | Confirmed::Already) => done.confirmed.push(id),
                Err(error) if is_not_asked_yet(&error) => {}
                Err(error @ RebookError::TryLater(_)) => return Err(error),
                // One request that cannot be confirmed must not keep the others from it.
                Err(why) => {
                    let request = self.own_request(id).await;
                    done.refused.push(NotConfirmed { id, why, request });
                }
            }
        }
        Ok(done)
    }

    /// Whether it is this partner's to give.
    async fn gives(self, date: CourseDateId) -> Result<bool, RebookError> {
        let seen = self.rebookings.store().date(date).await?;
        let owner = seen.and_then(|seen| seen.value.date.partner);
        Ok(owner.is_some_and(|owner| owner.id == self.partner))
    }

    async fn own_request(self, id: ConfirmationId) -> Option<Confirmation> {
        let seen = self.rebookings.find_confirmation(&ConfirmationKey::Id(id)).await.ok()??;
        let request = seen.value.confirmation;
        (request.booking.partner.id == self.partner).then_some(request)
    }
}

const fn is_not_asked_yet(error: &RebookError) -> bool {
    matches!(error, RebookError::Conflict(Conflict::Rebooking(InvalidTransition::NotAskedYet)))
}

#[cfg(test)]
mod tests;
