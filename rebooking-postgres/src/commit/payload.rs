//! The parameters of a commit: the rows that a change writes, and how many of them each guard must
//! let through.

#[cfg(test)]
mod tests;

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rebooking_core::change::{Change, ConfirmationWrite, StockWrite};
use rebooking_core::service::Wakeup;
use sqlx::types::Json;

use super::audit::NewEntry;
use super::confirmations::{ConfirmationMove, NewConfirmation, confirmations};
use super::dates::{WrittenDate, dates};
use super::effects::{NewEffect, Settlement};
use super::rows::{RowCount, all, bound};
use super::statement::Shape;
use super::tokens::WrittenToken;
use crate::error::Failure;
use crate::row::{Query, subject_columns};

/// One change, ready to be sent as often as need be.
#[derive(Debug)]
pub(crate) struct Payload {
    tokens: Vec<WrittenToken>,
    opens: Vec<NewConfirmation>,
    moves: Vec<ConfirmationMove>,
    settlement: Option<Settlement>,
    effects: Vec<NewEffect>,
    audit: Vec<NewEntry>,
    dates: Vec<WrittenDate>,
    /// A number of its own, written into what it changes: so its traces can be told from those of
    /// others.
    pub(super) change: String,
    pub(super) counts: Counts,
    pub(super) forget: Option<i64>,
    stock: Stock,
    /// The numbers of the cases, bookings and dates that it is about.
    pub(super) subjects: Vec<i64>,
    pub(super) settled: Option<i64>,
    /// Order items whose original booking must have no live request.
    pub(super) absent: Vec<i64>,
    /// Whom it wakes.
    pub(super) wakeup: Wakeup,
}

/// How many rows each guarded write must reach.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) updates: i64,
    pub(super) issues: i64,
    pub(super) moves: i64,
    pub(super) opens: i64,
    pub(super) settlements: i64,
    pub(super) takes: i64,
}

/// What the shop's stock carries from now on, by request, and what no more, by order item.
#[derive(Debug, Default)]
struct Stock {
    reserved: Vec<i64>,
    released: Vec<i64>,
}

impl From<&[StockWrite]> for Stock {
    fn from(writes: &[StockWrite]) -> Self {
        let mut stock = Self::default();
        for write in writes {
            match write {
                StockWrite::Reserved(request) => stock.reserved.push(request.value()),
                StockWrite::Released(item) => stock.released.push(item.value()),
            }
        }
        stock
    }
}

impl Payload {
    /// How `change` is written.
    pub(crate) fn new(change: &Change) -> Result<Self, Failure> {
        let mut tokens: Vec<WrittenToken> = change.tokens.iter().map(WrittenToken::from).collect();
        tokens.sort_by_key(WrittenToken::order);
        let (opens, moves) = confirmations(change)?;
        let (dates, settlement) =
            (dates(&change.dates), change.effect.as_ref().map(Settlement::from));
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let updates = tokens.iter().filter(|token| token.is_update()).count();
        let counts = Counts {
            updates: count(updates),
            issues: count(tokens.len() - updates),
            moves: count(moves.len()),
            opens: count(opens.len()),
            settlements: i64::from(settlement.is_some()),
            takes: count(dates.iter().filter(|date| date.take > 0).count()),
        };
        let audited = change.audit.iter().map(|entry| subject_columns(entry.subject).1);
        let effects = change.effects.iter().zip(1..);
        Ok(Self {
            subjects: tokens.iter().map(|token| token.order().0).chain(audited).collect(),
            absent: absent(change),
            settled: settlement.as_ref().map(|settlement| settlement.id),
            effects: effects.map(|(effect, place)| NewEffect::new(effect, place)).collect(),
            audit: change.audit.iter().map(NewEntry::from).collect(),
            forget: change.forget.map(|case| case.value()),
            stock: Stock::from(change.stock.as_slice()),
            change: number(),
            wakeup: Wakeup::after(change),
            tokens,
            opens,
            moves,
            settlement,
            dates,
            counts,
        })
    }

