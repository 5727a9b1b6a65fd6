//! The maps, and how they are looked through.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::audit::AuditEvent;
use rebooking_core::confirmation::Confirmation;
use rebooking_core::effect::{Checkpoint, Effect, EffectKey};
use rebooking_core::ports::store::{CaseKey, CaseState, ConfirmationKey, SweepReason, TokenKey};
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, TokenRef,
};
use rebooking_core::value::text::FreeText;

/// All that is kept. A commit works on a copy, which takes the place of this one or is dropped.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) tokens: BTreeMap<TokenRef, RebookingToken>,
    pub(crate) confirmations: BTreeMap<ConfirmationId, Confirmation>,
    pub(crate) dates: BTreeMap<CourseDateId, KeptDate>,
    pub(crate) effects: BTreeMap<EffectId, KeptEffect>,
    pub(crate) keys: BTreeMap<EffectKey, EffectId>,
    /// What is noted once a link. A host with reports keeps the whole history.
    pub(crate) noted: BTreeSet<(TokenRef, &'static str)>,
    last_number: i64,
}

#[derive(Clone)]
pub(crate) struct KeptDate {
    pub(crate) date: CourseDate,
    pub(crate) withdrawal: FreeText,
}

#[derive(Clone)]
pub(crate) struct KeptEffect {
    pub(crate) effect: Effect,
    pub(crate) fence: u64,
    pub(crate) checkpoint: Checkpoint,
}

impl State {
    pub(crate) fn next_number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    pub(crate) fn has_noted(&self, token: TokenRef, event: AuditEvent) -> bool {
        self.noted.contains(&(token, event.as_str()))
    }

    pub(crate) fn tokens_of(
        &self,
        case: CaseId,
    ) -> impl DoubleEndedIterator<Item = &RebookingToken> {
        let (first, last) = (TokenRef { case, step: 0 }, TokenRef { case, step: u32::MAX });
        self.tokens.range(first..=last).map(|(_, token)| token)
    }

    pub(crate) fn newest(&self, case: CaseId) -> Option<&RebookingToken> {
        self.tokens_of(case).next_back()
    }

    fn is_newest(&self, token: &RebookingToken) -> bool {
        self.newest(token.id().case).is_some_and(|newest| newest.id() == token.id())
    }

    pub(crate) fn token(&self, key: &TokenKey) -> Option<&RebookingToken> {
        match key {
            TokenKey::Link(digest) => {
                self.tokens.values().find(|token| token.link().digest == *digest)
            }
            TokenKey::Id(id) => self.tokens.get(id),
            TokenKey::Newest(case) => self.newest(*case),
        }
    }

    pub(crate) fn dates_of(&self, course: CourseId, now: DateTime<Utc>) -> Vec<CourseDate> {
        let dates = self.dates.values().map(|kept| &kept.date);
        let shown = dates.filter(|date| date.course.id == course && date.slot.ends_at > now);
        shown.cloned().collect()
    }

    pub(crate) fn find(&self, key: &CaseKey) -> CaseState {
        let (confirmation, case) = match key {
            CaseKey::Id(case) => (None, Some(*case)),
            CaseKey::Item(item) => (self.live_of_item(*item), self.case_of_item(*item)),
            CaseKey::Confirmation(key) => {
                let known = self.confirmation(key);
                (known, known.and_then(|known| self.case_of(known)))
            }
        };
        let tokens = case.into_iter().flat_map(|case| self.tokens_of(case)).cloned().collect();
        CaseState { confirmation: confirmation.cloned(), tokens }
    }

    fn confirmation(&self, key: &ConfirmationKey) -> Option<&Confirmation> {
        let answers = |one: &&Confirmation, digest: &_| {
            one.answer.as_ref().is_some_and(|answer| answer.digest == *digest)
        };
        match key {
            ConfirmationKey::Id(id) => self.confirmations.get(id),
            ConfirmationKey::Link(digest) => {
                self.confirmations.values().find(|one| answers(one, digest))
            }
        }
    }

    fn live_of_item(&self, item: OrderItemId) -> Option<&Confirmation> {
        let belongs = |one: &&Confirmation| {
            let of_case = one.token.is_some_and(|token| token.case == CaseId::from(item));
            one.state.is_live() && (of_case || one.booking.item == item)
        };
        self.confirmations.values().rev().find(belongs)
    }

    fn case_of(&self, confirmation: &Confirmation) -> Option<CaseId> {
        match confirmation.token {
            Some(token) => Some(token.case),
            None => self.case_of_item(confirmation.booking.item),
        }
    }

    /// The case of the original item, or the newest of those whose booking has moved to it.
    fn case_of_item(&self, item: OrderItemId) -> Option<CaseId> {
        if let Some(own) = self.newest(CaseId::from(item)) {
            return Some(own.id().case);
        }
        let is_on = |token: &&RebookingToken| {
            token.booking().item == item || placed(token).is_some_and(|(_, on)| on == item)
        };
        let moved = self.tokens.values().filter(|token| self.is_newest(token)).filter(is_on);
        moved.max_by_key(|token| (token.issued_at(), token.id())).map(|token| token.id().case)
    }

    pub(crate) fn with_order(&self, order: OrderId) -> (Vec<RebookingToken>, Vec<Confirmation>) {
        let carries = |token: &&RebookingToken| token.current_order() == order;
        let tokens = self.tokens.values().filter(|token| self.is_newest(token)).filter(carries);
        let live = self
            .confirmations
            .values()
            .filter(|one| one.token.is_none() && one.booking.order == order && one.state.is_live());
        (tokens.cloned().collect(), live.cloned().collect())
    }

    pub(crate) fn live_confirmations_on(
        &self,
        date: CourseDateId,
    ) -> impl Iterator<Item = &Confirmation> {
        let live = self.confirmations.values();
        live.filter(move |one| one.booking.slot.id == date && one.state.is_live())
    }

    pub(crate) fn is_due(
        &self,
        token: &RebookingToken,
        why: SweepReason,
        now: DateTime<Utc>,
    ) -> bool {
        let active = match token.state() {
            TokenState::Active => true,
            TokenState::Used(_) | TokenState::Cancelled { .. } => false,
        };
        let (left, noted) = (token.expires_at() - now, token.milestones());
        let expired = left <= TimeDelta::zero();
        match why {
            SweepReason::Expired => active && expired && noted.expired_at.is_none(),
            SweepReason::Reminder(before) => {
                let long_lived = token.expires_at() - token.issued_at() > before;
                let soon = !expired && left <= before;
                active && soon && long_lived && noted.reminded_at.is_none()
            }
            SweepReason::Waiting => {
                let waits = token.wishes().iter().any(|wish| wish.waits());
                active && waits && noted.forgotten_at.is_none() && self.is_newest(token)
            }
            SweepReason::Purge(after) => {
                let over = now - token.ends_at() >= after;
                over && noted.forgotten_at.is_none() && self.is_newest(token)
            }
        }
    }
}

/// The order and the item that carry the rebooking, once the shop has made it.
pub(crate) fn placed(token: &RebookingToken) -> Option<(OrderId, OrderItemId)> {
    token.rebooking()?.order.as_ref().map(|order| (order.id, order.item))
}
