//! A shop with stock, a store and the use cases between them, one step at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::dates::DATES;
use super::outside::{FaultyShop, Offered, StockFault};
use super::promises::Unknown;
use super::stage::StockStage;
use super::step::Step;
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::link::LinkPurpose;
use crate::policy::{OrderStrategy, Policy};
use crate::ports::store::{CaseKey, ConfirmationKey};
use crate::ports::{CourseSchedule, Import};
use crate::service::{Decline, ManualLink, OrderEvent, Rebookings};
use crate::testing::{CountingSecrets, MemoryMailer, MemoryShop, MemoryTickets, Trouble, samples};
use crate::token::{RebookingToken, TokenState};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, OrderId, OrderItemId};
use crate::value::text::FreeText;

pub(super) struct House<'a> {
    stage: &'a dyn StockStage,
    pub(super) shop: MemoryShop,
    pub(super) strategy: OrderStrategy,
    rebookings: Rebookings,
    /// A reading that has begun, and what the shop has answered.
    reading: Option<(DateTime<Utc>, Option<CourseSchedule>)>,
    /// What the shop has sold of each date since the answer that was imported last.
    pub(super) sold: BTreeMap<CourseDateId, i64>,
    /// And since the answer that is about to be imported.
    sold_since_read: BTreeMap<CourseDateId, i64>,
    /// What was sold, with the request for it.
    bookings: Vec<(OrderItemId, ConfirmationId)>,
    /// An order was kept for a party that did not fit: said by the step that did so.
    pub(super) overfull: Option<String>,
}

/// All that the store holds, by number.
pub(super) struct Kept {
    pub(super) dates: Vec<CourseDate>,
    pub(super) tokens: Vec<RebookingToken>,
    pub(super) requests: Vec<Confirmation>,
}

impl<'a> House<'a> {
    pub(super) async fn open(
        stage: &'a dyn StockStage,
        strategy: OrderStrategy,
        fault: Option<StockFault>,
    ) -> Self {
        let shop = MemoryShop::new();
        let shop = match fault {
            Some(StockFault::Reopened) => shop.reopening_what_is_sold(),
            _ => shop,
        };
        for (date, places) in DATES {
            shop.stock(date, places);
        }
        let offered = Arc::new(Offered::new(shop.clone()));
        let ports = stage.ports().schedule(offered.clone());
        let ports = ports
            .orders(Arc::new(FaultyShop { shop: shop.clone(), fault }))
            .tickets(Arc::new(MemoryTickets::new()))
            .mailer(Arc::new(MemoryMailer::new()))
            .secrets(Arc::new(CountingSecrets::default()))
            .build()
            .unwrap();
        offered.begin(ports.store.dates(samples::course().id).await.unwrap().now);
        let order_wait = TimeDelta::zero();
        let policy = Policy { orders: strategy, order_wait, step_limit: 9, ..Policy::default() };
        let rebookings = Rebookings::new(ports, policy, samples::link_keys()).unwrap();
        rebookings.refresh(samples::course().id).await.unwrap();
        Self {
            stage,
            shop,
            strategy,
            rebookings,
            reading: None,
            sold: BTreeMap::new(),
            sold_since_read: BTreeMap::new(),
            bookings: Vec::new(),
            overfull: None,
        }
    }
}

