//! From the number of an order to the item that is meant.

use crate::error::{RebookError, Resource};
use crate::ports::PortError;
use crate::service::AsSupport;
use crate::value::booking::{BookableItem, OrderNumber};
use crate::value::ids::OrderItemId;

impl AsSupport<'_> {
    /// The item of an order that a link is to be sent for, as the shop knows the order by its
    /// number. `chosen` is what people chose before, if they did: it is only taken where it is an
    /// item of that order. Changes nothing, and may be repeated.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] where there is no such order or nothing of it is left;
    /// [`RebookError::ChooseItem`] where it does not lead to one item; [`RebookError::TryLater`]
    /// while the shop is out of reach, and [`RebookError::Broken`] where it cannot be read.
    pub async fn item_of_order(
        self,
        number: &OrderNumber,
        chosen: Option<OrderItemId>,
    ) -> Result<OrderItemId, RebookError> {
        pick(self.items_of_order(number).await?, chosen)
    }

    /// The items of an order that links can be sent for, as the shop knows the order by its number;
    /// none where there is no such order or nothing of it is left. Changes nothing, and may be
    /// repeated.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the shop is out of reach, and [`RebookError::Broken`] where
    /// it cannot be read.
    pub async fn items_of_order(
        self,
        number: &OrderNumber,
    ) -> Result<Vec<BookableItem>, RebookError> {
        let (rebookings, orders) = (self.rebookings, &self.rebookings.0.ports.orders);
        let deadline = rebookings.policy().delivery.deadline;
        let asked = rebookings.within(deadline, orders.find(number)).await;
        Ok(asked.unwrap_or_else(|| Err(PortError::Transient("the shop did not answer".into())))?)
    }
}

fn pick(items: Vec<BookableItem>, chosen: Option<OrderItemId>) -> Result<OrderItemId, RebookError> {
    match (items.as_slice(), chosen) {
        ([], _) => Err(RebookError::NotFound(Resource::Order)),
        (several, Some(chosen)) if several.iter().any(|item| item.item == chosen) => Ok(chosen),
        ([only], None) => Ok(only.item),
        (_, _) => Err(RebookError::ChooseItem { items }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::booking::{Course, Participants};
    use crate::value::course_date::{Slot, VenueZone};
    use crate::value::ids::{CourseDateId, CourseId, OrderId};
    use crate::value::text::FreeText;

    fn item(id: i64) -> BookableItem {
        let starts_at = chrono::DateTime::UNIX_EPOCH;
        let ends_at = starts_at + chrono::TimeDelta::hours(3);
        BookableItem {
            order: OrderId::new(1),
            item: OrderItemId::new(id),
            course: Course::new(CourseId::new(40), "SUSHI", "Sushi-Kurs"),
            slot: Slot { id: CourseDateId::new(90), starts_at, ends_at, zone: VenueZone::BERLIN },
            participants: Participants::new(2).unwrap(),
            customer_name: FreeText::EMPTY,
        }
    }

    fn picked(items: &[i64], chosen: Option<i64>) -> Result<i64, String> {
        let items = items.iter().map(|id| item(*id)).collect();
        let picked = pick(items, chosen.map(OrderItemId::new));
        picked.map(OrderItemId::value).map_err(|error| error.to_string())
    }

    #[test]
    fn one_item_is_meant_and_several_are_for_people_to_choose_from() {
        let which = Err("the order number does not say which item is meant".to_owned());
        assert_eq!(picked(&[7001], None), Ok(7001));
        assert_eq!(picked(&[7001, 7002], None), which);
        assert_eq!(picked(&[7001, 7002], Some(7002)), Ok(7002));
        assert_eq!(picked(&[], Some(7001)), Err("no such order".to_owned()));
    }

    #[test]
    fn an_item_of_another_order_is_never_taken() {
        let which = Err("the order number does not say which item is meant".to_owned());
        assert_eq!(picked(&[7001], Some(9)), which);
        assert_eq!(picked(&[7001, 7002], Some(9)), which);
    }
}
