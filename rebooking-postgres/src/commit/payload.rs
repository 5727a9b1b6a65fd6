//! A change as the statement takes it: its rows, and how many of them each guard must let through.

#[cfg(test)]
mod tests;

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rebooking_core::change::Change;
use sqlx::types::Json;

use super::documents::{Date, Entry, Moved, NewEffect, Note, Open, Request, Token, dates, request};
use super::rows::{Many, bound};
use super::statement::Shape;
use crate::error::Failure;
use crate::row::{Query, subject_columns};

/// One change, ready to be sent as often as need be.
#[derive(Debug)]
pub(crate) struct Payload {
    tokens: Vec<Token>,
    opens: Vec<Open>,
    moves: Vec<Moved>,
    note: Option<Note>,
    effects: Vec<NewEffect>,
    audit: Vec<Entry>,
    dates: Vec<Date>,
    /// A number of its own, written into what it changes: so its traces can be told from those of
    /// others.
    pub(super) change: String,
    pub(super) counts: Counts,
    pub(super) forget: Option<i64>,
    /// The numbers of the cases, bookings and dates that it is about.
    pub(super) subjects: Vec<i64>,
    pub(super) noted: Option<i64>,
}

/// How many rows each guarded write must reach.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) updates: i64,
    pub(super) issues: i64,
    pub(super) moves: i64,
    pub(super) opens: i64,
    pub(super) notes: i64,
    pub(super) takes: i64,
}

impl Payload {
    pub(crate) fn of(change: &Change) -> Result<Self, Failure> {
        let mut tokens: Vec<Token> = change.tokens.iter().map(Token::of).collect();
        tokens.sort_by_key(|token| token.order);
        let (mut opens, mut moves) = (Vec::new(), Vec::new());
        for write in &change.confirmations {
            match request(write, change)? {
                Request::Open(open) => opens.push(open),
                Request::Move(moved) => moves.push(moved),
            }
        }
        let dates = dates(&change.dates);
        let note = change.effect.as_ref().map(Note::of);
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let counts = Counts {
            updates: count(tokens.iter().filter(|token| token.op == "update").count()),
            issues: count(tokens.iter().filter(|token| token.op == "issue").count()),
            moves: count(moves.len()),
            opens: count(opens.len()),
            notes: i64::from(note.is_some()),
            takes: count(dates.iter().filter(|date| date.take > 0).count()),
        };
        let audited = change.audit.iter().map(|entry| subject_columns(entry.subject).1);
        Ok(Self {
            subjects: tokens.iter().map(|token| token.order.0).chain(audited).collect(),
            noted: note.as_ref().map(|note| note.id),
            effects: change
                .effects
                .iter()
                .zip(1..)
                .map(|(effect, place)| NewEffect::of(effect, place))
                .collect(),
            audit: change.audit.iter().map(Entry::of).collect(),
            forget: change.forget.map(|case| case.value()),
            change: number(),
            tokens,
            opens,
            moves,
            note,
            dates,
            counts,
        })
    }

    /// How many parameters there are beside the rows.
    pub(super) const PARAMETERS: usize = 10;

    /// Fills in the statement, in the order of its parameters.
    pub(super) fn bound<'q>(&'q self, query: Query<'q>) -> Query<'q> {
        let query = query
            .bind(self.change.as_str())
            .bind(self.counts.updates)
            .bind(self.counts.issues)
            .bind(self.counts.moves)
            .bind(self.counts.notes)
            .bind(self.counts.takes)
            .bind(self.counts.opens)
            .bind(self.forget)
            .bind((!self.moves.is_empty()).then_some(Json(&self.moves)))
            .bind(self.note.as_ref().map(Json));
        let query = bound(&self.opens, bound(&self.tokens, query));
        bound(&self.dates, bound(&self.audit, bound(&self.effects, query)))
    }

    /// The same parameters as text: their types and their values, for `PREPARE` and `EXECUTE`.
    #[cfg(feature = "testing")]
    pub(crate) fn literals(&self) -> Result<(String, String), serde_json::Error> {
        let Counts { updates, issues, moves, opens, notes, takes } = self.counts;
        let mut all = super::literals::Literals::default();
        all.add("uuid", &self.change)?;
        for count in [updates, issues, moves, notes, takes, opens] {
            all.add("bigint", &count)?;
        }
        all.add("bigint", &self.forget)?;
        all.add("jsonb", &(!self.moves.is_empty()).then_some(&self.moves))?;
        all.add("jsonb", &self.note)?;
        all.rows(&self.tokens)?;
        all.rows(&self.opens)?;
        all.rows(&self.effects)?;
        all.rows(&self.audit)?;
        all.rows(&self.dates)?;
        Ok(all.joined())
    }

    /// Which parts of the statement it needs, in their order.
    pub(super) fn shape(&self) -> Shape {
        let Counts { updates, issues, moves, notes, .. } = self.counts;
        let parts = [
            !self.opens.is_empty(),
            updates > 0,
            issues > 0,
            moves > 0,
            notes > 0,
            !self.effects.is_empty(),
            self.forget.is_some(),
            !self.audit.is_empty(),
            !self.dates.is_empty(),
        ];
        Shape {
            parts,
            tokens: Many::of(&self.tokens),
            opens: Many::of(&self.opens),
            effects: Many::of(&self.effects),
            audit: Many::of(&self.audit),
            dates: Many::of(&self.dates),
        }
    }

    /// Whether a worker may have something to do afterwards.
    pub(crate) fn wakes(&self) -> bool {
        !self.effects.is_empty() || self.note.is_some()
    }

    /// Whether the same change a second time would fail on a guard: it finds a newer version, a
    /// token that is there, a request that has moved on, or an effect that was noted by it.
    pub(super) fn is_guarded(&self) -> bool {
        let Counts { updates, issues, notes, .. } = self.counts;
        updates + issues + notes > 0 || self.moves.iter().any(Moved::moves_on)
    }
}

/// Unlike any other change's: 64 random bits of this process, and a count.
fn number() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}{:016x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}
