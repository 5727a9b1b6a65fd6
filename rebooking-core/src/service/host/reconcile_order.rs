//! *Reconcile an order*: a live order of the shop carries a key of ours. Whose is it?

use chrono::{DateTime, TimeDelta, Utc};

use crate::change::Change;
use crate::effect::EffectKind;
use crate::error::RebookError;
use crate::ports::store::CaseKey;
use crate::rebooking::{Rebooking, RebookingState};
use crate::service::{Decision, Rebookings};
use crate::token::{RebookingToken, TokenState};
use crate::value::ids::{CaseId, OrderId, TokenRef};

/// What a live order that carries a key of ours is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum OrderClaim {
    /// A rebooking is carried by it, or will soon be, or will soon not be any more.
    Claimed,
    /// Its rebooking was called off, and the order with it, and yet it lives: it is called off once
    /// more.
    CalledOff,
    /// No rebooking is carried by it: people must look.
    Unclaimed,
}

/// So long what was called off may take to be carried out, and longer than a worker sleeps between
/// two tries.
const SETTLING: TimeDelta = TimeDelta::hours(1);

/// Decides what a live order is to the token whose key it carries, and calls it off again where
/// that is what it should be.
///
/// # Errors
/// None that a caller could meet; the signature is that of all decisions.
pub fn decide(
    token: Option<&RebookingToken>,
    order: OrderId,
    now: DateTime<Utc>,
) -> Result<Decision<OrderClaim>, RebookError> {
    let Some(token) = token else { return Ok(Decision::unchanged(OrderClaim::Unclaimed)) };
    let found = match token.state() {
        TokenState::Active | TokenState::Cancelled { .. } => OrderClaim::Unclaimed,
        TokenState::Used(rebooking) => used(rebooking, order, now),
    };
    Ok(match found {
        OrderClaim::Claimed | OrderClaim::Unclaimed => Decision::unchanged(found),
        OrderClaim::CalledOff => {
            // Once for each time that the token moves on: what fails for good is support's.
            let again = token.version().saturating_add(1);
            let change = Change::at(now).effect_again(token.id(), EffectKind::UndoOrder, again);
            Decision::commit(change, found)
        }
    })
}

fn used(rebooking: &Rebooking, order: OrderId, now: DateTime<Utc>) -> OrderClaim {
    use RebookingState as S;
    let is_its_own = rebooking.order.as_ref().map(|placed| placed.id == order);
    match (rebooking.state, is_its_own) {
        (S::Ordering, _) => OrderClaim::Claimed,
        // After a second decline the order still carries the booking, until that moves on.
        (S::AwaitingPartner | S::Confirmed | S::DeclinedAgain, Some(true)) => OrderClaim::Claimed,
        (S::AwaitingPartner | S::Confirmed, _) | (S::DeclinedAgain, Some(false)) => {
            OrderClaim::Unclaimed
        }
        (S::Rejected, _) | (S::Cancelled(_), Some(false)) => OrderClaim::Unclaimed,
        // What people did to it in the shop is not ours to undo.
        (S::Cancelled(why), Some(true)) if why.is_the_shops() => OrderClaim::Unclaimed,
        (S::DeclinedAgain, None) | (S::Cancelled(_), Some(true) | None) => {
            if now - rebooking.since < SETTLING {
                OrderClaim::Claimed
            } else {
                OrderClaim::CalledOff
            }
        }
    }
}

/// The token whose [`order_key`](RebookingToken::order_key) it is.
fn token_of(key: &str) -> Option<TokenRef> {
    let (case, step) = key.strip_prefix("reb-")?.rsplit_once('-')?;
    Some(TokenRef { case: CaseId::new(case.parse().ok()?), step: step.parse().ok()? })
}

impl Rebookings {
    /// Hears of a live order in the shop that carries one of our keys, and says whose it is. One
    /// whose rebooking was called off is called off once more; nothing else is done. May be
    /// repeated: a host that looks for such orders now and then finds what nobody claims.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn reconcile_order(
        &self,
        key: &str,
        order: OrderId,
    ) -> Result<OrderClaim, RebookError> {
        let Some(id) = token_of(key) else { return Ok(OrderClaim::Unclaimed) };
        self.decided(|| async move {
            let seen = self.store().find(&CaseKey::Id(id.case)).await?;
            decide(seen.value.token(id), order, seen.now)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_to_its_token_and_nothing_else_does() {
        let token = TokenRef { case: CaseId::new(7_001), step: 2 };
        assert_eq!(token_of("reb-7001-2"), Some(token));
        for other in ["", "reb-", "reb-7001", "reb-7001-", "reb-x-1", "reb-7001-2-", "7001-2"] {
            assert_eq!(token_of(other), None, "{other}");
        }
    }
}
