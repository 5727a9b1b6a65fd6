//! *Visit*: a person opened the page. Feeds the statistic, and keeps the promise of the page without dates that support calls.

use chrono::{DateTime, Utc};

use super::{Decision, Rebookings, Shown};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, TicketFact};
use crate::error::RebookError;
use crate::token::RebookingToken;

/// Decides what a visit leaves behind: the first one is noted, and the first one that finds no date opens a ticket.
fn decide(token: RebookingToken, offered: usize, now: DateTime<Utc>) -> Decision<()> {
    let first = token.milestones.opened_at.is_none();
    let stranded = offered == 0 && token.usable(now).is_ok() && token.milestones.no_dates_at.is_none();
    if !first && !stranded {
        return Decision::unchanged(());
    }
    let id = token.id;
    let mut next = token;
    let mut change = Change::at(now);
    if first {
        next.milestones.opened_at = Some(now);
        change = change.audit(id, &Actor::Customer, AuditEvent::PageOpened);
    }
    if stranded {
        next.milestones.no_dates_at = Some(now);
        change = change
            .audit(id, &Actor::Customer, AuditEvent::NoDatesFound)
            .effect_once(id, EffectKind::Ticket(TicketFact::NoDates));
    }
    Decision::commit(change.update(next), ())
}

impl Rebookings {
    /// Notes that a person (not a recognisable robot) was shown this. Call it beside [`Rebookings::show`]; the token's use, places
    /// and attempts are not touched. May be repeated: only the first visit counts, and only the first that finds no date makes a
    /// ticket (spec, FR-4.5). When there is nothing to note the store is not asked.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach. The page is shown all the same.
    pub async fn visited(&self, shown: &Shown) -> Result<(), RebookError> {
        let (id, offered) = (shown.token.id, shown.offers.len());
        if decide(shown.token.clone(), offered, shown.now).change.is_none() {
            return Ok(());
        }
        self.decided(|| async {
            let seen = self.store().token(id, &self.policy().alternatives).await?;
            Ok(seen.map_or(Decision::unchanged(()), |seen| decide(seen.value.token, offered, seen.now)))
        })
        .await
    }
}
