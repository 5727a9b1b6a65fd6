//! *Visit*: a person opened the page. Feeds the statistic, and keeps the promise of the page
//! without dates that support calls.

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, TicketFact};
use crate::error::RebookError;
use crate::service::{AsCustomer, LinkOffers};

/// Decides what a visit leaves behind: the first one is noted, and the first one that finds no date
/// opens a ticket. Both stand beside the token, which a visit does not change (promise I11), and
/// each is written once, whoever else looks at the same moment.
#[must_use]
pub fn decide(shown: &LinkOffers) -> Option<Change> {
    let first = !shown.visits.opened;
    let stranded = shown.offers.is_empty() && !shown.visits.found_no_dates;
    let (id, mut change) = (shown.token.id(), Change::at(shown.now));
    if first {
        change = change.audit(id, &Actor::Customer, AuditEvent::PageOpened);
    }
    if stranded {
        change = change
            .audit(id, &Actor::Customer, AuditEvent::NoDatesFound)
            .effect_once(id, EffectKind::Ticket(TicketFact::NoDates));
    }
    (first || stranded).then_some(change)
}

impl AsCustomer<'_> {
    /// Notes that a person (not a recognisable robot) was shown this. Call it beside
    /// [`show`](Self::show); token, places and attempts are not touched. May be repeated: only the
    /// first visit counts, and only the first that finds no date makes a ticket.
    /// When there is nothing to note the store is not asked.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach. The page is shown all the same.
    pub async fn visited(self, shown: &LinkOffers) -> Result<(), RebookError> {
        if let Some(change) = decide(shown) {
            // Nothing guards it, so it is applied.
            let _ = self.rebookings.commit(&change).await?;
        }
        Ok(())
    }
}
