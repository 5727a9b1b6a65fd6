//! *Answer*: a partner answers a request by the link in the mail: without signing in, and once.

use crate::confirmation::ConfirmationState;
use crate::error::{Conflict, InvalidInput, RebookError};
use crate::link::LinkSecret;
use crate::ports::AsOf;
use crate::ports::store::{ConfirmationCase, ConfirmationKey};
use crate::service::address::Owner;
use crate::service::partner::confirm;
use crate::service::partner::decline;
use crate::service::{Decision, Decline, Rebookings};
use crate::token::Cause;
use crate::value::customer::EmailAddress;

/// What a partner says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// The course will be given.
    Confirm,
    /// It will not, with a reason for the customer.
    Decline(Decline),
}

/// What the holder of the link in a partner's mail may do; made by [`Rebookings::partner_by_link`].
///
/// - read the [`confirmation`](Self::confirmation) that is asked for;
/// - [`answer`](Self::answer) it, once.
#[derive(Clone, Copy, Debug)]
pub struct AsPartnerByLink<'a> {
    rebookings: &'a Rebookings,
    link: &'a LinkSecret,
}

impl Rebookings {
    /// What the holder of this link may do, which a mail took to a partner. Nothing is looked up
    /// yet: a link that was never issued is refused by what is done with it.
    #[must_use]
    pub const fn partner_by_link<'a>(&'a self, link: &'a LinkSecret) -> AsPartnerByLink<'a> {
        AsPartnerByLink { rebookings: self, link }
    }
}

