//! The mail that an effect stands for, as the case is now.

use chrono::{DateTime, Utc};

use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Effect, MailKind};
use crate::link::LinkPurpose;
use crate::notice::{MailedLink, Message, Notice};
use crate::ports::store::{CaseKey, ConfirmationKey, TokenKey};
use crate::ports::{AsOf, PortError};
use crate::rebooking::RebookingState;
use crate::service::{BackupOffers, ExchangeOffers, Rebookings};
use crate::token::{Cause, RebookingToken};
use crate::value::booking::Booking;
use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;

impl Rebookings {
    /// The mail that an effect stands for, or `None` when it is not true any more.
    pub(super) async fn notice(
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
                let before = self.step_before(token).await?;
                let rebooked_before = match &before {
                    Some(before) => self.replaced_a_date(before).await?,
                    None => false,
                };
                let refused = before.and_then(|before| Some(before.rebooking()?.slot));
                Message::OrderRefused { booking, refused, link, rebooked_before }
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
                let backups = self.offers_backups(token).await?;
                let exchange = self.offers_exchange(token).await?;
                let page = (backups || rebooking.is_backup)
                    .then(|| self.secret(LinkPurpose::Rebook, token.link()))
                    .transpose()?;
                Message::Rebooked {
                    before: self.booked_before(token).await?,
                    after: token.booking_moved_by(rebooking),
                    consequence: rebooking.consequence,
                    confirmed: state == Some(RebookingState::Confirmed),
                    declined: rebooking.is_backup.then_some(reason),
                    page,
                    backups,
                    exchange,
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
            (MailKind::PartnerReminder, _, Some(rebooking))
                if state == Some(RebookingState::AwaitingPartner) =>
            {
                Message::PartnerReminder {
                    booking: token.booking_moved_by(rebooking),
                    before: Some(booking),
                    asked_at: rebooking.since,
                    answer: self.secret(LinkPurpose::Answer, &rebooking.answer)?,
                }
            }
            (MailKind::PartnerConfirmed, _, Some(rebooking))
                if state == Some(RebookingState::Confirmed) =>
            {
                let booking = token.booking_moved_by(rebooking);
                // Nobody looks forward to what is over.
                if booking.slot.starts_at <= now {
                    return Ok(None);
                }
                Message::PartnerConfirmed { booking }
            }
            (MailKind::PartnerWithdrawn, _, Some(rebooking)) => {
                Message::PartnerWithdrawn { booking: token.booking_moved_by(rebooking) }
            }
            (MailKind::PartnerReleased, ..) => Message::PartnerReleased { booking },
            (
                MailKind::Rebooked
                | MailKind::CalledOff
                // Of an original booking alone, which is no link's.
                | MailKind::BookingRequest
                | MailKind::PartnerRequest
                | MailKind::PartnerReminder
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

    /// The mail that asks a partner for an original booking, or reminds them of it, while nobody
    /// has answered; the link in it is good for one answer.
    pub(super) async fn booking_request(
        &self,
        effect: &Effect,
        kind: MailKind,
    ) -> Result<Option<Notice>, PortError> {
        let item = effect.token.case.original();
        let AsOf { now, value } = self.store().find(&CaseKey::Item(item)).await?;
        let asked = value
            .confirmation
            .filter(|asked| asked.state == ConfirmationState::Pending && asked.token.is_none());
        let Some(Confirmation { booking, answer: Some(answer), opened_at: asked_at, .. }) = asked
        else {
            return Ok(None);
        };
        let partner = booking.partner.clone();
        let answer = self.secret(LinkPurpose::Answer, &answer)?;
        let message = match kind {
            MailKind::PartnerReminder => {
                Message::PartnerReminder { booking, before: None, asked_at, answer }
            }
            _ => Message::BookingRequest { booking, answer },
        };
        Ok((!partner.email.is_forgotten()).then(|| Notice {
            key: effect.key.clone(),
            token: effect.token,
            at: now,
            name: FreeText::default(),
            to: partner.email,
            language: partner.language,
            message,
        }))
    }

    /// Whether a booking is on another date than the one that the case began with.
    async fn was_moved(
        &self,
        token: &RebookingToken,
        booking: &Booking,
    ) -> Result<bool, PortError> {
        let first = self.store().token(TokenRef::first(token.id().case)).await?;
        Ok(first.is_some_and(|first| first.value.booking().slot.id != booking.slot.id))
    }

    /// Whether there is a date that may be named as a backup.
    async fn offers_backups(&self, token: &RebookingToken) -> Result<bool, PortError> {
        if !token.takes_backups(self.policy()) {
            return Ok(false);
        }
        let seen = self.open(TokenKey::Id(token.id())).await?;
        let offers = seen.and_then(|seen| BackupOffers::new(seen, self.policy()));
        Ok(offers.is_some_and(|known| !known.offers.is_empty()))
    }

    /// Whether there is a date that the backup may be exchanged for.
    async fn offers_exchange(&self, token: &RebookingToken) -> Result<bool, PortError> {
        if token.rebooking().is_none_or(|rebooking| !rebooking.is_backup) {
            return Ok(false);
        }
        let seen = self.open(TokenKey::Id(token.id())).await?;
        let offers = seen.and_then(|seen| ExchangeOffers::new(seen, self.policy()));
        Ok(offers.is_some_and(|known| !known.offers.is_empty()))
    }

    /// The booking as its customer knows it: a backup that was exchanged since is what the last
    /// mail had told of.
    async fn booked_before(&self, token: &RebookingToken) -> Result<Booking, PortError> {
        let booking = token.booking().clone();
        let exchanged = self.exchanged_by(token).await?;
        Ok(exchanged.and_then(|before| before.moved_booking()).unwrap_or(booking))
    }

    /// Whether what a token was used for was to take the place of a date that an earlier mail had
    /// told of: as a backup, or for one.
    async fn replaced_a_date(&self, token: &RebookingToken) -> Result<bool, PortError> {
        let is_backup = token.rebooking().is_some_and(|rebooking| rebooking.is_backup);
        Ok(is_backup || self.exchanged_by(token).await?.is_some())
    }

    /// The step whose backup this one took the place of.
    async fn exchanged_by(
        &self,
        token: &RebookingToken,
    ) -> Result<Option<RebookingToken>, PortError> {
        if token.cause() != Cause::Replaced {
            return Ok(None);
        }
        Ok(self.step_before(token).await?.filter(RebookingToken::was_exchanged))
    }

    /// The step before a token's, where anybody can make sense of it: a row that makes none keeps
    /// nobody from the mail about the newest one.
    async fn step_before(
        &self,
        token: &RebookingToken,
    ) -> Result<Option<RebookingToken>, PortError> {
        let before = TokenRef { case: token.id().case, step: token.id().step.saturating_sub(1) };
        match self.store().token(before).await {
            Ok(seen) => Ok(seen.map(|seen| seen.value)),
            Err(PortError::Permanent(_)) => Ok(None),
            Err(error) => Err(error),
        }
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
        (
            MailKind::PartnerRequest | MailKind::PartnerReminder | MailKind::PartnerWithdrawn,
            Some(rebooking),
        ) => &rebooking.partner,
        _ => partner,
    };
    (FreeText::default(), partner.email.clone(), partner.language)
}
