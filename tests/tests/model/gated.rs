//! The ports as the library meets them in the play: each call passes the gate.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, Commit};
use rebooking_core::confirmation::{Confirmation, ConfirmationState, Overdue};
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
    AsOf, CheckpointStore, EffectQueue, EventSink, FoundRow, Mailer, OrderChange, OrderUndo,
    Orders, Placement, PortError, RebookingStore, Refund, Reports, TicketNote, Tickets, Undone,
};
use rebooking_core::token::{RebookingToken, TicketRef};
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
    TokenRef,
};

use crate::gate::Gate;
use crate::tamper::Tamper;

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
    async fn silent_partners(&self, limit: u32) -> Result<Vec<Confirmation>, PortError> {
        through!(self, self.port.silent_partners(limit))
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
