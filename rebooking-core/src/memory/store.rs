//! A store in memory that keeps the whole contract: for tests, for the model, and for hosts that
//! need nothing durable.

mod calendars;
mod commit;
mod draft;
mod due;
mod earnings;
mod effects;
mod imports;
mod lists;
mod personal;
mod reads;
mod schedule;
mod sign_outs;
mod snapshot;
mod state;
mod unclaimed;
mod weakness;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use self::state::State;
use super::sign_outs::MemorySignOuts;
use super::trouble::{Answer, Trouble, Troubles};
use crate::change::{Change, Commit};
use crate::confirmation::{Confirmation, ConfirmationState, Overdue};
use crate::effect::{Checkpoint, Claimed, Effect, EffectStatus, Lane, Lease};
use crate::link::{LinkDigest, StoredLink};
use crate::policy::Alternatives;
use crate::ports::personal::CaseRecord;
use crate::ports::reports::{
    Backlog, CaseDetails, CaseFilter, CaseRow, Earnings, Page, PageRequest, PartnerStatus,
};
use crate::ports::store::{
    CaseKey, CaseState, DateDetails, LiveConfirmation, OrderState, SweepReason, TokenKey,
    TokenWithDates, Visits,
};
use crate::ports::{
    AsOf, Clock, EffectQueue, FoundRow, MalformedRow, PersonalData, PortError, RebookingStore,
    Reports,
};
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::customer::EmailAddress;
use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, PartnerId, TokenRef,
};

pub use snapshot::{KeptEffect, Snapshot};
pub use weakness::Weakness;

/// A store in memory. A clone is another handle to the same data; its clock is the store's clock.
#[derive(Clone)]
pub struct MemoryStore(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    sign_outs: MemorySignOuts,
    calls: Troubles,
    commits: Troubles,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            sign_outs: MemorySignOuts::new(clock.clone()),
            clock,
            state: Mutex::default(),
            calls: Troubles::default(),
            commits: Troubles::default(),
        }))
    }

    /// Takes one promise off, for every handle to this store. Several can be taken off.
    #[must_use]
    pub fn without(self, weakness: Weakness) -> Self {
        self.state().weaknesses.insert(weakness);
        self
    }

    /// What happens to the next call; said several times, to the calls after it.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.calls.next_call(trouble);
    }

    /// What happens to every call that nothing was said about.
    pub fn every_call(&self, trouble: Option<Trouble>) {
        self.0.calls.every_call(trouble);
    }

    /// Forgets all troubles that have not happened yet.
    pub fn calm_down(&self) {
        self.0.calls.clear();
        self.0.commits.clear();
    }

    /// What happens to the next commit, whatever else is read before it.
    pub fn next_commit(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.commits.next_call(trouble);
    }

    /// Lists a row as one that makes no sense, for tests of what people see then. The store goes on
    /// as if it were none of its own.
    pub fn list_malformed(&self, row: MalformedRow) {
        let found_at = self.0.clock.now();
        self.state().malformed.push(FoundRow { row, found_at });
    }

    /// All that is stored, for tests that check what must always be true. Never in trouble.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::from_state(&self.state())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One call: trouble first, then the work at one moment of the store's clock, then the answer.
    async fn call<T>(
        &self,
        work: impl FnOnce(&mut State, DateTime<Utc>) -> T + Send,
    ) -> Result<T, PortError> {
        let answer = self.0.calls.begin().await?;
        let done = {
            let mut state = self.state();
            work(&mut state, self.0.clock.now())
        };
        answer.carry(done)
    }

    async fn read<T>(
        &self,
        look: impl FnOnce(&State, DateTime<Utc>) -> T + Send,
    ) -> Result<T, PortError> {
        self.call(|state, now| look(state, now)).await
    }

    async fn as_of<T>(
        &self,
        look: impl FnOnce(&State, DateTime<Utc>) -> T + Send,
    ) -> Result<AsOf<T>, PortError> {
        self.call(|state, now| AsOf { now, value: look(state, now) }).await
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryStore(…)")
    }
}

fn with_moment<T>(value: Option<T>, now: DateTime<Utc>) -> Option<AsOf<T>> {
    value.map(|value| AsOf { now, value })
}

/// What is read for a choice: that date, if it is there, and no other.
fn chosen(seen: TokenWithDates, date: CourseDateId) -> TokenWithDates {
    let dates = seen.dates.into_iter().filter(|shown| shown.id() == date).collect();
    TokenWithDates { dates, visits: Visits::default(), ..seen }
}

#[async_trait]
impl RebookingStore for MemoryStore {
    async fn open(
        &self,
        key: &TokenKey,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        self.read(|state, now| with_moment(state.open(key, alternatives, now), now)).await
    }

