//! The store port on PostgreSQL: each call is one unit of work on a connection of its own, safe
//! from callers that go away.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use rebooking_core::change::{Change, Commit};
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use rebooking_core::link::LinkDigest;
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::store::{
    CaseDetails, CaseFilter, CaseRow, CaseStatus, ConfirmationCase, ConfirmationKey, DateDetails,
    Earnings, ItemState, LiveConfirmation, OrderState, Page, PageRequest, SweepReason,
    TokenWithDates,
};
use rebooking_core::ports::{AsOf, PortError, RebookingStore, Schedule};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
    TokenRef,
};
use sqlx::SqlStr;
use sqlx::postgres::{PgConnection, PgPool};

use crate::commit::{self, Statement};
use crate::connections::Connections;
use crate::error::Failure;
use crate::listen::Notifier;
use crate::open::{Named, Others, open};
use crate::{Settings, earnings, effects, lists, reads, search};

/// Tokens, places, requests, effects and history in PostgreSQL. A clone is another handle to the
/// same connections; any number of processes may use one database.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pub(crate) connections: Arc<Connections>,
    pub(crate) statement: Statement,
    save: SqlStr,
    notifier: Notifier,
}

/// One call on one connection, tried again where that does no harm.
macro_rules! repeatable {
    ($self:ident, |$db:ident $(, $arg:ident)*| $work:expr) => {
        $self.connections.repeatable(move |$db: &mut PgConnection| {
            $(let $arg = $arg.clone();)*
            async move { $work.await }.boxed()
        })
    };
}

impl PostgresStore {
    /// A store with connections like those of `pool`: as many, to the same database, opened the
    /// same way. They are the store's own, so that nothing that happens to the pool's connections
    /// elsewhere can reach it. Needs a tokio runtime.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self::with(&pool, Settings::default())
    }

    /// The same with settings of your own.
    #[must_use]
    pub fn with(pool: &PgPool, settings: Settings) -> Self {
        Self::on(Connections::like(pool, settings))
    }

    fn on(connections: Connections) -> Self {
        let connections = Arc::new(connections);
        Self {
            notifier: Notifier::new(&connections),
            statement: Statement::default(),
            save: effects::save_statement(true),
            connections,
        }
    }

    /// A store that works on the connections of `pool` itself, and in the task of its caller: for a
    /// test that shows what is lost then.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn unisolated(pool: PgPool) -> Self {
        Self::on(Connections::unisolated(pool))
    }

    /// A store without some of its guards: for tests that show what a guard is for.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn without(mut self, guards: &[rebooking_core::change::Guard]) -> Self {
        self.statement = Statement::without(guards);
        self.save =
            effects::save_statement(!guards.contains(&rebooking_core::change::Guard::Lease));
        self
    }

    /// Tells what a confirmation request that Feature 01 made itself is about: only then can it be
    /// declined and rebooked. Its places count as taken already. May be repeated.
    ///
    /// # Errors
    /// [`PortError::Permanent`] when Feature 01 has no such request, or another one is live for the
    /// same booking.
    pub async fn adopt(&self, number: ConfirmationId, booking: &Booking) -> Result<(), PortError> {
        let booking = booking.clone();
        let found =
            repeatable!(self, |db, booking| reads::open_confirmation(db, &booking, Some(number)));
        match found.await.map_err(Failure::into_reading)? {
            id if id == number => Ok(()),
            _ => Err(PortError::Permanent("another request for the same booking is live".into())),
        }
    }

    /// Closes the store's connections: those in use when their work has ended.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

#[async_trait]
impl RebookingStore for PostgresStore {
    async fn open(
        &self,
        link: &LinkDigest,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let (named, others) = (Named::Link(link.clone()), Others::from(alternatives));
        repeatable!(self, |db, named, others| open(db, &named, &others))
            .await
            .map_err(Failure::into_reading)
    }

    async fn token(
        &self,
        id: TokenRef,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let (named, others) = (Named::Name(id), Others::from(alternatives));
        repeatable!(self, |db, named, others| open(db, &named, &others))
            .await
            .map_err(Failure::into_reading)
    }

