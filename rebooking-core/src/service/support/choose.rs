//! *Choose for a customer*: support picks a date on somebody's behalf, from what is offered to it.

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::eligibility::{Offer, RuleSet};
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{TokenKey, TokenWithDates};
use crate::service::customer::choose::{ChoiceResult, choose_again, commit, find};
use crate::service::{AsSupport, Chosen, Decision};
use crate::token::TokenState;
use crate::value::ids::{CaseId, CourseDateId};
use crate::value::text::FreeText;

/// What somebody of support chose for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct SupportChoice {
    /// Which date.
    pub date: CourseDateId,
    /// Why; it is kept in the history.
    pub reason: FreeText,
}

/// Decides on support's choice for a customer: past minimum notice and price rule, but never past
/// places or lost dates, and never so that the customer owes more.
///
/// # Errors
/// [`RebookError::ChooseAgain`], and [`RebookError::Conflict`] for a link that has been used or
/// taken away. An expired one is no obstacle to support.
pub fn decide(
    seen: AsOf<TokenWithDates>,
    choice: &SupportChoice,
    actor: &Actor,
    policy: &Policy,
    answer: StoredLink,
) -> Result<Decision<ChoiceResult>, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, .. } } = seen;
    match token.state() {
        TokenState::Active => {}
        TokenState::Cancelled { .. } | TokenState::Used(_) => {
            token.usable(now)?;
        }
    }
    if token.milestones().forgotten_at.is_some() {
        return Err(Conflict::Forgotten.into());
    }
    let eligibility = token.eligibility(policy, RuleSet::Support, now);
    let chosen = find(&dates, choice.date);
    match chosen.and_then(|date| eligibility.offer(date)) {
        Ok(offer) => {
            let change = Change::at(now).audit_why(
                token.id(),
                actor,
                AuditEvent::Chosen,
                choice.reason.clone(),
            );
            commit(token, &offer, change, policy, answer, now)
        }
        Err(why) => Err(choose_again(why, chosen, eligibility.offers(&dates))),
    }
}

impl AsSupport<'_> {
    /// The dates that support may choose for the customer of a case, with what each costs; none for
    /// a case whose newest link was used or taken away, or whose customer is forgotten.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn offers(self, case: CaseId) -> Result<Vec<Offer>, RebookError> {
        let seen = self.rebookings.open(TokenKey::Newest(case)).await?;
        let AsOf { now, value } = seen.ok_or(RebookError::NotFound(Resource::Case))?;
        if !value.token.is_undecided() {
            return Ok(Vec::new());
        }
        Ok(value
            .token
            .eligibility(self.rebookings.policy(), RuleSet::Support, now)
            .offers(&value.dates))
    }

    /// Rebooks on a customer's behalf, with a reason that is kept. Repeating it meets
    /// [`RebookError::Conflict`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`], [`RebookError::ChooseAgain`] and
    /// [`RebookError::TryLater`].
    pub async fn choose(self, case: CaseId, choice: &SupportChoice) -> Result<Chosen, RebookError> {
        if choice.reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let rebookings = self.rebookings;
        let verdict = rebookings
            .decided(|| async {
                let seen = rebookings.open(TokenKey::Newest(case)).await?;
                let seen = seen.ok_or(RebookError::NotFound(Resource::Case))?;
                let answer = rebookings.new_link(LinkPurpose::Answer)?;
                decide(seen, choice, &self.actor(), rebookings.policy(), answer)
            })
            .await?;
        rebookings.wait_for_order(verdict?).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn support_may_choose_what_is_offered_to_it_and_nothing_after_that() {
        let world = World::new();
        let declined = world.declined_booking().await;
        let case = declined.token.case;
        let offers = world.rebookings.support("Susi").offers(case).await.unwrap();
        assert_eq!(
            offers.iter().map(|offer| offer.date().id()).collect::<Vec<_>>(),
            World::DATES[..2]
        );
        let (date, reason) = (offers[0].date().id(), FreeText::line("Telefon", 100));
        let choice = SupportChoice { date, reason };
        world.rebookings.support("Susi").choose(case, &choice).await.unwrap();
        assert_eq!(world.rebookings.support("Susi").offers(case).await.unwrap(), []);
    }
}
