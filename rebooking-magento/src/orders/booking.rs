//! A booking out of an order item.

use rebooking_core::ports::PortError;
use rebooking_core::ports::partners::UnknownPartner;
use rebooking_core::value::booking::{BookableItem, Booking, Course, OrderNumber, Participants};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::{Customer, EmailAddress};
use rebooking_core::value::ids::{CourseId, OrderId, OrderItemId};
use rebooking_core::value::text::FreeText;

use super::prices::prices;
use super::{is_live, read};
use crate::Magento;
use crate::catalog::{StoreView, Undated, permanent};
use crate::client::Session;
use crate::settings::Layout;
use crate::wire::{Decimal, Id, Order, OrderItem, Product};

/// What a row is a booking of.
struct Booked {
    course: Course,
    slot: Slot,
    /// The products that may say who gives it: that of the date, then that of the course.
    products: [Option<Product>; 2],
}

impl Magento {
    pub(super) async fn read_booking(
        &self,
        session: &Session,
        item: OrderItemId,
    ) -> Result<Option<Booking>, PortError> {
        let Some(found) = self.row(session, item.value()).await? else { return Ok(None) };
        let Some(Id(order)) = found.order_id else {
            return Err(permanent(format!("order item {item} names no order")));
        };
        let order = self.order(session, order).await?;
        // The row of a variant stands for that of its course.
        let row = found.parent_item_id.unwrap_or(found.item_id);
        let Some(row) = order.rows().find(|candidate| candidate.item_id == row) else {
            return Ok(None);
        };
        if !is_live(&order) || row.left() <= Decimal::ZERO {
            return Ok(None);
        }
        self.booking_of(session, &order, row).await
    }

    pub(super) async fn read_items(
        &self,
        session: &Session,
        number: &OrderNumber,
    ) -> Result<Vec<BookableItem>, PortError> {
        let mut items = Vec::new();
        for order in self.numbered(session, number).await?.iter().filter(|order| is_live(order)) {
            let store = self.catalog.store(session, order.store_id).await?;
            for row in order.rows().filter(|row| row.left() > Decimal::ZERO) {
                let Some(booked) = self.booked(session, order, row, &store).await? else {
                    continue;
                };
                items.push(BookableItem {
                    order: OrderId::new(order.entity_id.0),
                    item: OrderItemId::new(row.item_id.0),
                    course: booked.course,
                    slot: booked.slot,
                    participants: party(row)?,
                    customer_name: FreeText::line(&name(order), Customer::LONGEST_NAME),
                });
            }
        }
        Ok(items)
    }

    async fn booking_of(
        &self,
        session: &Session,
        order: &Order,
        row: &OrderItem,
    ) -> Result<Option<Booking>, PortError> {
        let store = self.catalog.store(session, order.store_id).await?;
        let Some(booked) = self.booked(session, order, row, &store).await? else {
            return Ok(None);
        };
        let Booked { course, slot, products: [date, of_course] } = booked;
        let entry = self.who_gives(&[date.as_ref(), of_course.as_ref()], &course, slot.id).await?;
        let entry = entry.ok_or_else(|| UnknownPartner::new(&course, slot.id))?;
        let participants = party(row)?;
        let (unit_price, paid) =
            prices(order, row).ok_or_else(|| malformed(row, "its amounts cannot be read"))?;
        let customer = customer(order, &store)
            .ok_or_else(|| malformed(row, "its customer has no address to write to"))?;
        Ok(Some(Booking {
            order: OrderId::new(order.entity_id.0),
            order_number: read::number(order)?,
            item: OrderItemId::new(row.item_id.0),
            course,
            slot,
            participants,
            unit_price,
            paid,
            partner: entry.partner,
            customer,
        }))
    }

