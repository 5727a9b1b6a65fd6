//! The shop as the play sees it: what it says of its dates, and faults in how it is asked.

use std::sync::OnceLock;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::dates::DATES;
use crate::policy::OrderStrategy;
use crate::ports::{
    AsOf, CheckpointStore, CourseSchedule, OrderChange, OrderUndo, Orders, Placement, Places,
    PortError, Refund, Schedule, ScheduledDate, Undone,
};
use crate::testing::{MemoryShop, samples};
use crate::value::booking::{BookableItem, Booking, OrderNumber};
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseId, OrderItemId};

/// What an adapter for a shop can get wrong, for tests that show that the play finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StockFault {
    /// The shop is asked whether a party fits without what it does not know.
    Unasked,
    /// A linked order that was called off is said to hold its places still.
    NotFreed,
    /// The original is said to be in force after an undo, whether it is or not.
    Stands,
    /// What was called off is not undone.
    NotUndone,
    /// The shop puts a replaced order in force again though its places are sold.
    Reopened,
}

/// What the shop says of its dates.
pub(super) struct Offered {
    shop: MemoryShop,
    /// When the play began, by the store's clock.
    began: OnceLock<DateTime<Utc>>,
}

impl Offered {
    pub(super) const fn new(shop: MemoryShop) -> Self {
        Self { shop, began: OnceLock::new() }
    }

    /// Its dates are ahead of that moment.
    pub(super) fn begin(&self, now: DateTime<Utc>) {
        self.began.set(now).unwrap();
    }
}

#[async_trait]
impl Schedule for Offered {
    async fn dates(&self, _course: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        let began = *self.began.get().unwrap();
        let dates = DATES.map(|(id, _)| {
            let free = self.shop.free(id).unwrap_or_default().max(0);
            let capacity = u32::try_from(free).unwrap();
            let starts_at = began + TimeDelta::days(20 + id.value());
            let date = samples::course_date(id.value(), starts_at, 0);
            let date = CourseDate { capacity, taken: 0, ..date };
            ScheduledDate { date, places: Places::FreeThere, offered: true }
        });
        let value = CourseSchedule { dates: dates.to_vec(), left_out: Vec::new() };
        Ok(AsOf { now: began, value })
    }
}

/// The shop, by an adapter with a fault or without.
pub(super) struct FaultyShop {
    pub(super) shop: MemoryShop,
    pub(super) fault: Option<StockFault>,
}

#[async_trait]
impl Orders for FaultyShop {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        self.shop.booking(item).await
    }

    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        self.shop.find(number).await
    }

    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        let mut change = change.clone();
        if self.fault == Some(StockFault::Unasked) && change.strategy == OrderStrategy::KeepOrder {
            change.correction = 0;
        }
        self.shop.place(&change, checkpoints).await
    }

    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        if self.fault == Some(StockFault::NotUndone) {
            return Ok(Undone { freed: true, original_stands: false });
        }
        let undone = self.shop.undo(undo, checkpoints).await?;
        Ok(match self.fault {
            Some(StockFault::NotFreed) => Undone { freed: false, ..undone },
            Some(StockFault::Stands) => Undone { original_stands: true, ..undone },
            _ => undone,
        })
    }

    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        self.shop.refund(refund, checkpoints).await
    }
}
