//! What becomes of a token while one of its mails is on its way.

use std::sync::Arc;

use chrono::TimeDelta;
use rebooking_core::effect::{EffectKind, Lane, TicketFact};
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::Notice;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::{Mailer, PortError, async_trait};
use rebooking_core::service::{Choice, Delivered};
use rebooking_core::testing::{SettableClock, World, samples};
use rebooking_core::{Policy, Rebookings};

use crate::stage::FIRST;

/// A mail server that takes its time.
struct Slow(SettableClock, TimeDelta);

#[async_trait]
impl Mailer for Slow {
    async fn send(&self, _: &Notice) -> Result<(), PortError> {
        self.0.advance(self.1);
        Ok(())
    }
}

/// A mail server that refuses, and meanwhile the customer mistypes the address.
struct Refusing(Rebookings, LinkSecret);

#[async_trait]
impl Mailer for Refusing {
    async fn send(&self, _: &Notice) -> Result<(), PortError> {
        let wrong = Choice { email: samples::email("fremd@example.net"), ..samples::choice(FIRST) };
        self.0.customer(&self.1).choose(&wrong).await.unwrap_err();
        Err(PortError::Permanent("no such mailbox".into()))
    }
}

/// Delivers the mails through a mail server of its own.
async fn mailed_by(world: &World, mailer: impl Mailer + 'static) -> Delivered {
    let mut ports = world.rebookings.ports().clone();
    ports.mailer = Arc::new(mailer);
    let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap();
    rebookings.deliver_lane(Lane::Mail).await.unwrap()
}

#[tokio::test]
async fn a_link_was_mailed_when_the_mail_server_had_taken_it() {
    for took in [TimeDelta::zero(), TimeDelta::seconds(20)] {
        let world = World::new();
        let token = world.declined_booking().await.token;
        mailed_by(&world, Slow(world.clock.clone(), took)).await;
        let mailed_at = world.token(token).await.milestones().mailed_at;
        assert_eq!(mailed_at, Some(samples::now() + took));
    }
}

#[tokio::test]
async fn what_follows_from_a_failure_is_decided_on_the_token_as_it_has_become() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = world.token(declined.token).await.version();
    let done = mailed_by(&world, Refusing(world.rebookings.clone(), declined.link)).await;
    assert_eq!(done.dead, 1);
    let now = world.token(declined.token).await.version();
    assert!(now > before, "a wrong address was counted meanwhile");
    let support = world.rebookings.support("sam");
    let effects = support.effects(None, PageRequest::default()).await.unwrap().rows;
    let untold = EffectKind::Ticket(TicketFact::CustomerNotTold);
    let told = effects.iter().find(|effect| effect.kind == untold).unwrap();
    assert!(told.key.as_str().ends_with(&format!("-{now}")), "{:?}", told.key);
}
