//! *Choose*: one click takes the places, uses the token up and sets everything else going.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, ConfirmationWrite, DateWrite, StockWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind};
use crate::eligibility::{Offer, PriceAdjustment, Refusal, RuleSet};
use crate::error::{Conflict, InvalidInput, RebookError};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::{OrderStrategy, Policy};
use crate::ports::AsOf;
use crate::ports::store::{TokenKey, TokenWithDates};
use crate::rebooking::{ChosenBy, Rebooking};
use crate::service::address::Owner;
use crate::service::{AsCustomer, Decision};
use crate::token::{RebookingToken, TokenState};
use crate::value::booking::OrderNumber;
use crate::value::course_date::{CourseDate, Slot};
use crate::value::customer::EmailAddress;
use crate::value::ids::CourseDateId;
use crate::value::money::Money;
use crate::value::text::FreeText;

/// What a customer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Choice {
    /// Which date.
    pub date: CourseDateId,
    /// The address that must be the one of the booking.
    pub email: EmailAddress,
    /// The total that the customer was shown, as a decimal number in the case's currency: the
    /// agreement to pay it. Without it nothing may cost the customer more.
    pub expected_total: Option<String>,
}

/// The answer of success: durable, and the same for the same request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chosen {
    /// The new order's number: the shop's, or our own reference while that is pending.
    pub order_number: OrderNumber,
    /// The shop has not given its number yet; the mail will have it.
    pub order_pending: bool,
    /// The new date.
    pub slot: Slot,
    /// What follows from the difference in price.
    pub consequence: PriceAdjustment,
    /// The token as it is now, for the page.
    pub token: RebookingToken,
}

impl Chosen {
    /// The answer as it stands for a token; `None` while nobody has chosen.
    #[must_use]
    pub fn from_token(token: RebookingToken) -> Option<Self> {
        let rebooking = token.rebooking()?.clone();
        Some(Self::new(token, &rebooking))
    }

    /// The answer as it stands for a token and its rebooking.
    pub(in crate::service) fn new(token: RebookingToken, rebooking: &Rebooking) -> Self {
        let (order_number, order_pending) = match (&rebooking.order, rebooking.strategy) {
            (Some(order), _) => (order.number.clone(), false),
            (None, OrderStrategy::KeepOrder) => (token.booking().order_number.clone(), false),
            (None, OrderStrategy::LinkedOrder) => (token.order_reference(), true),
        };
        Self {
            order_number,
            order_pending,
            slot: rebooking.slot,
            consequence: rebooking.consequence,
            token,
        }
    }
}

/// A verdict on a choice: a refusal for a wrong address is committed before it is told.
pub(in crate::service) type ChoiceResult = Result<Chosen, RebookError>;

/// Decides on a customer's choice. `answer` is a fresh link for the partner, used only if the
/// choice holds.
///
/// The order of the checks is part of the promise: a dead link is told without looking at the
/// address, the lock is looked at before the address, the address before the date. So nobody learns
/// an address by trying.
///
/// # Errors
/// Every refusal that changes nothing; the wrong address, which is counted, is in the decision's
/// answer.
pub fn decide(
    seen: AsOf<TokenWithDates>,
    choice: &Choice,
    policy: &Policy,
    answer: StoredLink,
) -> Result<Decision<ChoiceResult>, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
    match token.state() {
        TokenState::Active if now >= token.expires_at() => return Err(gone(token, now)),
        TokenState::Cancelled { .. } => return Err(gone(token, now)),
        // Once the address is forgotten nobody can show that the choice was theirs.
        TokenState::Used(_) if token.milestones().forgotten_at.is_some() => {
            return Err(gone(token, now));
        }
        TokenState::Active | TokenState::Used(_) => {}
    }
    if let Some(refused) = Owner::customer(&token).refuses(&choice.email, policy, now)? {
        return Ok(refused);
    }
    // Before the answer to a repetition: no success confirms a total that is none.
    let agreed = agreed_total(choice.expected_total.as_deref(), token.booking().unit_price)?;
    if let TokenState::Used(rebooking) = token.state() {
        // The same request again gives the same answer (promise I7) for as long as it is true: a
        // date that was declined since is not to be called a success.
        let same = rebooking.by == ChosenBy::Customer
            && rebooking.slot.id == choice.date
            && rebooking.state.is_live();
        return match Chosen::from_token(token.clone()) {
            Some(chosen) if same => Ok(Decision::unchanged(Ok(chosen))),
            Some(_) | None => Err(gone(token, now)),
        };
    }
    let eligibility = token.eligibility(policy, RuleSet::Strict, now);
    let chosen = find(&dates, choice.date);
    let offer = chosen.and_then(|date| eligibility.offer(date));
    match offer.and_then(|offer| hold_to(offer, agreed)) {
        Ok(offer) => commit(token, &offer, Change::at(now), policy, answer, now),
        Err(why) => Err(choose_again(why, chosen, eligibility.offers(&dates))),
    }
}

pub(in crate::service) fn choose_again(
    why: Refusal,
    chosen: Result<&CourseDate, Refusal>,
    offers: Vec<Offer>,
) -> RebookError {
    RebookError::ChooseAgain { why, slot: chosen.ok().map(|date| date.slot), offers }
}

