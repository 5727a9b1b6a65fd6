//! *Send a link*: support offers a customer another date, with or without a decline.

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, ConfirmationWrite};
use crate::effect::{EffectKind, MailKind, TicketFact};
use crate::eligibility::PriceAdjustment;
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::store::{CaseKey, CaseState};
use crate::ports::{AsOf, PortError};
use crate::rebooking::RebookingState;
use crate::service::support::links::{resend, supersede};
use crate::service::{AsSupport, Decision};
use crate::token::{CancelReason, Cause, Issue, RebookingToken, TokenState};
use crate::value::booking::Booking;
use crate::value::ids::{OrderItemId, TokenRef};
use crate::value::text::FreeText;

/// A link that support sends by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct ManualLink {
    /// For which booking.
    pub item: OrderItemId,
    /// For the customer to read.
    pub reason: FreeText,
    /// Whether a link that works already is mailed once more. Without it a request sent twice mails
    /// once.
    pub again: bool,
}

/// Which link was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum LinkSent {
    /// A new one.
    Issued(TokenRef),
    /// The one that works already, once more.
    Resent(TokenRef),
    /// None: this one works already, and was not to be mailed again.
    AlreadyActive(TokenRef),
}

/// Decides on a link by hand, with or without a decline. `shop` is the booking as the shop has it,
/// for when we know nothing of it.
///
/// # Errors
/// [`RebookError::Conflict`] while a rebooking is live, when the order is gone or the case
/// forgotten; [`RebookError::NotFound`] when nobody knows the booking.
pub fn decide(
    seen: AsOf<CaseState>,
    shop: Option<Booking>,
    request: &ManualLink,
    actor: &Actor,
    policy: &Policy,
    link: StoredLink,
) -> Result<Decision<LinkSent>, RebookError> {
    let AsOf { now, value: CaseState { confirmation, mut tokens } } = seen;
    let latest = tokens.pop();
    let issue = Issue {
        cause: Cause::Manual,
        reason: request.reason.clone(),
        proposed: Vec::new(),
        link,
        policy,
        now,
    };
    let held = confirmation.as_ref().map(|confirmation| confirmation.id);
    // Should the request be closed meanwhile, so is the reason for this link.
    let change = match &confirmation {
        Some(confirmation) => Change::at(now).confirmation(ConfirmationWrite::still(confirmation)),
        // One that is opened at this very moment must be held by this link.
        None => Change::at(now).confirmation(ConfirmationWrite::Absent(request.item)),
    };
    let (change, next) = match latest {
        None => {
            let known = confirmation.map(|confirmation| confirmation.booking);
            let booking = known.or(shop).ok_or(RebookError::NotFound(Resource::Booking))?;
            (change, issue.first(booking, held).holding(held))
        }
        Some(token) if token.usable(now).is_ok() && !request.again => {
            return Ok(Decision::unchanged(LinkSent::AlreadyActive(token.id())));
        }
        Some(token) if token.usable(now).is_ok() => {
            let sent = resend(token, actor, now)?;
            return Ok(Decision { change: sent.change, answer: LinkSent::Resent(sent.answer) });
        }
        Some(token) if token.milestones().forgotten_at.is_some() => {
            return Err(Conflict::Forgotten.into());
        }
        Some(token) => {
            // A live request names the booking as it is; otherwise it is what the case has left of
            // it.
            let moved = movable(&token)?;
            let booking = confirmation.map_or(moved, |confirmation| confirmation.booking);
            // After a decline beyond the limit that is the request that was declined last.
            let declined = token.rebooking().and_then(|rebooking| rebooking.confirmation);
            let origin = held.or(declined).or(token.origin());
            let next = issue.after(&token, booking, origin).holding(held);
            (supersede(change, &token, actor), next)
        }
    };
    let id = next.id();
    let change = change
        .audit(id, actor, AuditEvent::LinkIssued)
        .effect_once(id, EffectKind::Mail(MailKind::LinkSent))
        .effect_once(id, EffectKind::Ticket(TicketFact::LinkSent))
        .issue(next);
    Ok(Decision::commit(change, LinkSent::Issued(id)))
}

