//! The world of the simulation: two partners, two courses, a few dates and bookings, and every port
//! behind a gate.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::link::{LinkKey, LinkKeyId, LinkKeys, LinkSecret};
use rebooking_core::notice::Message;
use rebooking_core::policy::{OrderStrategy, Policy, PriceRule};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{
    CountingSecrets, MemoryEvents, MemoryMailer, MemoryShop, MemoryStore, MemoryTickets,
};
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use rebooking_core::value::course_date::{CourseDate, Slot, VenueZone};
use rebooking_core::value::customer::{Customer, EmailAddress, Language};
use rebooking_core::value::ids::{CourseDateId, CourseId, OrderId, OrderItemId, PartnerId};
use rebooking_core::value::money::{Currency, Money};
use rebooking_core::{Ports, Rebookings};

use crate::clock::SimClock;
use crate::gate::Gate;
use crate::gated::Gated;
use crate::ops::Run;
use crate::tamper::Tamper;

/// What is planted in this world besides: the fakes' own weaknesses are switched on by the caller.
#[derive(Clone, Default)]
pub(crate) struct Plant {
    pub(crate) tamper: Tamper,
    pub(crate) store: Option<rebooking_core::testing::Weakness>,
    pub(crate) shop_never_looks: bool,
    pub(crate) tickets_never_look: bool,
}

pub(crate) struct World {
    pub(crate) clock: SimClock,
    pub(crate) gate: Gate,
    pub(crate) store: MemoryStore,
    pub(crate) shop: MemoryShop,
    pub(crate) tickets: MemoryTickets,
    pub(crate) mailer: MemoryMailer,
    pub(crate) events: MemoryEvents,
    pub(crate) rebookings: Rebookings,
    pub(crate) bookings: Vec<Booking>,
}

pub(crate) fn start() -> DateTime<Utc> {
    "2027-01-10T10:00:00Z".parse().unwrap()
}

fn slot(id: i64, day: i64) -> Slot {
    let starts_at = start() + TimeDelta::days(day);
    Slot {
        id: CourseDateId::new(id),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(3),
        zone: VenueZone::BERLIN,
    }
}

fn course(id: i64) -> Course {
    Course::new(CourseId::new(id), &format!("KURS-{id}"), &format!("Kurs {id}"))
}

fn partner(id: i64) -> Partner {
    let email = EmailAddress::parse(&format!("partner{id}@example.org")).unwrap();
    Partner { id: PartnerId::new(id), email, language: Language::GERMAN }
}

pub(crate) fn euros(amount: i64) -> Money {
    Money::new(amount * 100, Currency::EUR).unwrap()
}

/// (date, course, day, capacity, taken by others, price)
const DATES: [(i64, i64, i64, u32, u32, i64); 9] = [
    (1, 1, 20, 6, 1, 89),
    (2, 1, 27, 4, 0, 89),
    (3, 1, 34, 4, 0, 79),
    (4, 1, 41, 3, 0, 99),
    (5, 1, 48, 6, 0, 89),
    (6, 2, 20, 5, 0, 50),
    (7, 2, 30, 3, 0, 50),
    (8, 2, 40, 3, 0, 60),
    (9, 1, 1, 9, 0, 89),
];

/// (item, order, course, date, party, cents off the whole): three places for 250.00 among them, and
/// one that is nearly a gift.
const BOOKINGS: [(i64, i64, i64, i64, u32, i64); 5] = [
    (101, 11, 1, 1, 2, 0),
    (102, 12, 1, 1, 1, 8_150),
    (103, 13, 1, 2, 3, 1_700),
    (104, 14, 2, 6, 2, 0),
    (105, 15, 2, 6, 1, 1_001),
];

fn price_of(date: i64) -> i64 {
    DATES.iter().find(|row| row.0 == date).map_or(0, |row| row.5)
}

fn day_of(date: i64) -> i64 {
    DATES.iter().find(|row| row.0 == date).map_or(0, |row| row.2)
}

fn booking((item, order, course_id, date, party, off): (i64, i64, i64, i64, u32, i64)) -> Booking {
    let off = Money::new(off, Currency::EUR).unwrap();
    let email = EmailAddress::parse(&format!("kunde{item}@example.com")).unwrap();
    Booking {
        order: OrderId::new(order),
        order_number: OrderNumber::parse(&format!("1000{order}")).unwrap(),
        item: OrderItemId::new(item),
        course: course(course_id),
        slot: slot(date, day_of(date)),
        participants: Participants::new(party).unwrap(),
        unit_price: euros(price_of(date)),
        paid: euros(price_of(date)).times(party).minus(off).unwrap(),
        partner: partner(course_id),
        customer: Customer::new("Erika Muster", email, Language::GERMAN),
    }
}

/// What a date of this list total costs a party: less the discount that it was given, and never
/// less than nothing.
pub(crate) fn to_pay(booking: &Booking, list_total: Money) -> Money {
    let listed = booking.unit_price.minor() * i64::from(booking.participants.count());
    let discount = listed - booking.paid.minor();
    Money::new((list_total.minor() - discount).max(0), Currency::EUR).unwrap()
}

