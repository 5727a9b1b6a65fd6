//! What customers send and read.

use chrono::Weekday;
use rebooking_core::eligibility::Offer;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, Chosen, LinkOffers, NewWish};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::WishKind;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::ToSchema;

use super::words::{ConsequenceWord, MonthNumber, WeekdayWord};
use super::{Amount, day, hours, moment};
use crate::error::RequestError;
use crate::extract::{self, JsonInt};
use crate::messages::{self, calendar, text};

/// The booking behind a link and the dates on offer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkPage {
    token: String,
    original_booking: OriginalBooking,
    available_dates: Vec<AvailableDate>,
    #[schema(format = DateTime)]
    expires_at: String,
}

/// The booking that the link moves. The customer's address is no part of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OriginalBooking {
    order_number: String,
    course_name: String,
    #[schema(format = Date)]
    original_date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    participants: u32,
    customer_name: String,
    price: Amount,
    total: Amount,
    #[schema(example = "EUR")]
    currency: String,
}

/// A date on offer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AvailableDate {
    id: i64,
    course_name: String,
    #[schema(format = Date)]
    date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    spots_available: u32,
    price: Amount,
    total: Amount,
    /// By how much the total is above (or below) what has been paid.
    difference: Amount,
    /// What follows from it.
    #[schema(value_type = ConsequenceWord)]
    consequence: &'static str,
    #[schema(example = "EUR")]
    currency: String,
    proposed_by_partner: bool,
}

impl LinkPage {
    pub(crate) fn new(link: &LinkSecret, shown: &LinkOffers) -> Self {
        let booking = shown.token.booking();
        Self {
            token: link.expose().to_owned(),
            original_booking: OriginalBooking {
                order_number: booking.order_number.to_string(),
                course_name: booking.course.name.clone(),
                original_date: day(&booking.slot),
                time: hours(&booking.slot),
                participants: booking.participants.count(),
                customer_name: booking.customer.name.expose().to_owned(),
                price: Amount(booking.unit_price),
                total: Amount(booking.total()),
                currency: booking.unit_price.currency().to_string(),
            },
            available_dates: shown.offers.iter().map(AvailableDate::from_offer).collect(),
            expires_at: moment(shown.token.expires_at()),
        }
    }
}

impl AvailableDate {
    pub(crate) fn from_offer(offer: &Offer) -> Self {
        let date = offer.date();
        Self {
            id: date.id().value(),
            course_name: date.course.name.clone(),
            date: day(&date.slot),
            time: hours(&date.slot),
            spots_available: date.free(),
            price: Amount(date.unit_price),
            total: Amount(offer.total()),
            difference: Amount(offer.difference()),
            consequence: offer.consequence().as_str(),
            currency: date.unit_price.currency().to_string(),
            proposed_by_partner: offer.proposed(),
        }
    }
}

/// One click.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Selection {
    #[schema(value_type = i64, example = 402)]
    selected_date_id: JsonInt<i64>,
    #[schema(
        max_length = 254,
        pattern = "^\\s*[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\
                   @[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\\s*$",
        example = "erika@example.com"
    )]
    customer_email: String,
    #[serde(default, deserialize_with = "extract::number")]
    #[schema(value_type = Option<f64>, example = 178.00)]
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

/// The answer of success.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChoiceDone)]
pub(crate) struct Done {
    success: bool,
    new_order_number: String,
    order_pending: bool,
    #[schema(format = Date)]
    new_date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    course_name: String,
    participants: u32,
    message: String,
}

impl Done {
    pub(crate) fn new(language: Language, chosen: &Chosen) -> Self {
        let course = chosen
            .token
            .rebooking()
            .map_or(&chosen.token.booking().course, |rebooking| &rebooking.course);
        let difference = chosen.consequence.as_str();
        let amount = messages::difference(language, chosen.consequence);
        let when = calendar::start(language, &chosen.slot);
        Self {
            success: true,
            new_order_number: chosen.order_number.to_string(),
            order_pending: chosen.order_pending,
            new_date: day(&chosen.slot),
            time: hours(&chosen.slot),
            course_name: course.name.clone(),
            participants: chosen.token.booking().participants.count(),
            message: text!(language, "answers-chosen", difference, amount, when),
        }
    }
}

/// A way out when no date fits.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WishForm {
    #[schema(
        max_length = 254,
        pattern = "^\\s*[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\
                   @[^\\s<>,;\"\\\\@\\u0000-\\u001F\\u007F-\\u009F]+\\s*$",
        example = "erika@example.com"
    )]
    customer_email: String,
    #[serde(deserialize_with = "extract::word")]
    kind: WishWord,
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

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WishWord {
    NewDates,
    Other,
    MoneyBack,
}

impl WishForm {
    pub(crate) fn read(self) -> Result<NewWish, RequestError> {
        let text: FreeText = extract::text("text", &self.text)?;
        let weekdays =
            self.weekdays.iter().map(|word| read_weekday(word)).collect::<Result<_, _>>()?;
        Ok(NewWish {
            email: extract::email("customerEmail", &self.customer_email)?,
            kind: match self.kind {
                WishWord::NewDates => WishKind::NewDates,
                WishWord::Other => WishKind::Other,
                WishWord::MoneyBack => WishKind::MoneyBack,
            },
            text,
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

/// A sentence for the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct Said {
    pub(crate) message: String,
}
