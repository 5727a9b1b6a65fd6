//! Applies a change to a copy of everything; a guard that fails drops the copy.

use chrono::{DateTime, Utc};
use rebooking_core::attempts::Attempts;
use rebooking_core::audit::{AuditEntry, Subject};
use rebooking_core::change::{
    Change, ConfirmationNote, ConfirmationWrite, DateWrite, EffectWrite, Guard, TokenWrite,
};
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::effect::{
    Checkpoint, Effect, EffectKind, EffectState, MailKind, NewEffect, Outcome,
};
use rebooking_core::link::StoredLink;
use rebooking_core::ports::PortError;
use rebooking_core::ports::store::TokenKey;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::Customer;
use rebooking_core::value::ids::{CaseId, ConfirmationId, EffectId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;

use crate::state::{KeptEffect, State, placed};

/// Why a change is not applied.
pub(crate) enum Stop {
    Lost(Guard),
    Failed(PortError),
}

fn hold(guard: Guard, holds: bool) -> Result<(), Stop> {
    if holds { Ok(()) } else { Err(Stop::Lost(guard)) }
}

fn unsupported(why: &'static str) -> Stop {
    Stop::Failed(PortError::Permanent(why.into()))
}

impl State {
    pub(crate) fn apply(&mut self, change: &Change, now: DateTime<Utc>) -> Result<(), Stop> {
        for write in &change.tokens {
            self.write_token(write, now)?;
        }
        for write in &change.confirmations {
            self.write_confirmation(write, now)?;
        }
        if let Some(write) = &change.effect {
            self.write_effect(write, now)?;
        }
        for effect in &change.effects {
            self.ask(effect, now);
        }
        if let Some(case) = change.forget {
            self.forget(case, now);
        }
        for entry in &change.audit {
            self.note(entry);
        }
        change.dates.iter().try_for_each(|write| self.write_date(write))
    }

    fn write_token(&mut self, write: &TokenWrite, now: DateTime<Utc>) -> Result<(), Stop> {
        match write {
            TokenWrite::Issue(token) => {
                let link = TokenKey::Link(token.link().digest.clone());
                let is_new = !self.tokens.contains_key(&token.id()) && self.token(&link).is_none();
                hold(Guard::Step, is_new)?;
                self.tokens.insert(token.id(), token.as_ref().clone());
            }
            TokenWrite::Update { next, unexpired } => {
                let stored = self.tokens.get(&next.id()).ok_or(Stop::Lost(Guard::Token))?;
                hold(Guard::Token, stored.version() == next.version())?;
                hold(Guard::Expiry, !unexpired || now < stored.expires_at())?;
                self.put_next(next.as_ref().clone());
            }
        }
        Ok(())
    }

    /// Each write counts, so that what was decided on the one before is lost.
    fn put_next(&mut self, token: RebookingToken) {
        let id = token.id();
        let mut parts = token.into_parts();
        parts.version += 1;
        self.tokens.insert(id, RebookingToken::restore(parts));
    }

    fn write_confirmation(
        &mut self,
        write: &ConfirmationWrite,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        match write {
            ConfirmationWrite::Open { token, booking, answer } => {
                let id = ConfirmationId::new(self.next_number());
                let used = self.tokens.get(token).ok_or_else(|| unsupported("no such token"))?;
                let mut parts = used.clone().into_parts();
                let TokenState::Used(rebooking) = &mut parts.state else {
                    return Err(unsupported("no rebooking to confirm"));
                };
                rebooking.confirmation = Some(id);
                self.tokens.insert(*token, RebookingToken::restore(parts));
                let opened = Confirmation {
                    id,
                    booking: booking.as_ref().clone(),
                    token: Some(*token),
                    answer: Some(answer.clone()),
                    attempts: Attempts::default(),
                    state: ConfirmationState::Waiting,
                    reason: FreeText::default(),
                    opened_at: now,
                    reminded_at: None,
                    silent_at: None,
                };
                self.confirmations.insert(id, opened);
            }
            ConfirmationWrite::Move { id, from, to, reason, booking } => {
                let known = self.confirmations.get_mut(id);
                let known = known.ok_or(Stop::Lost(Guard::Confirmation))?;
                hold(Guard::Confirmation, from.contains(&known.state))?;
                known.state = *to;
                if !reason.is_empty() {
                    known.reason = reason.clone();
                }
                if let Some(booking) = booking {
                    known.booking = booking.as_ref().clone();
                }
            }
            ConfirmationWrite::Attempt { id, read, attempts } => {
                let known = self.confirmations.get_mut(id);
                let known = known.ok_or(Stop::Lost(Guard::Confirmation))?;
                hold(Guard::Confirmation, known.attempts.total == *read)?;
                known.attempts = attempts.clone();
            }
            ConfirmationWrite::Note { id, note } => {
                let known = self.confirmations.get_mut(id);
                let known = known.ok_or(Stop::Lost(Guard::Confirmation))?;
                let noted = match note {
                    ConfirmationNote::Reminded => &mut known.reminded_at,
                    ConfirmationNote::Silent => &mut known.silent_at,
                };
                let waits = known.state == ConfirmationState::Pending && noted.is_none();
                hold(Guard::Confirmation, waits)?;
                *noted = Some(now);
            }
            ConfirmationWrite::Absent(item) => {
                let live = |one: &Confirmation| one.token.is_none() && one.state.is_live();
                let mut all = self.confirmations.values();
                hold(Guard::Confirmation, !all.any(|one| live(one) && one.booking.item == *item))?;
            }
        }
        Ok(())
    }

    /// A request for an original booking, with its mail where a link to answer comes with it.
    pub(crate) fn open_confirmation(
        &mut self,
        booking: &Booking,
        answer: Option<&StoredLink>,
        now: DateTime<Utc>,
    ) -> Option<ConfirmationId> {
        let case = CaseId::from(booking.item);
        let newest = self.tokens_of(case).next_back().cloned();
        let mut known = self.confirmations.values();
        let last = known.rfind(|one| {
            let asked = one.token.is_none() && one.booking.item == booking.item;
            asked && (newest.is_some() || one.state.is_live())
        });
        let over = answer.is_some() && newest.as_ref().is_some_and(|one| !one.awaits_request());
        if last.is_some() || over {
            return last.map(|last| last.id);
        }
        let id = ConfirmationId::new(self.next_number());
        let opened = Confirmation {
            id,
            booking: booking.clone(),
            token: None,
            answer: answer.cloned(),
            attempts: Attempts::default(),
            state: ConfirmationState::Pending,
            reason: FreeText::default(),
            opened_at: now,
            reminded_at: None,
            silent_at: None,
        };
        self.confirmations.insert(id, opened);
        if answer.is_some() {
            let about = TokenRef::booking(case);
            self.ask(&NewEffect::once(about, EffectKind::Mail(MailKind::BookingRequest)), now);
            if let Some(mut held) = newest.map(|one| one.request_opened(id).into_parts()) {
                held.version += 1;
                self.tokens.insert(held.id, RebookingToken::restore(held));
            }
        }
        Some(id)
    }

    fn write_effect(&mut self, write: &EffectWrite, now: DateTime<Utc>) -> Result<(), Stop> {
        match write {
            EffectWrite::Settle { lease, outcome } => {
                let kept = self.effects.get_mut(&lease.effect).ok_or(Stop::Lost(Guard::Lease))?;
                hold(Guard::Lease, kept.is_held_by(*lease))?;
                kept.settle(outcome, now);
            }
            EffectWrite::Retry(id) => {
                let effect = &mut self.idle(*id)?.effect;
                (effect.attempts, effect.since) = (0, now);
                effect.state = EffectState::Waiting { due_at: now };
            }
            EffectWrite::TellAgain(id) => {
                let kept = self.effects.get_mut(id).ok_or(Stop::Lost(Guard::Effect))?;
                hold(Guard::Effect, kept.effect.can_be_told_again())?;
                (kept.effect.attempts, kept.effect.since) = (0, now);
                kept.effect.state = EffectState::Waiting { due_at: now };
            }
            EffectWrite::Skip(id) => {
                self.idle(*id)?.effect.state = EffectState::Skipped { at: now };
            }
        }
        Ok(())
    }

    fn idle(&mut self, id: EffectId) -> Result<&mut KeptEffect, Stop> {
        let idle = |kept: &&mut KeptEffect| match kept.effect.state {
            EffectState::Waiting { .. } | EffectState::Dead { .. } => true,
            EffectState::Leased { .. } | EffectState::Done { .. } | EffectState::Skipped { .. } => {
                false
            }
        };
        self.effects.get_mut(&id).filter(idle).ok_or(Stop::Lost(Guard::Effect))
    }

    fn ask(&mut self, new: &NewEffect, now: DateTime<Utc>) {
        if self.keys.contains_key(&new.key) {
            return;
        }
        let id = EffectId::new(self.next_number());
        let effect = Effect {
            id,
            key: new.key.clone(),
            token: new.token,
            kind: new.kind,
            state: EffectState::Waiting { due_at: now },
            attempts: 0,
            last_error: None,
            created_at: now,
            since: now,
        };
        self.keys.insert(new.key.clone(), id);
        let kept = KeptEffect { effect, fence: 0, checkpoint: Checkpoint::default() };
        self.effects.insert(id, kept);
    }

    fn note(&mut self, entry: &AuditEntry) {
        if let Subject::Token(token) = entry.subject
            && entry.event.is_once()
        {
            self.noted.insert((token, entry.event.as_str()));
        }
    }

    /// Wipes what is personal in the tokens of a case and in the requests for its bookings.
    fn forget(&mut self, case: CaseId, now: DateTime<Utc>) {
        let mut items = vec![OrderItemId::new(case.value())];
        let mut named = Vec::new();
        for token in self.tokens_of(case).cloned().collect::<Vec<_>>() {
            items.push(token.booking().item);
            items.extend(placed(&token).map(|(_, item)| item));
            named.extend(token.origin().into_iter().chain(token.holds()));
            let at = token.milestones().forgotten_at.unwrap_or(now);
            let wiped = token.clone().forgotten(at);
            if wiped != token {
                self.put_next(wiped);
            }
        }
        for known in self.confirmations.values_mut() {
            let of_case = match known.token {
                Some(token) => token.case == case,
                None => items.contains(&known.booking.item) || named.contains(&known.id),
            };
            if of_case {
                known.booking.customer = Customer::forgotten(known.booking.customer.language);
                known.reason = FreeText::default();
            }
        }
    }

    fn write_date(&mut self, write: &DateWrite) -> Result<(), Stop> {
        let known = self.dates.get_mut(&write.date());
        match (write, known) {
            (DateWrite::Take { places, .. }, Some(kept)) => {
                hold(Guard::Places, !kept.date.withdrawn && kept.date.free() >= *places)?;
                kept.date.taken += places;
            }
            (DateWrite::Take { .. }, None) => return Err(Stop::Lost(Guard::Places)),
            (DateWrite::GiveBack { places, .. }, Some(kept)) => {
                kept.date.taken = kept.date.taken.saturating_sub(*places);
            }
            (DateWrite::Withdraw { reason, .. }, Some(kept)) if !kept.date.withdrawn => {
                (kept.date.withdrawn, kept.withdrawal) = (true, reason.clone());
            }
            (DateWrite::GiveBack { .. } | DateWrite::Withdraw { .. }, _) => {}
        }
        Ok(())
    }
}

impl KeptEffect {
    fn settle(&mut self, outcome: &Outcome, now: DateTime<Utc>) {
        let effect = &mut self.effect;
        match outcome {
            Outcome::Done => effect.state = EffectState::Done { at: now },
            Outcome::Dead { error } => {
                effect.state = EffectState::Dead { at: now };
                effect.last_error = Some(error.clone());
            }
            Outcome::Retry { after, error } | Outcome::GivenBack { after, error } => {
                effect.state = EffectState::Waiting { due_at: now + *after };
                effect.last_error = Some(error.clone());
            }
        }
        if let Outcome::GivenBack { .. } = outcome {
            (effect.attempts, effect.since) = (effect.attempts.saturating_sub(1), now);
        }
    }
}
