//! *Linked order*: a new order through a cart, so that stock, price, tax, number and mails are the
//! shop's own; then both are tied together.

use rebooking_core::ports::{Placement, PortError};
use serde_json::json;

use super::cart::Filled;
use super::history::History;
use super::note::Note;
use super::step::Step;
use super::{Rebook, is_live, read, refused};
use crate::catalog::permanent;
use crate::client::{Call, Fault};
use crate::wire::{Decimal, Flag, Order};

impl Rebook<'_> {
    /// Makes the order from the one cart that all workers agree on.
    pub(super) async fn link(&mut self) -> Result<Placement, PortError> {
        let cart = match self.history.cart() {
            Some(cart) => cart,
            None => match self.announce().await? {
                Ok(cart) => cart,
                Err(placement) => return Ok(placement),
            },
        };
        self.save(&Step::Begun).await?;
        let refusal = self.place_cart(cart).await?.err();
        let key = &self.change.key;
        let made = self.shop.carrying(&self.session, key, &[cart]).await?;
        match (made.into_iter().next(), refusal) {
            (Some(made), _) => self.finish(made).await,
            (None, Some(fault)) => self.unplaced(cart, fault).await,
            (None, None) => Err(PortError::Unknown("the new order is not to be found yet".into())),
        }
    }

    /// Fills a cart and says so on the original. Of two workers that do so at once, the first
    /// comment counts for both.
    async fn announce(&mut self) -> Result<Result<i64, Placement>, PortError> {
        self.save(&Step::Begun).await?;
        let cart = match self.fill_cart().await? {
            Filled::Cart(cart) => cart,
            Filled::Refused(why) => return Ok(Err(refused(&why))),
        };
        // A way to pay that is not offered is found before anything is announced.
        self.payment_method(&cart.to_string()).await?;
        self.save(&Step::Begun).await?;
        let text = Note::Begun(self.change, cart).text(self.store.language, &self.change.key);
        self.shop.comment(&self.session, &self.original, &text).await?;
        self.history = self.look_again().await?;
        if self.history.undone {
            return Ok(Err(refused("the order was called off")));
        }
        let announced = self.history.cart();
        let lost = || PortError::Unknown("the announced cart is not to be found yet".into());
        announced.map(Ok).ok_or_else(lost)
    }

    async fn look_again(&self) -> Result<History, PortError> {
        let original = self.original.entity_id.0;
        self.shop.history(&self.session, original, &self.change.key).await
    }

    /// The shop refuses to place the cart, and no order was made from it.
    async fn unplaced(&self, cart: i64, fault: Fault) -> Result<Placement, PortError> {
        if self.look_again().await?.undone {
            return Ok(refused("the order was called off"));
        }
        let active = self.cart(cart).await?.is_some_and(|cart| cart.is_active == Flag(true));
        if !active {
            // An order is there before its cart is closed: one that was missed is found now.
            let made = self.shop.carrying(&self.session, &self.change.key, &[cart]).await?;
            if let Some(made) = made.into_iter().next() {
                return self.finish(made).await;
            }
            let why = format!("cart {cart} was placed, but no order was made from it: {fault}");
            return Err(permanent(why));
        }
        match self.does_not_fit(0).await? {
            Some(why) => Ok(refused(why)),
            // Two placements of one cart at the same moment look like this, too.
            None => Err(PortError::Transient(Box::new(fault))),
        }
    }

    /// Ties the new order to the old one; each step may be repeated.
    pub(super) async fn finish(&self, made: Order) -> Result<Placement, PortError> {
        let placed = read::placed(&made)?;
        if !is_live(&made) {
            return Ok(refused("the new order was cancelled in the shop"));
        }
        self.save(&Step::Placed(made.entity_id.0)).await.map_err(too_late)?;
        if self.look_again().await?.undone {
            self.shop.cancel_made(&self.session, &made, &self.change.key).await?;
            return Ok(refused("the order was called off"));
        }
        self.tie(&made).await?;
        self.tell(&made).await?;
        if self.shop.orders.close_original {
            self.close_original().await?;
        }
        Ok(Placement::Made(placed))
    }

    /// What the shop's admin shows as the previous and the next order. Never the items: they would
    /// lose what was chosen with them.
    async fn tie(&self, made: &Order) -> Result<(), PortError> {
        let (old, new) = (&self.original, made);
        let (old_number, new_number) = (read::number(old)?, read::number(new)?);
        let entity = json!({
            "entity_id": new.entity_id.0, "ext_order_id": self.change.key,
            "relation_parent_id": old.entity_id.to_string(),
            "relation_parent_real_id": short(old_number.as_str()),
            "original_increment_id": old_number.as_str(), "edit_increment": 1,
        });
        self.session.tell(Call::post("/orders", &[]).body(json!({ "entity": entity }))).await?;
        let entity = json!({
            "entity_id": old.entity_id.0, "relation_child_id": new.entity_id.to_string(),
            "relation_child_real_id": short(new_number.as_str()),
        });
        Ok(self.session.tell(Call::post("/orders", &[]).body(json!({ "entity": entity }))).await?)
    }

    /// A comment on each, once.
    async fn tell(&self, made: &Order) -> Result<(), PortError> {
        let (language, key) = (self.store.language, self.change.key.as_str());
        let (old_number, new_number) = (read::number(&self.original)?, read::number(made)?);
        for (order, note) in [
            (made, Note::Replaces(self.change, old_number.as_str())),
            (&self.original, Note::ReplacedBy(self.change, new_number.as_str())),
        ] {
            let told = self.shop.history(&self.session, order.entity_id.0, key).await?.linked;
            if !told {
                self.save(&Step::Placed(made.entity_id.0)).await.map_err(too_late)?;
                self.shop.comment(&self.session, order, &note.text(language, key)).await?;
            }
        }
        Ok(())
    }

    /// Cancels the original where nothing else hangs on it. What is paid stays, and bookkeeping
    /// decides.
    async fn close_original(&self) -> Result<(), PortError> {
        if may_be_closed(&self.original) {
            self.shop.cancel(&self.session, self.original.entity_id.0).await?;
        }
        Ok(())
    }
}