    async fn open_for_choice(
        &self,
        link: &LinkDigest,
        date: CourseDateId,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let seen = self.open(&TokenKey::Link(link.clone()), alternatives).await?;
        Ok(seen.map(|seen| seen.map(|seen| chosen(seen, date))))
    }

    async fn open_alone(
        &self,
        link: &LinkDigest,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let seen = self.open(&TokenKey::Link(link.clone()), &Alternatives::new()).await?;
        let alone = |seen: TokenWithDates| TokenWithDates { dates: Vec::new(), ..seen };
        Ok(seen.map(|seen| seen.map(alone)))
    }

    async fn token(&self, id: TokenRef) -> Result<Option<AsOf<RebookingToken>>, PortError> {
        self.read(|state, now| with_moment(state.token(id), now)).await
    }

    async fn find(&self, key: &CaseKey) -> Result<AsOf<CaseState>, PortError> {
        self.as_of(|state, _| state.find(key)).await
    }

    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError> {
        self.as_of(|state, _| state.order_state(order)).await
    }

    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError> {
        self.as_of(|state, _| state.live_confirmations(date, limit as usize)).await
    }

    async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let trouble = self.0.commits.take();
        let answer = Troubles::meet(trouble).await?;
        let worked = self
            .call(|state, now| match (answer, state.weaknesses.contains(&Weakness::Atomicity)) {
                (Answer::Lost, true) => {
                    let first = Change { tokens: change.tokens.clone(), ..Change::at(change.at) };
                    state.commit(&first, now)
                }
                (Answer::Given | Answer::Lost, _) => state.commit(change, now),
            })
            .await?;
        answer.carry(worked?)
    }

    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError> {
        self.read(|state, now| state.due(reason, after, limit as usize, now)).await
    }

    async fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: u32,
    ) -> Result<Vec<ConfirmationId>, PortError> {
        self.read(|state, now| state.overdue(overdue, after, limit as usize, now)).await
    }

    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError> {
        self.call(|state, _| dates.iter().for_each(|date| state.keep_date(date))).await
    }

    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        self.as_of(|state, now| state.dates_of(course, now)).await
    }

    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError> {
        self.read(|state, now| with_moment(state.date_file(id), now)).await
    }

    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError> {
        self.call(|state, now| state.open_confirmation(booking, now)).await
    }

    async fn ask_for_confirmation(
        &self,
        booking: &Booking,
        answer: &StoredLink,
    ) -> Result<Option<ConfirmationId>, PortError> {
        self.call(|state, now| state.ask_for_confirmation(booking, answer, now)).await
    }

    async fn ready(&self) -> Result<(), PortError> {
        self.read(|_, _| ()).await
    }
}

#[async_trait]
impl EffectQueue for MemoryStore {
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        self.call(|state, now| state.claim(lane, limit as usize, lease, now)).await
    }

    async fn save_checkpoint(
        &self,
        lease: Lease,
        checkpoint: &Checkpoint,
    ) -> Result<bool, PortError> {
        self.call(|state, _| state.save_checkpoint(lease, checkpoint)).await
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        self.read(|state, now| with_moment(state.effect(id), now)).await
    }
}

#[async_trait]
impl Reports for MemoryStore {
    async fn confirmations(
        &self,
        partner: PartnerId,
        kind: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError> {
        self.read(|state, _| state.confirmations(partner, kind, page)).await
    }

    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError> {
        self.as_of(|state, now| state.partner_rebookings(partner, progress, page, now)).await
    }

    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError> {
        self.as_of(|state, now| {
            state.partner_rebookings_after(partner, progress, after, limit as usize, now)
        })
        .await
    }

    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError> {
        self.as_of(|state, now| state.cases(filter, page, now)).await
    }

    async fn silent_partners(&self, limit: u32) -> Result<Vec<Confirmation>, PortError> {
        self.read(|state, now| state.silent_partners(limit as usize, now)).await
    }

    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError> {
        self.read(|state, now| with_moment(state.case_file(case), now)).await
    }

    async fn effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError> {
        self.read(|state, _| state.list_effects(status, page)).await
    }

    async fn backlog(&self) -> Result<AsOf<Vec<Backlog>>, PortError> {
        self.as_of(|state, now| state.backlog(now)).await
    }

    async fn malformed_rows(&self) -> Result<Vec<FoundRow>, PortError> {
        self.read(|state, _| state.malformed.clone()).await
    }

    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError> {
        self.as_of(|state, now| state.earnings(from, until, now)).await
    }
}

#[async_trait]
impl PersonalData for MemoryStore {
    async fn cases_of(
        &self,
        address: &EmailAddress,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, PortError> {
        self.read(|state, _| state.cases_of(address, after, limit as usize)).await
    }

    async fn record(&self, case: CaseId) -> Result<Option<AsOf<CaseRecord>>, PortError> {
        self.read(|state, now| with_moment(state.record(case), now)).await
    }
}
