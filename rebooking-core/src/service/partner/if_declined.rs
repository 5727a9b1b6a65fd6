//! *If declined*: what a decline would lead to, told before it is made. Changes nothing.

use crate::change::{Change, TokenWrite};
use crate::error::RebookError;
use crate::link::{LinkNonce, LinkPurpose};
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::ConfirmationCase;
use crate::service::partner::decline;
use crate::service::{Decision, Decline, Declined, Rebookings};
use crate::token::{Cause, RebookingToken};

/// What a decline would mean for the customer, as things are now. Nobody is promised it: places go,
/// and backups are named and taken back, until the partner answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IfDeclined {
    /// The date is lost, and the customer gets a link to choose another one.
    Link {
        /// Which link of the case that would be, from 1 on.
        link: u32,
        /// So many declines of one case are answered with a link.
        limit: u32,
    },
    /// The date is lost, and a backup that the customer has named is booked at once.
    Backup,
    /// The date is lost, and the case has had its links: support must find a way.
    NoLink,
    /// Nothing that the customer would notice: nobody waits for an answer any more.
    Nothing,
}

impl IfDeclined {
    /// Told from the decision itself, so that the two never differ.
    fn from_decision(decided: Decision<Declined>, policy: &Policy) -> Self {
        match decided.answer {
            Declined::LinkIssued(_) => {
                let issued = decided.change.as_ref().and_then(issued);
                let link = issued.map_or(1, RebookingToken::declines);
                Self::Link { link, limit: policy.step_limit }
            }
            Declined::BackupBooked(_) => Self::Backup,
            Declined::LimitReached(_) => Self::NoLink,
            Declined::Already | Declined::AlreadyOtherwise => Self::Nothing,
        }
    }
}

fn issued(change: &Change) -> Option<&RebookingToken> {
    change.tokens.iter().find_map(|write| match write {
        TokenWrite::Issue(token) => Some(token.as_ref()),
        TokenWrite::Update { .. } => None,
    })
}

impl Rebookings {
    /// Plays the decline without committing it, with a link that is nobody's.
    pub(in crate::service) async fn if_declined(
        &self,
        seen: AsOf<ConfirmationCase>,
    ) -> Result<IfDeclined, RebookError> {
        let no_link = |purpose: LinkPurpose| self.stamp(purpose, LinkNonce([0; 16]));
        let next = self.next_step_with(&seen.value, no_link).await?;
        let policy = self.policy();
        let decided = decline::decide(seen, &Decline::default(), Cause::Declined, policy, next);
        Ok(match decided {
            Ok(decided) => IfDeclined::from_decision(decided, policy),
            // Nobody may decline it now: it is not asked yet, or over.
            Err(_) => IfDeclined::Nothing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::store::ConfirmationKey;
    use crate::service::{BackupChoice, NewBackup};
    use crate::testing::world::DeclinedBooking;
    use crate::testing::{World, samples};
    use crate::value::ids::TokenRef;

    async fn rebooked(world: &World) -> DeclinedBooking {
        let declined = world.declined_booking().await;
        let choice = samples::choice(World::DATES[0]);
        world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
        world.deliver_all().await.unwrap();
        declined
    }

    /// What is told before, what became of it, and whether being told changed anything.
    async fn told_and_done(world: &World, key: ConfirmationKey) -> (IfDeclined, Declined) {
        let before = world.store.snapshot();
        let seen = world.rebookings.find_confirmation(&key).await.unwrap().unwrap();
        let told = world.rebookings.if_declined(seen).await.unwrap();
        assert_eq!(world.store.snapshot(), before);
        let done = world.rebookings.decline_unchecked(&key, &Decline::default()).await.unwrap();
        (told, done)
    }

    async fn request_of(world: &World, token: TokenRef) -> ConfirmationKey {
        let token = world.token(token).await;
        ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap())
    }

    #[tokio::test]
    async fn a_partner_is_told_which_link_of_how_many_follows_until_there_is_none() {
        let world = World::with(Policy { step_limit: 2, ..Policy::default() });
        let declined = rebooked(&world).await;
        let key = request_of(&world, declined.token).await;
        let (told, done) = told_and_done(&world, key).await;
        assert_eq!(told, IfDeclined::Link { link: 2, limit: 2 });
        assert!(matches!(done, Declined::LinkIssued(_)), "{done:?}");

        let next = declined.token.next();
        let choice = samples::choice(World::DATES[1]);
        let link = world.link(next).await;
        world.rebookings.customer(&link).choose(&choice).await.unwrap();
        world.deliver_all().await.unwrap();
        let (told, done) = told_and_done(&world, request_of(&world, next).await).await;
        assert_eq!(told, IfDeclined::NoLink);
        assert!(matches!(done, Declined::LimitReached(_)), "{done:?}");
        let key = request_of(&world, next).await;
        assert_eq!(told_and_done(&world, key).await, (IfDeclined::Nothing, Declined::Already));
    }

    #[tokio::test]
    async fn a_partner_is_told_that_a_backup_stands_by() {
        let world = World::new();
        let declined = rebooked(&world).await;
        let backups = vec![NewBackup { date: World::DATES[1], expected_total: None }];
        let named = BackupChoice { email: samples::booking().customer.email, backups };
        world.rebookings.customer(&declined.link).name_backups(&named).await.unwrap();
        let key = request_of(&world, declined.token).await;
        let (told, done) = told_and_done(&world, key).await;
        assert_eq!(
            (told, done),
            (IfDeclined::Backup, Declined::BackupBooked(declined.token.next()))
        );
    }

    #[tokio::test]
    async fn the_first_decline_of_a_booking_leads_to_its_first_link() {
        let world = World::new();
        world.seed().await.unwrap();
        world.rebookings.open_request(&samples::booking()).await.unwrap();
        let page = crate::ports::reports::PageRequest::default();
        let partner = world.rebookings.partner(samples::partner().id);
        let rows = partner.confirmations(None, page).await.unwrap().rows;
        let told = partner.confirmation_options(&rows).await.unwrap();
        let limit = Policy::default().step_limit;
        assert_eq!(told[0].if_declined, IfDeclined::Link { link: 1, limit });
    }
}
