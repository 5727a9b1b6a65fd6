//! The shop's orders: read, moved, linked, undone, paid back.
//!
//! The shop has no idempotency keys, so every write leaves a marker with ours, and is preceded by a
//! read that looks for it:
//!
//! | marker, in a comment of the original order | says |
//! |---|---|
//! | `[rebooking:KEY:cart:7]` | cart 7 becomes the linked order; the first such marker counts |
//! | `[rebooking:KEY:linked]` | the linked order is made; it carries the key as `ext_order_id` |
//! | `[rebooking:KEY]` | this order stays, for another date |
//! | `[rebooking:KEY:undone]` | nothing is made under this key any more |
//!
//! A credit memo carries `[rebooking:KEY:refund]`. A cart becomes at most one order, and all
//! workers place the same cart: so there is one order, whoever was overtaken or frozen.

mod booking;
mod cart;
mod history;
mod keep;
mod link;
mod note;
mod prices;
mod read;
mod refund;
mod step;
mod undo;

use async_trait::async_trait;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{
    CheckpointStore, OrderChange, OrderUndo, Orders, Placement, PortError, Refund, Undone,
};
use rebooking_core::rebooking::PlacedOrder;
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::ids::OrderItemId;
use rebooking_core::value::text::FreeText;

use self::history::History;
use self::step::Step;
use crate::Magento;
use crate::catalog::{StoreView, permanent};
use crate::client::Session;
use crate::wire::{Order, OrderState};

/// One order change under way.
struct Rebook<'a> {
    shop: &'a Magento,
    session: Session,
    change: &'a OrderChange,
    /// The order as the shop has it.
    original: Order,
    store: StoreView,
    history: History,
    checkpoints: &'a dyn CheckpointStore,
}

#[async_trait]
impl Orders for Magento {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        self.read_booking(&self.client.session(), item).await
    }

    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        self.read_items(&self.client.session(), number).await
    }

    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        checked_key(&change.key)?;
        let session = self.client.session();
        let id = change.before.order.value();
        let history = self.history(&session, id, &change.key).await?;
        if history.undone {
            return Ok(refused("the order was called off"));
        }
        if history.moved {
            return Ok(Placement::Made(stays(change)));
        }
        let original = self.order(&session, id).await?;
        let store = self.catalog.store(&session, original.store_id).await?;
        let mut rebook =
            Rebook { shop: self, session, change, original, store, history, checkpoints };
        if let Some(made) = rebook.made().await? {
            return rebook.finish(made).await;
        }
        // What was begun one way is not ended another.
        match (change.strategy, rebook.history.cart()) {
            (OrderStrategy::KeepOrder, None) => rebook.keep().await,
            (OrderStrategy::KeepOrder | OrderStrategy::LinkedOrder, _) => rebook.link().await,
        }
    }

    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        checked_key(&undo.key)?;
        self.call_off(undo, checkpoints).await
    }

    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        checked_key(&refund.key)?;
        self.pay_back(refund, checkpoints).await
    }
}

impl Rebook<'_> {
    /// The order that carries the key already: as the checkpoint knows it, or else the shop.
    async fn made(&self) -> Result<Option<Order>, PortError> {
        let known = match Step::read(&self.checkpoints.last()) {
            Some(Step::Placed(order)) => Some(self.shop.order(&self.session, order).await?),
            Some(Step::Begun) | None => {
                let carts = &self.history.carts;
                let found = self.shop.carrying(&self.session, &self.change.key, carts).await?;
                found.into_iter().next()
            }
        };
        Ok(known)
    }

    /// Saves a step before the next one: it fails once another worker has taken over.
    async fn save(&self, step: &Step) -> Result<(), PortError> {
        self.checkpoints.save(step.write()).await
    }
}

fn stays(change: &OrderChange) -> PlacedOrder {
    let Booking { order, order_number, item, .. } = &change.before;
    PlacedOrder { id: *order, number: order_number.clone(), item: *item }
}

fn refused(why: &str) -> Placement {
    Placement::Refused { reason: FreeText::line(why, 200) }
}

/// What the key must be for the shop to keep it whole: it cuts what is longer without a word.
fn checked_key(key: &str) -> Result<(), PortError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !key.is_empty() && key.len() <= 32 && key.chars().all(plain) {
        Ok(())
    } else {
        Err(permanent("the key is not 1 to 32 letters, digits and dashes"))
    }
}

/// Whether an order is still in force.
fn is_live(order: &Order) -> bool {
    match order.state() {
        OrderState::Live => true,
        OrderState::Cancelled | OrderState::Closed => false,
    }
}
