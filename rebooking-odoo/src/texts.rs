//! What tickets say, in German and English. Notes are one paragraph, as Odoo shows a plain text as
//! one. No link is in them, and the customer is named in the ticket's own fields alone.

mod description;
mod note;

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
        let number = &booking.order_number;
        self.pick(format!("Umbuchung {number}"), format!("Rebooking {number}"))
    }

    fn pick<T>(self, german: T, english: T) -> T {
        match self.0 {
            Language::German => german,
            Language::English => english,
        }
    }
}
