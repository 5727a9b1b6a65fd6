//! Bookings and their parts inside documents.

use chrono::{DateTime, Utc};
use rebooking_core::ports::MalformedRow;
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner, Venue};
use rebooking_core::value::course_date::{Slot, VenueZone};
use rebooking_core::value::customer::Customer;
use rebooking_core::value::ids::{CourseDateId, CourseId, OrderId, OrderItemId, PartnerId};
use rebooking_core::value::money::{Currency, Money};
use rebooking_core::value::text::FreeText;
use serde::{Deserialize, Serialize};

use super::Place;

/// A booking in column `booking`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BookingDoc {
    order: OrderId,
    order_number: String,
    item: OrderItemId,
    course: CourseDoc,
    slot: SlotDoc,
    participants: u32,
    unit_price: MoneyDoc,
    /// Not in what was written before discounts were known: then it was the list price for each.
    paid: Option<MoneyDoc>,
    partner: PartnerDoc,
    customer: CustomerDoc,
}

impl From<&Booking> for BookingDoc {
    fn from(booking: &Booking) -> Self {
        Self {
            order: booking.order,
            order_number: booking.order_number.as_str().to_owned(),
            item: booking.item,
            course: CourseDoc::from(&booking.course),
            slot: SlotDoc::from(&booking.slot),
            participants: booking.participants.count(),
            unit_price: MoneyDoc::from(booking.unit_price),
            paid: Some(MoneyDoc::from(booking.paid)),
            partner: PartnerDoc::from(&booking.partner),
            customer: CustomerDoc {
                name: booking.customer.name.expose().to_owned(),
                email: booking.customer.email.expose().to_owned(),
                language: booking.customer.language.as_str().to_owned(),
            },
        }
    }
}

impl BookingDoc {
    pub(crate) fn restore(&self, place: &Place, column: &str) -> Result<Booking, MalformedRow> {
        let participants = place.read(column, Participants::new(self.participants))?;
        let unit_price = self.unit_price.restore(place, column)?;
        let paid = paid_or_list(place, column, self.paid.as_ref(), unit_price, participants)?;
        Ok(Booking {
            order: self.order,
            order_number: place.read(column, OrderNumber::parse(&self.order_number))?,
            item: self.item,
            course: self.course.restore(),
            slot: self.slot.restore(place, column)?,
            participants,
            unit_price,
            paid,
            partner: self.partner.restore(place, column)?,
            customer: Customer {
                name: FreeText::line(&self.customer.name, Customer::LONGEST_NAME),
                email: place.email(column, &self.customer.email)?,
                language: place.word(column, &self.customer.language)?,
            },
        })
    }
}

/// What was paid for a party, or its list price where a document is older than discounts. Both are
/// amounts of one currency.
pub(super) fn paid_or_list(
    place: &Place,
    column: &str,
    paid: Option<&MoneyDoc>,
    unit_price: Money,
    participants: Participants,
) -> Result<Money, MalformedRow> {
    let listed = unit_price.times(participants.count());
    let paid = paid.map_or(Ok(listed), |paid| paid.restore(place, column))?;
    if paid.currency() == unit_price.currency() {
        Ok(paid)
    } else {
        Err(place.bad(column, "not of one currency"))
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct CustomerDoc {
    name: String,
    email: String,
    language: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CourseDoc {
    id: CourseId,
    sku: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    venue: Option<VenueDoc>,
}

impl From<&Course> for CourseDoc {
    fn from(course: &Course) -> Self {
        let venue = course.venue.as_ref();
        Self {
            id: course.id,
            sku: course.sku.clone(),
            name: course.name.clone(),
            venue: venue.map(|venue| VenueDoc {
                name: venue.name().to_owned(),
                address: venue.address().to_owned(),
            }),
        }
    }
}

impl CourseDoc {
    pub(super) fn restore(&self) -> Course {
        let venue = self.venue.as_ref();
        Course {
            id: self.id,
            sku: self.sku.clone(),
            name: self.name.clone(),
            venue: venue.and_then(|venue| Venue::new(&venue.name, &venue.address)),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct VenueDoc {
    name: String,
    address: String,
}

/// A place from its two columns; neither need be there.
pub(super) fn venue(name: Option<&str>, address: Option<&str>) -> Option<Venue> {
    Venue::new(name.unwrap_or_default(), address.unwrap_or_default())
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SlotDoc {
    id: CourseDateId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: String,
}

impl From<&Slot> for SlotDoc {
    fn from(slot: &Slot) -> Self {
        Self {
            id: slot.id,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            zone: slot.zone.name().to_owned(),
        }
    }
}

impl SlotDoc {
    pub(super) fn restore(&self, place: &Place, column: &str) -> Result<Slot, MalformedRow> {
        let zone = place.read(column, VenueZone::parse(&self.zone))?;
        Ok(Slot { id: self.id, starts_at: self.starts_at, ends_at: self.ends_at, zone })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PartnerDoc {
    id: PartnerId,
    email: String,
    language: String,
}

impl From<&Partner> for PartnerDoc {
    fn from(partner: &Partner) -> Self {
        Self {
            id: partner.id,
            email: partner.email.expose().to_owned(),
            language: partner.language.as_str().to_owned(),
        }
    }
}

impl PartnerDoc {
    pub(super) fn restore(&self, place: &Place, column: &str) -> Result<Partner, MalformedRow> {
        Ok(Partner {
            id: self.id,
            email: place.email(column, &self.email)?,
            language: place.word(column, &self.language)?,
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MoneyDoc {
    minor: i64,
    currency: String,
}

impl From<Money> for MoneyDoc {
    fn from(money: Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().code().to_owned() }
    }
}

impl MoneyDoc {
    pub(super) fn restore(&self, place: &Place, column: &str) -> Result<Money, MalformedRow> {
        place.sum(column, self.minor, &self.currency)
    }
}

impl Place {
    pub(super) fn money(
        &self,
        column: &str,
        minor: i64,
        currency: &str,
    ) -> Result<Money, MalformedRow> {
        let currency = self.read("currency", Currency::parse(currency))?;
        self.read(column, Money::new(minor, currency))
    }

    /// Sums may be larger than a single price, so they are put together from parts that are not.
    pub(crate) fn sum(
        &self,
        column: &str,
        minor: i64,
        currency: &str,
    ) -> Result<Money, MalformedRow> {
        let (most, whole, rest) = (Money::MAX, minor / Money::MAX, minor % Money::MAX);
        let many = u32::try_from(whole.unsigned_abs()).unwrap_or(u32::MAX);
        let whole = self.money(column, most * whole.signum(), currency)?.times(many);
        let rest = self.money(column, rest, currency)?;
        whole.plus(rest).ok_or_else(|| self.bad(column, "not of one currency"))
    }

    /// A sum of the database's own, as it writes a number.
    pub(crate) fn decimal_sum(
        &self,
        column: &str,
        decimal: &str,
        currency: &str,
    ) -> Result<Money, MalformedRow> {
        let currency = self.read("currency", Currency::parse(currency))?;
        self.read(column, Money::parse_sum(decimal, currency))
    }
}