    /// `None` for what is no course at all.
    async fn booked(
        &self,
        session: &Session,
        order: &Order,
        row: &OrderItem,
        store: &StoreView,
    ) -> Result<Option<Booked>, PortError> {
        let Some(Id(course)) = row.product_id else { return Ok(None) };
        let child = order.items.iter().find(|item| item.parent_item_id == Some(row.item_id));
        let date = match &self.catalog.settings.layout {
            Layout::Variants => child.and_then(|child| child.product_id),
            Layout::Options { .. } | Layout::Products { .. } => Some(Id(course)),
        };
        let Some(Id(date)) = date else { return Ok(None) };
        let ids = if date == course { vec![date] } else { vec![course, date] };
        let products = self.catalog.products(session, &ids).await?;
        let of = |id: i64| products.iter().find(|product| product.id == Id(id));
        let Some(date) = of(date) else {
            return Err(permanent(format!("order item {}: its product is gone", row.item_id)));
        };
        let slot = match &self.catalog.settings.layout {
            Layout::Variants | Layout::Products { .. } => {
                self.catalog.slot(session, date, store.zone).await?
            }
            Layout::Options { title, .. } => {
                self.chosen_slot(session, row, date, title, store).await?
            }
        };
        let slot = match slot {
            Ok(slot) => slot,
            Err(Undated::Missing) => return Ok(None),
            Err(undated) => {
                let sku = date.sku.or_empty();
                return Err(permanent(format!("product {sku}: {undated}")));
            }
        };
        let products = [Some(date.clone()), of(course).cloned()];
        let venue = self.catalog.venue(session, &[Some(date), of(course)]).await?;
        let course = self.course(date, of(course), row)?.at(venue);
        Ok(Some(Booked { course, slot, products }))
    }

    /// The date that is a value of an option: the order names it by its number.
    async fn chosen_slot(
        &self,
        session: &Session,
        row: &OrderItem,
        product: &Product,
        title: &str,
        store: &StoreView,
    ) -> Result<Result<Slot, Undated>, PortError> {
        let options = self.catalog.options(session, product.sku.or_empty()).await?;
        let Some(option) = crate::catalog::date_option(&options, title) else {
            return Ok(Err(Undated::Missing));
        };
        let chosen =
            row.custom_options().iter().find(|chosen| chosen.option_id == option.option_id);
        let value = option.values.iter().find(|value| {
            chosen.and_then(|chosen| chosen.option_value.get()?.parse().ok())
                == Some(value.option_type_id.0)
        });
        Ok(value.map_or(Err(Undated::Missing), |value| self.catalog.option_slot(value, store.zone)))
    }

    fn course(
        &self,
        date: &Product,
        course: Option<&Product>,
        row: &OrderItem,
    ) -> Result<Course, PortError> {
        let product = course.unwrap_or(date);
        let (sku, name) = (product.sku.or_empty(), row.name.get().or(product.name.get()));
        let id = match &self.catalog.settings.layout {
            Layout::Variants | Layout::Options { .. } => product.id.0,
            Layout::Products { course } => {
                let id = date.attribute(course).and_then(|id| id.parse().ok());
                id.ok_or_else(|| permanent(format!("product {sku}: {course} is no number")))?
            }
        };
        Ok(Course::new(CourseId::new(id), sku, name.unwrap_or(sku)))
    }
}

fn malformed(row: &OrderItem, what: &str) -> PortError {
    permanent(format!("order item {}: {what}", row.item_id))
}

fn party(row: &OrderItem) -> Result<Participants, PortError> {
    let party = row.left().whole().and_then(|count| Participants::new(count).ok());
    party.ok_or_else(|| malformed(row, "its quantity is no party"))
}

fn customer(order: &Order, store: &StoreView) -> Option<Customer> {
    let at_address = || order.billing_address.as_ref()?.email.get();
    let email = EmailAddress::parse(order.customer_email.get().or_else(at_address)?).ok()?;
    Some(Customer::new(&name(order), email, store.language))
}

/// A guest's name may stand at the address alone.
fn name(order: &Order) -> String {
    let named = order.customer_firstname.get().is_some() || order.customer_lastname.get().is_some();
    let (first, last) = match order.billing_address.as_ref() {
        Some(address) if !named => (address.firstname.or_empty(), address.lastname.or_empty()),
        Some(_) | None => (order.customer_firstname.or_empty(), order.customer_lastname.or_empty()),
    };
    format!("{first} {last}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_customer_is_named_as_the_order_does_and_a_guest_as_the_address_does() {
        for (first, last, named) in [
            ("Eva", "Muster", "Eva Muster"),
            ("Eva", "", "Eva"),
            ("", "Muster", "Muster"),
            ("", "", "Erika Mustermann"),
        ] {
            let address = json!({ "firstname": "Erika", "lastname": "Mustermann" });
            let order = json!({
                "entity_id": 1, "customer_firstname": first, "customer_lastname": last,
                "billing_address": address,
            });
            assert_eq!(name(&serde_json::from_value(order).unwrap()), named);
        }
    }
}