    async fn latest(&self, case: CaseId) -> Result<AsOf<Option<RebookingToken>>, PortError> {
        repeatable!(self, |db| reads::latest(db, case)).await.map_err(Failure::into_reading)
    }

    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError> {
        repeatable!(self, |db| reads::order_state(db, order)).await.map_err(Failure::into_reading)
    }

    async fn item_state(&self, item: OrderItemId) -> Result<AsOf<ItemState>, PortError> {
        repeatable!(self, |db| reads::item_state(db, item)).await.map_err(Failure::into_reading)
    }

    async fn confirmation(
        &self,
        request: &ConfirmationKey,
    ) -> Result<Option<AsOf<ConfirmationCase>>, PortError> {
        let request = request.clone();
        repeatable!(self, |db, request| reads::confirmation(db, &request))
            .await
            .map_err(Failure::into_reading)
    }

    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError> {
        repeatable!(self, |db| reads::live_confirmations(db, date, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let outcome = commit::commit(&self.connections, &self.statement, change).await;
        if outcome.as_ref().is_ok_and(|commit| *commit == Commit::Applied)
            && (!change.effects.is_empty() || change.effect.is_some())
        {
            self.notifier.notify();
        }
        outcome.map_err(Failure::into_port)
    }

    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError> {
        // Not repeated after a lost connection: what it may have leased comes again when that lease
        // runs out.
        let leased = self.connections.once(move |db: &mut PgConnection| {
            async move { effects::claim(db, lane, limit, lease).await }.boxed()
        });
        let leased = leased.await.map_err(Failure::into_port)?;
        // On its own: whatever happens here, the others have been claimed and are carried out.
        for effect in leased.unreadable {
            let dead = effect.clone();
            dead.report(repeatable!(self, |db, effect| effects::bury(db, &effect)).await);
        }
        Ok(leased.claimed)
    }

    async fn save_checkpoint(
        &self,
        lease: Lease,
        progress: &Checkpoint,
    ) -> Result<bool, PortError> {
        let (progress, sql) = (progress.clone(), self.save.clone());
        let saved = repeatable!(self, |db, progress, sql| effects::save_checkpoint(
            db, sql, lease, &progress
        ));
        saved.await.map_err(Failure::into_port)
    }

    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError> {
        repeatable!(self, |db| lists::due(db, reason, after, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError> {
        let dates: Arc<[CourseDate]> = dates.into();
        repeatable!(self, |db, dates| reads::upsert_dates(db, &dates))
            .await
            .map_err(Failure::into_port)
    }

    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        repeatable!(self, |db| reads::dates(db, course)).await.map_err(Failure::into_reading)
    }

    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError> {
        repeatable!(self, |db| reads::date(db, id)).await.map_err(Failure::into_reading)
    }

    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError> {
        let booking = booking.clone();
        repeatable!(self, |db, booking| reads::open_confirmation(db, &booking, None))
            .await
            .map_err(Failure::into_port)
    }

    async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError> {
        repeatable!(self, |db| lists::confirmations(db, partner, state, page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError> {
        let list = repeatable!(self, |db| lists::partner_rebookings(db, partner, progress, page));
        list.await.map_err(Failure::into_reading)
    }

    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError> {
        let list = repeatable!(self, |db| lists::partner_rebookings_after(
            db, partner, progress, after, limit
        ));
        list.await.map_err(Failure::into_reading)
    }

    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError> {
        let filter = filter.clone();
        repeatable!(self, |db, filter| search::cases(db, &filter, page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError> {
        repeatable!(self, |db| lists::case(db, case)).await.map_err(Failure::into_reading)
    }

    async fn effects(
        &self,
        state: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError> {
        let state = state.map(str::to_owned);
        repeatable!(self, |db, state| effects::effects(db, state.as_deref(), page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError> {
        repeatable!(self, |db| effects::effect(db, id)).await.map_err(Failure::into_reading)
    }

    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError> {
        let report = self.connections.patiently(earnings::PATIENCE, move |db| {
            async move { earnings::earnings(db, from, until).await }.boxed()
        });
        report.await.map_err(Failure::into_reading)
    }

    async fn ready(&self) -> Result<(), PortError> {
        repeatable!(self, |db| crate::ready::ready(db)).await.map_err(Failure::into_reading)
    }
}

#[async_trait]
impl Schedule for PostgresStore {
    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        RebookingStore::dates(self, course).await
    }
}
