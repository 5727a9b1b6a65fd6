//! What tickets say, in the languages of the process. Notes are one paragraph, as Odoo shows a
//! plain text as one. No link is in them, and the customer is named in the ticket's own fields
//! alone.

mod description;
mod note;

use rebooking_core::presentation::locales::text;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::Language;

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Texts(Language);

impl Texts {
    pub(crate) const fn new(language: Language) -> Self {
        Self(language)
    }

    /// The subject of a ticket.
    pub(crate) fn subject(self, booking: &Booking) -> String {
        text!(self.0, "helpdesk-subject", number = booking.order_number.as_str())
    }
}
