//! What the feature earns, counted case by case.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use super::state::State;
use crate::audit::AuditEvent;
use crate::eligibility::PriceAdjustment;
use crate::ports::reports::Earnings;
use crate::rebooking::{Rebooking, RebookingState};
use crate::token::{RebookingToken, TokenState};
use crate::value::ids::{CourseId, PartnerId};
use crate::value::money::{Currency, Money};

type Key = (PartnerId, (i32, u32), Currency, CourseId);

impl State {
    pub(super) fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Vec<Earnings> {
        let mut rows: BTreeMap<Key, Earnings> = BTreeMap::new();
        for newest in self.newest() {
            let tokens: Vec<&RebookingToken> =
                self.tokens_of(newest.id().case).map(AsRef::as_ref).collect();
            let Some(first) =
                tokens.first().filter(|first| (from..until).contains(&first.issued_at()))
            else {
                continue;
            };
            let (booking, began) = (first.booking(), first.issued_at());
            let (partner, course) = (booking.partner.id, &booking.course);
            let (month, currency) = ((began.year(), began.month()), booking.unit_price.currency());
            let row = rows.entry((partner, month, currency, course.id)).or_insert_with(|| {
                Earnings::nothing(partner, (course.id, String::new()), month, currency)
            });
            row.course_name = row.course_name.clone().max(course.name.clone());
            let opened =
                tokens.iter().any(|token| self.has_entry(token.id(), AuditEvent::PageOpened));
            let case = of_case(row, &tokens, newest, opened, now);
            row.add(&case);
        }
        rows.into_values().collect()
    }
}

/// One case, as a row of its own.
fn of_case(
    row: &Earnings,
    tokens: &[&RebookingToken],
    newest: &RebookingToken,
    opened: bool,
    now: DateTime<Utc>,
) -> Earnings {
    let any = |reached: fn(&RebookingToken) -> bool| tokens.iter().any(|token| reached(token));
    let (mailed, rebooked) = (
        any(|token| token.milestones().mailed_at.is_some()),
        any(|token| token.rebooking().is_some()),
    );
    let opened = opened || rebooked;
    let is_confirmed = |rebooking: &&Rebooking| rebooking.state == RebookingState::Confirmed;
    let confirmed = newest.rebooking().filter(is_confirmed);
    let began = tokens.first().map(|first| first.issued_at());
    let after = |at: DateTime<Utc>| began.map(|began| minutes(at - began));
    let first_choice = tokens.iter().filter_map(|token| Some(token.rebooking()?.at)).min();
    let currency = row.kept.currency();
    let zero = Money::zero(currency);
    let sum =
        |money: Option<Money>| money.filter(|money| money.currency() == currency).unwrap_or(zero);
    let adjustment = confirmed.map(|rebooking| rebooking.consequence);
    let nothing = Earnings::nothing(row.partner, (row.course, String::new()), row.month, currency);
    Earnings {
        declined: 1,
        mailed: u64::from(mailed || opened),
        opened: u64::from(opened),
        rebooked: u64::from(rebooked),
        confirmed: u64::from(confirmed.is_some()),
        refunded: u64::from(is_refunded(newest)),
        expired: u64::from(is_expired(newest, now)),
        kept: sum(confirmed.map(|rebooking| rebooking.paid)),
        absorbed: sum(adjustment.and_then(|by| match by {
            PriceAdjustment::Absorbed(by) => Some(by),
            PriceAdjustment::Same | PriceAdjustment::Refund(_) | PriceAdjustment::ToPay(_) => None,
        })),
        given_back: sum(adjustment.and_then(|by| match by {
            PriceAdjustment::Refund(by) => Some(by),
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::ToPay(_) => {
                None
            }
        })),
        paid_more: sum(adjustment.and_then(|by| match by {
            PriceAdjustment::ToPay(by) => Some(by),
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) => {
                None
            }
        })),
        refunds: sum(is_refunded(newest).then(|| newest.booking().paid)),
        to_choice: first_choice.and_then(after).into_iter().collect(),
        to_confirmation: confirmed
            .and_then(|confirmed| after(confirmed.since))
            .into_iter()
            .collect(),
        ..nothing
    }
}

fn minutes(time: TimeDelta) -> u64 {
    u64::try_from(time.num_minutes()).unwrap_or_default()
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
