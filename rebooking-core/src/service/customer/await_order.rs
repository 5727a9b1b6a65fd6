//! A linked order has the shop's own number: the answer waits for it a little, without ever calling
//! the shop.

use std::time::Duration;

use futures_util::future::{Either, select};

use crate::error::RebookError;
use crate::ports::store::CaseKey;
use crate::rebooking::RebookingState;
use crate::service::customer::choose::gone;
use crate::service::{Chosen, Rebookings};

impl Rebookings {
    /// Waits up to [`Policy::order_wait`](crate::policy::Policy::order_wait) for the worker to
    /// learn the number; the choice is committed whatever happens meanwhile.
    pub(in crate::service) async fn wait_for_order(
        &self,
        chosen: Chosen,
    ) -> Result<Chosen, RebookError> {
        let wait = self.policy().order_wait.to_std().unwrap_or_default();
        if !chosen.order_pending || wait.is_zero() {
            return Ok(chosen);
        }
        let mut latest = chosen;
        let mut deadline = self.0.ports.clock.sleep(wait);
        loop {
            // Listen before looking, so that an order made in between is still heard of. Other
            // processes may say nothing: hence the pause.
            let ended = self.0.wakeups.ended();
            let id = latest.token.id();
            let seen = self.store().find(&CaseKey::Id(id.case)).await;
            // The choice is committed whatever the store says now, so the answer stays one of
            // success.
            let Ok(seen) = seen else { return Ok(latest) };
            let token = seen.value.token(id).cloned();
            let Some(now) = token.and_then(Chosen::from_token) else { return Ok(latest) };
            latest = now;
            match latest.token.rebooking().map(|rebooking| rebooking.state) {
                Some(RebookingState::Ordering) if latest.order_pending => {}
                // Refused or called off while we waited: what the same request again would be told.
                Some(
                    RebookingState::DeclinedAgain
                    | RebookingState::Rejected
                    | RebookingState::Cancelled(_),
                ) => {
                    return Err(gone(latest.token, seen.now));
                }
                Some(
                    RebookingState::Ordering
                    | RebookingState::AwaitingPartner
                    | RebookingState::Confirmed,
                )
                | None => {
                    return Ok(latest);
                }
            }
            let pause = self.0.ports.clock.sleep(Duration::from_millis(100));
            match select(deadline, select(ended, pause)).await {
                Either::Left(_) => return Ok(latest),
                Either::Right((_, left)) => deadline = left,
            }
        }
    }
}
