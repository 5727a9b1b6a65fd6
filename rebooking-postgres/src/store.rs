//! The port of the store on PostgreSQL: each call is one unit of work on a connection of its own,
//! safe from callers that go away.

pub(crate) mod cases;
mod check;
pub(crate) mod confirmations;
pub(crate) mod dates;
pub(crate) mod due;
pub(crate) mod imports;
pub(crate) mod open;
pub(crate) mod overdue;
pub(crate) mod partners;
mod ready;
pub(crate) mod unclaimed;
mod zones;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::FutureExt as _;
use rebooking_core::change::{Change, Commit};
use rebooking_core::confirmation::Overdue;
use rebooking_core::effect::Lane;
use rebooking_core::link::{LinkDigest, StoredLink};
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::store::{
    CaseKey, CaseState, DateDetails, LiveConfirmation, OrderState, SweepReason, TokenKey,
    TokenWithDates,
};
use rebooking_core::ports::{
    AsOf, CourseSchedule, DateImports, Import, KnownCourse, Noted, Partners, PortError,
    RebookingStore, Schedule, UnclaimedOrder, UnclaimedOrders,
};
use rebooking_core::service::Wakeup;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::{Booking, Course, OrderNumber, PartnerEntry};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    ConfirmationId, CourseDateId, CourseId, OrderId, PartnerId, TokenRef,
};
use sqlx::SqlStr;
use sqlx::postgres::{PgConnection, PgPool};

pub use self::check::DatabaseSetup;
use self::open::{Others, open};
pub use self::zones::ZoneDifference;
use crate::Settings;
use crate::commit::{self, Statement};
use crate::connections::Connections;
use crate::error::Failure;
use crate::listen::Notifier;
use crate::queue::claim;

