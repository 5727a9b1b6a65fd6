//! An order is called off: the marker first, from which on nothing is made under the key; then
//! whatever was made.

use rebooking_core::ports::{CheckpointStore, OrderUndo, PortError, Undone};
use serde_json::json;

use super::history::{is_marked, marker};
use super::is_live;
use super::note::Note;
use super::step::Step;
use crate::Magento;
use crate::catalog::permanent;
use crate::client::{Call, Is, Query, Session};
use crate::wire::{Cart, CartItem, CreditMemo, Decimal, Flag, Found, Order, OrderItem, OrderState};

const UNDONE: &str = ":undone";

impl Magento {
    pub(super) async fn call_off(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        let session = self.client.session();
        let (original, key) = (undo.before.order.value(), undo.key.as_str());
        let history = self.history(&session, original, key).await?;
        if !history.undone {
            let order = self.order(&session, original).await?;
            let store = self.catalog.store(&session, order.store_id).await?;
            checkpoints.save(Step::Begun.write()).await?;
            self.comment(&session, &order, &Note::Undone.text(store.language, key)).await?;
        }
        // Read again: a cart may have been announced just before the marker.
        let carts = self.history(&session, original, key).await?.carts;
        for cart in &carts {
            self.empty(&session, *cart).await?;
        }
        let mut made = self.carrying(&session, key, &carts).await?;
        made.extend(self.known(&session, undo, &made).await?);
        let mut freed = true;
        for order in made {
            checkpoints.save(Step::Begun.write()).await?;
            freed &= self.cancel_made(&session, &order, key).await?;
        }
        let order = self.order(&session, original).await?;
        let item = undo.before.item.value();
        let stands = |row: &OrderItem| row.item_id.0 == item && row.left() > Decimal::ZERO;
        Ok(Undone { freed, original_stands: is_live(&order) && order.rows().any(stands) })
    }

    /// The order that is known to have been made, should people have taken our marks off it.
    async fn known(
        &self,
        session: &Session,
        undo: &OrderUndo,
        found: &[Order],
    ) -> Result<Option<Order>, PortError> {
        let Some(known) = &undo.order else { return Ok(None) };
        let id = known.id.value();
        if known.id == undo.before.order || found.iter().any(|order| order.entity_id.0 == id) {
            return Ok(None);
        }
        self.order(session, id).await.map(Some)
    }

    /// A worker that was frozen may still place the cart: an empty one becomes no order.
    async fn empty(&self, session: &Session, cart: i64) -> Result<(), PortError> {
        let id = cart.to_string();
        let found: Cart = match session.send(Call::get("/carts/{}", &[&id])).await {
            Ok(cart) => cart,
            Err(fault) if fault.is_not_found() => return Ok(()),
            Err(fault) => return Err(fault.into()),
        };
        if found.is_active != Flag(true) {
            return Ok(());
        }
        let items: Vec<CartItem> = match session.send(Call::get("/carts/{}/items", &[&id])).await {
            Ok(items) => items,
            Err(fault) if fault.is_not_found() => return Ok(()),
            Err(fault) => return Err(fault.into()),
        };
        for item in items {
            let call = Call::delete("/carts/{}/items/{}", &[&id, &item.item_id.to_string()]);
            match session.tell(call).await {
                Ok(()) => {}
                Err(fault) if fault.is_not_found() => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    /// Cancels an order that carries the key; one that is invoiced is credited on paper where that
    /// is allowed, and else left to people. Whether its places are free again: for virtual products
    /// a credit memo gives nothing back.
    pub(super) async fn cancel_made(
        &self,
        session: &Session,
        order: &Order,
        key: &str,
    ) -> Result<bool, PortError> {
        let is_cancelled = |order: &Order| order.state() == OrderState::Cancelled;
        if !is_live(order) {
            return Ok(is_cancelled(order));
        }
        if self.cancel(session, order.entity_id.0).await? {
            return Ok(true);
        }
        let order = self.order(session, order.entity_id.0).await?;
        if !is_live(&order) {
            return Ok(is_cancelled(&order));
        }
        if self.orders.credit_invoiced {
            return self.credit(session, &order, key).await.map(|()| false);
        }
        let number = order.increment_id.or_empty();
        Err(permanent(format!(
            "order {number} is invoiced and cannot be cancelled: credit it in the shop by hand, or \
             allow crediting invoiced orders in the settings"
        )))
    }

    /// `false` when there was nothing to cancel, or no more.
    pub(super) async fn cancel(&self, session: &Session, order: i64) -> Result<bool, PortError> {
        let call = Call::post("/orders/{}/cancel", &[&order.to_string()]);
        Ok(session.send::<Flag>(call).await?.0)
    }

    /// A credit memo over everything that is left of the order, once.
    async fn credit(&self, session: &Session, order: &Order, key: &str) -> Result<(), PortError> {
        let memos = self.credit_memos(session, order.entity_id.0).await?;
        if memos.iter().any(|memo| has_mark(memo, key, UNDONE)) {
            return Ok(());
        }
        let rows = order.rows().filter(|row| row.left() > Decimal::ZERO);
        let items =
            rows.map(|row| json!({ "order_item_id": row.item_id.0, "qty": row.left().json() }));
        let items = items.collect::<Vec<_>>();
        // An empty list would mean everything, too, but says less.
        if items.is_empty() {
            return Err(permanent("nothing is left to credit of the order"));
        }
        let body = json!({
            "items": items, "notify": false, "appendComment": false,
            "comment": { "comment": marker(key, UNDONE), "is_visible_on_front": 0 },
            "arguments": {
                "shipping_amount": 0, "adjustment_positive": 0, "adjustment_negative": 0,
            },
        });
        let call = Call::post("/order/{}/refund", &[&order.entity_id.to_string()]);
        Ok(session.tell(call.body(body)).await?)
    }

    pub(super) async fn credit_memos(
        &self,
        session: &Session,
        order: i64,
    ) -> Result<Vec<CreditMemo>, PortError> {
        let query = Query::new()
            .filter("order_id", Is::Equal, order)
            .fields("items[entity_id,comments[comment]],total_count");
        let found: Found<CreditMemo> =
            session.send(Call::get("/creditmemos", &[]).query(query)).await?;
        Ok(found.items.0)
    }
}

/// Whether a credit memo was made under a key.
pub(super) fn has_mark(memo: &CreditMemo, key: &str, mark: &str) -> bool {
    memo.comments.iter().any(|comment| is_marked(comment.comment.or_empty(), key, mark))
}
