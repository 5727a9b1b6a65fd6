//! *Wish*: no date fits, and the customer says what would. It lands in the ticket; who waits for
//! new dates is mailed.

use chrono::Weekday;

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::effect::{EffectKind, TicketFact};
use crate::eligibility::RuleSet;
use crate::error::{Conflict, InvalidInput, RebookError};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{TokenKey, TokenWithDates};
use crate::service::address::Owner;
use crate::service::{AsCustomer, Decision};
use crate::value::customer::EmailAddress;
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

/// What a customer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct NewWish {
    /// The address that must be the one of the booking.
    pub email: EmailAddress,
    /// Which way out.
    pub kind: WishKind,
    /// In the customer's words.
    pub text: FreeText,
    /// Weekdays that would fit.
    pub weekdays: Vec<Weekday>,
    /// Months that would fit, 1 to 12.
    pub months: Vec<u32>,
}

impl NewWish {
    /// Whether support would have nothing to go by: days that would fit are a wish of their own,
    /// without any text.
    fn says_nothing(&self) -> bool {
        let silent = self.text.is_empty() && self.weekdays.is_empty() && self.months.is_empty();
        self.kind == WishKind::Other && silent
    }
}

/// How many different wishes one link takes.
const MAX: usize = 10;

/// Decides on a wish. The same one again changes nothing; what was wrong with the address is in the
/// decision's answer.
///
/// # Errors
/// [`RebookError::Gone`], [`RebookError::TooManyAttempts`], [`RebookError::Invalid`], and
/// [`RebookError::Conflict`] when the link holds as many wishes as it takes.
pub fn decide(
    seen: AsOf<TokenWithDates>,
    wish: &NewWish,
    policy: &Policy,
) -> Result<Decision<Result<(), RebookError>>, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
    if let Err(why) = token.usable(now) {
        return Err(RebookError::Gone { why, token: Box::new(token) });
    }
    if wish.kind == WishKind::MoneyBack && !policy.money_back {
        return Err(InvalidInput::MoneyBackNotOffered.into());
    }
    if wish.says_nothing() {
        return Err(InvalidInput::EmptyWish.into());
    }
    if !wish.months.iter().all(|month| (1..=12).contains(month)) {
        return Err(InvalidInput::Month.into());
    }
    if let Some(refused) = Owner::customer(&token).refuses(&wish.email, policy, now)? {
        return Ok(refused);
    }
    let offers = token.eligibility(policy, RuleSet::Strict, now).offers(&dates);
    let new = Wish {
        kind: wish.kind,
        text: wish.text.clone(),
        weekdays: wish.weekdays.clone(),
        months: wish.months.clone(),
        known: offers.iter().map(|offer| offer.date().id()).collect(),
        at: now,
        answered_at: None,
    };
    if token.wishes().iter().any(|known| known.says_the_same(&new) && known.answered_at.is_none()) {
        return Ok(Decision::unchanged(Ok(())));
    }
    if token.wishes().len() >= MAX {
        return Err(Conflict::EnoughWishes.into());
    }
    let place = u32::try_from(token.wishes().len()).unwrap_or(u32::MAX);
    let id = token.id();
    let change = Change::at(now)
        .audit(id, &Actor::Customer, AuditEvent::Wished)
        .effect_once(id, EffectKind::Ticket(TicketFact::Wish(place)))
        .update(token.wished(new));
    Ok(Decision::commit(change, Ok(())))
}

impl AsCustomer<'_> {
    /// Takes a customer's wish. The same one again does nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::Gone`], [`RebookError::WrongEmail`] (counted),
    /// [`RebookError::TooManyAttempts`], [`RebookError::Invalid`], [`RebookError::Conflict`] and
    /// [`RebookError::TryLater`].
    pub async fn wish(self, wish: &NewWish) -> Result<(), RebookError> {
        let Self { rebookings, link } = self;
        rebookings
            .decided(|| async {
                let seen = rebookings.open(TokenKey::Link(link.digest())).await?;
                let seen = seen.ok_or(RebookError::UnknownLink)?;
                decide(seen, wish, rebookings.policy())
            })
            .await?
    }
}
