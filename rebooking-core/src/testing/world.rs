//! The use cases tied to fakes, with a handle to each: the usual start of a test.

use std::sync::Arc;

use chrono::TimeDelta;

use super::samples;
use super::{
    CountingSecrets, MemoryEventSwitch, MemoryEvents, MemoryMailer, MemoryShop, MemoryStore,
    MemoryTickets, SettableClock,
};
use crate::link::{LinkPurpose, LinkSecret};
use crate::policy::Policy;
use crate::ports::store::{CaseKey, ConfirmationKey};
use crate::ports::{
    EffectQueue, PartnerCalendars, PersonalData, PortError, Ports, PortsBuilder, RebookingStore,
    Reports, SignOuts, UnclaimedOrders,
};
use crate::service::{Decline, Declined, Delivered, Rebookings};
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{ConfirmationId, CourseDateId, TokenRef};
use crate::value::text::FreeText;

/// [`Rebookings`] on fakes, at [`samples::now`], with three dates on offer: [`World::DATES`].
///
/// The clock winds itself when everything hangs; see [`SettableClock::self_winding`].
#[non_exhaustive]
pub struct World<S: ?Sized = MemoryStore> {
    /// The time of all fakes, and of a memory store.
    pub clock: SettableClock,
    /// The store.
    pub store: Arc<S>,
    /// The shop.
    pub shop: MemoryShop,
    /// The support system.
    pub tickets: MemoryTickets,
    /// The mail server.
    pub mailer: MemoryMailer,
    /// The use cases.
    pub rebookings: Rebookings,
}

/// A booking that was declined, and the link that its customer got.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeclinedBooking {
    /// The booking as it was.
    pub booking: Booking,
    /// The request that was declined.
    pub confirmation: ConfirmationId,
    /// The link's name.
    pub token: TokenRef,
    /// The link itself.
    pub link: LinkSecret,
}

impl World {
    /// Dates with five, eight and one free places, at the price of the sample booking, that
    /// [`World::seed`] offers.
    pub const DATES: [CourseDateId; 3] =
        [CourseDateId::new(1), CourseDateId::new(2), CourseDateId::new(3)];