/// The booking as it stands after everything that has happened to a token.
pub(in crate::service) fn movable(token: &RebookingToken) -> Result<Booking, RebookError> {
    if token.milestones().order_gone_at.is_some() {
        return Err(Conflict::NothingToMove.into());
    }
    match token.state() {
        TokenState::Active => Ok(token.booking().clone()),
        TokenState::Cancelled {
            why: CancelReason::Refunded | CancelReason::OrderCancelled,
            ..
        } => Err(Conflict::NothingToMove.into()),
        TokenState::Cancelled { why: CancelReason::Support | CancelReason::Superseded, .. } => {
            Ok(token.booking().clone())
        }
        TokenState::Used(rebooking) => match rebooking.state {
            RebookingState::Ordering
            | RebookingState::AwaitingPartner
            | RebookingState::Confirmed => Err(Conflict::RebookingLive.into()),
            RebookingState::DeclinedAgain if rebooking.order.is_some() => {
                Ok(token.booking_moved_by(rebooking))
            }
            RebookingState::Cancelled(CancelReason::Refunded | CancelReason::OrderCancelled) => {
                Err(Conflict::NothingToMove.into())
            }
            // What was given back for a cheaper date stays given back, though the date is gone.
            RebookingState::Cancelled(CancelReason::Support | CancelReason::Superseded)
                if rebooking.order.is_some()
                    && matches!(rebooking.consequence, PriceAdjustment::Refund(_)) =>
            {
                let (unit_price, paid) = (rebooking.unit_price, rebooking.paid);
                Ok(Booking { unit_price, paid, ..token.booking().clone() })
            }
            RebookingState::Cancelled(CancelReason::Support | CancelReason::Superseded)
            | RebookingState::DeclinedAgain
            | RebookingState::Rejected => Ok(token.booking().clone()),
        },
    }
}

impl AsSupport<'_> {
    /// Sends a link for a booking, with or without a decline; while one works already, that one is
    /// mailed again where the request says so. Until the customer chooses, the booking stays as it
    /// is; then its own request is withdrawn and its places go back.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`], [`RebookError::Invalid`] without a
    /// reason, and [`RebookError::TryLater`] while store or shop are out of reach.
    pub async fn send_link(self, request: &ManualLink) -> Result<LinkSent, RebookError> {
        if request.reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let key = CaseKey::Item(request.item);
        let rebookings = self.rebookings;
        let known = rebookings.store().find(&key).await?.value;
        let shop = match known == CaseState::default() {
            true => self.booking_of_the_shop(request.item).await?,
            false => None,
        };
        rebookings
            .decided(|| async {
                let seen = rebookings.store().find(&key).await?;
                let link = rebookings.new_link(LinkPurpose::Rebook)?;
                decide(seen, shop.clone(), request, &self.actor(), rebookings.policy(), link)
            })
            .await
    }

    /// Beside the search for an order's items the one call to the outside that a request makes:
    /// nothing is written by it, and it ends by the deadline of a call.
    async fn booking_of_the_shop(self, item: OrderItemId) -> Result<Option<Booking>, RebookError> {
        let deadline = self.rebookings.policy().delivery.deadline;
        let asked = self.rebookings.ports().orders.booking(item);
        let asked = self.rebookings.within(deadline, asked).await;
        Ok(asked.unwrap_or_else(|| Err(PortError::Transient("the shop did not answer".into())))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Commit, Guard};
    use crate::ports::RebookingStore as _;
    use crate::service::Forget;
    use crate::testing::{World, samples};
    use crate::value::ids::CaseId;

    #[tokio::test]
    async fn a_link_that_was_decided_before_its_case_was_forgotten_brings_no_name_back() {
        let (world, booking) = (World::new(), samples::booking());
        world.shop.put_booking(booking.clone());
        let reason = FreeText::line("Telefonat", 100);
        let by_hand = ManualLink { item: booking.item, reason: reason.clone(), again: true };
        let (case, support) = (CaseId::from(booking.item), world.rebookings.support("Susi"));
        support.send_link(&by_hand).await.unwrap();
        support.cancel(case, &reason).await.unwrap();

        let seen = world.store.find(&CaseKey::Item(booking.item)).await.unwrap();
        let link = world.rebookings.new_link(LinkPurpose::Rebook).unwrap();
        let (actor, policy) = (Actor::Support("Susi".into()), Policy::default());
        let decided = decide(seen, None, &by_hand, &actor, &policy, link).unwrap();
        support.forget(case, &Forget { reason, cancel_open: true }).await.unwrap();
        let late = world.store.commit(&decided.change.unwrap()).await.unwrap();
        assert_eq!(late, Commit::Lost(Guard::Token));
    }
}