/// Tokens, places, requests, effects and history in PostgreSQL. A clone is another handle to the
/// same connections; any number of processes may use one database.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pub(crate) connections: Arc<Connections>,
    pub(crate) statement: Statement,
    pub(crate) save: SqlStr,
    pub(crate) notifier: Notifier,
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
pub(crate) use repeatable;

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
            save: claim::save_statement(true),
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
        self.save = claim::save_statement(!guards.contains(&rebooking_core::change::Guard::Lease));
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
        let found = repeatable!(self, |db, booking| confirmations::open_confirmation(
            db,
            &booking,
            Some(number)
        ));
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
        key: &TokenKey,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let (key, others) = (key.clone(), Others::from(alternatives));
        repeatable!(self, |db, key, others| open(db, &key, &others))
            .await
            .map_err(Failure::into_reading)
    }

    async fn token(&self, id: TokenRef) -> Result<Option<AsOf<RebookingToken>>, PortError> {
        repeatable!(self, |db| open::token(db, id)).await.map_err(Failure::into_reading)
    }

    async fn open_for_choice(
        &self,
        link: &LinkDigest,
        date: CourseDateId,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let (link, others) = (link.clone(), Others::from(alternatives));
        repeatable!(self, |db, link, others| open::open_for_choice(db, &link, date, &others))
            .await
            .map_err(Failure::into_reading)
    }

    async fn open_alone(
        &self,
        link: &LinkDigest,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let link = link.clone();
        repeatable!(self, |db, link| open::open_alone(db, &link))
            .await
            .map_err(Failure::into_reading)
    }

    async fn find(&self, key: &CaseKey) -> Result<AsOf<CaseState>, PortError> {
        let key = key.clone();
        repeatable!(self, |db, key| cases::find(db, &key)).await.map_err(Failure::into_reading)
    }

    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError> {
        repeatable!(self, |db| cases::order_state(db, order)).await.map_err(Failure::into_reading)
    }

    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError> {
        repeatable!(self, |db| confirmations::live_confirmations(db, date, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let outcome = commit::commit(&self.connections, &self.statement, change).await;
        if outcome.as_ref().is_ok_and(|commit| *commit == Commit::Applied) {
            self.notifier.notify(Wakeup::after(change));
        }
        outcome.map_err(Failure::into_port)
    }

    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError> {
        repeatable!(self, |db| due::due(db, reason, after, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: u32,
    ) -> Result<Vec<ConfirmationId>, PortError> {
        repeatable!(self, |db| overdue::overdue(db, overdue, after, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError> {
        let dates: Arc<[CourseDate]> = dates.into();
        repeatable!(self, |db, dates| dates::upsert_dates(db, &dates))
            .await
            .map_err(Failure::into_port)
    }

    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        repeatable!(self, |db| dates::dates(db, course)).await.map_err(Failure::into_reading)
    }

    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError> {
        repeatable!(self, |db| dates::date(db, id)).await.map_err(Failure::into_reading)
    }

    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError> {
        let booking = booking.clone();
        repeatable!(self, |db, booking| confirmations::open_confirmation(db, &booking, None))
            .await
            .map_err(Failure::into_port)
    }

    async fn ask_for_confirmation(
        &self,
        booking: &Booking,
        answer: &StoredLink,
    ) -> Result<Option<ConfirmationId>, PortError> {
        let (booking, answer) = (booking.clone(), answer.clone());
        let opened = repeatable!(self, |db, booking, answer| confirmations::ask_for_confirmation(
            db, &booking, &answer
        ))
        .await
        .map_err(Failure::into_port)?;
        self.notifier.notify(Wakeup::lane(Lane::Mail));
        Ok(opened)
    }

    async fn ready(&self) -> Result<(), PortError> {
        repeatable!(self, |db| ready::ready(db)).await.map_err(Failure::into_reading)
    }
}

#[async_trait]
impl Schedule for PostgresStore {
    async fn dates(&self, course: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        Ok(RebookingStore::dates(self, course).await?.map(CourseSchedule::counted))
    }
}

#[async_trait]
impl DateImports for PostgresStore {
    async fn courses(&self) -> Result<AsOf<Vec<KnownCourse>>, PortError> {
        repeatable!(self, |db| imports::courses(db)).await.map_err(Failure::into_reading)
    }

    async fn import(&self, import: &Import) -> Result<u32, PortError> {
        let import = Arc::new(import.clone());
        repeatable!(self, |db, import| imports::import(db, &import))
            .await
            .map_err(Failure::into_port)
    }

    async fn correction(&self, request: ConfirmationId) -> Result<Option<i64>, PortError> {
        repeatable!(self, |db| imports::correction(db, request))
            .await
            .map_err(Failure::into_reading)
    }
}

/// As the host has written it into the tables for it, or shows it there by views of its own.
#[async_trait]
impl Partners for PostgresStore {
    async fn giving(
        &self,
        course: &Course,
        _: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError> {
        let course = course.clone();
        repeatable!(self, |db, course| partners::giving(db, &course))
            .await
            .map_err(Failure::into_reading)
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError> {
        repeatable!(self, |db| partners::partner(db, id)).await.map_err(Failure::into_reading)
    }
}

#[async_trait]
impl UnclaimedOrders for PostgresStore {
    async fn note(
        &self,
        order: OrderId,
        number: &OrderNumber,
        key: &str,
    ) -> Result<Noted, PortError> {
        let known = Arc::new((number.clone(), key.to_owned()));
        repeatable!(self, |db, known| unclaimed::note(db, order, &known.0, &known.1))
            .await
            .map_err(Failure::into_port)
    }

    async fn mended(&self, order: OrderId) -> Result<(), PortError> {
        repeatable!(self, |db| unclaimed::mended(db, order)).await.map_err(Failure::into_port)
    }

    async fn unclaimed(&self, limit: u32) -> Result<Vec<UnclaimedOrder>, PortError> {
        repeatable!(self, |db| unclaimed::unclaimed(db, limit)).await.map_err(Failure::into_reading)
    }

    async fn dealt_with(&self, order: OrderId, by: &str) -> Result<bool, PortError> {
        let by = by.to_owned();
        repeatable!(self, |db, by| unclaimed::dealt_with(db, order, &by))
            .await
            .map_err(Failure::into_port)
    }
}
