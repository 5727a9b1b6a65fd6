//! What the sweep looks for.

use chrono::{DateTime, Utc};

use super::state::State;
use crate::confirmation::Overdue;
use crate::ports::store::SweepReason;
use crate::token::{RebookingToken, TokenState};
use crate::value::ids::{ConfirmationId, TokenRef};
use crate::wish::Wish;

impl State {
    pub(super) fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Vec<TokenRef> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        let rows = self.tokens.range((from, Unbounded)).map(|(_, token)| token.as_ref());
        rows.filter(|token| self.is_due_for(token, reason, now))
            .take(limit)
            .map(|token| token.id())
            .collect()
    }

    pub(super) fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Vec<ConfirmationId> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        let rows = self.confirmations.range((from, Unbounded)).map(|(_, request)| request);
        let due = rows.filter(|request| overdue.is_due(request, request.opened_at, now));
        due.take(limit).map(|request| request.id).collect()
    }

    fn is_due_for(&self, token: &RebookingToken, reason: SweepReason, now: DateTime<Utc>) -> bool {
        let active = match token.state() {
            TokenState::Active => true,
            TokenState::Used(_) | TokenState::Cancelled { .. } => false,
        };
        let newest =
            || self.latest(token.id().case).is_some_and(|latest| latest.id() == token.id());
        let (left, noted) = (token.expires_at() - now, token.milestones());
        let expired = left <= chrono::TimeDelta::zero();
        match reason {
            SweepReason::Expired => active && expired && noted.expired_at.is_none(),
            SweepReason::Reminder(before) => {
                let long_lived = token.expires_at() - token.issued_at() > before;
                active && !expired && left <= before && long_lived && noted.reminded_at.is_none()
            }
            SweepReason::Waiting => {
                let waits = token.wishes().iter().any(Wish::waits);
                active && waits && noted.forgotten_at.is_none() && newest()
            }
            SweepReason::Purge(after) => {
                let over = now - token.ends_at() >= after;
                over && noted.forgotten_at.is_none() && newest()
            }
        }
    }
}
