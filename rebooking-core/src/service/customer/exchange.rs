//! *Exchange*: a backup was booked for a customer, who would rather have another date after all.
//! Until the partner answers it is exchanged in one go, and once: the places of the one go back as
//! those of the other are taken.

use chrono::{DateTime, Utc};

use super::choose::{ChoiceResult, agreed_total, book, choose_again, find, gone, hold_to};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, TicketFact};
use crate::eligibility::{Eligibility, Offer, PriceAdjustment, Refusal, RuleSet};
use crate::error::{Conflict, RebookError};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::store::{TokenKey, TokenWithDates};
use crate::ports::{AsOf, PortError};
use crate::rebooking::Transition;
use crate::service::address::Owner;
use crate::service::support::cancel::call_off;
use crate::service::support::manual_link::movable;
use crate::service::{AsCustomer, Choice, Chosen, Decision, Rebookings};
use crate::token::{CancelReason, Cause, Issue, RebookingToken, TokenState};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;

/// The dates that a backup may be exchanged for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeOffers {
    /// The link and the backup that was booked by it.
    pub token: RebookingToken,
    /// The dates to choose from, as they would be offered had the backup not been booked; but none
    /// that would have us bear anew what went back for a cheaper backup.
    pub offers: Vec<Offer>,
}

impl ExchangeOffers {
    /// What the backup of a token may be exchanged for; `None` where it cannot be exchanged.
    #[must_use]
    pub fn new(seen: AsOf<TokenWithDates>, policy: &Policy) -> Option<Self> {
        let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
        if !token.is_exchangeable(policy, now) {
            return None;
        }
        let (_, booking) = called_off(&token, now).ok()?;
        let offers = offers(&token, &booking, &dates, policy, now);
        Some(Self { token, offers })
    }
}

/// The token with its backup called off, and the booking that the case has left then.
fn called_off(
    token: &RebookingToken,
    now: DateTime<Utc>,
) -> Result<(RebookingToken, Booking), RebookError> {
    let off = match token.clone().rebooking_cancelled(CancelReason::Superseded, now)? {
        Transition::To(off) => off,
        Transition::NoOp | Transition::TooLate => return Err(Conflict::DateFixed.into()),
    };
    let booking = movable(&off)?;
    Ok((off, booking))
}

/// What the backup may be exchanged for.
fn offers(
    token: &RebookingToken,
    booking: &Booking,
    dates: &[CourseDate],
    policy: &Policy,
    now: DateTime<Utc>,
) -> Vec<Offer> {
    let mut offers = with_rules(token, booking, policy, now, |rules| rules.offers(dates));
    offers.retain(|offer| bears_nothing_that_went_back(token, offer));
    offers
}

/// What went back for a cheaper backup is not borne by us on top: the partner's no is made good by
/// then, and the customer gives the backup up of their own will.
fn bears_nothing_that_went_back(token: &RebookingToken, offer: &Offer) -> bool {
    let went_back = token
        .rebooking()
        .is_some_and(|given_up| matches!(given_up.consequence, PriceAdjustment::Refund(_)));
    !went_back || !matches!(offer.consequence(), PriceAdjustment::Absorbed(_))
}

