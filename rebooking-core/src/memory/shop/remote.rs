//! The remote side of the shop: it does what it is told each time that it is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::ports::{OrderChange, OrderUndo, Refund};
use crate::rebooking::PlacedOrder;
use crate::value::booking::{BookableItem, Booking, OrderNumber};
use crate::value::ids::{CourseDateId, OrderId, OrderItemId};
use crate::value::money::Money;

/// One item of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShopOrder {
    /// What was booked, under this order.
    pub booking: Booking,
    /// The key that a linked order was made under.
    pub key: Option<String>,
    /// Our own reference, on a linked order.
    pub reference: Option<OrderNumber>,
    /// The order that a linked order replaces, once both are tied together.
    pub parent: Option<OrderId>,
    /// What the customer still owes for it.
    pub due: Money,
    /// Whether it is in force.
    pub open: bool,
}

/// One comment on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShopComment {
    /// On which order.
    pub order: OrderId,
    /// About which item of it.
    pub item: OrderItemId,
    /// Under which key.
    pub key: String,
    /// What it says.
    pub says: Said,
}

/// What a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Said {
    /// The order stays, for another date.
    Moved {
        /// The old date.
        from: CourseDateId,
        /// The new date.
        to: CourseDateId,
    },
    /// Nothing under this key holds any more.
    Undone,
}

/// One refund.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShopRefund {
    /// On which order.
    pub order: OrderId,
    /// Under which key.
    pub key: String,
    /// How much.
    pub amount: Money,
}

#[derive(Debug, Default)]
pub(super) struct Remote {
    pub(super) orders: Vec<ShopOrder>,
    pub(super) comments: Vec<ShopComment>,
    pub(super) refunds: Vec<ShopRefund>,
    pub(super) sold_out: BTreeSet<CourseDateId>,
    /// How many can be sold of a date; a date that is not here has no end.
    pub(super) stock: BTreeMap<CourseDateId, u32>,
    pub(super) reopens_what_is_sold: bool,
    made: i64,
}

/// Orders that are made here have higher numbers than those that tests put in.
const FIRST_MADE: i64 = 9_000_000;

impl Remote {
    pub(super) fn put(&mut self, booking: Booking) {
        let due = Money::zero(booking.unit_price.currency());
        self.orders.push(ShopOrder {
            booking,
            key: None,
            reference: None,
            parent: None,
            due,
            open: true,
        });
    }

    pub(super) fn booking(&self, item: OrderItemId) -> Option<Booking> {
        let mut open = self.orders.iter().filter(|order| order.open);
        open.find(|order| order.booking.item == item).map(|order| order.booking.clone())
    }

    /// Of every order with that number: stores that share the shop each count for themselves.
    pub(super) fn numbered(&self, number: &OrderNumber) -> Vec<BookableItem> {
        let open = self.orders.iter().filter(|order| order.open).map(|order| &order.booking);
        open.filter(|booking| booking.order_number == *number).map(BookableItem::from).collect()
    }

    pub(super) fn close_item(&mut self, item: OrderItemId) {
        let of_it = self.orders.iter_mut().filter(|order| order.booking.item == item);
        of_it.for_each(|order| order.open = false);
    }

    /// What is still free on a date, as the shop counts: its stock less its open orders. An order
    /// that stays holds the places of the date that it was bought for.
    pub(super) fn free(&self, date: CourseDateId) -> Option<i64> {
        let stock = i64::from(*self.stock.get(&date)?);
        let open = self.orders.iter().filter(|order| order.open && order.booking.slot.id == date);
        let sold = open.map(|order| i64::from(order.booking.participants.count())).sum::<i64>();
        Some(stock - sold)
    }

    /// Whether a party fits on its new date, with what the shop does not know of it.
    pub(super) fn fits(&self, change: &OrderChange, correction: i64) -> bool {
        let (date, party) = (change.after.slot.id, change.after.participants.count());
        let free = self.free(date).map(|free| free + correction);
        !self.sold_out.contains(&date) && free.is_none_or(|free| free >= i64::from(party))
    }

    pub(super) fn close(&mut self, id: OrderId) {
        self.orders
            .iter_mut()
            .filter(|order| order.booking.order == id)
            .for_each(|order| order.open = false);
    }

