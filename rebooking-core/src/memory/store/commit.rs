//! Applies a change as a whole or not at all.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::draft::Draft;
use super::snapshot::KeptEffect;
use super::state::{KeptDate, State};
use super::weakness::Weakness;
use crate::attempts::Attempts;
use crate::change::{
    Change, Commit, ConfirmationNote, ConfirmationWrite, DateWrite, Guard, StockWrite, TokenWrite,
};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Checkpoint, Effect, EffectState, NewEffect};
use crate::ports::PortError;
use crate::token::{RebookingToken, TokenParts, TokenState};
use crate::value::customer::Customer;
use crate::value::ids::{CaseId, ConfirmationId, OrderItemId};
use crate::value::text::FreeText;

/// Why a change is not applied.
pub(super) enum Stop {
    Lost(Guard),
    /// No decision of this library asks for it.
    Unsupported(&'static str),
}

impl State {
    pub(super) fn commit(
        &mut self,
        change: &Change,
        now: DateTime<Utc>,
    ) -> Result<Commit, PortError> {
        let atomic = !self.weaknesses.contains(&Weakness::Atomicity);
        let mut draft = Draft::new(self, now);
        let stop = match draft.apply(change) {
            Ok(()) => return Ok(Commit::Applied),
            Err(stop) => stop,
        };
        if atomic {
            draft.roll_back();
        }
        match stop {
            Stop::Lost(guard) => Ok(Commit::Lost(guard)),
            Stop::Unsupported(why) => Err(PortError::Permanent(why.into())),
        }
    }
}

impl Draft<'_> {
    fn apply(&mut self, change: &Change) -> Result<(), Stop> {
        for write in &change.tokens {
            match write {
                TokenWrite::Issue(token) => self.issue(token)?,
                TokenWrite::Update { next, unexpired } => self.update(next, *unexpired)?,
            }
        }
        for write in &change.confirmations {
            self.write_confirmation(write)?;
        }
        for write in &change.stock {
            self.write_stock(*write);
        }
        if let Some(write) = &change.effect {
            self.note(write)?;
        }
        for effect in &change.effects {
            self.ask(effect);
        }
        if let Some(case) = change.forget {
            self.forget(case);
        }
        for entry in &change.audit {
            self.audit(entry.clone());
        }
        for write in &change.dates {
            self.write_date(write)?;
        }
        Ok(())
    }

    /// Whether a guard holds, or has been taken off.
    pub(super) fn hold(&self, guard: Guard, holds: bool) -> Result<(), Stop> {
        let weakness = match guard {
            Guard::Token => Weakness::Token,
            Guard::Expiry => Weakness::Expiry,
            Guard::Step => Weakness::Step,
            Guard::Confirmation => Weakness::Confirmation,
            Guard::Places => Weakness::Places,
            Guard::Lease => Weakness::Lease,
            Guard::Effect => Weakness::Effect,
        };
        if holds || self.state.weaknesses.contains(&weakness) {
            Ok(())
        } else {
            Err(Stop::Lost(guard))
        }
    }

    fn issue(&mut self, token: &RebookingToken) -> Result<(), Stop> {
        let taken = self.state.tokens.contains_key(&token.id())
            || self.state.by_digest.contains_key(&token.link().digest);
        self.hold(Guard::Step, !taken)?;
        self.token(token.clone());
        Ok(())
    }

    fn update(&mut self, next: &RebookingToken, unexpired: bool) -> Result<(), Stop> {
        let Some(stored) = self.state.tokens.get(&next.id()) else {
            return Err(Stop::Lost(Guard::Token));
        };
        self.hold(Guard::Token, stored.version() == next.version())?;
        self.hold(Guard::Expiry, !unexpired || self.now < stored.expires_at())?;
        let version = stored.version().max(next.version());
        let next = TokenParts { version, ..next.clone().into_parts() };
        self.next_version(RebookingToken::restore(next));
        Ok(())
    }

    /// Writes a token, as the version after the one that it has.
    pub(super) fn next_version(&mut self, token: RebookingToken) {
        let version = token.version().saturating_add(1);
        self.token(RebookingToken::restore(TokenParts { version, ..token.into_parts() }));
    }