    /// The world under the default policy.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Policy::default())
    }

    /// The world under a policy.
    #[must_use]
    pub fn with(policy: Policy) -> Self {
        Self::on_ports(Ports::builder(), policy)
    }

    /// The same, with events switched on.
    #[must_use]
    pub fn with_events(policy: Policy, events: &MemoryEvents) -> Self {
        Self::on_ports(Ports::builder().events(Arc::new(events.clone())), policy)
    }

    fn on_ports(ports: PortsBuilder, policy: Policy) -> Self {
        let clock = SettableClock::self_winding(samples::now());
        let store = Arc::new(MemoryStore::new(Arc::new(clock.clone())));
        let ports = ports.database(store.clone());
        let switch = MemoryEventSwitch::new(Arc::new(clock.clone()));
        let ports = ports.event_switch(Arc::new(switch));
        Self::with_ports(store, ports, clock, policy)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> World<S>
where
    S: RebookingStore
        + EffectQueue
        + Reports
        + PersonalData
        + SignOuts
        + PartnerCalendars
        + UnclaimedOrders
        + 'static,
{
    /// The world on another store. `clock` is the fakes' clock; the store may have its own.
    ///
    /// # Panics
    /// When the policy cannot be used.
    #[must_use]
    pub fn with_store(store: S, clock: SettableClock, policy: Policy) -> Self {
        let store = Arc::new(store);
        let ports = Ports::builder().database(store.clone());
        Self::with_ports(store, ports, clock, policy)
    }
}

impl<S: RebookingStore + ?Sized + 'static> World<S> {
    /// The world on a store whose ports are given.
    #[expect(clippy::expect_used, reason = "a test with an unusable policy should say so at once")]
    pub(super) fn with_ports(
        store: Arc<S>,
        ports: PortsBuilder,
        clock: SettableClock,
        policy: Policy,
    ) -> Self {
        let (shop, tickets) = (MemoryShop::new(), MemoryTickets::new());
        let mailer = MemoryMailer::new();
        let ports = ports
            .orders(Arc::new(shop.clone()))
            .tickets(Arc::new(tickets.clone()))
            .mailer(Arc::new(mailer.clone()))
            .clock(Arc::new(clock.clone()))
            .secrets(Arc::new(CountingSecrets::default()));
        let ports = ports.build().expect("every port is given");
        let rebookings =
            Rebookings::new(ports, policy, samples::link_keys()).expect("a usable policy");
        Self { clock, store, shop, tickets, mailer, rebookings }
    }

    /// Puts the dates into the store: the booked one, full, and [`World::DATES`].
    ///
    /// # Errors
    /// As the store.
    pub async fn seed(&self) -> Result<(), PortError> {
        let booked = samples::booking().slot;
        let later = |id: CourseDateId, free| {
            let starts_at = booked.starts_at + TimeDelta::days(7 * id.value());
            samples::course_date(id.value(), starts_at, free)
        };
        let [first, second, third] = World::DATES;
        let full = samples::course_date(booked.id.value(), booked.starts_at, 0);
        self.store.upsert_dates(&[full, later(first, 5), later(second, 8), later(third, 1)]).await
    }

    /// Puts more dates into the store: every third day for so long, at 10:00, 14:00 and 18:00 in
    /// turn, each at the price of the sample booking, for 10 € less, and for 10 € more. They are
    /// numbered from 1001 on.
    ///
    /// # Errors
    /// As the store.
    pub async fn seed_many(&self, count: u32) -> Result<(), PortError> {
        let booked = samples::booking().slot.starts_at;
        let date = |number: u32| {
            let (hours, cents) = match number % 3 {
                0 => (8, 8900),
                1 => (4, 7900),
                _ => (0, 9900),
            };
            let days = TimeDelta::days(3 * i64::from(number) + 2);
            let starts_at = booked + days - TimeDelta::hours(hours);
            let date = samples::course_date(1001 + i64::from(number), starts_at, 6);
            CourseDate { unit_price: samples::euros(cents), ..date }
        };
        self.store.upsert_dates(&(0..count).map(date).collect::<Vec<_>>()).await
    }

    /// The sample booking, declined: the shop has it, the dates are seeded, the mail is not sent
    /// yet.
    ///
    /// # Panics
    /// When the store does not answer.
    pub async fn declined_booking(&self) -> DeclinedBooking {
        self.declined(samples::booking()).await
    }

    /// The same for any booking.
    ///
    /// # Panics
    /// When the store does not answer.
    #[expect(clippy::expect_used, reason = "a test that cannot begin should say so at once")]
    pub async fn declined(&self, booking: Booking) -> DeclinedBooking {
        self.seed().await.expect("the store answers");
        self.shop.put_booking(booking.clone());
        let confirmation = self.store.open_confirmation(&booking).await.expect("the store answers");
        let decline =
            Decline { reason: FreeText::line("Der Koch ist krank.", 100), proposed: Vec::new() };
        let asked = ConfirmationKey::Id(confirmation);
        let declined = self.rebookings.decline_unchecked(&asked, &decline).await;
        let declined = declined.expect("a pending request can be declined");
        let token = match declined {
            Declined::LinkIssued(token) => Some(token),
            Declined::BackupBooked(_)
            | Declined::LimitReached(_)
            | Declined::Already
            | Declined::AlreadyOtherwise => None,
        };
        let token = token.expect("a first decline issues a link");
        DeclinedBooking { booking, confirmation, token, link: self.link(token).await }
    }

    /// The link of a token, as the mail carries it.
    ///
    /// # Panics
    /// When there is no such token.
    #[expect(
        clippy::expect_used,
        reason = "a test that asks for a link that is not there should say so at once"
    )]
    pub async fn link(&self, token: TokenRef) -> LinkSecret {
        let token = self.token(token).await;
        samples::link_keys()
            .secret(LinkPurpose::Rebook, token.link())
            .expect("the sample key made it")
    }

    /// A token as it is now.
    ///
    /// # Panics
    /// When there is no such token.
    #[expect(
        clippy::expect_used,
        reason = "a test that asks for a token that is not there should say so at once"
    )]
    pub async fn token(&self, id: TokenRef) -> RebookingToken {
        let seen = self.store.find(&CaseKey::Id(id.case)).await.expect("the store answers");
        seen.value.token(id).expect("the token exists").clone()
    }

    /// Delivers until nothing more is due.
    ///
    /// # Errors
    /// As the store; what goes wrong with an effect is noted with it.
    pub async fn deliver_all(&self) -> Result<Delivered, PortError> {
        let mut all = Delivered::default();
        loop {
            let round = self.rebookings.deliver().await?;
            if round.total() == 0 {
                return Ok(all);
            }
            all = all.and(round);
        }
    }
}
