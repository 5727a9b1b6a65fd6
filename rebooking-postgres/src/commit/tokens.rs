//! Tokens as a change writes them.

use rebooking_core::change::TokenWrite;
use rebooking_core::token::RebookingToken;
use serde::Serialize;

use crate::columns::{Column, Row, SearchColumns, TokenRow, row};
use crate::row::Query;

/// A token that is issued or updated.
#[derive(Debug, Serialize)]
pub(super) struct WrittenToken {
    #[serde(flatten)]
    pub(super) how: How,
    #[serde(flatten)]
    row: TokenRow,
    #[serde(flatten)]
    search: SearchColumns,
}

row! {
    /// What is to be done with it.
    #[derive(Debug, Serialize)]
    pub(super) struct How {
        op: &'static str = "text",
        unexpired: bool = "boolean",
    }
}

impl Row for WrittenToken {
    fn columns() -> Vec<Column> {
        How::columns().into_iter().chain(stored()).collect()
    }

    fn bound<'q>(&'q self, query: Query<'q>) -> Query<'q> {
        self.search.bound(self.row.bound(self.how.bound(query)))
    }
}

/// The columns that a new token has.
pub(super) fn stored() -> Vec<Column> {
    TokenRow::columns().into_iter().chain(SearchColumns::columns()).collect()
}

/// The columns that an update writes as they are given. It finds its token by case and step, counts
/// the version on, and may fill in the confirmation that the same change opens.
pub(super) fn updated() -> Vec<Column> {
    const BY_ITSELF: [&str; 4] = ["case_id", "step", "version", "new_confirmation_id"];
    stored().into_iter().filter(|column| !BY_ITSELF.contains(&column.name)).collect()
}

impl From<&TokenWrite> for WrittenToken {
    fn from(write: &TokenWrite) -> Self {
        let (op, unexpired, token): (_, _, &RebookingToken) = match write {
            TokenWrite::Issue(token) => ("issue", false, token),
            TokenWrite::Update { next, unexpired } => ("update", *unexpired, next),
        };
        Self {
            how: How { op, unexpired },
            row: TokenRow::from(token),
            search: SearchColumns::from(token),
        }
    }
}

impl WrittenToken {
    pub(super) fn is_update(&self) -> bool {
        self.how.op == "update"
    }

    /// Its case and step: locks are taken in this order.
    pub(super) const fn order(&self) -> (i64, i64) {
        (self.row.case_id, self.row.step)
    }
}