/// It is not paid, nor invoiced to be paid later, and this is its one course.
fn may_be_closed(order: &Order) -> bool {
    let courses = order.rows().filter(|row| row.left() > Decimal::ZERO).count();
    let paid = order.total_paid > Decimal::ZERO
        || order.rows().any(|row| row.qty_invoiced > Decimal::ZERO);
    is_live(order) && courses == 1 && !paid
}

/// The shop cuts what is longer than its column.
fn short(number: &str) -> String {
    number.chars().take(32).collect()
}

/// The checkpoint could not be saved, but the shop has done it: whoever comes next must look.
fn too_late(error: PortError) -> PortError {
    PortError::Unknown(Box::new(error))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Each row: how many were ordered, called off, invoiced.
    fn order(state: &str, paid: i64, rows: &[(i64, i64, i64)]) -> Order {
        let rows = (1..).zip(rows).map(|(id, (ordered, cancelled, invoiced))| {
            json!({
                "item_id": id, "qty_ordered": ordered, "qty_canceled": cancelled,
                "qty_invoiced": invoiced,
            })
        });
        let rows: Vec<Value> = rows.collect();
        let order = json!({ "entity_id": 1, "state": state, "total_paid": paid, "items": rows });
        serde_json::from_value(order).unwrap()
    }

    #[test]
    fn an_original_is_closed_where_nobody_has_paid_or_owes_and_nothing_else_is_in_it() {
        for (order, closed) in [
            (order("new", 0, &[(2, 0, 0)]), true),
            (order("new", 0, &[(2, 0, 0), (1, 1, 0)]), true),
            (order("new", 0, &[(2, 0, 0), (1, 0, 0)]), false),
            (order("processing", 0, &[(2, 0, 2)]), false),
            (order("new", 50, &[(2, 0, 0)]), false),
            (order("canceled", 0, &[(2, 0, 0)]), false),
        ] {
            assert_eq!(may_be_closed(&order), closed, "{order:?}");
        }
    }
}
