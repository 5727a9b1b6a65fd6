//! Everything that can happen to a token, one method each. A transition consumes the token and
//! gives its next state, so nobody can go on with the old one by mistake.

use chrono::{DateTime, TimeDelta, Utc};

use super::{CancelReason, LinkUnusable, RebookingToken, TicketRef, TokenState};
use crate::attempts::Attempts;
use crate::backup::Backup;
use crate::eligibility::{Offer, RuleSet};
use crate::link::StoredLink;
use crate::policy::{AttemptLimits, OrderStrategy};
use crate::rebooking::{
    ChosenBy, InvalidTransition, PlacedOrder, Rebooking, RebookingEvent, RebookingState, Transition,
};
use crate::value::customer::Customer;
use crate::value::ids::ConfirmationId;
use crate::value::text::FreeText;
use crate::wish::Wish;

/// What can happen to the link.
impl RebookingToken {
    /// Uses it up for the date of an offer. Whose rules made the offer decides who has chosen, and
    /// whether an expired link is an obstacle: it is one to the customer, and none to support.
    ///
    /// `strategy` and `answer` are settled with the choice: how the shop is told, and the link by
    /// which the partner may answer.
    ///
    /// # Errors
    /// [`LinkUnusable`] when it was used or cancelled, or has expired for whoever chooses.
    pub fn choose(
        self,
        offer: &Offer,
        strategy: OrderStrategy,
        answer: StoredLink,
        now: DateTime<Utc>,
    ) -> Result<Self, LinkUnusable> {
        let (chosen_by, mut next) = match offer.rules() {
            RuleSet::Strict => self.usable(now).map(|()| (ChosenBy::Customer, self))?,
            RuleSet::Support => (ChosenBy::Support, self.reopened(now)?),
        };
        let (booking, date, price) = (&next.parts.booking, offer.date(), offer.price());
        let rebooking = Rebooking {
            at: now,
            by: chosen_by,
            strategy,
            slot: date.slot,
            course: date.course.clone(),
            partner: date.partner.clone().unwrap_or_else(|| booking.partner.clone()),
            list_total: price.list_total,
            total: price.total,
            consequence: price.consequence,
            unit_price: price.unit_price,
            paid: price.paid,
            answer,
            confirmation: None,
            order: None,
            state: RebookingState::Ordering,
            since: now,
            backups: Vec::new(),
            is_backup: false,
        };
        next.parts.state = TokenState::Used(Box::new(rebooking));
        next.parts.holds = None;
        Ok(next)
    }

    /// Every link is used before its expiry: support's choice prolongs an expired one to now.
    fn reopened(mut self, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        self.undecided()?;
        self.parts.expires_at = self.parts.expires_at.max(now + TimeDelta::seconds(1));
        Ok(self)
    }

    /// Takes it away, also when its time is over; it holds no confirmation any more. What has been
    /// used or taken away stays as it is.
    ///
    /// # Errors
    /// [`LinkUnusable::Used`] and [`LinkUnusable::Cancelled`].
    pub fn cancel(mut self, why: CancelReason, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        self.undecided()?;
        self.parts.state = TokenState::Cancelled { at: now, why };
        self.parts.holds = None;
        Ok(if why.is_the_shops() { self.order_gone(why, now) } else { self })
    }

    /// Lets it work longer: counted from its expiry, or from now when that has passed. The reminder
    /// becomes due anew.
    ///
    /// # Errors
    /// [`LinkUnusable::Used`] and [`LinkUnusable::Cancelled`].
    pub fn extend(mut self, by: TimeDelta, now: DateTime<Utc>) -> Result<Self, LinkUnusable> {
        self.undecided()?;
        self.parts.expires_at = self.parts.expires_at.max(now) + by;
        self.parts.milestones.reminded_at = None;
        self.parts.milestones.expired_at = None;
        Ok(self)
    }

    fn undecided(&self) -> Result<(), LinkUnusable> {
        match &self.parts.state {
            TokenState::Active => Ok(()),
            TokenState::Cancelled { at, why } => {
                Err(LinkUnusable::Cancelled { at: *at, why: *why })
            }
            TokenState::Used(rebooking) => Err(LinkUnusable::Used { at: rebooking.at }),
        }
    }
}

/// What is noted on it.
impl RebookingToken {
    /// It holds the live confirmation of its booking, until it is used or cancelled.
    #[must_use]
    pub fn holding(mut self, confirmation: Option<ConfirmationId>) -> Self {
        self.parts.holds = confirmation;
        self
    }

    /// The partner is asked about its booking from now on: as if the request had been there when
    /// the link was issued.
    #[must_use]
    pub fn request_opened(mut self, confirmation: ConfirmationId) -> Self {
        (self.parts.origin, self.parts.holds) = (Some(confirmation), Some(confirmation));
        self
    }

    /// Wrong addresses are forgiven: support has issued it.
    #[must_use]
    pub fn attempts_forgiven(mut self) -> Self {
        self.parts.attempts = Attempts::default();
        self
    }

    /// One wrong address more.
    #[must_use]
    pub fn wrong_address_counted(mut self, limits: AttemptLimits, now: DateTime<Utc>) -> Self {
        self.parts.attempts = self.parts.attempts.one_more(limits, now);
        self
    }

    /// The customer asked for it in place of an expired one: one renewal more of its case.
    #[must_use]
    pub const fn renewal_counted(mut self) -> Self {
        self.parts.renewals = self.parts.renewals.saturating_add(1);
        self
    }

