//! One effect, one call to the outside; and what its success changes.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::order;
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{Checkpoint, Claimed, Effect, EffectKind, MailKind, TicketFact};
use crate::eligibility::PriceAdjustment;
use crate::error::RebookError;
use crate::event::Event;
use crate::link::LinkPurpose;
use crate::notice::Notice;
use crate::policy::OrderStrategy;
use crate::ports::{
    CheckpointStore, EventSink, OrderChange, OrderUndo, Placement, PortError, Refund, TicketNote,
    Undone,
};
use crate::rebooking::{PlacedOrder, Rebooking, RebookingState};
use crate::service::Rebookings;
use crate::token::{RebookingToken, TicketRef};
use crate::value::money::Money;
use crate::value::text::FreeText;

/// The checkpoint of a mail that the relay has accepted.
fn accepted() -> Checkpoint {
    Checkpoint("accepted".to_owned())
}

/// Whether the relay had accepted the mail before the worker that sent it was lost.
pub(super) fn was_accepted(claimed: &Claimed) -> bool {
    matches!(claimed.effect.kind, EffectKind::Mail(_)) && claimed.checkpoint == accepted()
}

/// What the outside answered.
pub(super) enum Acted {
    /// It was no longer needed.
    Moot,
    /// A mail was handed over.
    Mailed,
    /// It had been handed over before; the relay was not asked again.
    MailedBefore,
    /// The shop has made an order.
    Placed(PlacedOrder),
    /// The shop will never make an order.
    Refused {
        /// Why, for support.
        reason: FreeText,
        /// Whether the order that it would have replaced is in force.
        original_stands: bool,
    },
    /// The order is off, and this is what the shop's stock holds of it.
    Undone(Undone),
    /// The money is on its way back.
    Refunded,
    /// The ticket knows.
    Recorded(TicketRef),
    /// Somebody has taken the event.
    Told,
}

impl Rebookings {
    /// Calls the outside for one effect of a token. Token and case are read anew for each try, so
    /// what is no longer true is no longer said.
    pub(super) async fn act(
        &self,
        effect: &Effect,
        token: &RebookingToken,
        checkpoints: &dyn CheckpointStore,
        now: DateTime<Utc>,
    ) -> Result<Acted, PortError> {
        let ports = self.ports();
        match effect.kind {
            EffectKind::Mail(kind) => match self.notice(effect, kind, token, now).await? {
                Some(notice) => self.mail(&notice, checkpoints).await,
                None => Ok(Acted::Moot),
            },
            EffectKind::PlaceOrder => match token.rebooking() {
                Some(rebooking) if rebooking.state == RebookingState::Ordering => {
                    let correction = self.correction(rebooking).await?;
                    let change = OrderChange { correction, ..Self::order_change(token, rebooking) };
                    match ports.orders.place(&change, checkpoints).await? {
                        Placement::Made(order) => Ok(Acted::Placed(order)),
                        Placement::Refused { reason } => {
                            let original_stands = self.original_stands(&change).await?;
                            Ok(Acted::Refused { reason, original_stands })
                        }
                    }
                }
                Some(_) | None => Ok(Acted::Moot),
            },
            EffectKind::UndoOrder => {
                let order = token.rebooking().and_then(|rebooking| rebooking.order.clone());
                let undo =
                    OrderUndo { key: token.order_key(), before: token.booking().clone(), order };
                ports.orders.undo(&undo, checkpoints).await.map(Acted::Undone)
            }
            // Whoever refunded or cancelled the whole order in the shop has given the difference
            // back with it.
            EffectKind::Refund if token.milestones().order_gone_at.is_some() => Ok(Acted::Moot),
            EffectKind::Refund => {
                let consequence = token.rebooking().map(|rebooking| rebooking.consequence);
                let (Some(booking), Some(PriceAdjustment::Refund(amount))) =
                    (token.moved_booking(), consequence)
                else {
                    return Ok(Acted::Moot);
                };
                let refund = Refund { key: token.order_key(), booking, amount };
                ports.orders.refund(&refund, checkpoints).await.map(|()| Acted::Refunded)
            }
            EffectKind::Ticket(fact) => {
                ports.tickets.record(&ticket_note(effect, token, fact)).await.map(Acted::Recorded)
            }
            EffectKind::Event(_) => self.tell(effect, token).await,
        }
    }

    async fn tell(&self, effect: &Effect, token: &RebookingToken) -> Result<Acted, PortError> {
        let sink = self.ports().events.as_ref();
        let event = |sink: &Arc<dyn EventSink>| Event::new(effect, token, sink.wants_customer());
        match sink.and_then(|sink| Some((sink, event(sink)?))) {
            Some((sink, event)) => sink.take(&event).await.map(|()| Acted::Told),
            None => Ok(Acted::Moot),
        }
    }

