//! The booking, the dates to choose from, and the ways out when none fits.

use rebooking_core::RebookError;
use rebooking_core::eligibility::Offer;
use rebooking_core::service::LinkOffers;
use rebooking_core::token::{Cause, RebookingToken};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::Language;
use serde::Serialize;

use super::super::form::typed_address;
use super::super::notice::{LeadsTo, Notice};
use crate::error::{ApiError, ErrorResponse};
use crate::extract::Fields;
use crate::messages::{self, calendar, text};

/// `page` in `customer/choose.html`.
#[derive(Serialize)]
pub(super) struct Choose {
    notice: Option<Notice>,
    booking: Booking,
    dates: Vec<Date>,
    money_back: bool,
    validity: String,
    #[serde(flatten)]
    typed: Typed,
}

#[derive(Serialize)]
struct Booking {
    order_number: String,
    course: String,
    date: String,
    participants: u32,
}

#[derive(Serialize)]
struct Date {
    /// Of its card.
    id: String,
    /// What its button sends: the date and the total that is shown.
    value: String,
    proposed: bool,
    /// Where it is another one than the booked one.
    course: Option<String>,
    day: String,
    hours: String,
    places: String,
    per_person: String,
    /// Where it is more than the price for one.
    total: Option<String>,
    difference: String,
    button: String,
    /// The whole choice, for who does not see the card around the button.
    label: String,
}

/// What the customer has typed and ticked.
#[derive(Default, Serialize)]
pub(super) struct Typed {
    typed: String,
    opened: String,
    ticked: Vec<String>,
    text: String,
    refund_text: String,
}

impl Choose {
    pub(super) fn new(
        language: Language,
        shown: &LinkOffers,
        money_back: bool,
        notice: Option<Notice>,
        typed: Typed,
    ) -> Self {
        let token = &shown.token;
        let until = token.booking().slot.zone.local(token.expires_at());
        let day = calendar::day(language, until);
        Self {
            notice,
            booking: Booking::new(language, token),
            dates: shown.offers.iter().map(|offer| Date::new(language, token, offer)).collect(),
            money_back,
            validity: text!(language, "page-valid-until", day, hour = calendar::clock(until)),
            typed,
        }
    }
}

/// What was wrong with a form of this page, and where on the page to mend it: as it is shown now.
pub(super) fn mistaken(
    language: Language,
    refused: &ApiError,
    told: &ErrorResponse,
    shown: &LinkOffers,
) -> Notice {
    let message = || told.message.clone();
    if told.is_about_the_address() {
        return Notice::bad(message(), Some("customerEmail".into()));
    }
    let is_offered = |slot: &&Slot| shown.offers.iter().any(|offer| offer.date().id() == slot.id);
    match refused {
        ApiError::Core(RebookError::ChooseAgain { slot, .. }) => {
            match slot.as_ref().filter(is_offered) {
                Some(slot) => Notice::leading(message(), anchor(slot), LeadsTo::Date),
                None => choose_another(message(), shown),
            }
        }
        _ if told.wrong_field() == Some("choice") && shown.offers.is_empty() => {
            choose_another(text!(language, "page-nothing-to-choose"), shown)
        }
        _ if told.wrong_field() == Some("choice") => choose_another(message(), shown),
        _ => Notice::mistake(told, |field| match field {
            "customerEmail" | "text" | "refundText" | "weekdays" | "months" => {
                Some(field.to_owned())
            }
            _ => None,
        }),
    }
}

/// Leads to the dates, or where there is none to the other ways out.
fn choose_another(message: String, shown: &LinkOffers) -> Notice {
    if shown.offers.is_empty() {
        Notice::leading(message, "wishes".into(), LeadsTo::Wishes)
    } else {
        Notice::leading(message, "dates".into(), LeadsTo::Dates)
    }
}

/// The id of a date's card on the page.
fn anchor(slot: &Slot) -> String {
    format!("date-{}", slot.id.value())
}

impl Booking {
    fn new(language: Language, token: &RebookingToken) -> Self {
        let booking = token.booking();
        let day = calendar::day(language, booking.slot.local_start());
        let lost = match token.cause() {
            Cause::DateWithdrawn => text!(language, "page-called-off", day = &day),
            Cause::Manual => day,
            Cause::Declined | Cause::OrderRefused => text!(language, "page-declined", day = &day),
            // The link before it was one of these; one that was sent by hand still holds the date.
            Cause::Replaced if token.origin().is_none() => day,
            Cause::Replaced => text!(language, "page-declined", day = &day),
        };
        Self {
            order_number: booking.order_number.to_string(),
            course: booking.course.name.clone(),
            date: lost,
            participants: booking.participants.count(),
        }
    }
}

impl Date {
    fn new(language: Language, token: &RebookingToken, offer: &Offer) -> Self {
        let (date, booking) = (offer.date(), token.booking());
        let people = booking.participants.count();
        let start = calendar::start(language, &date.slot);
        let total = calendar::amount(language, offer.total());
        let total = text!(language, "page-for-people", total, people);
        let difference = offer.consequence().as_str();
        let amount = messages::difference(language, offer.consequence());
        let [paid, price] =
            [booking.total(), date.unit_price].map(|money| calendar::amount(language, money));
        Self {
            id: anchor(&date.slot),
            value: format!("{}:{}", date.id().value(), offer.total().decimal()),
            proposed: offer.proposed(),
            course: (date.course.id != booking.course.id).then(|| date.course.name.clone()),
            day: calendar::long_day(language, date.slot.local_start()),
            hours: calendar::times(language, &date.slot),
            places: text!(language, "page-places", free = date.free()),
            per_person: text!(language, "page-per-person", price),
            difference: text!(language, "page-difference", difference, amount, paid),
            button: text!(language, "page-choose", difference),
            label: text!(language, "page-choose-this", difference, start, total = &total),
            total: (people > 1).then_some(total),
        }
    }
}

impl Typed {
    pub(super) fn from_form(form: &Fields) -> Self {
        let text = |name| form.text(name).unwrap_or_default().chars().take(2000).collect();
        Self {
            typed: typed_address(form),
            opened: text("wish"),
            ticked: form.all("weekdays").chain(form.all("months")).map(str::to_owned).collect(),
            text: text("text"),
            refund_text: text("refundText"),
        }
    }
}
