//! The booking, the dates to choose from, and the ways out when none fits.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::eligibility::Offer;
use rebooking_core::presentation::Presentation;
use rebooking_core::service::LinkOffers;
use rebooking_core::token::{Cause, RebookingToken};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::super::form::Entered;
use super::super::notice::{ADDRESS, LeadsTo, Notice};
use super::ask::ask_within;
use super::browse::Browse;
use super::many::Many;
use crate::error::{ApiError, ErrorResponse};
use crate::extract::{Fields, HONEYPOT};
use crate::messages::{self, calendar, text};
use crate::pages::locale::PageLocale;
use crate::settings::HttpSettings;

/// `page` in `customer/choose.html`, with what was typed and ticked before. `many`: how the dates
/// are browsed, where there are many.
pub(super) fn view(
    locale: &PageLocale,
    settings: &HttpSettings,
    shown: &LinkOffers,
    money_back: bool,
    notice: Option<Notice>,
    entered: Entered<'_>,
    many: Option<&Browse>,
) -> Value {
    let (language, token) = (locale.language(), &shown.token);
    let presentation = &settings.presentation;
    let until = token.booking().slot.zone.local(token.expires_at());
    let day = calendar::day(language, until);
    let date = |offer| date(language, presentation, token, offer);
    let dates: Vec<Value> = shown.offers.iter().map(date).collect();
    let (offers, lost) = (&shown.offers, token.booking().slot.starts_at);
    let kept = many.and_then(|_| kept(shown, notice.as_ref(), entered));
    context! {
        notice,
        booking => booking(language, presentation, token),
        // What was chosen when only the address was missing.
        kept => kept.and_then(|index| dates.get(index)),
        many => many.map(|browse| Many { locale, offers, lost, browse }.view(&dates)),
        dates,
        // By when to ask, where there is none.
        ask_within => ask_within(language, settings),
        money_back,
        validity => text!(language, "page-valid-until", day, hour = calendar::clock(until)),
        typed => entered.typed_address(),
        opened => entered.typed("wish"),
        ticked => entered.ticked(&["weekdays", "months"]),
        text => entered.typed("text"),
        refund_text => entered.typed("refundText"),
    }
}

/// What was wrong with a form of this page, and where on the page to mend it: as it is shown now.
pub(super) fn mistaken(
    language: Language,
    refused: &ApiError,
    response: &ErrorResponse,
    shown: &LinkOffers,
    form: &Fields,
) -> Notice {
    let message = || response.message.clone();
    if response.wrong_field() == Some(HONEYPOT) {
        return press_again(message(), shown, form).after(response);
    }
    if response.is_about_the_address() {
        return Notice::bad(message(), Some(ADDRESS.into()));
    }
    let is_offered = |slot: &&Slot| shown.offers.iter().any(|offer| offer.date().id() == slot.id);
    match refused {
        ApiError::Core(RebookError::ChooseAgain { slot, .. }) => {
            match slot.as_ref().filter(is_offered) {
                Some(slot) => Notice::leading(message(), anchor(slot), LeadsTo::Date),
                None => choose_another(message(), shown),
            }
        }
        _ if response.wrong_field() == Some("choice") && shown.offers.is_empty() => {
            choose_another(text!(language, "page-nothing-to-choose"), shown)
        }
        _ if response.wrong_field() == Some("choice") => choose_another(message(), shown),
        _ => Notice::mistake(response, |field| match field {
            "customerEmail" | "text" | "refundText" | "weekdays" | "months" => {
                Some(field.to_owned())
            }
            _ => None,
        }),
    }
}

/// Leads to the button that was pressed.
fn press_again(message: String, shown: &LinkOffers, form: &Fields) -> Notice {
    let chosen = form.text("choice").and_then(|choice| choice.split_once(':'));
    let chosen = chosen.and_then(|(date, _)| date.parse().ok().map(CourseDateId::new));
    let mut slots = shown.offers.iter().map(|offer| offer.date().slot);
    match slots.find(|slot| Some(slot.id) == chosen) {
        _ if form.text("wish").is_some() => {
            Notice::leading(message, "wishes".into(), LeadsTo::Wishes)
        }
        Some(slot) => Notice::leading(message, anchor(&slot), LeadsTo::Date),
        None => choose_another(message, shown),
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

/// Which date was chosen by a form that lacks nothing but the right address. Never one whose total
/// is another by now.
fn kept(shown: &LinkOffers, notice: Option<&Notice>, entered: Entered<'_>) -> Option<usize> {
    let choice =
        entered.field("choice").filter(|_| notice.is_some_and(Notice::asks_for_address))?;
    shown.offers.iter().position(|offer| value(offer) == choice)
}

/// What the button of a date sends: the date and the total that is shown.
fn value(offer: &Offer) -> String {
    format!("{}:{}", offer.date().id().value(), offer.total().decimal())
}

/// The id of a date's card on the page.
fn anchor(slot: &Slot) -> String {
    format!("date-{}", slot.id.value())
}

/// `page.booking`
fn booking(language: Language, presentation: &Presentation, token: &RebookingToken) -> Value {
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
    context! {
        order_number => booking.order_number.to_string(),
        course => &booking.course.name,
        date => lost,
        place => presentation.place_of(booking),
        participants => booking.participants.count(),
    }
}

/// One of `page.dates`.
fn date(
    language: Language,
    presentation: &Presentation,
    token: &RebookingToken,
    offer: &Offer,
) -> Value {
    let (date, booking) = (offer.date(), token.booking());
    let people = booking.participants.count();
    let start = calendar::start(language, &date.slot);
    let moved = Booking { slot: date.slot, course: date.course.clone(), ..booking.clone() };
    let total = calendar::amount(language, offer.total());
    let total = text!(language, "page-for-people", total, people);
    let difference = offer.consequence().as_str();
    let amount = messages::difference(language, offer.consequence());
    let [paid, price] =
        [booking.paid, date.unit_price].map(|money| calendar::amount(language, money));
    context! {
        // Of its card.
        id => anchor(&date.slot),
        value => value(offer),
        proposed => offer.proposed(),
        same_price => difference == "same",
        // Where it is another one than the booked one.
        course => (date.course.id != booking.course.id).then_some(&date.course.name),
        day => calendar::long_day(language, date.slot.local_start()),
        hours => calendar::times(language, &date.slot),
        clock => calendar::clock(date.slot.local_start()),
        place => presentation.place_of(&moved),
        places => text!(language, "page-places", free = date.free()),
        per_person => text!(language, "page-per-person", price),
        difference => text!(language, "page-difference", difference, amount, paid),
        button => text!(language, "page-choose", difference),
        // The whole choice, for who does not see the card around the button.
        label => text!(language, "page-choose-this", difference, start, total = &total),
        // Where it is more than the price for one.
        total => (people > 1).then_some(&total),
    }
}
