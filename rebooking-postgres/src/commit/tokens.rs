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

    fn bound<'q>(&'q self, query: Query<'q>, wanted: fn(&str) -> bool) -> Query<'q> {
        self.search.bound(self.row.bound(self.how.bound(query, wanted), wanted), wanted)
    }
}

/// The columns that a new token has.
fn stored() -> Vec<Column> {
    TokenRow::columns().into_iter().chain(SearchColumns::columns()).collect()
}

/// What is written of a token when it is issued, and never changes afterwards: no transition
/// touches it.
const WRITTEN_ONCE: [&str; 29] = [
    "original_confirmation_id",
    "original_order_id",
    "original_order_item_id",
    "course_product_id",
    "course_sku",
    "original_participants",
    "original_price",
    "original_paid",
    "token",
    "created_at",
    "cause",
    "declines",
    "lost",
    "proposed",
    "key_id",
    "nonce",
    "order_number",
    "course_name",
    "venue_name",
    "venue_address",
    "date_id",
    "starts_at",
    "ends_at",
    "zone",
    "partner_id",
    "partner_email",
    "partner_language",
    "customer_language",
    "currency",
];

/// Whether an update needs this column: what may have changed, and by what it finds its token.
pub(super) fn changes(column: &str) -> bool {
    !WRITTEN_ONCE.contains(&column)
}

/// The columns that an insert writes as they are given: the confirmation may be one that the same
/// change opens.
pub(super) fn inserted() -> Vec<Column> {
    stored().into_iter().filter(|column| column.name != "new_confirmation_id").collect()
}

/// The columns that an update writes as they are given. It finds its token by case and step, counts
/// the version on, and may fill in the confirmation that the same change opens.
pub(super) fn updated() -> Vec<Column> {
    const BY_ITSELF: [&str; 4] = ["case_id", "step", "version", "new_confirmation_id"];
    let written = |column: &Column| changes(column.name) && !BY_ITSELF.contains(&column.name);
    stored().into_iter().filter(written).collect()
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use rebooking_core::Policy;
    use rebooking_core::eligibility::RuleSet;
    use rebooking_core::policy::OrderStrategy;
    use rebooking_core::rebooking::{PlacedOrder, Transition};
    use rebooking_core::testing::samples;
    use rebooking_core::token::{CancelReason, TicketRef};
    use rebooking_core::value::ids::{ConfirmationId, OrderId, OrderItemId};
    use rebooking_core::value::text::FreeText;
    use rebooking_core::wish::{Wish, WishKind};
    use serde_json::Value;

    use super::*;

    fn written(token: &RebookingToken) -> Value {
        serde_json::to_value(TokenRow::from(token)).unwrap()
    }

    fn wish() -> Wish {
        Wish {
            kind: WishKind::NewDates,
            text: FreeText::EMPTY,
            weekdays: Vec::new(),
            months: Vec::new(),
            known: Vec::new(),
            at: samples::now(),
            answered_at: None,
        }
    }

    fn chosen(token: RebookingToken, now: DateTime<Utc>) -> RebookingToken {
        let date = samples::course_date(1, now + TimeDelta::days(9), 10);
        let offers = token.eligibility(&Policy::default(), RuleSet::Strict, now).offers(&[date]);
        let answer = token.link().clone();
        token.choose(&offers[0], OrderStrategy::KeepOrder, answer, now).unwrap()
    }

    fn to(transition: Transition<RebookingToken>) -> RebookingToken {
        match transition {
            Transition::To(next) => next,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_transition_changes_what_is_written_once() {
        let (now, limits) = (samples::now(), Policy::default().attempts);
        let token = || samples::token(samples::booking(), now);
        let order = PlacedOrder {
            id: OrderId::new(1),
            number: samples::order_number("100012345-1"),
            item: OrderItemId::new(2),
        };
        let ticket = TicketRef { id: "1".to_owned(), number: "T1".to_owned() };
        let issued = written(&token());
        for next in [
            token().holding(Some(ConfirmationId::new(7))),
            token().attempts_forgiven(),
            token().wrong_address_counted(limits, now),
            token().renewal_counted(),
            token().mailed(now),
            token().reminded(now),
            token().expiry_noted(now),
            token().ticket_kept(ticket),
            token().order_gone(CancelReason::Refunded, now),
            token().forgotten(now),
            token().cancel(CancelReason::Support, now).unwrap(),
            token().extend(TimeDelta::days(3), now).unwrap(),
            token().wished(wish()),
            token().wished(wish()).wishes_answered(|_| true, now),
            chosen(token(), now),
            to(chosen(token(), now).order_made(order, now).unwrap()),
            to(chosen(token(), now).order_refused(now).unwrap()),
        ] {
            let changed = written(&next);
            for column in WRITTEN_ONCE {
                assert!(issued.get(column).is_some(), "{column} is no column");
                assert_eq!(issued.get(column), changed.get(column), "{column}");
            }
        }
    }
}
