//! Valid values for tests, few and independent: a test changes what matters to it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::attempts::Attempts;
use crate::link::{LinkKey, LinkKeyId, LinkKeys, LinkNonce, LinkPurpose};
use crate::ports::MalformedRow;
use crate::service::Choice;
use crate::token::{Cause, Milestones, RebookingToken, TokenParts, TokenState};
use crate::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use crate::value::course_date::{CourseDate, Slot, VenueZone};
use crate::value::customer::{Customer, EmailAddress, Language};
use crate::value::ids::{
    CaseId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId, TokenRef,
};
use crate::value::money::{Currency, Money};
use crate::value::text::FreeText;

/// The moment at which samples are at home: a Tuesday in January, 11:00 in Berlin.
#[must_use]
pub fn now() -> DateTime<Utc> {
    moment(2027, 1, 12, 10)
}

/// The booking of the order item 7001.
#[must_use]
pub fn booking() -> Booking {
    booking_of(7001)
}

/// Two places on date 90 of the sushi course, booked by Erika for 89 € each. Order and number
/// follow from the item.
#[must_use]
pub fn booking_of(item: i64) -> Booking {
    Booking {
        order: OrderId::new(item + 10_000),
        order_number: order_number(&format!("1{item:08}")),
        item: OrderItemId::new(item),
        course: course(),
        slot: slot(90, moment(2027, 1, 25, 17)),
        participants: party(2),
        unit_price: euros(8900),
        paid: euros(17_800),
        partner: partner(),
        customer: Customer::new("Erika Mustermann", email("erika@example.com"), Language::GERMAN),
    }
}

/// The course of the sample booking.
#[must_use]
pub fn course() -> Course {
    Course::new(CourseId::new(40), "SUSHI", "Sushi-Kurs für Einsteiger")
}

/// Who gives it.
#[must_use]
pub fn partner() -> Partner {
    Partner {
        id: PartnerId::new(5),
        email: email("kueche@example.org"),
        language: Language::GERMAN,
    }
}

/// A date of that course at the price of the sample booking, with so many free places of ten more
/// than that: ten are taken.
#[must_use]
pub fn course_date(id: i64, starts_at: DateTime<Utc>, free: u32) -> CourseDate {
    CourseDate {
        slot: slot(id, starts_at),
        course: course(),
        partner: Some(partner()),
        capacity: free + 10,
        taken: 10,
        unit_price: euros(8900),
        withdrawn: false,
    }
}

/// Three hours in Berlin.
#[must_use]
pub fn slot(id: i64, starts_at: DateTime<Utc>) -> Slot {
    let ends_at = starts_at + TimeDelta::hours(3);
    Slot { id: CourseDateId::new(id), starts_at, ends_at, zone: VenueZone::BERLIN }
}

/// The first link of a case, which was declined, valid for 30 days. Its nonce follows from the
/// item, so no two are alike.
#[must_use]
#[expect(clippy::expect_used, reason = "the sample key is among the sample keys")]
pub fn token(booking: Booking, issued_at: DateTime<Utc>) -> RebookingToken {
    let nonce = LinkNonce(i128::from(booking.item.value()).to_le_bytes());
    RebookingToken::restore(TokenParts {
        id: TokenRef::first(CaseId::from(booking.item)),
        version: 0,
        holds: None,
        origin: None,
        cause: Cause::Declined,
        reason: FreeText::line("Der Koch ist krank.", 100),
        declines: 1,
        renewals: 0,
        lost: Vec::new(),
        proposed: Vec::new(),
        link: link_keys().stamp(LinkPurpose::Rebook, nonce).expect("the current key is there"),
        issued_at,
        expires_at: issued_at + TimeDelta::days(30),
        state: TokenState::Active,
        attempts: Attempts::default(),
        wishes: Vec::new(),
        ticket: None,
        milestones: Milestones::default(),
        booking,
    })
}

/// The choice of a date with the sample customer's address.
#[must_use]
pub fn choice(date: CourseDateId) -> Choice {
    Choice { date, email: booking().customer.email, expected_total: None }
}

/// One key, the same each time.
#[must_use]
#[expect(clippy::expect_used, reason = "the sample is known to be long enough")]
pub fn link_keys() -> LinkKeys {
    LinkKeys::new(LinkKeyId(1), LinkKey::new(vec![7; 32]).expect("32 bytes are enough"))
}

/// An amount in euro cents.
#[must_use]
#[expect(clippy::expect_used, reason = "samples are small")]
pub fn euros(cents: i64) -> Money {
    Money::new(cents, Currency::EUR).expect("a sample price is no fortune")
}

/// So many people.
#[must_use]
#[expect(clippy::expect_used, reason = "samples are small")]
pub fn party(count: u32) -> Participants {
    Participants::new(count).expect("a sample party has 1 to 1000 people")
}

/// An address.
#[must_use]
#[expect(clippy::expect_used, reason = "a test that misspells its sample should say so at once")]
pub fn email(address: &str) -> EmailAddress {
    EmailAddress::parse(address).expect("a sample address is one")
}

/// A number as the shop writes it.
#[must_use]
#[expect(clippy::expect_used, reason = "a test that misspells its sample should say so at once")]
pub fn order_number(number: &str) -> OrderNumber {
    OrderNumber::parse(number).expect("a sample number is one")
}

/// A row of a store that makes no sense.
#[must_use]
pub fn malformed_row() -> MalformedRow {
    MalformedRow {
        table: "miomente_partner_portal_rebooking_tokens".to_owned(),
        id: "4711-1".to_owned(),
        column: "zone".to_owned(),
        why: "no such time zone".to_owned(),
    }
}

#[expect(clippy::expect_used, reason = "samples name moments that exist")]
fn moment(year: i32, month: u32, day: u32, hour: u32) -> DateTime<Utc> {
    let date = chrono::NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|date| date.and_hms_opt(hour, 0, 0));
    date.expect("a moment that exists").and_utc()
}
