//! What stands before a system, and lets calls through as its switch says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rebooking_core::notice::Notice;
use rebooking_core::ports::{
    CheckpointStore, Mailer, OrderChange, OrderUndo, Orders, Placement, PortError, Refund,
    TicketNote, Tickets, Undone, async_trait,
};
use rebooking_core::token::TicketRef;
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::ids::OrderItemId;

use super::Condition;

/// Long enough to look on, and far from the deadline of a call.
const SLOW: Duration = Duration::from_secs(5);

/// A switch. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub(in crate::demo) struct Gate(Arc<Mutex<Condition>>);

impl Gate {
    pub(super) fn condition(&self) -> Condition {
        *self.lock()
    }

    pub(super) fn set(&self, condition: Condition) {
        *self.lock() = condition;
    }

    fn lock(&self) -> MutexGuard<'_, Condition> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one call through, at once or after a while, or says why not: then nothing has happened.
    async fn pass(&self) -> Result<(), PortError> {
        let condition = self.condition();
        match condition {
            Condition::On => Ok(()),
            Condition::Off => Err(PortError::Unavailable("it is switched off".into())),
            Condition::Slow => {
                tokio::time::sleep(SLOW).await;
                Ok(())
            }
            Condition::Refusing => Err(PortError::Unauthorized("it knows us no more".into())),
        }
    }
}

/// A system behind its switch.
pub(in crate::demo) struct Gated<T> {
    gate: Gate,
    system: T,
}

impl<T> Gated<T> {
    pub(in crate::demo) const fn new(gate: Gate, system: T) -> Self {
        Self { gate, system }
    }
}

#[async_trait]
impl<T: Orders> Orders for Gated<T> {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        self.gate.pass().await?;
        self.system.booking(item).await
    }

    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        self.gate.pass().await?;
        self.system.find(number).await
    }

    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        self.gate.pass().await?;
        self.system.place(change, checkpoints).await
    }

    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        self.gate.pass().await?;
        self.system.undo(undo, checkpoints).await
    }

    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        self.gate.pass().await?;
        self.system.refund(refund, checkpoints).await
    }
}

#[async_trait]
impl<T: Tickets> Tickets for Gated<T> {
    async fn record(&self, note: &TicketNote) -> Result<TicketRef, PortError> {
        self.gate.pass().await?;
        self.system.record(note).await
    }
}

#[async_trait]
impl<T: Mailer> Mailer for Gated<T> {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        self.gate.pass().await?;
        self.system.send(notice).await
    }
}
