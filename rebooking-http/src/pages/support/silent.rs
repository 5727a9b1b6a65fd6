//! Bookings as they were sold whose partners do not answer, for support to call them.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::confirmation::Confirmation;
use rebooking_core::service::PartnerNames;
use rebooking_core::value::customer::Language;

use crate::error::ApiError;
use crate::messages::{calendar, text};
use crate::pages::signed_in::{SignedIn, SupportName};

/// `page.silent` of `support/effects.html`.
pub(super) async fn rows(request: &SignedIn<SupportName>) -> Result<Vec<Value>, ApiError> {
    let found = request.support().silent_partners().await?.requests;
    let partners = found.iter().map(|one| one.booking.partner.id);
    let names = request.app.rebookings().partner_names(partners).await;
    Ok(found.iter().map(|one| row(request.language(), one, &names)).collect())
}

fn row(language: Language, request: &Confirmation, names: &PartnerNames) -> Value {
    let booking = &request.booking;
    let number = booking.order_number.to_string();
    let query: String = form_urlencoded::byte_serialize(number.as_bytes()).collect();
    let id = booking.partner.id.to_string();
    let partner = match names.get(booking.partner.id) {
        Some(name) => text!(language, "portal-partner-named", name, id),
        None => text!(language, "portal-partner", id),
    };
    context! {
        number,
        query,
        course => &booking.course.name,
        date => calendar::start(language, &booking.slot),
        customer => booking.customer.name.expose(),
        partner,
        asked => calendar::short_moment(language, booking.slot.zone, request.opened_at),
    }
}
