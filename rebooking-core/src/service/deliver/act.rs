//! One effect, one call to the outside; and what its success changes.

use chrono::{DateTime, Utc};

use super::order;
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{Effect, EffectKind, MailKind, TicketFact};
use crate::eligibility::PriceAdjustment;
use crate::error::RebookError;
use crate::link::LinkPurpose;
use crate::notice::{MailedLink, Message, Notice};
use crate::ports::store::{ConfirmationKey, TokenKey};
use crate::ports::{
    CheckpointStore, OrderChange, OrderUndo, Placement, PortError, Refund, TicketNote,
};
use crate::rebooking::{Rebooking, RebookingState};
use crate::service::Rebookings;
use crate::token::{RebookingToken, TicketRef};
use crate::value::booking::Booking;
use crate::value::course_date::Slot;
use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::TokenRef;
use crate::value::money::Money;
use crate::value::text::FreeText;

/// What the outside answered.
pub(super) enum Acted {
    /// It was no longer needed.
    Moot,
    /// A mail was handed over.
    Mailed,
    /// The shop answered an order.
    Placed(Placement),
    /// The order is off.
    Undone,
    /// The money is on its way back.
    Refunded,
    /// The ticket knows.
    Recorded(TicketRef),
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
                Some(notice) => ports.mailer.send(&notice).await.map(|()| Acted::Mailed),
                None => Ok(Acted::Moot),
            },
            EffectKind::PlaceOrder => match token.rebooking() {
                Some(rebooking) if rebooking.state == RebookingState::Ordering => {
                    let change = Self::order_change(token, rebooking);
                    ports.orders.place(&change, checkpoints).await.map(Acted::Placed)
                }
                Some(_) | None => Ok(Acted::Moot),
            },
            EffectKind::UndoOrder => {
                let order = token.rebooking().and_then(|rebooking| rebooking.order.clone());
                let undo =
                    OrderUndo { key: token.order_key(), before: token.booking().clone(), order };
                ports.orders.undo(&undo, checkpoints).await.map(|()| Acted::Undone)
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
        }
    }

    /// What the outside's answer changes beside the effect.
    pub(super) fn after(
        &self,
        kind: EffectKind,
        token: RebookingToken,
        acted: &Acted,
        now: DateTime<Utc>,
    ) -> Result<Change, RebookError> {
        let id = token.id();
        let change = Change::at(now);
        match acted {
            Acted::Moot => Ok(change),
            Acted::Mailed => Ok(match kind {
                EffectKind::Mail(mail)
                    if mail.carries_link() && token.milestones().mailed_at.is_none() =>
                {
                    change
                        .audit(id, &Actor::System, AuditEvent::LinkMailed)
                        .update(token.mailed(now))
                }
                _ => change,
            }),
            Acted::Placed(Placement::Made(order)) => order::made(token, order.clone(), now),
            Acted::Placed(Placement::Refused { reason }) => order::refused(
                token,
                reason,
                self.policy(),
                self.new_link(LinkPurpose::Rebook)?,
                now,
            ),
            Acted::Undone => Ok(change.audit(id, &Actor::Shop, AuditEvent::OrderUndone)),
            Acted::Refunded => Ok(change.audit(id, &Actor::Shop, AuditEvent::DifferenceRefunded)),
            Acted::Recorded(ticket) if token.ticket() == Some(ticket) => Ok(change),
            Acted::Recorded(ticket) => {
                let next = token.ticket_kept(ticket.clone());
                Ok(change.audit(id, &Actor::System, AuditEvent::TicketKept).update(next))
            }
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
            total: rebooking.total,
            due,
        }
    }

    /// The mail that an effect stands for, or `None` when it is not true any more.
    async fn notice(
        &self,
        effect: &Effect,
        kind: MailKind,
        token: &RebookingToken,
        now: DateTime<Utc>,
    ) -> Result<Option<Notice>, PortError> {
        let link = match kind.carries_link() {
            true if token.usable(now).is_ok() => Some(MailedLink {
                secret: self.secret(LinkPurpose::Rebook, token.link())?,
                issued_at: token.issued_at(),
                expires_at: token.expires_at(),
            }),
            true => return Ok(None),
            false => None,
        };
        let booking = token.booking().clone();
        let reason = token.reason().clone();
        let state = token.rebooking().map(|rebooking| rebooking.state);
        let message = match (kind, link, token.rebooking()) {
            (MailKind::Declined, Some(link), _) => {
                let rebooked_before = self.was_moved(token, &booking).await?;
                Message::Declined { booking, reason, link, rebooked_before }
            }
            (MailKind::LinkSent, Some(link), _) => Message::LinkSent { booking, reason, link },
            (MailKind::LinkReplaced, Some(link), _) => {
                let lost = token.declines() > 0 && token.holds().is_none();
                let rebooked_before = lost && self.was_moved(token, &booking).await?;
                Message::LinkReplaced { booking, reason, link, rebooked_before }
            }
            (MailKind::Reminder, Some(link), _) => Message::Reminder { booking, link },
            (MailKind::NewDates, Some(link), _) => Message::NewDates { booking, link },
            (MailKind::OrderRefused, Some(link), _) => {
                let refused = self.refused_before(token).await?;
                Message::OrderRefused { booking, refused, link }
            }
            (MailKind::LimitReached, _, rebooking) => {
                let booking = rebooking.map_or(booking, |moved| token.booking_moved_by(moved));
                let rebooked_before = self.was_moved(token, &booking).await?;
                Message::LimitReached {
                    booking,
                    reason: self.last_reason(token).await?,
                    rebooked_before,
                }
            }
            (MailKind::Rebooked, _, Some(rebooking)) if rebooking.state.partner_knows() => {
                Message::Rebooked {
                    before: booking,
                    after: token.booking_moved_by(rebooking),
                    consequence: rebooking.consequence,
                    confirmed: state == Some(RebookingState::Confirmed),
                }
            }
            (MailKind::CalledOff, _, Some(rebooking)) => {
                let RebookingState::Cancelled(why) = rebooking.state else { return Ok(None) };
                Message::CalledOff { booking: token.booking_moved_by(rebooking), why }
            }
            (MailKind::PartnerRequest, _, Some(rebooking))
                if state == Some(RebookingState::AwaitingPartner) =>
            {
                Message::PartnerRequest {
                    booking: token.booking_moved_by(rebooking),
                    before: booking,
                    answer: self.secret(LinkPurpose::Answer, &rebooking.answer)?,
                }
            }
            (MailKind::PartnerConfirmed, _, Some(rebooking))
                if state == Some(RebookingState::Confirmed) =>
            {
                Message::PartnerConfirmed { booking: token.booking_moved_by(rebooking) }
            }
            (MailKind::PartnerWithdrawn, _, Some(rebooking)) => {
                Message::PartnerWithdrawn { booking: token.booking_moved_by(rebooking) }
            }
            (MailKind::PartnerReleased, ..) => Message::PartnerReleased { booking },
            (
                MailKind::Rebooked
                | MailKind::CalledOff
                | MailKind::PartnerRequest
                | MailKind::PartnerConfirmed
                | MailKind::PartnerWithdrawn,
                ..,
            ) => return Ok(None),
            (
                MailKind::Declined
                | MailKind::LinkSent
                | MailKind::LinkReplaced
                | MailKind::Reminder
                | MailKind::NewDates
                | MailKind::OrderRefused,
                None,
                _,
            ) => return Ok(None),
        };
        let (name, to, language) = recipient(kind, token);
        Ok((!to.is_forgotten()).then(|| Notice {
            key: effect.key.clone(),
            token: token.id(),
            at: now,
            name,
            to,
            language,
            message,
        }))
    }

    /// Whether a booking is on another date than the one that the case began with.
    async fn was_moved(
        &self,
        token: &RebookingToken,
        booking: &Booking,
    ) -> Result<bool, PortError> {
        let first = self.open(TokenKey::Id(TokenRef::first(token.id().case))).await?;
        Ok(first.is_some_and(|first| first.value.token.booking().slot.id != booking.slot.id))
    }

    /// The date that the shop refused: the choice of the link before this one.
    async fn refused_before(&self, token: &RebookingToken) -> Result<Option<Slot>, PortError> {
        let before = TokenRef { case: token.id().case, step: token.id().step.saturating_sub(1) };
        let seen = self.open(TokenKey::Id(before)).await?;
        Ok(seen.and_then(|seen| seen.value.token.rebooking().map(|rebooking| rebooking.slot)))
    }

    /// Why the partner declined the date that this token's rebooking was for.
    async fn last_reason(&self, token: &RebookingToken) -> Result<FreeText, PortError> {
        let Some(confirmation) = token.rebooking().and_then(|rebooking| rebooking.confirmation)
        else {
            return Ok(token.reason().clone());
        };
        let asked = self.find_confirmation(&ConfirmationKey::Id(confirmation)).await?;
        Ok(asked.map_or_else(FreeText::default, |asked| asked.value.confirmation.reason))
    }
}

fn recipient(kind: MailKind, token: &RebookingToken) -> (FreeText, EmailAddress, Language) {
    let Booking { customer, partner, .. } = token.booking();
    if kind.to_customer() {
        return (customer.name.clone(), customer.email.clone(), customer.language);
    }
    let partner = match (kind, token.rebooking()) {
        (MailKind::PartnerRequest | MailKind::PartnerWithdrawn, Some(rebooking)) => {
            &rebooking.partner
        }
        _ => partner,
    };
    (FreeText::default(), partner.email.clone(), partner.language)
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
