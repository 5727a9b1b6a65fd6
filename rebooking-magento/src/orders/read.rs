//! Orders as they are read back: by their key, by ours, by the cart that they were made from.

use rebooking_core::ports::PortError;
use rebooking_core::rebooking::PlacedOrder;
use rebooking_core::value::booking::OrderNumber;
use rebooking_core::value::ids::{OrderId, OrderItemId};

use crate::Magento;
use crate::catalog::permanent;
use crate::client::{Call, Is, Query, Session};
use crate::wire::{Found, Id, Order, OrderItem};

/// What is asked of an order: a whole one repeats its items several times.
pub(super) const FIELDS: &str = "entity_id,increment_id,store_id,state,status,\
     customer_email,customer_firstname,customer_lastname,base_currency_code,order_currency_code,\
     base_to_order_rate,grand_total,total_paid,total_refunded,base_total_paid,\
     base_total_refunded,ext_order_id,relation_parent_id,billing_address,items[item_id,order_id,\
     parent_item_id,product_id,name,qty_ordered,qty_canceled,qty_refunded,qty_invoiced,price,\
     price_incl_tax,row_total,row_total_incl_tax,discount_amount,tax_amount,\
     discount_tax_compensation_amount,tax_percent,product_option]";

impl Magento {
    /// An order that is known to be there.
    pub(super) async fn order(&self, session: &Session, id: i64) -> Result<Order, PortError> {
        let call = Call::get("/orders/{}", &[&id.to_string()]);
        Ok(session.send(call.query(Query::new().fields(FIELDS))).await?)
    }

    /// The row of an order, wherever it is. `None` when there is no such row.
    pub(super) async fn row(
        &self,
        session: &Session,
        item: i64,
    ) -> Result<Option<OrderItem>, PortError> {
        let call = Call::get("/orders/items/{}", &[&item.to_string()]);
        let fields = Query::new().fields("item_id,order_id,parent_item_id");
        match session.send(call.query(fields)).await {
            Ok(row) => Ok(Some(row)),
            Err(fault) if fault.is_not_found() => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The orders of a number, which each of several stores may have given out.
    pub(super) async fn numbered(
        &self,
        session: &Session,
        number: &OrderNumber,
    ) -> Result<Vec<Order>, PortError> {
        let query = Query::new().filter("increment_id", Is::Equal, number);
        let query = query.fields(&format!("items[{FIELDS}],total_count"));
        let found: Found<Order> = session.send(Call::get("/orders", &[]).query(query)).await?;
        Ok(found.items.0)
    }

    /// Every order that carries a key, or was made from a cart that was to carry it.
    pub(super) async fn carrying(
        &self,
        session: &Session,
        key: &str,
        carts: &[i64],
    ) -> Result<Vec<Order>, PortError> {
        let mut query = Query::new().filter("ext_order_id", Is::Equal, key);
        if !carts.is_empty() {
            let carts: Vec<String> = carts.iter().map(ToString::to_string).collect();
            query = query.or("quote_id", Is::In, carts.join(","));
        }
        let query = query.ascending("entity_id").fields(&format!("items[{FIELDS}],total_count"));
        let found: Found<Order> = session.send(Call::get("/orders", &[]).query(query)).await?;
        Ok(found.items.0)
    }
}

/// An order that was made, with its one course.
pub(super) fn placed(order: &Order) -> Result<PlacedOrder, PortError> {
    let row = order.rows().next().ok_or_else(|| permanent("the new order has no item"))?;
    Ok(PlacedOrder {
        id: OrderId::new(order.entity_id.0),
        number: number(order)?,
        item: OrderItemId::new(row.item_id.0),
    })
}

pub(super) fn number(order: &Order) -> Result<OrderNumber, PortError> {
    let Id(id) = order.entity_id;
    OrderNumber::parse(order.increment_id.or_empty())
        .map_err(|error| permanent(format!("order {id}: {error}")))
}
