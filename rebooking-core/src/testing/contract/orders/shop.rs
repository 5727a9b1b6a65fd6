//! What the cases need to know of the shop behind an adapter.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;

use crate::memory::shop::ShopStep;
use crate::ports::Orders;
use crate::testing::{MemoryShop, Trouble, samples};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseDateId, OrderId};
use crate::value::money::Money;

/// An adapter with the shop behind it, which the cases arrange and look into. It begins with one
/// booking.
#[async_trait]
pub trait ShopUnderTest: Send + Sync {
    /// The adapter.
    fn orders(&self) -> Arc<dyn Orders>;

    /// The booking that the shop has.
    async fn booking(&self) -> Booking;

    /// An order of two items.
    async fn order_of_two(&self) -> [Booking; 2];

    /// Another store of the shop gives an order the same number: the booking in that order.
    async fn same_number(&self, booking: &Booking) -> Booking;

    /// Another booking that the shop has: three places at 89.00, with 17.00 taken off the whole.
    async fn discounted_booking(&self) -> Booking;

    /// A date that the booking can be moved to, at its price.
    async fn date(&self) -> CourseDate;

    /// How many live orders carry a key: an order that stays counts once for each time that it was
    /// moved under it.
    async fn carrying(&self, key: &str) -> usize;

    /// What was paid back under a key, refund by refund.
    async fn refunded(&self, key: &str) -> Vec<Money>;

    /// The shop refuses every new order for a date from now on.
    async fn sell_out(&self, date: CourseDateId);

    /// People close an order in the shop.
    async fn close(&self, order: OrderId);

    /// People take one item out of an order.
    async fn close_item(&self, booking: &Booking);

    /// The next thing that the shop makes or pays is made or paid, and the answer gets lost.
    async fn lose_next_answer(&self);
}

#[async_trait]
impl ShopUnderTest for MemoryShop {
    fn orders(&self) -> Arc<dyn Orders> {
        Arc::new(self.clone())
    }

    async fn booking(&self) -> Booking {
        let booking = samples::booking();
        if !self.orders().iter().any(|order| order.booking == booking) {
            self.put_booking(booking.clone());
        }
        booking
    }

    async fn order_of_two(&self) -> [Booking; 2] {
        let items = [8001, 8002].map(|item| Booking {
            order: OrderId::new(18_001),
            order_number: samples::order_number("100008001"),
            ..samples::booking_of(item)
        });
        items.clone().into_iter().for_each(|item| self.put_booking(item));
        items
    }

    async fn same_number(&self, booking: &Booking) -> Booking {
        let order_number = booking.order_number.clone();
        let other = Booking { order_number, ..samples::booking_of(8101) };
        self.put_booking(other.clone());
        other
    }

    async fn discounted_booking(&self) -> Booking {
        let (participants, paid) = (samples::party(3), samples::euros(25_000));
        let booking = Booking { participants, paid, ..samples::booking_of(7002) };
        self.put_booking(booking.clone());
        booking
    }

    async fn date(&self) -> CourseDate {
        samples::course_date(1, samples::booking().slot.starts_at + TimeDelta::days(7), 5)
    }

    async fn carrying(&self, key: &str) -> usize {
        Self::carrying(self, key).len()
    }

    async fn refunded(&self, key: &str) -> Vec<Money> {
        self.refunds()
            .into_iter()
            .filter(|refund| refund.key == key)
            .map(|refund| refund.amount)
            .collect()
    }

    async fn sell_out(&self, date: CourseDateId) {
        self.sold_out(date);
    }

    async fn close(&self, order: OrderId) {
        Self::close(self, order);
    }

    async fn close_item(&self, booking: &Booking) {
        Self::close_item(self, booking.item);
    }

    async fn lose_next_answer(&self) {
        for step in [ShopStep::Create, ShopStep::Comment, ShopStep::Refund] {
            self.next_step(step, Trouble::Unanswered);
        }
    }
}
