//! Every port call passes a gate, before and after: there the process may end, stand still, or let
//! another go first.

use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, Commit, EffectWrite, TokenWrite};
use rebooking_core::confirmation::Overdue;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::effect::{Checkpoint, Claimed, Effect, EffectStatus, Lane, Lease};
use rebooking_core::event::Event;
use rebooking_core::link::{LinkDigest, StoredLink};
use rebooking_core::notice::Notice;
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::reports::{
    Backlog, CaseDetails, CaseFilter, CaseRow, Earnings, Page, PageRequest, PartnerStatus,
};
use rebooking_core::ports::store::{
    CaseKey, CaseState, DateDetails, LiveConfirmation, OrderState, SweepReason, TokenKey,
    TokenWithDates,
};
use rebooking_core::ports::{
    AsOf, CheckpointStore, Clock as _, EffectQueue, EventSink, FoundRow, Mailer, OrderChange,
    OrderUndo, Orders, Placement, PortError, RebookingStore, Refund, Reports, TicketNote, Tickets,
    Undone,
};
use rebooking_core::token::{RebookingToken, TicketRef};
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
    TokenRef,
};

use crate::clock::SimClock;
use crate::tamper::Tamper;

/// What goes wrong at which gate of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    None,
    /// The process ends.
    Crash {
        at: u32,
    },
    /// The process stands still for so many seconds while the world goes on.
    Pause {
        at: u32,
        seconds: u32,
    },
}

#[derive(Clone)]
pub(crate) struct Gate {
    clock: SimClock,
    state: Arc<Mutex<State>>,
}

struct State {
    mishap: Mishap,
    /// Two bits a gate: how often to let others go first.
    turns: u64,
    passed: u32,
    activity: u64,
    crashed: bool,
    mishaps: u32,
    used_too_late: Option<TokenRef>,
    asked_again: usize,
}

impl Gate {
    pub(crate) fn new(clock: SimClock) -> Self {
        let state = State {
            mishap: Mishap::None,
            turns: 0,
            passed: 0,
            activity: 0,
            crashed: false,
            mishaps: 0,
            used_too_late: None,
            asked_again: 0,
        };
        Self { clock, state: Arc::new(Mutex::new(state)) }
    }

    pub(crate) fn arm(&self, mishap: Mishap, turns: u64) {
        let mut state = self.state.lock().unwrap();
        (state.mishap, state.turns, state.passed, state.crashed) = (mishap, turns, 0, false);
    }

    /// A port misbehaves in this step: a mishap too.
    pub(crate) fn troubled(&self) {
        self.state.lock().unwrap().mishaps += 1;
    }

    pub(crate) fn crashed(&self) -> bool {
        self.state.lock().unwrap().crashed
    }

    /// Grows whenever somebody passes or waits at a gate.
    pub(crate) fn activity(&self) -> u64 {
        self.state.lock().unwrap().activity
    }

    /// How many mishaps there were since the beginning.
    pub(crate) fn mishaps(&self) -> u32 {
        self.state.lock().unwrap().mishaps
    }

    /// A token that a committed change used up at or after its expiry, by the store's clock at that
    /// very moment.
    pub(crate) fn used_too_late(&self) -> Option<TokenRef> {
        self.state.lock().unwrap().used_too_late
    }

    /// How many events support has had told once more.
    pub(crate) fn asked_again(&self) -> usize {
        self.state.lock().unwrap().asked_again
    }

    fn committed(&self, change: &Change) {
        let now = self.clock.now();
        if let Some(EffectWrite::TellAgain(_)) = change.effect {
            self.state.lock().unwrap().asked_again += 1;
        }
        for write in &change.tokens {
            let TokenWrite::Update { next, unexpired: true } = write else { continue };
            if now >= next.expires_at() {
                self.state.lock().unwrap().used_too_late = Some(next.id());
            }
        }
    }

    async fn pass(&self) {
        let (turns, crashed) = {
            let mut state = self.state.lock().unwrap();
            state.passed += 1;
            state.activity += 1;
            match state.mishap {
                Mishap::Crash { at } if at == state.passed => {
                    state.crashed = true;
                    state.mishaps += 1;
                }
                Mishap::Pause { at, seconds } if at == state.passed => {
                    state.mishaps += 1;
                    self.clock.advance(TimeDelta::seconds(i64::from(seconds)));
                }
                Mishap::None | Mishap::Crash { .. } | Mishap::Pause { .. } => {}
            }
            ((state.turns >> (2 * (state.passed % 32))) & 3, state.crashed)
        };
        if crashed {
            pending::<()>().await;
        }
        let mut left = turns;
        poll_fn(|_| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            self.state.lock().unwrap().activity += 1;
            Poll::Pending
        })
        .await;
    }
}

/// A port behind the gate.
#[derive(Clone)]
pub(crate) struct Gated<P> {
    pub(crate) port: P,
    pub(crate) gate: Gate,
    pub(crate) tamper: Tamper,
}