    fn write_confirmation(&mut self, write: &ConfirmationWrite) -> Result<(), Stop> {
        match write {
            ConfirmationWrite::Open { token, booking, answer } => {
                let stored = self
                    .state
                    .tokens
                    .get(token)
                    .ok_or(Stop::Unsupported("a request of no token"))?;
                let mut used = RebookingToken::clone(stored).into_parts();
                let TokenState::Used(rebooking) = &mut used.state else {
                    return Err(Stop::Unsupported("a request of a token without a rebooking"));
                };
                let id = self.state.next_confirmation();
                rebooking.confirmation = Some(id);
                self.token(RebookingToken::restore(used));
                self.confirmation(Confirmation {
                    id,
                    booking: booking.as_ref().clone(),
                    token: Some(*token),
                    answer: Some(answer.clone()),
                    attempts: Attempts::default(),
                    state: ConfirmationState::Waiting,
                    reason: FreeText::default(),
                    opened_at: self.now,
                    reminded_at: None,
                    silent_at: None,
                });
            }
            ConfirmationWrite::Move { id, from, to, reason, booking } => {
                let stored =
                    self.state.confirmations.get(id).ok_or(Stop::Lost(Guard::Confirmation))?;
                self.hold(Guard::Confirmation, from.contains(&stored.state))?;
                let mut next = Confirmation::clone(stored);
                next.state = *to;
                if !reason.is_empty() {
                    next.reason = reason.clone();
                }
                if let Some(booking) = booking {
                    next.booking = booking.as_ref().clone();
                }
                self.confirmation(next);
            }
            ConfirmationWrite::Attempt { id, read, attempts } => {
                let stored =
                    self.state.confirmations.get(id).ok_or(Stop::Lost(Guard::Confirmation))?;
                self.hold(Guard::Confirmation, stored.attempts.total == *read)?;
                let attempts = attempts.clone();
                self.confirmation(Confirmation { attempts, ..stored.as_ref().clone() });
            }
            ConfirmationWrite::Note { id, note } => {
                let stored =
                    self.state.confirmations.get(id).ok_or(Stop::Lost(Guard::Confirmation))?;
                let mut next = Confirmation::clone(stored);
                let noted = match note {
                    ConfirmationNote::Reminded => &mut next.reminded_at,
                    ConfirmationNote::Silent => &mut next.silent_at,
                };
                let holds = stored.state == ConfirmationState::Pending && noted.is_none();
                *noted = Some(self.now);
                self.hold(Guard::Confirmation, holds)?;
                self.confirmation(next);
            }
            ConfirmationWrite::Absent(item) => {
                let known = self.requests_of(*item);
                let mut known = known.iter().filter_map(|id| self.state.confirmations.get(id));
                let live = known.any(|one| {
                    one.token.is_none() && one.booking.item == *item && one.state.is_live()
                });
                self.hold(Guard::Confirmation, !live)?;
            }
        }
        Ok(())
    }

    fn write_stock(&mut self, write: StockWrite) {
        match write {
            StockWrite::Reserved(id) => self.stock(id, Some(self.now)),
            StockWrite::Released(_) if self.state.weaknesses.contains(&Weakness::Released) => {}
            StockWrite::Released(item) => {
                for id in self.requests_of(item) {
                    let request = self.state.confirmations.get(&id);
                    if request.is_some_and(|request| request.booking.item == item) {
                        self.stock(id, None);
                    }
                }
            }
        }
    }

    pub(super) fn ask(&mut self, new: &NewEffect) {
        let known = self.state.by_key.contains_key(&new.key);
        if known && !self.state.weaknesses.contains(&Weakness::EffectKeys) {
            return;
        }
        let effect = Effect {
            id: self.state.next_effect(),
            key: new.key.clone(),
            token: new.token,
            kind: new.kind,
            state: EffectState::Waiting { due_at: self.now },
            attempts: 0,
            last_error: None,
            created_at: self.now,
            since: self.now,
        };
        self.effect(KeptEffect { effect, fence: 0, checkpoint: Checkpoint::default() });
    }

    /// Wipes a case. Each token's version moves on, so that a change decided on what was known
    /// before cannot bring it back.
    fn forget(&mut self, case: CaseId) {
        self.hush(case);
        let tokens: Vec<RebookingToken> =
            self.state.tokens_of(case).map(|token| token.as_ref().clone()).collect();
        let requests = self.state.requests_about(case);
        for token in tokens {
            let at = token.milestones().forgotten_at.unwrap_or(self.now);
            let wiped = token.clone().forgotten(at);
            if wiped != token {
                self.token(RebookingToken::restore(TokenParts {
                    version: wiped.version().saturating_add(1),
                    ..wiped.into_parts()
                }));
            }
        }
        for id in requests {
            let Some(stored) = self.state.confirmations.get(&id) else { continue };
            let mut wiped = Confirmation::clone(stored);
            wiped.booking.customer = Customer::forgotten(wiped.booking.customer.language);
            wiped.reason = FreeText::default();
            self.confirmation(wiped);
        }
    }

    fn requests_of(&self, item: OrderItemId) -> BTreeSet<ConfirmationId> {
        self.state.requests_of_item.get(&item).cloned().unwrap_or_default()
    }

    fn write_date(&mut self, write: &DateWrite) -> Result<(), Stop> {
        let known = self.state.dates.get(&write.date()).map(|kept| KeptDate::clone(kept));
        match write {
            DateWrite::Take { places, .. } => {
                let open = known.as_ref().filter(|kept| !kept.date.withdrawn);
                let free = open.map(|kept| kept.shown().free());
                self.hold(Guard::Places, free.is_some_and(|free| free >= *places))?;
                if let Some(mut kept) = known {
                    kept.date.taken = kept.date.taken.saturating_add(*places);
                    self.date(kept);
                }
            }
            DateWrite::GiveBack { places, .. } => {
                if let Some(mut kept) = known {
                    kept.date.taken = kept.date.taken.saturating_sub(*places);
                    self.date(kept);
                }
            }
            DateWrite::Withdraw { reason, .. } => {
                if let Some(mut kept) = known.filter(|kept| !kept.date.withdrawn) {
                    (kept.date.withdrawn, kept.withdrawal) = (true, reason.clone());
                    self.date(kept);
                }
            }
        }
        Ok(())
    }
}
