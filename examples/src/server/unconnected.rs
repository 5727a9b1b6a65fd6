//! The place of a shop and of a support system where none is connected. What is due for them waits
//! and is not lost; nothing is said to be done that nobody has heard of.

use rebooking_core::ports::{
    CheckpointStore, OrderChange, OrderUndo, Orders, Placement, PortError, Refund, TicketNote,
    Tickets, Undone, async_trait,
};
use rebooking_core::token::TicketRef;
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::ids::OrderItemId;

/// No shop and no support system.
pub(crate) struct Unconnected;

const SHOP: &str = "no shop is connected";

#[async_trait]
impl Orders for Unconnected {
    async fn booking(&self, _: OrderItemId) -> Result<Option<Booking>, PortError> {
        Err(PortError::Unavailable(SHOP.into()))
    }

    async fn find(&self, _: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        Err(PortError::Unavailable(SHOP.into()))
    }

    async fn place(
        &self,
        _: &OrderChange,
        _: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        Err(PortError::Unavailable(SHOP.into()))
    }

    async fn undo(&self, _: &OrderUndo, _: &dyn CheckpointStore) -> Result<Undone, PortError> {
        Err(PortError::Unavailable(SHOP.into()))
    }

    async fn refund(&self, _: &Refund, _: &dyn CheckpointStore) -> Result<(), PortError> {
        Err(PortError::Unavailable(SHOP.into()))
    }
}

#[async_trait]
impl Tickets for Unconnected {
    async fn record(&self, _: &TicketNote) -> Result<TicketRef, PortError> {
        Err(PortError::Unavailable("no support system is connected".into()))
    }
}