macro_rules! through {
    ($self:ident, $call:expr) => {{
        $self.gate.pass().await;
        let answer = $call.await;
        $self.gate.pass().await;
        answer
    }};
}

#[async_trait]
impl<S: RebookingStore> RebookingStore for Gated<S> {
    async fn open(
        &self,
        key: &TokenKey,
        also: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let opened = through!(self, self.port.open(key, also))?;
        match key {
            TokenKey::Link(_) => self.tamper.after_reading(&self.port, opened).await,
            TokenKey::Id(_) | TokenKey::Newest(_) => Ok(opened),
        }
    }
    async fn open_for_choice(
        &self,
        link: &LinkDigest,
        date: CourseDateId,
        also: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let opened = through!(self, self.port.open_for_choice(link, date, also))?;
        self.tamper.after_reading(&self.port, opened).await
    }
    async fn token(&self, id: TokenRef) -> Result<Option<AsOf<RebookingToken>>, PortError> {
        through!(self, self.port.token(id))
    }
    async fn find(&self, key: &CaseKey) -> Result<AsOf<CaseState>, PortError> {
        through!(self, self.port.find(key))
    }
    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError> {
        through!(self, self.port.order_state(order))
    }
    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError> {
        through!(self, self.port.live_confirmations(date, limit))
    }
    async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let change = self.tamper.change(change.clone());
        self.gate.pass().await;
        let outcome = self.port.commit(&change).await;
        if let Ok(Commit::Applied) | Err(PortError::Unknown(_)) = outcome {
            self.gate.committed(&change);
        }
        self.gate.pass().await;
        outcome
    }
    async fn due(
        &self,
        why: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError> {
        through!(self, self.port.due(why, after, limit))
    }
    async fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: u32,
    ) -> Result<Vec<ConfirmationId>, PortError> {
        through!(self, self.port.overdue(overdue, after, limit))
    }
    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError> {
        through!(self, self.port.upsert_dates(dates))
    }
    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        through!(self, self.port.dates(course))
    }
    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError> {
        through!(self, self.port.date(id))
    }
    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError> {
        through!(self, self.port.open_confirmation(booking))
    }
    async fn ask_for_confirmation(
        &self,
        booking: &Booking,
        answer: &StoredLink,
    ) -> Result<Option<ConfirmationId>, PortError> {
        through!(self, self.port.ask_for_confirmation(booking, answer))
    }
    async fn ready(&self) -> Result<(), PortError> {
        through!(self, self.port.ready())
    }
}

#[async_trait]
impl<S: EffectQueue> EffectQueue for Gated<S> {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        through!(self, self.port.claim(lane, limit, lease))
    }
    async fn save_checkpoint(
        &self,
        lease: Lease,
        checkpoint: &Checkpoint,
    ) -> Result<bool, PortError> {
        through!(self, self.port.save_checkpoint(lease, checkpoint))
    }
    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        through!(self, self.port.effect(id))
    }
}

#[async_trait]
impl<S: Reports> Reports for Gated<S> {
    async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError> {
        through!(self, self.port.confirmations(self.tamper.reader(partner), state, page))
    }
    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError> {
        through!(self, self.port.partner_rebookings(self.tamper.reader(partner), progress, page))
    }
    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError> {
        let partner = self.tamper.reader(partner);
        through!(self, self.port.partner_rebookings_after(partner, progress, after, limit))
    }
    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError> {
        through!(self, self.port.cases(filter, page))
    }
    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError> {
        through!(self, self.port.case(case))
    }
    async fn effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError> {
        through!(self, self.port.effects(status, page))
    }
    async fn backlog(&self) -> Result<AsOf<Vec<Backlog>>, PortError> {
        through!(self, self.port.backlog())
    }
    async fn malformed_rows(&self) -> Result<Vec<FoundRow>, PortError> {
        through!(self, self.port.malformed_rows())
    }
    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError> {
        through!(self, self.port.earnings(from, until))
    }
}

#[async_trait]
impl<O: Orders> Orders for Gated<O> {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        through!(self, self.port.booking(item))
    }
    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        through!(self, self.port.find(number))
    }
    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        through!(self, self.port.place(change, checkpoints))
    }
    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        through!(self, self.port.undo(undo, checkpoints))
    }
    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        let refund = self.tamper.refund(refund.clone());
        through!(self, self.port.refund(&refund, checkpoints))
    }
}

#[async_trait]
impl<T: Tickets> Tickets for Gated<T> {
    async fn record(&self, note: &TicketNote) -> Result<TicketRef, PortError> {
        through!(self, self.port.record(note))
    }
}

#[async_trait]
impl<M: Mailer> Mailer for Gated<M> {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        through!(self, self.port.send(notice))
    }
}

#[async_trait]
impl<E: EventSink> EventSink for Gated<E> {
    async fn take(&self, event: &Event) -> Result<(), PortError> {
        through!(self, self.port.take(event))
    }

    fn wants_customer(&self) -> bool {
        self.tamper == Tamper::NamesCustomers
    }
}
