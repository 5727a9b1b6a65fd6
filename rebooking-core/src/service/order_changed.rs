//! *Order changed outside*: refunded or cancelled in the shop, by people. The link dies, and so does a rebooking.

use chrono::{DateTime, Utc};

use super::{Decision, Rebookings, cancel};
use crate::audit::Actor;
use crate::error::RebookError;
use crate::ids::{OrderId, TokenRef};
use crate::text::FreeText;
use crate::token::{CancelReason, RebookingToken, TokenState};

/// What people did to an order in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderEvent {
    /// The money went back.
    Refunded,
    /// The order was cancelled.
    Cancelled,
}

/// Decides what the event means for one case. A case that is over already stays as it is, so the event may come twice.
///
/// # Errors
/// None that a caller could meet; the signature is that of all decisions.
pub fn decide(
    token: RebookingToken,
    event: OrderEvent,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    let why = match event {
        OrderEvent::Refunded => CancelReason::Refunded,
        OrderEvent::Cancelled => CancelReason::OrderCancelled,
    };
    let over = match &token.state {
        TokenState::Active => false,
        TokenState::Cancelled { .. } => true,
        TokenState::Used(rebooking) => !rebooking.state.is_live(),
    };
    if over {
        return Ok(Decision::unchanged(()));
    }
    cancel::decide(token, why, &Actor::Shop, FreeText::default(), now)
}

impl Rebookings {
    /// Hears of an order that was refunded or cancelled in the shop. Every case that moves a booking of it is over: links die at
    /// once, places go back, the partner is told. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach; tell it again then.
    pub async fn order_changed(&self, order: OrderId, event: OrderEvent) -> Result<(), RebookError> {
        let ids: Vec<TokenRef> =
            self.store().of_order(order).await?.value.iter().map(|token| token.id).collect();
        for id in ids {
            self.decided(|| async {
                let seen = self.store().latest(id.case).await?;
                match seen.value {
                    Some(token) => decide(token, event, seen.now),
                    None => Ok(Decision::unchanged(())),
                }
            })
            .await?;
        }
        Ok(())
    }
}
