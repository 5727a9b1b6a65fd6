//! A booking out of an order item.

use rebooking_core::ports::PortError;
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::{Customer, EmailAddress};
use rebooking_core::value::ids::{CourseId, OrderId, OrderItemId};
use rebooking_core::value::money::{Currency, Money};

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
    partner: Partner,
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

    /// The bookings of an order, by the number that its customer knows: one for each course in it.
    /// None when there is no such order, or nothing of it is left.
    ///
    /// # Errors
    /// As every call to the shop.
    pub async fn bookings(&self, number: &OrderNumber) -> Result<Vec<Booking>, PortError> {
        let session = self.client.session();
        let mut bookings = Vec::new();
        for order in self.numbered(&session, number).await?.iter().filter(|order| is_live(order)) {
            for row in order.rows().filter(|row| row.left() > Decimal::ZERO) {
                bookings.extend(self.booking_of(&session, order, row).await?);
            }
        }
        Ok(bookings)
    }

    async fn booking_of(
        &self,
        session: &Session,
        order: &Order,
        row: &OrderItem,
    ) -> Result<Option<Booking>, PortError> {
        let item = row.item_id;
        let store = self.catalog.store(session, order.store_id).await?;
        let Some(booked) = self.booked(session, order, row, &store).await? else {
            return Ok(None);
        };
        let malformed = |what: &str| permanent(format!("order item {item}: {what}"));
        let participants = row.left().whole().and_then(|count| Participants::new(count).ok());
        let participants = participants.ok_or_else(|| malformed("its quantity is no party"))?;
        let (unit_price, paid) =
            prices(order, row).ok_or_else(|| malformed("its amounts cannot be read"))?;
        let customer = customer(order, &store)
            .ok_or_else(|| malformed("its customer has no address to write to"))?;
        Ok(Some(Booking {
            order: OrderId::new(order.entity_id.0),
            order_number: read::number(order)?,
            item: OrderItemId::new(item.0),
            course: booked.course,
            slot: booked.slot,
            participants,
            unit_price,
            paid,
            partner: booked.partner,
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
        let products = [Some(date), of(course)];
        let partner = self.catalog.partner(&products).ok_or_else(|| {
            permanent(format!("product {}: nobody is named who gives it", date.sku.or_empty()))
        })?;
        let course = self.course(date, of(course), row)?;
        Ok(Some(Booked { course, slot, partner }))
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

/// The list price of one place, and what the customer has paid for the row and not been given back.
/// What was given back without a row is known for the order alone, so a row never holds more than is
/// left of that. The sum is never divided: 3 places for 250.00 have no price each.
fn prices(order: &Order, row: &OrderItem) -> Option<(Money, Money)> {
    let currency = Currency::parse(order.order_currency_code.or_empty()).ok()?;
    let (list, paid) = (row.list_price(), row.paid());
    let left = order.grand_total.map_or(paid, |total| total.minus(order.total_refunded));
    let paid = paid.min(left).max(Decimal::ZERO);
    Some((list.money(currency)?, paid.money(currency)?))
}

/// A guest's name may stand at the address alone.
fn customer(order: &Order, store: &StoreView) -> Option<Customer> {
    let address = order.billing_address.as_ref();
    let named = order.customer_firstname.get().is_some() || order.customer_lastname.get().is_some();
    let (first, last) = match address {
        Some(address) if !named => (address.firstname.or_empty(), address.lastname.or_empty()),
        Some(_) | None => (order.customer_firstname.or_empty(), order.customer_lastname.or_empty()),
    };
    let email = order.customer_email.get().or_else(|| address?.email.get())?;
    let email = EmailAddress::parse(email).ok()?;
    Some(Customer::new(format!("{first} {last}").trim(), email, store.language))
}