/// The rules of the next step, and the backup itself is no other date.
fn with_rules<A>(
    token: &RebookingToken,
    booking: &Booking,
    policy: &Policy,
    now: DateTime<Utc>,
    ask: impl FnOnce(Eligibility<'_>) -> A,
) -> A {
    let (lost, proposed) = (token.lost_with_this(), token.proposed());
    ask(Eligibility { booking, lost: &lost, proposed, policy, rules: RuleSet::Strict, now })
}

/// Decides on another date in place of a backup. `later` is the step after the token's, where there
/// is one; `link` and `answer` are fresh, and used only if the choice holds.
///
/// # Errors
/// As [`choose`](crate::service::decisions::choose), and [`RebookError::Conflict`] where
/// [`RebookingToken::is_exchangeable`] says no.
pub fn decide(
    seen: AsOf<TokenWithDates>,
    later: Option<RebookingToken>,
    choice: &Choice,
    policy: &Policy,
    link: StoredLink,
    answer: StoredLink,
) -> Result<Decision<ChoiceResult>, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
    let rebooking = match token.state() {
        TokenState::Active if now < token.expires_at() => return Err(Conflict::DateFixed.into()),
        TokenState::Active | TokenState::Cancelled { .. } => return Err(gone(token, now)),
        TokenState::Used(_) if token.milestones().forgotten_at.is_some() => {
            return Err(gone(token, now));
        }
        TokenState::Used(rebooking) => rebooking,
    };
    if rebooking.state.is_live() && !token.is_exchangeable(policy, now) {
        return Err(Conflict::DateFixed.into());
    }
    if let Some(refused) = Owner::customer(&token).refuses(&choice.email, policy, now)? {
        return Ok(refused);
    }
    let agreed = agreed_total(choice.expected_total.as_deref(), token.booking().unit_price)?;
    if !rebooking.state.is_live() {
        // The same request again gives the same answer (promise I7) for as long as it is true.
        let changed = later.filter(|_| token.was_exchanged()).and_then(Chosen::from_token);
        let same = |chosen: &Chosen| {
            let live = chosen.token.rebooking().is_some_and(|taken| taken.state.is_live());
            live && chosen.slot.id == choice.date
        };
        return match changed.filter(same) {
            Some(chosen) => Ok(Decision::unchanged(Ok(chosen))),
            None => Err(gone(token, now)),
        };
    }
    let (off, booking) = called_off(&token, now)?;
    let wanted = find(&dates, choice.date);
    let offer = with_rules(&token, &booking, policy, now, |rules| match wanted {
        Ok(date) => match rules.offer(date)? {
            offer if bears_nothing_that_went_back(&token, &offer) => hold_to(offer, agreed),
            _ => Err(Refusal::PriceDiffers),
        },
        Err(why) => Err(why),
    });
    let offer = offer
        .map_err(|why| choose_again(why, wanted, offers(&token, &booking, &dates, policy, now)))?;
    let (cause, reason) = (Cause::Replaced, token.reason().clone());
    let issue = Issue { cause, reason, proposed: Vec::new(), link, policy, now };
    let next = issue.after(&off, booking, token.origin());
    let used = next.clone().choose(&offer, policy.orders, answer.clone(), now)?;
    let called_off = TicketFact::Cancelled(CancelReason::Superseded);
    let change = Change::at(now)
        .effect_once(token.id(), EffectKind::Ticket(called_off))
        .audit(token.id(), &Actor::Customer, AuditEvent::RebookingCancelled)
        .audit(next.id(), &Actor::Customer, AuditEvent::LinkIssued)
        .audit(next.id(), &Actor::Customer, AuditEvent::Chosen);
    let change = call_off(change, &token, rebooking, CancelReason::Superseded)?.update(off);
    let change = book(change, &next, &used, offer.date(), answer).issue(used.clone());
    match Chosen::from_token(used) {
        Some(chosen) => Ok(Decision::commit(change, Ok(chosen))),
        None => Err(Conflict::NothingToMove.into()),
    }
}

impl AsCustomer<'_> {
    /// The dates that the backup which was booked may be exchanged for; `None` where the link
    /// booked none, and once the partner has answered. May be repeated; changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn exchange_offers(self) -> Result<Option<ExchangeOffers>, RebookError> {
        let Self { rebookings, link } = self;
        let seen = rebookings.open(TokenKey::Link(link.digest())).await?;
        Ok(ExchangeOffers::new(seen.ok_or(RebookError::UnknownLink)?, rebookings.policy()))
    }

    /// Books another date in place of the backup that was booked when the partner declined: its
    /// places go back and its order is undone as the new one is taken, all at once. It is a choice
    /// of the customer's, under the next step of the case; backups that were named go with the date
    /// that they stood by for. The same choice again gives the same answer and does nothing
    /// (promise I7).
    ///
    /// # Errors
    /// As [`choose`](Self::choose), and [`RebookError::Conflict`] where the link booked no backup,
    /// its order is not made yet, the partner has answered, or it begins within the minimum notice.
    pub async fn exchange(self, choice: &Choice) -> Result<Chosen, RebookError> {
        let Self { rebookings, link } = self;
        let verdict = rebookings
            .decided(|| async {
                let seen = rebookings.open(TokenKey::Link(link.digest())).await?;
                let seen = seen.ok_or(RebookError::UnknownLink)?;
                let later = rebookings.exchanged_for(&seen.value.token).await?;
                let next = rebookings.new_link(LinkPurpose::Rebook)?;
                let answer = rebookings.new_link(LinkPurpose::Answer)?;
                decide(seen, later, choice, rebookings.policy(), next, answer)
            })
            .await?;
        rebookings.wait_for_order(verdict?).await
    }
}

impl Rebookings {
    /// The step that took the place of a backup which its customer has exchanged.
    pub(in crate::service) async fn exchanged_for(
        &self,
        token: &RebookingToken,
    ) -> Result<Option<RebookingToken>, PortError> {
        if !token.was_exchanged() {
            return Ok(None);
        }
        Ok(self.store().token(token.id().next()).await?.map(|seen| seen.value))
    }
}

#[cfg(test)]
mod tests;
