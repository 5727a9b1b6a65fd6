//! Bookings as they were sold whose partners do not answer, as support reads them.

use chrono::{DateTime, NaiveDate, Utc};
use rebooking_core::confirmation::Confirmation;
use rebooking_core::service::{PartnerNames, SilentList};

use super::{body, day, hours, moment};

body! {
    pub(crate) struct SilentPartners(found: &SilentList, names: &PartnerNames)
    where
        rows = found.requests.iter();
    {
        requests: Vec<SilentRow> = rows.map(|request| SilentRow::new(request, names)).collect();
        /// Whether there are more than are in the list.
        more: bool = found.more;
    }

    /// What a partner was asked.
    struct SilentRow(request: &Confirmation, names: &PartnerNames)
    where
        booking = &request.booking;
    {
        id: i64 = request.id.value();
        order_number: String = booking.order_number.to_string();
        order_item_id: i64 = booking.item.value();
        course_name: String = booking.course.name.clone();
        date: NaiveDate = day(&booking.slot);
        time: String = hours(&booking.slot), like "18:00 - 21:00";
        participants: u32 = booking.participants.count();
        customer_name: String = booking.customer.name.expose().to_owned();
        partner_id: i64 = booking.partner.id.value();
        /// What people call the partner, where a list of partners says it.
        partner_name: Option<String> = names.get(booking.partner.id).map(str::to_owned),
            unless "Option::is_none";
        opened_at: DateTime<Utc> = moment(request.opened_at);
        /// Since when the partner counts as silent.
        silent_since: Option<DateTime<Utc>> = request.silent_at.map(moment);
    }
}
