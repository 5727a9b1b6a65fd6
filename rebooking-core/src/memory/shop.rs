//! A shop in memory: a remote side that forgets nothing and prevents nothing, and an adapter that
//! makes its writes exactly-once.

mod note;
mod remote;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use self::note::Note;
use self::remote::Remote;
use super::trouble::{Answer, Trouble, Troubles};
use crate::policy::OrderStrategy;
use crate::ports::{
    CheckpointStore, OrderChange, OrderUndo, Orders, Placement, PortError, Refund, Undone,
};
use crate::rebooking::PlacedOrder;
use crate::value::booking::{BookableItem, Booking, OrderNumber};
use crate::value::ids::{CourseDateId, OrderId, OrderItemId};
use crate::value::text::FreeText;

pub use remote::{Said, ShopComment, ShopOrder, ShopRefund};

/// A shop in memory. A clone is another handle to the same orders.
///
/// As in a real shop, each call that creates makes one more, and refunds add up. The adapter half
/// writes its key into what it makes, looks for it before it makes anything, and notes each step in
/// the checkpoints.
#[derive(Clone, Debug, Default)]
pub struct MemoryShop(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    remote: Mutex<Remote>,
    never_looks: std::sync::atomic::AtomicBool,
    calls: Troubles,
    steps: Mutex<BTreeMap<ShopStep, Troubles>>,
}

/// One request to the remote side, in the middle of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ShopStep {
    /// Looks for what carries a key.
    Look,
    /// Makes a linked order.
    Create,
    /// Writes a comment on an order: for one that stays, this is the move.
    Comment,
    /// Ties the new order to the old one, which is closed.
    Link,
    /// Calls an order off.
    Cancel,
    /// Pays back.
    Refund,
}

impl MemoryShop {
    /// A shop without orders.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An adapter that makes without looking first, for every handle: twins show.
    #[must_use]
    pub fn without_looking(self) -> Self {
        self.0.never_looks.store(true, std::sync::atomic::Ordering::Relaxed);
        self
    }

    /// A shop that puts a replaced order in force again whether its places are free or not, for
    /// every handle: more is sold than there is.
    #[must_use]
    pub fn reopening_what_is_sold(self) -> Self {
        self.remote().reopens_what_is_sold = true;
        self
    }

    /// A customer has booked: the order exists.
    pub fn put_booking(&self, booking: Booking) {
        self.remote().put(booking);
    }

    /// People close an order: nothing of it is left.
    pub fn close(&self, order: OrderId) {
        self.remote().close(order);
    }

    /// People take one item out of an order: the rest of it stays.
    pub fn close_item(&self, item: OrderItemId) {
        self.remote().close_item(item);
    }

    /// Refuses every new order for a date from now on.
    pub fn sold_out(&self, date: CourseDateId) {
        self.remote().sold_out.insert(date);
    }

    /// Takes orders for a date again.
    pub fn restock(&self, date: CourseDateId) {
        self.remote().sold_out.remove(&date);
    }

    /// So many can be sold of a date from now on; without that, any number.
    pub fn stock(&self, date: CourseDateId, places: u32) {
        self.remote().stock.insert(date, places);
    }

    /// What is still free on a date as the shop counts: its stock less its open orders, each on the
    /// date that it was bought for. `None` where it counts nothing.
    #[must_use]
    pub fn free(&self, date: CourseDateId) -> Option<i64> {
        self.remote().free(date)
    }

    /// Every order, oldest first, one row for each item.
    #[must_use]
    pub fn orders(&self) -> Vec<ShopOrder> {
        self.remote().orders.clone()
    }

    /// Every comment, oldest first.
    #[must_use]
    pub fn comments(&self) -> Vec<ShopComment> {
        self.remote().comments.clone()
    }

    /// Every refund, oldest first. They add up.
    #[must_use]
    pub fn refunds(&self) -> Vec<ShopRefund> {
        self.remote().refunds.clone()
    }

    /// The live orders that carry a key, twins too: a linked order once, one that stays once for
    /// each time that it was moved.
    #[must_use]
    pub fn carrying(&self, key: &str) -> Vec<PlacedOrder> {
        self.remote().carrying(key)
    }

    /// What happens to the next call; said several times, to the calls after it.
    /// [`Trouble::Refuse`] refuses an order.
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
        self.0.steps.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What happens to the next request of a kind, in the middle of a call: what was done before it
    /// stays done, and with [`Trouble::Unanswered`] so does it, while the checkpoint does not say
    /// so yet.
    pub fn next_step(&self, step: ShopStep, trouble: impl Into<Option<Trouble>>) {
        self.script(step).next_call(trouble);
    }