    /// The same for an effect of an original booking, which comes before any link: its request is
    /// read anew, too.
    pub(super) async fn act_on_booking(
        &self,
        effect: &Effect,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Acted, PortError> {
        let EffectKind::Mail(kind @ (MailKind::BookingRequest | MailKind::PartnerReminder)) =
            effect.kind
        else {
            return Err(PortError::Permanent("the effect is about no link".into()));
        };
        match self.booking_request(effect, kind).await? {
            Some(notice) => self.mail(&notice, checkpoints).await,
            None => Ok(Acted::Moot),
        }
    }

    /// What the relay has accepted is noted at once and by itself: from there on a crash sends no
    /// twin. Where it cannot be saved the mail is out all the same.
    async fn mail(
        &self,
        notice: &Notice,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Acted, PortError> {
        self.ports().mailer.send(notice).await?;
        if let Err(error) = checkpoints.save(accepted()).await {
            let (effect, error) = (notice.key.as_str(), error.phrase());
            tracing::debug!(effect, %error, "cannot save that a mail was accepted");
        }
        Ok(Acted::Mailed)
    }

    /// What the outside's answer changes beside the effect.
    pub(super) fn after(
        &self,
        kind: EffectKind,
        token: RebookingToken,
        case: &[RebookingToken],
        acted: &Acted,
        now: DateTime<Utc>,
    ) -> Result<Change, RebookError> {
        let id = token.id();
        let change = Change::at(now);
        match acted {
            Acted::Moot | Acted::Told => Ok(change),
            Acted::Mailed | Acted::MailedBefore => Ok(match kind {
                EffectKind::Mail(mail)
                    if mail.carries_link() && token.milestones().mailed_at.is_none() =>
                {
                    change
                        .audit(id, &Actor::System, AuditEvent::LinkMailed)
                        .update(token.mailed(now))
                }
                _ => change,
            }),
            Acted::Placed(order) => order::made(token, order.clone(), now),
            Acted::Refused { reason, original_stands } => {
                let link = self.new_link(LinkPurpose::Rebook)?;
                let change = order::refused(token.clone(), reason, self.policy(), link, now)?;
                Ok(if *original_stands {
                    order::original_held(change, &token, case)
                } else {
                    change
                })
            }
            Acted::Undone(undone) => Ok(order::undone(&token, case, *undone, now)),
            Acted::Refunded => Ok(change.audit(id, &Actor::Shop, AuditEvent::DifferenceRefunded)),
            Acted::Recorded(ticket) if token.ticket() == Some(ticket) => Ok(change),
            Acted::Recorded(ticket) => {
                let next = token.ticket_kept(ticket.clone());
                Ok(change.audit(id, &Actor::System, AuditEvent::TicketKept).update(next))
            }
        }
    }

    /// Whether the shop still holds what was bought, once it has refused the order that was to
    /// replace it: an earlier order of the case, called off since, may have closed it for good.
    async fn original_stands(&self, change: &OrderChange) -> Result<bool, PortError> {
        match change.strategy {
            // Nothing was to replace it.
            OrderStrategy::KeepOrder => return Ok(true),
            OrderStrategy::LinkedOrder => {}
        }
        match self.ports().orders.booking(change.before.item).await {
            Ok(booking) => Ok(booking.is_some()),
            // The customer must hear of the refusal all the same: places that nobody can tell of
            // are not counted on.
            Err(PortError::Permanent(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn order_change(token: &RebookingToken, rebooking: &Rebooking) -> OrderChange {
        let due = match rebooking.consequence {
            PriceAdjustment::ToPay(due) => due,
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) => {
                Money::zero(rebooking.total.currency())
            }
        };
        OrderChange {
            key: token.order_key(),
            reference: token.order_reference(),
            strategy: rebooking.strategy,
            before: token.booking().clone(),
            after: token.booking_moved_by(rebooking),
            list_total: rebooking.list_total,
            due,
            correction: 0,
        }
    }

    /// What the shop's stock does not know of the date that a rebooking is for.
    async fn correction(&self, rebooking: &Rebooking) -> Result<i64, PortError> {
        match (&self.ports().schedule, rebooking.confirmation) {
            (Some(outer), Some(request)) => {
                Ok(outer.imports.correction(request).await?.unwrap_or_default())
            }
            (Some(_) | None, _) => Ok(0),
        }
    }
}

fn ticket_note(effect: &Effect, token: &RebookingToken, fact: TicketFact) -> TicketNote {
    let wish = match fact {
        TicketFact::Wish(place) => token.wishes().get(place as usize).cloned(),
        _ => None,
    };
    TicketNote {
        key: effect.key.clone(),
        token: token.id(),
        ticket: token.ticket().cloned(),
        booking: token.booking().clone(),
        rebooking: token.rebooking().cloned(),
        fact,
        reason: token.reason().clone(),
        wish,
        stage: fact.stage(),
    }
}
