//! What customers send and read.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use rebooking_core::eligibility::Offer;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, Chosen, ExchangeOffers, LinkOffers, NewWish};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::wish::WishKind;
use serde::Deserialize;
use serde_json::Number;
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder};

use super::words::{ConsequenceWord, MonthNumber, WeekdayWord, WishWord};
use super::{Amount, CourseVenue, body, day, hours, moment, text_like};
use crate::error::RequestError;
use crate::extract::{self, JsonInt};
use crate::messages::{self, calendar, text};

body! {
    /// The booking behind a link and the dates on offer.
    pub(crate) struct LinkPage(link: &LinkSecret, shown: &LinkOffers) {
        token: String = link.expose().to_owned();
        original_booking: OriginalBooking = OriginalBooking::new(shown.token.booking());
        available_dates: Vec<AvailableDate> = available(&shown.offers);
        expires_at: DateTime<Utc> = moment(shown.token.expires_at());
    }

    /// The booking that the link moves. The customer's address is no part of it.
    struct OriginalBooking(booking: &Booking) {
        order_number: String = booking.order_number.to_string();
        course_name: String = booking.course.name.clone();
        original_date: NaiveDate = day(&booking.slot);
        time: String = hours(&booking.slot), like "18:00 - 21:00";
        participants: u32 = booking.participants.count();
        customer_name: String = booking.customer.name.expose().to_owned();
        venue: Option<CourseVenue> = booking.course.venue.as_ref().map(CourseVenue::new),
            unless "Option::is_none";
        price: Amount = Amount(booking.unit_price);
        total: Amount = Amount(booking.paid);
        currency: String = booking.unit_price.currency().to_string(), like "EUR";
    }

    /// A date on offer.
    pub(crate) struct AvailableDate(offer: &Offer)
    where
        date = offer.date();
    {
        id: i64 = date.id().value();
        course_name: String = date.course.name.clone();
        date: NaiveDate = day(&date.slot);
        time: String = hours(&date.slot), like "18:00 - 21:00";
        venue: Option<CourseVenue> = date.course.venue.as_ref().map(CourseVenue::new),
            unless "Option::is_none";
        spots_available: u32 = date.free();
        price: Amount = Amount(date.unit_price);
        total: Amount = Amount(offer.total());
        /// By how much the total is above (or below) what has been paid.
        difference: Amount = Amount(offer.difference());
        /// What follows from it.
        consequence: ConsequenceWord = offer.consequence().into();
        currency: String = date.unit_price.currency().to_string(), like "EUR";
        proposed_by_partner: bool = offer.proposed();
    }

    /// What a backup that was booked can be exchanged for.
    pub(crate) struct ExchangeDates(shown: &ExchangeOffers) {
        available_dates: Vec<AvailableDate> = available(&shown.offers);
    }

    /// The answer of success.
    pub(crate) struct ChoiceDone(language: Language, chosen: &Chosen)
    where
        booking = chosen.token.booking();
        course = chosen.token.rebooking().map_or(&booking.course, |chosen| &chosen.course);
        difference = chosen.consequence.as_str();
        amount = messages::difference(language, chosen.consequence);
        when = calendar::start(language, &chosen.slot);
    {
        success: bool = true;
        new_order_number: String = chosen.order_number.to_string();
        order_pending: bool = chosen.order_pending;
        new_date: NaiveDate = day(&chosen.slot);
        time: String = hours(&chosen.slot), like "18:00 - 21:00";
        course_name: String = course.name.clone();
        participants: u32 = booking.participants.count();
        message: String = text!(language, "answers-chosen", difference, amount, when);
    }

    /// A sentence for the caller.
    pub(crate) struct Message(sentence: String) {
        message: String = sentence;
    }
}

pub(crate) fn available(offers: &[Offer]) -> Vec<AvailableDate> {
    offers.iter().map(AvailableDate::new).collect()
}

/// The e-mail address of a customer.
pub(in crate::dto) fn email() -> Object {
    let rules = ObjectBuilder::new().max_length(Some(254)).pattern(Some(
        "^\\s*[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\
         @[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\\s*$",
    ));
    text_like(rules, "erika@example.com")
}

/// One click.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Selection {
    #[schema(value_type = i64, example = 402)]
    selected_date_id: JsonInt<i64>,
    #[schema(schema_with = email)]
    customer_email: String,
    /// The total that the customer has seen, with no more decimals than its currency has.
    #[serde(default, deserialize_with = "extract::number")]
    #[schema(
        value_type = Option<f64>, example = 178.00,
        minimum = -10_000_000_000_000_i64, maximum = 10_000_000_000_000_i64
    )]
    expected_total: Option<Number>,
}

impl Selection {
    pub(crate) fn read(self) -> Result<Choice, RequestError> {
        Ok(Choice {
            date: CourseDateId::new(self.selected_date_id.0),
            email: extract::email("customerEmail", &self.customer_email)?,
            expected_total: self.expected_total.map(|total| total.to_string()),
        })
    }
}

/// A way out when no date fits. One of the kind `other` names a text, a weekday or a month; what
/// is not named may be left out or empty.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WishForm {
    #[schema(schema_with = email)]
    customer_email: String,
    #[schema(value_type = WishWord)]
    kind: WishKind,
    /// With the kind `other` it may only be empty where a weekday or a month is named.
    #[serde(default)]
    #[schema(max_length = 2000, example = "Lieber sonntags")]
    text: String,
    #[serde(default)]
    #[schema(value_type = Vec<WeekdayWord>)]
    weekdays: Vec<String>,
    #[serde(default)]
    #[schema(value_type = Vec<MonthNumber>)]
    months: Vec<JsonInt<u32>>,
}

impl WishForm {
    pub(crate) fn read(self) -> Result<NewWish, RequestError> {
        let weekdays =
            self.weekdays.iter().map(|word| read_weekday(word)).collect::<Result<_, _>>()?;
        Ok(NewWish {
            email: extract::email("customerEmail", &self.customer_email)?,
            kind: self.kind,
            text: extract::text("text", &self.text)?,
            weekdays: extract::dedup_max("weekdays", weekdays, WEEK.len())?,
            months: extract::dedup_max(
                "months",
                self.months.into_iter().map(|JsonInt(month)| month).collect(),
                12,
            )?,
        })
    }
}

pub(crate) const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// The word for a weekday.
pub(crate) fn weekday(day: Weekday) -> &'static str {
    WEEK.iter().find(|(known, _)| *known == day).map_or("", |(_, word)| word)
}

pub(crate) fn read_weekday(word: &str) -> Result<Weekday, RequestError> {
    let found = WEEK.iter().find(|(_, known)| *known == word);
    found.map(|(day, _)| *day).ok_or_else(|| RequestError::field("weekdays"))
}