    fn remote(&self) -> MutexGuard<'_, Remote> {
        self.0.remote.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn script(&self, step: ShopStep) -> Troubles {
        let mut steps = self.0.steps.lock().unwrap_or_else(PoisonError::into_inner);
        steps.entry(step).or_default().clone()
    }

    fn looks(&self) -> bool {
        !self.0.never_looks.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// One request to the remote side.
    async fn ask<T>(
        &self,
        step: ShopStep,
        request: impl FnOnce(&mut Remote) -> T + Send,
    ) -> Result<T, PortError> {
        let answer = self.script(step).begin().await?;
        let done = request(&mut self.remote());
        answer.carry(done)
    }

    async fn carry(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        if self.looks() && self.ask(ShopStep::Look, |shop| shop.is_undone(&change.key)).await? {
            return Ok(refused("the order was called off"));
        }
        let order = match self.known(change, checkpoints).await? {
            Some(order) => order,
            None => {
                checkpoints.save(Note::Begun.write()).await?;
                let Some(order) = self.make(change).await? else {
                    return Ok(refused("the date is sold out"));
                };
                checkpoints.save(Note::Created(order.clone()).write()).await.map_err(too_late)?;
                order
            }
        };
        match change.strategy {
            OrderStrategy::KeepOrder => {}
            OrderStrategy::LinkedOrder => {
                self.ask(ShopStep::Link, |shop| shop.tie(&order, change)).await?;
            }
        }
        Ok(Placement::Made(order))
    }

    /// The step that carries the key: from then on the order is known by it. The stock is looked at
    /// with that very step, as by a shop that reserves; an order that stays is asked about with
    /// what the shop does not know. `None` when the party does not fit.
    async fn make(&self, change: &OrderChange) -> Result<Option<PlacedOrder>, PortError> {
        match change.strategy {
            OrderStrategy::KeepOrder => {
                let keep = |shop: &mut Remote| {
                    shop.fits(change, change.correction).then(|| shop.comment_move(change))
                };
                self.ask(ShopStep::Comment, keep).await
            }
            OrderStrategy::LinkedOrder => {
                let make = |shop: &mut Remote| shop.fits(change, 0).then(|| shop.create(change));
                self.ask(ShopStep::Create, make).await
            }
        }
    }

    /// The order that carries the key already, as the checkpoint or else the shop knows it, by
    /// whichever strategy it was made.
    async fn known(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Option<PlacedOrder>, PortError> {
        match Note::read(&checkpoints.last()) {
            Note::Created(order) => Ok(Some(order)),
            Note::Begun | Note::Nothing if self.looks() => {
                self.ask(ShopStep::Look, |shop| shop.find(&change.key)).await
            }
            Note::Begun | Note::Nothing => Ok(None),
        }
    }
}

fn refused(why: &str) -> Placement {
    Placement::Refused { reason: FreeText::line(why, 100) }
}

/// The checkpoints could not be saved, but the shop has done it: whoever comes next must look.
fn too_late(error: PortError) -> PortError {
    PortError::Unknown(Box::new(error))
}

#[async_trait]
impl Orders for MemoryShop {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        let answer = self.0.calls.begin().await?;
        let booking = self.remote().booking(item);
        answer.carry(booking)
    }

    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        let answer = self.0.calls.begin().await?;
        let items = self.remote().numbered(number);
        answer.carry(items)
    }

    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        let trouble = self.0.calls.take();
        if trouble == Some(Trouble::Refuse) {
            return Ok(refused("scripted: refused"));
        }
        let answer: Answer = Troubles::meet(trouble).await?;
        let placement = self.carry(change, checkpoints).await?;
        answer.carry(placement)
    }

    async fn undo(
        &self,
        undo: &OrderUndo,
        _checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        let answer = self.0.calls.begin().await?;
        // The mark comes first: from then on nothing is made under this key any more.
        if !self.looks() || !self.ask(ShopStep::Look, |shop| shop.is_undone(&undo.key)).await? {
            self.ask(ShopStep::Comment, |shop| shop.comment_undo(undo)).await?;
        }
        let stands = |shop: &mut Remote| {
            shop.cancel(&undo.key);
            shop.booking(undo.before.item).is_some()
        };
        let original_stands = self.ask(ShopStep::Cancel, stands).await?;
        answer.carry(Undone { freed: true, original_stands })
    }

    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        let answer = self.0.calls.begin().await?;
        let paid =
            self.looks() && self.ask(ShopStep::Look, |shop| shop.has_paid(&refund.key)).await?;
        if !paid {
            checkpoints.save(Note::Begun.write()).await?;
            self.ask(ShopStep::Refund, |shop| shop.pay(refund)).await?;
        }
        answer.carry(())
    }
}