/// What is there, and what can be seen of it.
impl House<'_> {
    pub(super) async fn look(&self) -> Kept {
        let store = &self.rebookings.ports().store;
        let mut dates = store.dates(samples::course().id).await.unwrap().value;
        dates.sort_by_key(CourseDate::id);
        let (mut tokens, mut requests) = (Vec::new(), Vec::new());
        for (item, request) in &self.bookings {
            let case = store.find(&CaseKey::Id(CaseId::from(*item))).await.unwrap().value.tokens;
            requests.push(self.request(*request).await);
            for token in &case {
                if let Some(request) = token.rebooking().and_then(|moved| moved.confirmation) {
                    requests.push(self.request(request).await);
                }
            }
            tokens.extend(case);
        }
        requests.sort_by_key(|request| request.id);
        Kept { dates, tokens, requests }
    }

    async fn request(&self, id: ConfirmationId) -> Confirmation {
        let key = CaseKey::Confirmation(ConfirmationKey::Id(id));
        self.rebookings.ports().store.find(&key).await.unwrap().value.confirmation.unwrap()
    }

    /// Whether the shop has written the request's date on an order that stays.
    pub(super) fn is_kept_for(&self, request: &Confirmation) -> bool {
        self.shop.comments().iter().any(|comment| Some(&comment.key) == key(request).as_ref())
    }

    /// Whether the shop holds the places of a request, by the order of its item or by one that was
    /// made for it and that our store has not heard of yet.
    pub(super) fn shop_holds(&self, request: &Confirmation) -> bool {
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

/// The number picks one of them; `None` when there is none.
fn pick<T>(all: &[T], number: usize) -> Option<&T> {
    all.get(number % all.len().max(1))
}

/// The steps.
impl House<'_> {
    pub(super) async fn take(&mut self, step: &Step) {
        match *step {
            Step::Sell { date, people } => self.sell(DATES[date].0, people).await,
            Step::Decline(which) => self.decline(which).await,
            Step::Choose { link, date } => self.choose(link, DATES[date].0).await,
            Step::Deliver { lost } => {
                self.shop.next_call(lost.then_some(Trouble::Unanswered));
                self.deliver().await;
                self.shop.calm_down();
            }
            Step::Begin => self.begin().await,
            Step::Read => self.read().await,
            Step::Import => self.import().await,
            Step::Cancel(which) => self.cancel(which).await,
            Step::CallOff(which) => self.call_off(which).await,
            Step::SendLink(which) => self.send_link(which).await,
            Step::Wait => self.stage.let_time_pass().await,
        }
    }

    /// Everything that is due is done, and then the shop is read once more.
    pub(super) async fn settle(&mut self) {
        for _ in 0..8 {
            self.stage.let_time_pass().await;
            while self.deliver().await {}
        }
        self.begin().await;
        self.read().await;
        self.import().await;
    }

    /// Delivers what is due; whether there was anything. An order that is kept for a party must
    /// find places for it at that moment.
    async fn deliver(&mut self) -> bool {
        let before = self.look().await;
        let before = DATES.map(|(date, _)| Unknown::new(self, &before, date).settled_in);
        let delivered = self.rebookings.deliver().await.unwrap();
        let kept = self.look().await;
        for ((date, _), before) in DATES.into_iter().zip(before) {
            let (there, unknown) = (self.shop.free(date).unwrap(), Unknown::new(self, &kept, date));
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
        let number = i64::try_from(self.bookings.len()).unwrap() + 1;
        let slot = self.look().await.dates.iter().find(|kept| kept.id() == date).unwrap().slot;
        let booking = Booking {
            slot,
            participants: samples::party(people),
            order: OrderId::new(500 + number),
            ..samples::booking_of(7_000 + number)
        };
        self.shop.put_booking(booking.clone());
        for sold in [&mut self.sold, &mut self.sold_since_read] {
            *sold.entry(date).or_default() += i64::from(people);
        }
        let request = self.rebookings.ports().store.open_confirmation(&booking).await.unwrap();
        self.bookings.push((booking.item, request));
    }

    async fn decline(&self, which: usize) {
        let mut live = self.look().await.requests;
        live.retain(|asked| asked.state.is_live() && asked.state != ConfirmationState::Waiting);
        let Some(request) = pick(&live, which) else { return };
        let reason = FreeText::line("Der Koch ist krank.", 100);
        let decline = Decline { reason, proposed: Vec::new() };
        let key = ConfirmationKey::Id(request.id);
        let _ = self.rebookings.decline_unchecked(&key, &decline).await.unwrap();
    }

    async fn choose(&self, which: usize, date: CourseDateId) {
        let mut links = self.look().await.tokens;
        links.retain(|token| *token.state() == TokenState::Active);
        let Some(token) = pick(&links, which) else { return };
        let link = samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap();
        // Refused for whatever reason: then nothing has changed.
        let _ = self.rebookings.customer(&link).choose(&samples::choice(date)).await;
    }

    async fn begin(&mut self) {
        let now = self.rebookings.ports().store.dates(samples::course().id).await.unwrap().now;
        self.reading = Some((now, None));
    }

    async fn read(&mut self) {
        let Some((began, _)) = self.reading else { return };
        let outer = self.rebookings.ports().schedule.clone().unwrap();
        let read = outer.schedule.dates(samples::course().id).await.unwrap().value;
        self.reading = Some((began, Some(read)));
        self.sold_since_read.clear();
    }

    async fn import(&mut self) {
        let Some((began, Some(read))) = self.reading.take() else { return };
        let import = Import { course: samples::course().id, began, dates: read.dates };
        let outer = self.rebookings.ports().schedule.clone().unwrap();
        let _ = outer.imports.import(&import).await.unwrap();
        self.sold = self.sold_since_read.clone();
    }

    async fn cancel(&self, which: usize) {
        let requests = self.look().await.requests;
        // Nobody tells of an order that was made and that our store has not heard of yet.
        let known = |item| requests.iter().any(|request| request.booking.item == item);
        let mut open = self.shop.orders();
        open.retain(|order| order.open && known(order.booking.item));
        let Some(order) = pick(&open, which) else { return };
        let id = order.booking.order;
        // While its linked order is being made the shop's word is not taken: then people wait.
        if self.rebookings.order_changed(id, OrderEvent::Cancelled).await.is_ok() {
            self.shop.close(id);
        }
    }

    async fn call_off(&self, which: usize) {
        let mut open = self.look().await.tokens;
        open.retain(|token| match token.state() {
            TokenState::Active => true,
            TokenState::Used(moved) => moved.state.is_live(),
            TokenState::Cancelled { .. } => false,
        });
        let Some(token) = pick(&open, which) else { return };
        let reason = FreeText::line("Auf Wunsch der Kundin.", 100);
        let _ = self.rebookings.support("eva").cancel(token.id().case, &reason).await;
    }

    async fn send_link(&self, which: usize) {
        let Some((item, _)) = pick(&self.bookings, which) else { return };
        let reason = FreeText::line("Wie besprochen.", 100);
        let link = ManualLink { item: *item, reason, again: false };
        // There may be nothing to move.
        let _ = self.rebookings.support("eva").send_link(&link).await;
    }
}
