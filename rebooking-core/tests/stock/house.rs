//! A shop with stock, our store and the use cases between them, one step at a time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::confirmation::Confirmation;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::ports::{
    AsOf, Clock, CourseSchedule, DateImports, Import, Places, PortError, Ports, RebookingStore,
    Schedule, ScheduledDate, async_trait,
};
use rebooking_core::service::{Decline, OrderEvent};
use rebooking_core::testing::{
    CountingSecrets, MemoryMailer, MemoryShop, MemoryStore, MemoryTickets, SettableClock, Trouble,
    Weakness, samples,
};
use rebooking_core::token::TokenState;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CourseDateId, OrderId};
use rebooking_core::value::text::FreeText;
use rebooking_core::{Policy, Rebookings};

use crate::Step;
use crate::promises::Unknown;

/// How many can be sold on each date.
pub(crate) const DATES: [(CourseDateId, u32); 3] =
    [(CourseDateId::new(1), 4), (CourseDateId::new(2), 6), (CourseDateId::new(3), 5)];

pub(crate) struct House {
    pub(crate) clock: SettableClock,
    pub(crate) store: MemoryStore,
    pub(crate) shop: MemoryShop,
    pub(crate) rebookings: Rebookings,
    pub(crate) strategy: OrderStrategy,
    /// A reading that has begun, and what the shop has answered.
    reading: Option<(DateTime<Utc>, Option<CourseSchedule>)>,
    /// What the shop has sold of each date since the answer that was imported last.
    pub(crate) sold: BTreeMap<CourseDateId, i64>,
    /// And since the answer that is about to be imported.
    sold_since_look: BTreeMap<CourseDateId, i64>,
    bookings: i64,
    /// An order was kept for a party that did not fit: said by the step that did so.
    pub(crate) overfull: Option<String>,
}

/// A clock that moves with each look at it.
struct Ticking(SettableClock);

#[async_trait]
impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        self.0.advance(TimeDelta::microseconds(1));
        self.0.now()
    }

    async fn sleep(&self, time: Duration) {
        self.0.sleep(time).await;
    }
}

/// What the shop says of its dates.
#[derive(Clone)]
struct Offered {
    shop: MemoryShop,
    clock: SettableClock,
}

#[async_trait]
impl Schedule for Offered {
    async fn dates(
        &self,
        _course: rebooking_core::value::ids::CourseId,
    ) -> Result<AsOf<CourseSchedule>, PortError> {
        let dates = DATES.map(|(id, _)| {
            let free = self.shop.free(id).unwrap_or_default().max(0);
            let capacity = u32::try_from(free).unwrap();
            let starts_at = samples::now() + TimeDelta::days(20 + id.value());
            let date = samples::course_date(id.value(), starts_at, 0);
            let date = CourseDate { capacity, taken: 0, ..date };
            ScheduledDate { date, places: Places::FreeThere, offered: true }
        });
        let value = CourseSchedule { dates: dates.to_vec(), left_out: Vec::new() };
        Ok(AsOf { now: self.clock.now(), value })
    }
}

impl House {
    pub(crate) async fn open(strategy: OrderStrategy, weak: &[Weakness]) -> Self {
        let clock = SettableClock::at(samples::now());
        let store = MemoryStore::new(Arc::new(Ticking(clock.clone())));
        let store = weak.iter().fold(store, |store, weakness| store.without(*weakness));
        let shop = MemoryShop::new();
        for (date, places) in DATES {
            shop.stock(date, places);
        }
        let offered = Offered { shop: shop.clone(), clock: clock.clone() };
        let ports = Ports::builder()
            .database(Arc::new(store.clone()))
            .schedule(Arc::new(offered))
            .imports(Arc::new(store.clone()))
            .orders(Arc::new(shop.clone()))
            .tickets(Arc::new(MemoryTickets::new()))
            .mailer(Arc::new(MemoryMailer::new()))
            .clock(Arc::new(clock.clone()))
            .secrets(Arc::new(CountingSecrets::default()));
        let order_wait = TimeDelta::zero();
        let policy = Policy { orders: strategy, order_wait, step_limit: 9, ..Policy::default() };
        let rebookings =
            Rebookings::new(ports.build().unwrap(), policy, samples::link_keys()).unwrap();
        rebookings.refresh(samples::course().id).await.unwrap();
        let (sold, sold_since_look) = (BTreeMap::new(), BTreeMap::new());
        let (reading, bookings, overfull) = (None, 0, None);
        Self {
            clock,
            store,
            shop,
            rebookings,
            strategy,
            reading,
            sold,
            sold_since_look,
            bookings,
            overfull,
        }
    }

    pub(crate) async fn take(&mut self, step: &Step) {
        match step {
            Step::Sell { date, people } => self.sell(DATES[*date].0, *people).await,
            Step::Decline(which) => self.decline(*which).await,
            Step::Choose { link, date } => self.choose(*link, DATES[*date].0).await,
            Step::Place { lost } => {
                self.shop.next_call(lost.then_some(Trouble::Unanswered));
                self.place().await;
                self.shop.calm_down();
            }
            Step::Begin => {
                let now = RebookingStore::dates(&self.store, samples::course().id).await;
                self.reading = Some((now.unwrap().now, None));
            }
            Step::Look => self.look().await,
            Step::Import => self.import().await,
            Step::Cancel(which) => self.cancel(*which).await,
            Step::Wait => self.clock.advance(TimeDelta::minutes(20)),
        }
    }

