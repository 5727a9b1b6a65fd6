//! What the feature earns, counted case by case.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};

use super::state::State;
use crate::audit::AuditEvent;
use crate::ports::reports::Earnings;
use crate::rebooking::RebookingState;
use crate::token::{RebookingToken, TokenState};
use crate::value::ids::PartnerId;
use crate::value::money::{Currency, Money};

impl State {
    pub(super) fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Vec<Earnings> {
        let mut rows: BTreeMap<(PartnerId, (i32, u32), Currency), Earnings> = BTreeMap::new();
        for newest in self.newest() {
            let tokens: Vec<&RebookingToken> =
                self.tokens_of(newest.id().case).map(AsRef::as_ref).collect();
            let Some(first) =
                tokens.first().filter(|first| (from..until).contains(&first.issued_at()))
            else {
                continue;
            };
            let (partner, began) = (first.booking().partner.id, first.issued_at());
            let (month, currency) =
                ((began.year(), began.month()), first.booking().unit_price.currency());
            let row = rows
                .entry((partner, month, currency))
                .or_insert_with(|| nothing(partner, month, currency));
            row.opened += u64::from(
                tokens.iter().any(|token| self.has_entry(token.id(), AuditEvent::PageOpened)),
            );
            count(row, &tokens, newest, now);
        }
        rows.into_values().collect()
    }
}

const fn nothing(partner: PartnerId, month: (i32, u32), currency: Currency) -> Earnings {
    Earnings {
        partner,
        month,
        declined: 0,
        mailed: 0,
        opened: 0,
        rebooked: 0,
        confirmed: 0,
        refunded: 0,
        expired: 0,
        kept: Money::zero(currency),
    }
}

fn count(
    row: &mut Earnings,
    tokens: &[&RebookingToken],
    newest: &RebookingToken,
    now: DateTime<Utc>,
) {
    let any =
        |reached: fn(&RebookingToken) -> bool| u64::from(tokens.iter().any(|token| reached(token)));
    let confirmed =
        newest.rebooking().is_some_and(|rebooking| rebooking.state == RebookingState::Confirmed);
    row.declined += 1;
    row.mailed += any(|token| token.milestones().mailed_at.is_some());
    row.rebooked += any(|token| token.rebooking().is_some());
    row.confirmed += u64::from(confirmed);
    row.refunded += u64::from(is_refunded(newest));
    row.expired += u64::from(is_expired(newest, now));
    let total = newest.moved_booking().filter(|_| confirmed).map(|booking| booking.paid);
    row.kept = total.and_then(|total| row.kept.plus(total)).unwrap_or(row.kept);
}

fn is_refunded(token: &RebookingToken) -> bool {
    token.milestones().refunded_at.is_some()
}

fn is_expired(token: &RebookingToken, now: DateTime<Utc>) -> bool {
    match token.state() {
        TokenState::Active => now >= token.expires_at(),
        TokenState::Used(_) | TokenState::Cancelled { .. } => false,
    }
}