    /// The mail with the link was handed over.
    #[must_use]
    pub const fn mailed(mut self, now: DateTime<Utc>) -> Self {
        self.parts.milestones.mailed_at = Some(now);
        self
    }

    /// The reminder became due.
    #[must_use]
    pub const fn reminded(mut self, now: DateTime<Utc>) -> Self {
        self.parts.milestones.reminded_at = Some(now);
        self
    }

    /// Its expiry is on record.
    #[must_use]
    pub const fn expiry_noted(mut self, now: DateTime<Utc>) -> Self {
        self.parts.milestones.expired_at = Some(now);
        self
    }

    /// The support system keeps this ticket for its case.
    #[must_use]
    pub fn ticket_kept(mut self, ticket: TicketRef) -> Self {
        self.parts.ticket = Some(ticket);
        self
    }

    /// The customer has said what would fit.
    #[must_use]
    pub fn wished(mut self, wish: Wish) -> Self {
        self.parts.wishes.push(wish);
        self
    }

    /// The customer is told of new dates: the wishes that `is_answered` picks wait no longer.
    #[must_use]
    pub fn wishes_answered(
        mut self,
        is_answered: impl Fn(&Wish) -> bool,
        now: DateTime<Utc>,
    ) -> Self {
        for wish in self.parts.wishes.iter_mut().filter(|wish| is_answered(wish)) {
            wish.answered_at = Some(now);
        }
        self
    }

    /// The shop refunded or cancelled the order: there is nothing left to move.
    #[must_use]
    pub fn order_gone(mut self, why: CancelReason, now: DateTime<Utc>) -> Self {
        self.parts.milestones.order_gone_at = Some(now);
        if why == CancelReason::Refunded {
            self.parts.milestones.refunded_at = Some(now);
        }
        self
    }

    /// The token without anything personal (promise of the purge): nobody can be greeted, reached
    /// or matched by it.
    #[must_use]
    pub fn forgotten(mut self, now: DateTime<Utc>) -> Self {
        let customer = &mut self.parts.booking.customer;
        *customer = Customer::forgotten(customer.language);
        self.parts.reason = FreeText::default();
        for wish in &mut self.parts.wishes {
            wish.text = FreeText::default();
        }
        self.parts.milestones.forgotten_at = Some(now);
        self
    }
}

/// What can happen to its rebooking.
impl RebookingToken {
    /// The shop carries the rebooking under this order.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the rebooking is not in a state for it.
    pub fn order_made(
        self,
        order: PlacedOrder,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, InvalidTransition> {
        let keep = |rebooking: &mut Rebooking| rebooking.order = Some(order);
        self.apply(RebookingEvent::OrderMade, now, keep)
    }

    /// The shop refused the order for good.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the rebooking is not in a state for it.
    pub fn order_refused(self, now: DateTime<Utc>) -> Result<Transition<Self>, InvalidTransition> {
        self.apply(RebookingEvent::OrderRefused, now, |_| {})
    }

    /// The partner will give the course on the chosen date.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the rebooking is not in a state for it.
    pub fn partner_confirmed(
        self,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, InvalidTransition> {
        self.apply(RebookingEvent::PartnerConfirmed, now, |_| {})
    }

    /// The partner declined the chosen date, or withdrew it.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the rebooking is not in a state for it.
    pub fn partner_declined(
        self,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, InvalidTransition> {
        self.apply(RebookingEvent::PartnerDeclined, now, |_| {})
    }

    /// Support or the shop cancelled the rebooking.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the rebooking is not in a state for it.
    pub fn rebooking_cancelled(
        self,
        why: CancelReason,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, InvalidTransition> {
        Ok(match self.apply(RebookingEvent::Cancelled(why), now, |_| {})? {
            Transition::To(next) if why.is_the_shops() => Transition::To(next.order_gone(why, now)),
            outcome @ (Transition::To(_) | Transition::NoOp | Transition::TooLate) => outcome,
        })
    }

    /// The customer would take these dates, in this order, should the partner decline; they stand
    /// in for those that were named before. Without a rebooking there is nothing to name them for.
    #[must_use]
    pub fn backups_named(mut self, backups: Vec<Backup>) -> Self {
        if let TokenState::Used(rebooking) = &mut self.parts.state {
            rebooking.backups = backups;
        }
        self
    }

    /// Its rebooking is a backup of the link before, whose later ones are `left`.
    #[must_use]
    pub(crate) fn booked_as_backup(mut self, left: Vec<Backup>) -> Self {
        if let TokenState::Used(rebooking) = &mut self.parts.state {
            (rebooking.is_backup, rebooking.backups) = (true, left);
        }
        self
    }

    fn apply(
        mut self,
        event: RebookingEvent,
        now: DateTime<Utc>,
        note: impl FnOnce(&mut Rebooking),
    ) -> Result<Transition<Self>, InvalidTransition> {
        let rebooking = match &mut self.parts.state {
            TokenState::Used(rebooking) => rebooking,
            TokenState::Active | TokenState::Cancelled { .. } => {
                return Err(InvalidTransition::NotChosen);
            }
        };
        Ok(match rebooking.state.apply(event)? {
            Transition::To(state) => {
                (rebooking.state, rebooking.since) = (state, now);
                if !state.awaits_answer() {
                    rebooking.backups.clear();
                }
                note(rebooking);
                Transition::To(self)
            }
            Transition::NoOp => Transition::NoOp,
            Transition::TooLate => Transition::TooLate,
        })
    }
}