    /// Everything that is due is done, and then the shop is read once more.
    pub(crate) async fn settle(&mut self) {
        for _ in 0..8 {
            self.clock.advance(TimeDelta::minutes(20));
            while self.place().await {}
        }
        self.take(&Step::Begin).await;
        self.take(&Step::Look).await;
        self.take(&Step::Import).await;
    }

    /// Delivers what is due; whether there was anything. An order that is kept for a party must
    /// find places for it at that moment.
    async fn place(&mut self) -> bool {
        let before = DATES.map(|(date, _)| Unknown::new(self, date).settled_in);
        let delivered = self.rebookings.deliver().await.unwrap();
        for ((date, _), before) in DATES.into_iter().zip(before) {
            let (there, unknown) = (self.shop.free(date).unwrap(), Unknown::new(self, date));
            let room = there - unknown.settled_in + unknown.left;
            if unknown.settled_in > before && room < 0 {
                self.overfull = Some(format!("an order was kept on date {date}, {room} over"));
            }
        }
        delivered.total() > 0
    }

    /// As the shop sells: only what it thinks is free.
    async fn sell(&mut self, date: CourseDateId, people: u32) {
        if self.shop.free(date).unwrap() < i64::from(people) {
            return;
        }
        self.bookings += 1;
        let slot = self.date(date).slot;
        let booking = Booking {
            slot,
            participants: samples::party(people),
            order: OrderId::new(500 + self.bookings),
            ..samples::booking_of(7_000 + self.bookings)
        };
        self.shop.put_booking(booking.clone());
        for sold in [&mut self.sold, &mut self.sold_since_look] {
            *sold.entry(date).or_default() += i64::from(people);
        }
        self.store.open_confirmation(&booking).await.unwrap();
    }

    fn date(&self, id: CourseDateId) -> CourseDate {
        let dates = self.store.snapshot().dates;
        dates.into_iter().find(|date| date.id() == id).unwrap()
    }

    async fn decline(&mut self, which: usize) {
        let live: Vec<Confirmation> =
            self.requests(|request| request.state.is_live() && request.state.as_str() != "waiting");
        let Some(request) = live.get(which % live.len().max(1)) else { return };
        let reason = FreeText::line("Der Koch ist krank.", 100);
        let decline = Decline { reason, proposed: Vec::new() };
        let asked = ConfirmationKey::Id(request.id);
        let _ = self.rebookings.decline_unchecked(&asked, &decline).await.unwrap();
    }

    pub(crate) fn requests(&self, kept: impl Fn(&Confirmation) -> bool) -> Vec<Confirmation> {
        self.store.snapshot().confirmations.into_iter().filter(|request| kept(request)).collect()
    }

    async fn choose(&mut self, which: usize, date: CourseDateId) {
        let tokens = self.store.snapshot().tokens;
        let links: Vec<_> =
            tokens.iter().filter(|token| *token.state() == TokenState::Active).collect();
        let Some(token) = links.get(which % links.len().max(1)) else { return };
        let purpose = rebooking_core::link::LinkPurpose::Rebook;
        let link = samples::link_keys().secret(purpose, token.link()).unwrap();
        // Refused for whatever reason: then nothing has changed.
        let _ = self.rebookings.customer(&link).choose(&samples::choice(date)).await;
    }

    async fn look(&mut self) {
        let Some((began, _)) = self.reading else { return };
        let outer = self.rebookings.ports().schedule.clone().unwrap();
        let read = outer.schedule.dates(samples::course().id).await.unwrap().value;
        self.reading = Some((began, Some(read)));
        self.sold_since_look.clear();
    }

    async fn import(&mut self) {
        let Some((began, Some(read))) = self.reading.take() else { return };
        let import = Import { course: samples::course().id, began, dates: read.dates };
        let _ = DateImports::import(&self.store, &import).await.unwrap();
        self.sold = self.sold_since_look.clone();
    }

    async fn cancel(&mut self, which: usize) {
        // Nobody tells of an order that was made and that our store has not heard of yet.
        let known = |item| !self.requests(|request| request.booking.item == item).is_empty();
        let orders = self.shop.orders().into_iter();
        let open: Vec<_> = orders.filter(|order| order.open && known(order.booking.item)).collect();
        let Some(order) = open.get(which % open.len().max(1)) else { return };
        let id = order.booking.order;
        // While its linked order is being made the shop's word is not taken: then people wait.
        if self.rebookings.order_changed(id, OrderEvent::Cancelled).await.is_ok() {
            self.shop.close(id);
        }
    }

    /// Whether the shop has written the request's date on an order that stays.
    pub(crate) fn is_kept_for(&self, request: &Confirmation) -> bool {
        self.shop.comments().iter().any(|comment| Some(&comment.key) == key(request).as_ref())
    }

    /// Whether the shop holds the places of a request, by the order of its item or by one that was
    /// made for it and that our store has not heard of yet.
    pub(crate) fn shop_holds(&self, request: &Confirmation) -> bool {
        let (date, item, key) = (request.booking.slot.id, request.booking.item, key(request));
        self.shop.orders().iter().any(|order| {
            let made = key.is_some() && order.key == key;
            order.open && order.booking.slot.id == date && (made || order.booking.item == item)
        })
    }
}

/// The key of the order for a rebooking.
fn key(request: &Confirmation) -> Option<String> {
    request.token.map(|token| format!("reb-{token}"))
}