impl AsPartnerByLink<'_> {
    /// The confirmation that the link is for. Changes nothing; it is there after the answer, too.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], also while the partner has not been asked, and
    /// [`RebookError::TryLater`].
    pub async fn confirmation(self) -> Result<AsOf<ConfirmationCase>, RebookError> {
        let seen =
            self.rebookings.find_confirmation(&ConfirmationKey::Link(self.link.digest())).await?;
        seen.filter(|seen| seen.value.confirmation.state != ConfirmationState::Waiting)
            .ok_or(RebookError::UnknownLink)
    }

    /// Answers it. A link is good for one answer: the same one again does nothing new, and another
    /// one is too late. Who has changed their mind signs in.
    ///
    /// `email` must be the address that the request was mailed to: a mail scanner that presses
    /// every button answers nothing. Wrong ones are counted with those of the customer's link of
    /// the same step, to which they do no harm: that one is used up; for an original booking they
    /// are counted on the request.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::WrongEmail`] (counted),
    /// [`RebookError::TooManyAttempts`], [`RebookError::Conflict`] after another answer,
    /// [`RebookError::Invalid`] without a reason or with a wrong proposal, and
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn answer(self, email: &EmailAddress, answer: &Answer) -> Result<(), RebookError> {
        let rebookings = self.rebookings;
        rebookings
            .decided(|| async {
                let seen = self.confirmation().await?;
                if seen.value.confirmation.state == ConfirmationState::Withdrawn {
                    return Err(Conflict::ConfirmationClosed.into());
                }
                let case = &seen.value;
                let owner = Owner::partner(&case.confirmation, case.opened_by.as_ref());
                if let Some(refused) = owner.refuses(email, rebookings.policy(), seen.now)? {
                    return Ok(refused);
                }
                match (seen.value.confirmation.state, answer) {
                    (ConfirmationState::Pending, Answer::Confirm) => {
                        let Decision { change, .. } = confirm::decide(seen)?;
                        Ok(Decision { change, answer: Ok(()) })
                    }
                    (ConfirmationState::Pending, Answer::Decline(decline)) => {
                        if decline.reason.is_empty() {
                            return Err(InvalidInput::NoReason.into());
                        }
                        rebookings.check_proposed(&seen.value, &decline.proposed).await?;
                        let next = rebookings.next_step(&seen.value).await?;
                        let policy = rebookings.policy();
                        let Decision { change, .. } =
                            decline::decide(seen, decline, Cause::Declined, policy, next)?;
                        Ok(Decision { change, answer: Ok(()) })
                    }
                    (ConfirmationState::Confirmed, Answer::Confirm)
                    | (ConfirmationState::Declined, Answer::Decline(_)) => {
                        Ok(Decision::unchanged(Ok(())))
                    }
                    (ConfirmationState::Confirmed, Answer::Decline(_))
                    | (ConfirmationState::Declined, Answer::Confirm)
                    | (ConfirmationState::Withdrawn | ConfirmationState::Waiting, _) => {
                        Err(Conflict::ConfirmationClosed.into())
                    }
                }
            })
            .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LinkPurpose;
    use crate::testing::{World, samples};
    use crate::value::text::FreeText;

    /// A rebooking that waits for its partner, and the link of the partner's mail.
    async fn asked(world: &World) -> LinkSecret {
        let declined = world.declined_booking().await;
        world
            .rebookings
            .customer(&declined.link)
            .choose(&samples::choice(World::DATES[0]))
            .await
            .unwrap();
        world.deliver_all().await.unwrap();
        let stamp = world.token(declined.token).await.rebooking().unwrap().answer.clone();
        samples::link_keys().secret(LinkPurpose::Answer, &stamp).unwrap()
    }

    /// The address that the partner's mail went to.
    fn kitchen() -> EmailAddress {
        samples::partner().email
    }

    fn decline(reason: &str) -> Answer {
        Answer::Decline(Decline { reason: FreeText::line(reason, 100), proposed: Vec::new() })
    }

    async fn state(world: &World, link: &LinkSecret) -> ConfirmationState {
        world
            .rebookings
            .partner_by_link(link)
            .confirmation()
            .await
            .unwrap()
            .value
            .confirmation
            .state
    }

    #[tokio::test]
    async fn a_link_is_good_for_one_answer_which_may_be_repeated() {
        for (first, second, then) in [
            (Answer::Confirm, decline("Doch nicht"), ConfirmationState::Confirmed),
            (decline("Rohrbruch"), Answer::Confirm, ConfirmationState::Declined),
        ] {
            let world = World::new();
            let link = asked(&world).await;
            world.rebookings.partner_by_link(&link).answer(&kitchen(), &first).await.unwrap();
            world.rebookings.partner_by_link(&link).answer(&kitchen(), &first).await.unwrap();
            let late = world.rebookings.partner_by_link(&link).answer(&kitchen(), &second).await;
            assert!(
                matches!(late, Err(RebookError::Conflict(Conflict::ConfirmationClosed))),
                "{late:?}"
            );
            assert_eq!(state(&world, &link).await, then);
        }
    }

    #[tokio::test]
    async fn a_decline_says_why() {
        let world = World::new();
        let link = asked(&world).await;
        let refused =
            world.rebookings.partner_by_link(&link).answer(&kitchen(), &decline(" ")).await;
        assert!(
            matches!(refused, Err(RebookError::Invalid(InvalidInput::NoReason))),
            "{refused:?}"
        );
        assert_eq!(state(&world, &link).await, ConfirmationState::Pending);
    }

    #[tokio::test]
    async fn before_the_partner_is_asked_and_for_a_customers_link_there_is_nothing_to_answer() {
        let world = World::new();
        let declined = world.declined_booking().await;
        world
            .rebookings
            .customer(&declined.link)
            .choose(&samples::choice(World::DATES[0]))
            .await
            .unwrap();
        let stamp = world.token(declined.token).await.rebooking().unwrap().answer.clone();
        let early = samples::link_keys().secret(LinkPurpose::Answer, &stamp).unwrap();
        for link in [early, declined.link] {
            let refused =
                world.rebookings.partner_by_link(&link).answer(&kitchen(), &Answer::Confirm).await;
            assert!(matches!(refused, Err(RebookError::UnknownLink)), "{refused:?}");
        }
    }
    #[tokio::test]
    async fn only_who_knows_the_address_of_the_partner_answers() {
        let world = World::new();
        let link = asked(&world).await;
        for (address, left) in [("erika@example.com", 4), ("junk@example.net", 3)] {
            let refused = world
                .rebookings
                .partner_by_link(&link)
                .answer(&samples::email(address), &Answer::Confirm)
                .await;
            assert!(
                matches!(refused, Err(RebookError::WrongEmail { left: now }) if now == left),
                "{refused:?}"
            );
        }
        assert_eq!(state(&world, &link).await, ConfirmationState::Pending);
        world
            .rebookings
            .partner_by_link(&link)
            .answer(&samples::email("KUECHE@example.org"), &Answer::Confirm)
            .await
            .unwrap();
        assert_eq!(state(&world, &link).await, ConfirmationState::Confirmed);
    }

    #[tokio::test]
    async fn too_many_wrong_addresses_lock_the_answer_also_for_the_partner() {
        let world = World::new();
        let link = asked(&world).await;
        for _ in 0..5 {
            let wrong = samples::email("junk@example.net");
            world
                .rebookings
                .partner_by_link(&link)
                .answer(&wrong, &Answer::Confirm)
                .await
                .unwrap_err();
        }
        let refused =
            world.rebookings.partner_by_link(&link).answer(&kitchen(), &Answer::Confirm).await;
        assert!(
            matches!(refused, Err(RebookError::TooManyAttempts { wait: Some(_) })),
            "{refused:?}"
        );
        world.clock.advance(chrono::TimeDelta::minutes(15));
        world.rebookings.partner_by_link(&link).answer(&kitchen(), &Answer::Confirm).await.unwrap();
    }
}
