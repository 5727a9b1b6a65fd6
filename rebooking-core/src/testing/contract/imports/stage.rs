//! A store that takes dates over, and what may happen to it.

use std::ops::Deref;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::change::{Change, ConfirmationWrite, StockWrite};
use crate::confirmation::ConfirmationState;
use crate::ports::store::CaseKey;
use crate::ports::{
    DateImports, EffectQueue, Import, Places, RebookingStore, Reports, ScheduledDate,
};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::testing::samples;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, OrderItemId};
use crate::value::text::FreeText;

/// What the suite tests: fresh and empty. It acts as its store.
#[derive(Clone)]
pub struct ImportsUnderTest {
    store: StoreUnderTest,
    pub(super) imports: Arc<dyn DateImports>,
}

impl<S> From<S> for ImportsUnderTest
where
    S: RebookingStore + EffectQueue + Reports + DateImports + Clone + 'static,
{
    fn from(store: S) -> Self {
        Self { store: StoreUnderTest::from(store.clone()), imports: Arc::new(store) }
    }
}

impl Deref for ImportsUnderTest {
    type Target = StoreUnderTest;

    fn deref(&self) -> &Self::Target {
        &self.store
    }
}

impl std::fmt::Debug for ImportsUnderTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportsUnderTest").finish_non_exhaustive()
    }
}

/// A reading of the shop that has begun.
pub(super) struct Reading(chrono::DateTime<chrono::Utc>);

impl ImportsUnderTest {
    /// The shop is about to be asked.
    pub(super) async fn begin(&self) -> Reading {
        Reading(self.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now)
    }

    pub(super) async fn import(&self, Reading(began): &Reading, dates: &[ScheduledDate]) -> u32 {
        let (course, dates) = (samples::course().id, dates.to_vec());
        self.imports.import(&Import { course, began: *began, dates }).await.unwrap()
    }

    /// Begins and ends a reading in which the shop says that so many are free on date 1.
    pub(super) async fn read(&self, free: u32) {
        let reading = self.begin().await;
        self.import(&reading, &[self.free_there(1, free).await]).await;
    }

    /// A date in a week, as a shop gives it.
    pub(super) async fn free_there(&self, id: i64, free: u32) -> ScheduledDate {
        let starts_at = given::now(self).await + TimeDelta::days(7);
        let date = samples::course_date(id, starts_at, 0);
        let date = CourseDate { capacity: free, taken: 0, ..date };
        ScheduledDate { date, places: Places::FreeThere, offered: true }
    }

    /// How many are free on a date.
    pub(super) async fn free(&self, id: i64) -> u32 {
        self.date(CourseDateId::new(id)).await.unwrap().unwrap().value.date.free()
    }

    /// Two people choose date 1, with the link of a case of their own.
    pub(super) async fn choose(&self, item: i64) -> RebookingToken {
        let token = given::issued(self, item).await;
        apply(self, &given::choice(self, &token, 1).await).await;
        given::reread(self, &token).await
    }

    /// The shop has made a linked order for them, which reserves their places there.
    pub(super) async fn reserve(&self, token: &RebookingToken) {
        let (id, booking) = (asked(token), token.moved_booking().unwrap());
        let item = OrderItemId::new(booking.item.value() + 1_000_000);
        let mut change = Change::at(given::now(self).await).stock(StockWrite::Reserved(id));
        change.confirmations.push(ConfirmationWrite::Move {
            id,
            from: &[ConfirmationState::Waiting],
            to: ConfirmationState::Pending,
            reason: FreeText::EMPTY,
            booking: Some(Box::new(Booking { item, ..booking })),
        });
        apply(self, &change).await;
    }

    /// They are gone from date 1.
    pub(super) async fn leave(&self, id: ConfirmationId, booking: &Booking) {
        let close = Change::at(given::now(self).await).close(
            id,
            ConfirmationState::Declined,
            FreeText::EMPTY,
            booking,
        );
        apply(self, &close).await;
    }

    /// Two people have bought date 1 in the shop.
    pub(super) async fn bought(&self, item: i64) -> (ConfirmationId, Booking) {
        let slot = self.free_there(1, 0).await.date.slot;
        let booking = Booking { slot, ..samples::booking_of(item) };
        (self.open_confirmation(&booking).await.unwrap(), booking)
    }
}

/// The request that a choice has opened.
pub(super) fn asked(token: &RebookingToken) -> ConfirmationId {
    token.rebooking().unwrap().confirmation.unwrap()
}