    pub(super) fn create(&mut self, change: &OrderChange) -> PlacedOrder {
        self.made += 1;
        let number = FIRST_MADE + self.made;
        let made = PlacedOrder {
            id: OrderId::new(number),
            // Digits alone are always a number; otherwise the reference is one too.
            number: OrderNumber::parse(&number.to_string())
                .unwrap_or_else(|_| change.reference.clone()),
            item: OrderItemId::new(number),
        };
        let booking = Booking {
            order: made.id,
            order_number: made.number.clone(),
            item: made.item,
            ..change.after.clone()
        };
        self.orders.push(ShopOrder {
            booking,
            key: Some(change.key.clone()),
            reference: Some(change.reference.clone()),
            parent: None,
            due: change.due,
            open: true,
        });
        made
    }

    /// Ties a new order to the one that it replaces; one that stayed replaces none.
    pub(super) fn tie(&mut self, made: &PlacedOrder, change: &OrderChange) {
        if made.item == change.before.item {
            return;
        }
        for order in &mut self.orders {
            if order.booking.order == made.id {
                order.parent = Some(change.before.order);
            }
            if order.booking.item == change.before.item {
                order.open = false;
            }
        }
    }

    /// What was made or moved under a key.
    pub(super) fn find(&self, key: &str) -> Option<PlacedOrder> {
        let made = self.orders.iter().find(|order| order.key.as_deref() == Some(key));
        made.or_else(|| self.moves(key).find_map(|comment| self.item(comment))).map(placed)
    }

    /// The item that a comment is about.
    fn item(&self, comment: &ShopComment) -> Option<&ShopOrder> {
        self.orders.iter().find(|order| order.booking.item == comment.item)
    }

    pub(super) fn comment_move(&mut self, change: &OrderChange) -> PlacedOrder {
        let (before, key) = (&change.before, change.key.clone());
        let says = Said::Moved { from: before.slot.id, to: change.after.slot.id };
        self.comments.push(ShopComment { order: before.order, item: before.item, key, says });
        PlacedOrder { id: before.order, number: before.order_number.clone(), item: before.item }
    }

    pub(super) fn comment_undo(&mut self, undo: &OrderUndo) {
        let (before, key) = (&undo.before, undo.key.clone());
        self.comments.push(ShopComment {
            order: before.order,
            item: before.item,
            key,
            says: Said::Undone,
        });
    }

    pub(super) fn is_undone(&self, key: &str) -> bool {
        self.comments.iter().any(|comment| comment.key == key && comment.says == Said::Undone)
    }

    /// Calls off what was made under a key; what it had replaced is in force again, unless its
    /// places have been sold meanwhile.
    pub(super) fn cancel(&mut self, key: &str) {
        let mut replaced = Vec::new();
        for order in
            self.orders.iter_mut().filter(|order| order.open && order.key.as_deref() == Some(key))
        {
            order.open = false;
            replaced.extend(order.parent);
        }
        for place in 0..self.orders.len() {
            let stands = self.orders.get(place).is_some_and(|order| {
                let party = i64::from(order.booking.participants.count());
                let free = self.free(order.booking.slot.id);
                let was_replaced = !order.open && replaced.contains(&order.booking.order);
                let fits = free.is_none_or(|free| free >= party);
                was_replaced && (fits || self.reopens_what_is_sold)
            });
            if let Some(order) = self.orders.get_mut(place).filter(|_| stands) {
                order.open = true;
            }
        }
    }

    pub(super) fn pay(&mut self, refund: &Refund) {
        let (order, key, amount) = (refund.booking.order, refund.key.clone(), refund.amount);
        // An order that was made under the key holds what is left already.
        let original = |found: &&mut ShopOrder| {
            found.booking.order == order && found.key.as_deref() != Some(&refund.key)
        };
        for found in self.orders.iter_mut().filter(original) {
            let left = found.booking.paid.minus(amount).unwrap_or(found.booking.paid);
            found.booking.paid = left.or_nothing();
        }
        self.refunds.push(ShopRefund { order, key, amount });
    }

    pub(super) fn has_paid(&self, key: &str) -> bool {
        self.refunds.iter().any(|refund| refund.key == key)
    }

    pub(super) fn carrying(&self, key: &str) -> Vec<PlacedOrder> {
        let made = self
            .orders
            .iter()
            .filter(|order| order.open && order.key.as_deref() == Some(key))
            .map(placed);
        let moves = self.moves(key).filter(|_| !self.is_undone(key));
        let moved =
            moves.filter_map(|comment| self.item(comment)).filter(|order| order.open).map(placed);
        made.chain(moved).collect()
    }

    fn moves<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a ShopComment> {
        self.comments.iter().filter(move |comment| match comment.says {
            Said::Moved { .. } => comment.key == key,
            Said::Undone => false,
        })
    }
}

fn placed(order: &ShopOrder) -> PlacedOrder {
    let booking = &order.booking;
    PlacedOrder { id: booking.order, number: booking.order_number.clone(), item: booking.item }
}
