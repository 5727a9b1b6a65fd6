//! Writes that can be taken back: a draft remembers every row that it replaces until the change is
//! known to hold.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::snapshot::KeptEffect;
use super::state::{KeptDate, State};
use super::weakness::Weakness;
use crate::audit::{AuditEntry, AuditEvent, Subject};
use crate::confirmation::Confirmation;
use crate::token::RebookingToken;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, EffectId, TokenRef};
use crate::value::text::FreeText;

pub(super) struct Draft<'a> {
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    replaced: Vec<Old>,
}

/// A row as it was; `None` means there was none.
enum Old {
    Token(TokenRef, Option<Arc<RebookingToken>>),
    Confirmation(ConfirmationId, Option<Arc<Confirmation>>),
    Date(CourseDateId, Option<Arc<KeptDate>>),
    Effect(EffectId, Box<Option<KeptEffect>>),
    Stock(ConfirmationId, Option<Option<DateTime<Utc>>>),
    Audit,
    Note(usize, FreeText),
}

impl<'a> Draft<'a> {
    pub(super) fn new(state: &'a mut State, now: DateTime<Utc>) -> Self {
        Self { state, now, replaced: Vec::new() }
    }

    pub(super) fn token(&mut self, token: RebookingToken) {
        let id = token.id();
        let old = self.state.put_token(id, Some(Arc::new(token)));
        self.replaced.push(Old::Token(id, old));
    }

    pub(super) fn confirmation(&mut self, confirmation: Confirmation) {
        let id = confirmation.id;
        let old = self.state.put_confirmation(id, Some(Arc::new(confirmation)));
        self.replaced.push(Old::Confirmation(id, old));
    }

    pub(super) fn date(&mut self, kept: KeptDate) {
        let id = kept.date.id();
        let old = self.state.put_date(id, Some(Arc::new(kept)));
        self.replaced.push(Old::Date(id, old));
    }

    pub(super) fn effect(&mut self, kept: KeptEffect) {
        let id = kept.effect.id;
        let old = self.state.put_effect(id, Some(kept));
        self.replaced.push(Old::Effect(id, Box::new(old)));
    }

    /// The shop's stock carries a request from now on, or no more.
    pub(super) fn stock(&mut self, id: ConfirmationId, since: Option<DateTime<Utc>>) {
        let old = match since {
            Some(since) => self.state.in_stock.insert(id, Some(since)),
            None => self.state.in_stock.remove(&id),
        };
        self.replaced.push(Old::Stock(id, old));
    }

    pub(super) fn audit(&mut self, entry: AuditEntry) {
        if let Subject::Token(id) = entry.subject
            && entry.event.is_once()
            && self.state.has_entry(id, entry.event)
            && !self.state.weaknesses.contains(&Weakness::History)
        {
            return;
        }
        self.state.push_audit(entry);
        self.replaced.push(Old::Audit);
    }

    /// Blanks the notes in the history of a case, but for why it was forgotten.
    pub(super) fn hush(&mut self, case: CaseId) {
        for place in self.state.audit_of_case.get(&case).into_iter().flatten() {
            let Some(entry) = self.state.audit.get_mut(*place) else { continue };
            if entry.event == AuditEvent::Forgotten {
                continue;
            }
            let note = std::mem::take(&mut entry.note);
            self.replaced.push(Old::Note(*place, note));
        }
    }

    /// Leaves everything as it was before.
    pub(super) fn roll_back(self) {
        for old in self.replaced.into_iter().rev() {
            match old {
                Old::Token(id, row) => drop(self.state.put_token(id, row)),
                Old::Confirmation(id, row) => drop(self.state.put_confirmation(id, row)),
                Old::Date(id, row) => drop(self.state.put_date(id, row)),
                Old::Effect(id, row) => drop(self.state.put_effect(id, *row)),
                Old::Stock(id, since) => drop(match since {
                    Some(since) => self.state.in_stock.insert(id, since),
                    None => self.state.in_stock.remove(&id),
                }),
                Old::Audit => self.state.pop_audit(),
                Old::Note(place, note) => {
                    if let Some(entry) = self.state.audit.get_mut(place) {
                        entry.note = note;
                    }
                }
            }
        }
    }
}