    /// How many parameters there are beside the rows.
    pub(super) const PARAMETERS: usize = 12;

    /// Fills in the statement, in the order of its parameters.
    pub(super) fn bound<'q>(&'q self, query: Query<'q>) -> Query<'q> {
        let query = query
            .bind(self.change.as_str())
            .bind(self.counts.updates)
            .bind(self.counts.issues)
            .bind(self.counts.moves)
            .bind(self.counts.settlements)
            .bind(self.counts.takes)
            .bind(self.counts.opens)
            .bind(self.forget)
            .bind((!self.moves.is_empty()).then_some(Json(&self.moves)))
            .bind(self.settlement.as_ref().map(Json))
            .bind(&self.stock.reserved)
            .bind(&self.stock.released);
        let query = bound(&self.tokens, self.shape().token_columns(), query);
        let query = bound(&self.effects, all, bound(&self.opens, all, query));
        bound(&self.dates, all, bound(&self.audit, all, query))
    }

    /// The same parameters as text: their types and their values, for `PREPARE` and `EXECUTE`.
    #[cfg(feature = "testing")]
    pub(crate) fn literals(&self) -> Result<(String, String), serde_json::Error> {
        let Counts { updates, issues, moves, opens, settlements, takes } = self.counts;
        let mut literals = super::literals::Literals::default();
        literals.add("uuid", &self.change)?;
        for count in [updates, issues, moves, settlements, takes, opens] {
            literals.add("bigint", &count)?;
        }
        literals.add("bigint", &self.forget)?;
        literals.add("jsonb", &(!self.moves.is_empty()).then_some(&self.moves))?;
        literals.add("jsonb", &self.settlement)?;
        literals.add("bigint[]", &self.stock.reserved)?;
        literals.add("bigint[]", &self.stock.released)?;
        literals.rows(&self.tokens, self.shape().token_columns())?;
        literals.rows(&self.opens, all)?;
        literals.rows(&self.effects, all)?;
        literals.rows(&self.audit, all)?;
        literals.rows(&self.dates, all)?;
        Ok(literals.joined())
    }

    /// Which parts of the statement it needs, in their order.
    pub(super) fn shape(&self) -> Shape {
        let Counts { updates, issues, moves, settlements, .. } = self.counts;
        let parts = [
            !self.opens.is_empty(),
            updates > 0,
            issues > 0,
            moves > 0,
            !self.stock.reserved.is_empty() || !self.stock.released.is_empty(),
            settlements > 0,
            !self.effects.is_empty(),
            self.forget.is_some(),
            !self.audit.is_empty(),
            !self.dates.is_empty(),
        ];
        Shape {
            parts,
            tokens: RowCount::from_rows(&self.tokens),
            opens: RowCount::from_rows(&self.opens),
            effects: RowCount::from_rows(&self.effects),
            audit: RowCount::from_rows(&self.audit),
            dates: RowCount::from_rows(&self.dates),
        }
    }

    /// Whether the same change a second time would fail on a guard: it finds a newer version, a
    /// token that is there, a request that has moved on, or an effect that was noted by it.
    pub(super) fn is_guarded(&self) -> bool {
        let Counts { updates, issues, settlements, .. } = self.counts;
        updates + issues + settlements > 0 || self.moves.iter().any(ConfirmationMove::moves_on)
    }
}

/// In the order in which they are locked.
fn absent(change: &Change) -> Vec<i64> {
    let mut items: Vec<i64> = change
        .confirmations
        .iter()
        .filter_map(|write| match write {
            ConfirmationWrite::Absent(item) => Some(item.value()),
            ConfirmationWrite::Open { .. }
            | ConfirmationWrite::Move { .. }
            | ConfirmationWrite::Attempt { .. }
            | ConfirmationWrite::Note { .. } => None,
        })
        .collect();
    items.sort_unstable();
    items
}

/// Unlike any other change's, and unlike any other store's: 64 random bits of this process, and a
/// count.
pub(crate) fn number() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}{:016x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}