pub(crate) fn date(
    (id, course_id, day, capacity, others, price): (i64, i64, i64, u32, u32, i64),
) -> CourseDate {
    let booked: u32 = BOOKINGS.iter().filter(|row| row.3 == id).map(|row| row.4).sum();
    CourseDate {
        slot: slot(id, day),
        course: course(course_id),
        partner: Some(partner(course_id)),
        capacity,
        taken: others + booked,
        unit_price: euros(price),
        withdrawn: false,
    }
}

impl World {
    pub(crate) fn new(run: &Run, plant: &Plant) -> Self {
        let clock = SimClock::at(start());
        let gate = Gate::new(clock.clone());
        let store = MemoryStore::new(Arc::new(clock.clone()));
        let store = match plant.store {
            Some(weakness) => store.without(weakness),
            None => store,
        };
        let shop = if plant.shop_never_looks {
            MemoryShop::new().without_looking()
        } else {
            MemoryShop::new()
        };
        let tickets = if plant.tickets_never_look {
            MemoryTickets::new().without_looking()
        } else {
            MemoryTickets::new()
        };
        let (mailer, events) = (MemoryMailer::new(), MemoryEvents::new());
        let tamper = plant.tamper;
        let gated = Arc::new(Gated { port: store.clone(), gate: gate.clone(), tamper });
        let ports = Ports::builder()
            .store(gated.clone())
            .queue(gated.clone())
            .reports(gated)
            .orders(Arc::new(Gated { port: shop.clone(), gate: gate.clone(), tamper }))
            .tickets(Arc::new(Gated { port: tickets.clone(), gate: gate.clone(), tamper }))
            .mailer(Arc::new(Gated { port: mailer.clone(), gate: gate.clone(), tamper }))
            .events(Arc::new(Gated { port: events.clone(), gate: gate.clone(), tamper }))
            .clock(Arc::new(clock.clone()))
            .secrets(Arc::new(CountingSecrets::default()));
        let ports = ports.build().unwrap();
        let policy = Policy {
            price: match run.price_rule {
                0 => PriceRule::Absorb,
                1 => PriceRule::Settle,
                _ => PriceRule::EqualOnly,
            },
            orders: if run.linked_orders {
                OrderStrategy::LinkedOrder
            } else {
                OrderStrategy::KeepOrder
            },
            validity: TimeDelta::days(12),
            purge_after: TimeDelta::days(30),
            partner_reminder_after: TimeDelta::minutes(20),
            partner_silent_after: TimeDelta::minutes(60),
            ..Policy::default()
        };
        let keys = LinkKeys::new(LinkKeyId(1), LinkKey::new(vec![7; 32]).unwrap());
        let rebookings = Rebookings::new(ports, policy, keys).unwrap();
        let bookings: Vec<Booking> = BOOKINGS.into_iter().map(booking).collect();
        let world =
            Self { clock, gate, store, shop, tickets, mailer, events, rebookings, bookings };
        world.seed();
        world
    }

    fn seed(&self) {
        let dates: Vec<CourseDate> = DATES.into_iter().map(date).collect();
        block_on(self.store.upsert_dates(&dates)).unwrap();
        for booking in &self.bookings {
            self.shop.put_booking(booking.clone());
            // The last customer's booking is known to the shop alone.
            if booking.item.value() != 105 {
                block_on(self.store.open_confirmation(booking)).unwrap();
            }
        }
    }

    /// Links as customers know them: from their mails.
    pub(crate) fn links(&self) -> Vec<LinkSecret> {
        let mut links: Vec<LinkSecret> = Vec::new();
        for notice in self.mailer.sent() {
            let secret = match &notice.message {
                Message::Rebooked { page, .. } => page.as_ref(),
                other => other.link().map(|link| &link.secret),
            };
            if let Some(secret) = secret
                && !links.iter().any(|known| known.digest() == secret.digest())
            {
                links.push(secret.clone());
            }
        }
        links
    }
}

/// Polls until it is done; for what waits for nobody.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("it waits for ever");
}

/// How a round of tasks ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    All,
    /// The process ended; every task was dropped where it stood.
    Crashed,
    /// Somebody hung with no deadline; the callers hung up.
    HungUp,
}

/// Runs tasks side by side, in an order that the gates decide. Time moves when all of them wait for
/// it.
pub(crate) fn run_tasks(
    world: &World,
    mut tasks: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>,
) -> Ended {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        let before = world.gate.activity();
        let count = tasks.len();
        let mut left = Vec::with_capacity(count);
        for mut task in tasks {
            let done = task.as_mut().poll(&mut context).is_ready();
            if world.gate.crashed() {
                return Ended::Crashed;
            }
            if !done {
                left.push(task);
            }
        }
        tasks = left;
        if tasks.is_empty() {
            return Ended::All;
        }
        let idle = tasks.len() == count && world.gate.activity() == before;
        if idle && !world.clock.wake_next() {
            return Ended::HungUp;
        }
    }
    panic!("tasks run for ever");
}
