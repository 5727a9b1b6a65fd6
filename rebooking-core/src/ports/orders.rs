//! The shop.

use async_trait::async_trait;

use super::PortError;
use crate::effect::Checkpoint;
use crate::policy::OrderStrategy;
use crate::rebooking::PlacedOrder;
use crate::value::booking::{BookableItem, Booking, OrderNumber};
use crate::value::ids::OrderItemId;
use crate::value::money::Money;
use crate::value::text::FreeText;

/// The shop's orders.
///
/// Writes are carried out exactly once under their key: an adapter writes the key into the remote
/// record and looks for it before it writes, because the remote side may have done what it did not
/// answer. It saves what it knows in the [`CheckpointStore`] between steps.
#[async_trait]
pub trait Orders: Send + Sync {
    /// The booking behind an order item, as it is now. `None` when there is no such item, or
    /// nothing of it is left.
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError>;

    /// What of an order can be moved: an item for each course in it, without what is cancelled or
    /// refunded. Empty when there is no such order, or nothing of it is left. A number that several
    /// stores of a shop have given out finds the items of all of those orders: only people can tell
    /// which one is meant. May be repeated.
    ///
    /// # Errors
    /// As every read; [`PortError::Permanent`] where an item cannot be read, with which one.
    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError>;

    /// Makes the shop carry a rebooking. The same key again gives the same order and makes no
    /// second one; a key that was undone stays undone and is refused.
    ///
    /// # Errors
    /// A refusal that no retry and no person will change (sold out, date gone) is
    /// [`Placement::Refused`], not an error.
    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError>;

    /// Makes sure that no live order carries the key: calls it off when it is there, and keeps it
    /// from being made later. Says what the shop's stock holds afterwards. Repeatable, with the
    /// same answer.
    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError>;

    /// Gives the difference back to the customer, once under its key.
    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError>;
}

/// What the shop is to carry.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct OrderChange {
    /// At most 32 characters of letters, digits and dashes.
    pub key: String,
    /// Our own reference, for people: `100012345-1`.
    pub reference: OrderNumber,
    /// Whether the order stays or a linked one is made.
    pub strategy: OrderStrategy,
    /// The booking as the shop has it.
    pub before: Booking,
    /// The booking as it is to be; order, number and item are still those of `before`.
    pub after: Booking,
    /// What the party costs on the new date by its list price: what a new order comes to. What was
    /// paid for it stands in `after`.
    pub list_total: Money,
    /// What the customer still owes for the whole party; nothing but with the price rule *settle*.
    pub due: Money,
    /// What the shop's stock does not know of the new date, this party aside: to be added to what
    /// is free there. An order that is kept takes no stock, so the shop is asked once more whether
    /// the party fits with it, and the change is refused if not.
    pub correction: i64,
}

/// Which order is to be called off.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct OrderUndo {
    /// The key that it was placed under.
    pub key: String,
    /// The booking that it was made from.
    pub before: Booking,
    /// The order, when it is known to have been made.
    pub order: Option<PlacedOrder>,
}

/// What the shop's stock holds once a rebooking is off: whoever imports dates afterwards counts on
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Undone {
    /// Whether the places of a linked order are free again in the shop, or there was none. One that
    /// was credited and not cancelled may hold its places for good.
    pub freed: bool,
    /// Whether the order that the booking came from is in force, and holds its places as before.
    pub original_stands: bool,
}

/// What is to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct Refund {
    /// At most 32 characters of letters, digits and dashes.
    pub key: String,
    /// The booking as it is after the rebooking, under the order that carries it.
    pub booking: Booking,
    /// How much, for the whole party: more than nothing.
    pub amount: Money,
}

/// What the shop made of an order change.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Placement {
    /// The order that carries the key.
    Made(PlacedOrder),
    /// The shop will never make it.
    Refused {
        /// Why, for support; no personal data, as it is kept in the history.
        reason: FreeText,
    },
}

/// Where an adapter notes how far it has come with one effect. Saved durably, and only while the
/// worker still owns the effect.
#[async_trait]
pub trait CheckpointStore: Send + Sync {
    /// What was saved last; empty at the start.
    fn last(&self) -> Checkpoint;

    /// Saves a step before the next one is begun.
    ///
    /// # Errors
    /// [`PortError::Transient`] also when another worker has taken the effect over: stop at once,
    /// and write nothing more outside.
    async fn save(&self, checkpoint: Checkpoint) -> Result<(), PortError>;
}
