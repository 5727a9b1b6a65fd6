//! Events as webhooks carry them. No link and no address is in them, unless the host asks for the
//! customer.

use chrono::{DateTime, Utc};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::event::{Event, EventBooking};
use rebooking_core::value::customer::Customer;
use rebooking_core::value::money::Money;

use super::words::{CancelWord, CauseWord, ConsequenceWord, EventWord, LanguageTag, WishWord};
use super::{body, moment};

body! {
    /// What is sent for one event, in the shape of Standard Webhooks.
    pub(crate) struct WebhookBody(event: &Event) {
        r#type: EventWord = event.kind.into();
        /// When it happened.
        timestamp: DateTime<Utc> = moment(event.at);
        data: EventData = EventData::new(event);
    }

    /// What an event says of its case.
    struct EventData(event: &Event) {
        /// The same for the same event, always: join by it. Also in the header `webhook-id`.
        id: String = event.id.to_string(), like "7001-1-event-rebooking-chosen";
        case_id: i64 = event.token.case.value();
        /// Which link of the case.
        step: u32 = event.token.step;
        cause: CauseWord = event.cause.into();
        /// What the link moves.
        booking: EventBookingBody = EventBookingBody::new(&event.before);
        /// What it was moved to, from the choice on.
        rebooking: Option<EventBookingBody> = event.after.as_ref().map(EventBookingBody::new),
            unless "Option::is_none";
        /// What followed from the difference in price, from the choice on.
        difference: Option<Difference> = event.price.map(Difference::new),
            unless "Option::is_none";
        /// Why a rebooking was called off.
        cancelled: Option<CancelWord> = event.cancelled.map(Into::into), unless "Option::is_none";
        /// What the customer asked for.
        wish: Option<WishWord> = event.wish.map(Into::into), unless "Option::is_none";
        /// Only where the host asks for it.
        customer: Option<EventCustomer> = event.customer.as_ref().map(EventCustomer::new),
            unless "Option::is_none";
    }

    struct EventBookingBody(booking: &EventBooking) {
        order_id: i64 = booking.order.value();
        order_number: String = booking.order_number.to_string(), like "100012345";
        order_item_id: i64 = booking.item.value();
        course_id: i64 = booking.course.id.value();
        sku: String = booking.course.sku.clone();
        course_name: String = booking.course.name.clone();
        date_id: i64 = booking.slot.id.value();
        starts_at: DateTime<Utc> = moment(booking.slot.starts_at);
        ends_at: DateTime<Utc> = moment(booking.slot.ends_at);
        time_zone: &'static str = booking.slot.zone.name(), like "Europe/Berlin";
        participants: u32 = booking.participants.count();
        /// The list price of one place.
        price: MinorUnits = MinorUnits::new(booking.unit_price);
        /// What is paid for all places, once a difference is settled.
        paid: MinorUnits = MinorUnits::new(booking.paid);
        partner_id: i64 = booking.partner.value();
    }

    /// What follows from a difference in price.
    struct Difference(difference: PriceAdjustment) {
        consequence: ConsequenceWord = difference.into();
        amount: Option<MinorUnits> = amount(difference).map(MinorUnits::new),
            unless "Option::is_none";
    }

    /// An amount in the smallest unit of its currency: cents.
    struct MinorUnits(amount: Money) {
        minor_units: i64 = amount.minor(), like 8900;
        currency: String = amount.currency().to_string(), like "EUR";
    }

    struct EventCustomer(customer: &Customer) {
        name: String = customer.name.expose().to_owned();
        email: String = customer.email.expose().to_owned();
        language: LanguageTag = LanguageTag(customer.language);
    }
}

const fn amount(difference: PriceAdjustment) -> Option<Money> {
    match difference {
        PriceAdjustment::Same => None,
        PriceAdjustment::Absorbed(amount)
        | PriceAdjustment::Refund(amount)
        | PriceAdjustment::ToPay(amount) => Some(amount),
    }
}
