//! *Withdraw a date*: the partner takes a whole date back; every booking on it is declined.

use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, DateWrite};
use crate::error::{InvalidInput, RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::store::{ConfirmationKey, DateDetails};
use crate::service::{AsPartner, Decision, Decline, Declined, Rebookings};
use crate::token::Cause;
use crate::value::ids::{CourseDateId, PartnerId};
use crate::value::text::FreeText;

/// What became of a withdrawn date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withdrawn {
    /// Bookings whose customers get a link by this call. A sweep that runs at the same moment may
    /// be first with some of them; those are not among these.
    pub links: u32,
    /// Bookings that were moved to a backup of their customer's at once, counted in the same way.
    pub rebooked: u32,
    /// Bookings whose case has had its links, counted in the same way.
    pub without_link: u32,
}

/// How many bookings are declined between two looks at the store.
const BATCH: u32 = 100;

fn mark(
    seen: AsOf<DateDetails>,
    partner: PartnerId,
    reason: &FreeText,
) -> Result<Decision<()>, RebookError> {
    let AsOf { now, value: DateDetails { date, partners, .. } } = seen;
    let theirs = match &date.partner {
        Some(owner) => owner.id == partner,
        None => partners == [partner],
    };
    if !theirs {
        return Err(RebookError::NotFound(Resource::Date));
    }
    if date.withdrawn {
        return Ok(Decision::unchanged(()));
    }
    let change = Change::at(now)
        .audit(Subject::Date(date.id()), &Actor::Partner(partner), AuditEvent::DateWithdrawn)
        .date(DateWrite::Withdraw { date: date.id(), reason: reason.clone() });
    Ok(Decision::commit(change, ()))
}

impl AsPartner<'_> {
    /// Offers the date no more and declines every live booking on it. The mark is committed first,
    /// so nobody can slip in; should this process end half-way, the sweep declines the rest. May be
    /// repeated.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] for no such date or another partner's (promise I10),
    /// [`RebookError::Invalid`] without a reason, and [`RebookError::TryLater`] while the store is
    /// out of reach: what has been declined stays so, and the rest follows.
    pub async fn withdraw(
        self,
        date: CourseDateId,
        reason: &FreeText,
    ) -> Result<Withdrawn, RebookError> {
        if reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let Self { rebookings, partner } = self;
        rebookings
            .decided(|| async {
                let seen = rebookings
                    .store()
                    .date(date)
                    .await?
                    .ok_or(RebookError::NotFound(Resource::Date))?;
                mark(seen, partner, reason)
            })
            .await?;
        rebookings.decline_withdrawn(Some(date)).await
    }
}

impl Rebookings {
    /// Declines what is still live on one withdrawn date, or on all of them.
    pub(in crate::service) async fn decline_withdrawn(
        &self,
        date: Option<CourseDateId>,
    ) -> Result<Withdrawn, RebookError> {
        let mut done = Withdrawn::default();
        loop {
            let before = done;
            let live = self.store().live_confirmations(date, BATCH).await?.value;
            for request in live {
                let decline = Decline { reason: request.withdrawal, proposed: Vec::new() };
                match self
                    .decline_for(
                        None,
                        &ConfirmationKey::Id(request.id),
                        &decline,
                        Cause::DateWithdrawn,
                    )
                    .await
                {
                    Ok(Declined::LinkIssued(_)) => done.links += 1,
                    Ok(Declined::BackupBooked(_)) => done.rebooked += 1,
                    Ok(Declined::LimitReached(_)) => done.without_link += 1,
                    Ok(Declined::Already | Declined::AlreadyOtherwise) => {}
                    Err(error @ RebookError::TryLater(_)) => return Err(error),
                    // One request that cannot be declined must not keep the others from it.
                    Err(error) if error.is_listed() => {}
                    Err(error) => {
                        let error = error.phrase();
                        tracing::error!(request = %request.id, %error, "cannot decline on a \
                            withdrawn date");
                    }
                }
            }
            if done == before {
                return Ok(done);
            }
        }
    }
}