pub(in crate::service) fn gone(token: RebookingToken, now: DateTime<Utc>) -> RebookError {
    match token.usable(now) {
        Err(why) => RebookError::Gone { why, token: Box::new(token) },
        Ok(()) => RebookError::UnknownLink,
    }
}

pub(in crate::service) fn find(
    dates: &[CourseDate],
    id: CourseDateId,
) -> Result<&CourseDate, Refusal> {
    dates.iter().find(|date| date.id() == id).ok_or(Refusal::Unknown)
}

pub(in crate::service) fn agreed_total(
    expected: Option<&str>,
    paid: Money,
) -> Result<Option<Money>, RebookError> {
    let Some(text) = expected else { return Ok(None) };
    let read = Money::parse_sum(text, paid.currency());
    read.map(Some).map_err(|malformed| InvalidInput::ExpectedTotal(malformed).into())
}

/// Nobody is charged an amount that they did not see (promise I9).
pub(in crate::service) fn hold_to(offer: Offer, agreed: Option<Money>) -> Result<Offer, Refusal> {
    let costs_more = match offer.consequence() {
        PriceAdjustment::ToPay(_) => true,
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) => false,
    };
    match agreed {
        Some(agreed) if agreed == offer.total() => Ok(offer),
        None if !costs_more => Ok(offer),
        Some(_) | None => Err(Refusal::PriceChanged { total: offer.total() }),
    }
}

pub(in crate::service) fn commit(
    token: RebookingToken,
    offer: &Offer,
    change: Change,
    policy: &Policy,
    answer: StoredLink,
    now: DateTime<Utc>,
) -> Result<Decision<ChoiceResult>, RebookError> {
    let next = token.clone().choose(offer, policy.orders, answer.clone(), now)?;
    let change = match offer.rules() {
        RuleSet::Strict => {
            let change = change.audit(token.id(), &Actor::Customer, AuditEvent::Chosen);
            change.update_unexpired(next.clone())
        }
        RuleSet::Support => change.update(next.clone()),
    };
    let change = book(change, &token, &next, offer.date(), answer);
    match Chosen::from_token(next) {
        Some(chosen) => Ok(Decision::commit(change, Ok(chosen))),
        None => Err(RebookError::Conflict(Conflict::NothingToMove)),
    }
}

/// Everything that a token's use for a date asks for beside the token: the partner's request, the
/// places, the order. `before` is the token before its use.
pub(in crate::service) fn book(
    mut change: Change,
    before: &RebookingToken,
    used: &RebookingToken,
    date: &CourseDate,
    answer: StoredLink,
) -> Change {
    let (id, booking) = (before.id(), before.booking());
    if let Some(booking) = used.moved_booking() {
        let open = ConfirmationWrite::Open { token: id, booking: Box::new(booking), answer };
        change = change.confirmation(open);
    }
    if let Some(held) = before.holds() {
        change = change
            .close(held, ConfirmationState::Withdrawn, FreeText::default(), booking)
            .effect_once(id, EffectKind::Mail(MailKind::PartnerReleased));
    }
    // The shop may close the original with the linked order that replaces it: from here on its
    // places are what the shop says.
    let strategy = used.rebooking().map(|rebooking| rebooking.strategy);
    if strategy == Some(OrderStrategy::LinkedOrder) {
        change = change.stock(StockWrite::Released(booking.item));
    }
    change
        .date(DateWrite::Take { date: date.id(), places: booking.participants.count() })
        .effect_once(id, EffectKind::PlaceOrder)
}

impl AsCustomer<'_> {
    /// Rebooks: takes the places, uses the link up and opens the partner's request, all at once;
    /// order, mails and ticket follow. Never calls the shop itself. The same choice again gives the
    /// same answer and does nothing (promise I7).
    ///
    /// With linked orders it waits up to [`Policy::order_wait`] for the shop's number, and
    /// otherwise answers with our reference.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::Gone`], [`RebookError::WrongEmail`] (counted),
    /// [`RebookError::TooManyAttempts`], [`RebookError::ChooseAgain`] with the fresh list,
    /// [`RebookError::Invalid`] for a total that is no amount, and [`RebookError::TryLater`] while
    /// the store is out of reach: then the same request again finds out what happened.
    pub async fn choose(self, choice: &Choice) -> Result<Chosen, RebookError> {
        let Self { rebookings, link } = self;
        let verdict = rebookings
            .decided(|| async {
                let (policy, link) = (rebookings.policy(), link.digest());
                let decide = |seen: Option<AsOf<TokenWithDates>>| {
                    let seen = seen.ok_or(RebookError::UnknownLink)?;
                    decide(seen, choice, policy, rebookings.new_link(LinkPurpose::Answer)?)
                };
                match decide(rebookings.open_for_choice(&link, choice.date).await?) {
                    // Nearly every choice holds; one that does not needs all dates there are.
                    Err(RebookError::ChooseAgain { .. }) => {
                        decide(rebookings.open(TokenKey::Link(link)).await?)
                    }
                    decided => decided,
                }
            })
            .await?;
        rebookings.wait_for_order(verdict?).await
    }
}
