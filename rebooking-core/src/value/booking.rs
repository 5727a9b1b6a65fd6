//! What the customer bought, as it was when it was declined.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::course_date::Slot;
use crate::value::customer::Customer;
use crate::value::ids::{OrderId, OrderItemId};
use crate::value::money::Money;
use crate::value::text::FreeText;

pub use crate::value::course::{Course, Venue};
pub use crate::value::partner::{Partner, PartnerEntry};

/// The number of an order as customers know it: letters, digits and dashes, at most 50.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// Reads a number as the shop writes it.
    ///
    /// # Errors
    /// [`MalformedOrderNumber`] for an empty one, a longer one, or other characters.
    pub fn parse(raw: &str) -> Result<Self, MalformedOrderNumber> {
        let fits = !raw.is_empty() && raw.len() <= 50;
        let plain = raw
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#'));
        if fits && plain { Ok(Self(raw.to_owned())) } else { Err(MalformedOrderNumber) }
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Our own reference for a rebooking of this order: `100012345-1` for its first step.
    #[must_use]
    pub fn reference(&self, step: u32) -> Self {
        Self(format!("{}-{step}", self.0))
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not a number that a shop gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order number has 1 to 50 letters, digits and dashes")]
pub struct MalformedOrderNumber;

/// How many people come together: from one to a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Participants(u32);

impl Participants {
    /// The largest party.
    pub const MAX: u32 = 1000;

    /// A party of so many.
    ///
    /// # Errors
    /// [`NoParty`] for nobody, and for more than [`Participants::MAX`].
    pub const fn new(count: u32) -> Result<Self, NoParty> {
        if count == 0 || count > Self::MAX { Err(NoParty) } else { Ok(Self(count)) }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0
    }
}

/// A party that cannot be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a party has 1 to {} people", Participants::MAX)]
pub struct NoParty;

/// One booked course of one party: an order item with all that a rebooking needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Booking {
    /// The order that holds it now.
    pub order: OrderId,
    /// That order's number.
    pub order_number: OrderNumber,
    /// The line of that order.
    pub item: OrderItemId,
    /// What was booked.
    pub course: Course,
    /// When it would have taken place.
    pub slot: Slot,
    /// How many people.
    pub participants: Participants,
    /// The list price of one place: what list prices of other dates are compared with. For showing,
    /// and never a part of a sum.
    pub unit_price: Money,
    /// What the customer has paid for the whole party, discounts and refunds already taken off: in
    /// the currency of the list price, and never less than nothing.
    pub paid: Money,
    /// Who gives it.
    pub partner: Partner,
    /// Who booked it.
    pub customer: Customer,
}

impl Booking {
    /// What the party's places cost by the list price, whatever was paid for them.
    #[must_use]
    pub fn list_total(&self) -> Money {
        self.unit_price.times(self.participants.count())
    }

    /// The same booking, paid for at its list price: nothing was taken off.
    #[must_use]
    pub fn at_list_price(self) -> Self {
        Self { paid: self.list_total(), ..self }
    }
}

/// One item of an order that can be moved, as people choose among several.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct BookableItem {
    /// Whose item it is.
    pub order: OrderId,
    /// The line of that order, by which its [`Booking`] is asked for.
    pub item: OrderItemId,
    /// What was booked.
    pub course: Course,
    /// When it takes place.
    pub slot: Slot,
    /// How many people.
    pub participants: Participants,
    /// Who booked it; may be empty, as shops allow it.
    pub customer_name: FreeText,
}

impl From<&Booking> for BookableItem {
    fn from(booking: &Booking) -> Self {
        Self {
            order: booking.order,
            item: booking.item,
            course: booking.course.clone(),
            slot: booking.slot,
            participants: booking.participants,
            customer_name: booking.customer.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_numbers_are_short_and_plain() {
        assert_eq!(
            OrderNumber::parse("100012345-1").map(|n| n.to_string()),
            Ok("100012345-1".into())
        );
        for raw in ["", "1 2", "<b>", "ä", &"1".repeat(51)] {
            assert_eq!(OrderNumber::parse(raw), Err(MalformedOrderNumber), "{raw}");
        }
    }

    #[test]
    fn a_party_is_neither_empty_nor_endless() {
        assert_eq!(Participants::new(0), Err(NoParty));
        assert_eq!(Participants::new(1).map(Participants::count), Ok(1));
        assert_eq!(Participants::new(1000).map(Participants::count), Ok(1000));
        assert_eq!(Participants::new(1001), Err(NoParty));
    }

    #[test]
    fn the_largest_sum_is_the_largest_price_for_the_largest_party() {
        assert_eq!(Money::MAX_SUM, Money::MAX * i64::from(Participants::MAX));
    }
}
