//! What a ticket is about: the booking as it was when the ticket was opened.

use rebooking_core::presentation::format;
use rebooking_core::presentation::locales::{Locales, text};
use rebooking_core::value::booking::Booking;

use super::Texts;

/// Lines of a name and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Description(Vec<String>);

impl Texts {
    pub(crate) fn description(self, booking: &Booking) -> Description {
        let locales = Locales::of_process();
        let spoken = locales.spoken(booking.customer.language);
        let (language, name) = (spoken.as_str(), locales.name(spoken));
        Description(vec![
            text!(self.0, "helpdesk-order", number = booking.order_number.as_str()),
            text!(self.0, "helpdesk-course", course = &booking.course.name),
            text!(self.0, "helpdesk-date", date = format::start(self.0, &booking.slot)),
            text!(self.0, "helpdesk-people", count = booking.participants.count()),
            text!(self.0, "helpdesk-language", language, name),
        ])
    }
}

impl Description {
    /// As a page.
    pub(crate) fn page(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|line| escape(line)).collect();
        format!("<p>{}</p>", lines.join("<br/>"))
    }

    /// As a text.
    pub(crate) fn plain(&self) -> String {
        self.0.join("\n")
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use rebooking_core::testing::samples;
    use rebooking_core::value::customer::Language;

    #[test]
    fn a_ticket_says_what_it_is_about_and_not_who() {
        let mut booking = samples::booking();
        booking.course.name = "Fisch & <b>Reis</b>".into();
        let description = Texts::new(Language::GERMAN).description(&booking);
        assert_eq!(
            description.page(),
            "<p>Bestellung: 100007001<br/>Kurs: Fisch &amp; &lt;b&gt;Reis&lt;/b&gt;<br/>\
             Termin: Montag, 25.01.2027, 18:00 Uhr<br/>Personen: 2<br/>Sprache: Deutsch</p>"
        );
        let description = Texts::new(Language::ENGLISH).description(&booking);
        assert_eq!(
            description.plain(),
            "Order: 100007001\nCourse: Fisch & <b>Reis</b>\n\
             Date: Monday, 25 January 2027, 18:00\nPeople: 2\nLanguage: German"
        );
    }
}
