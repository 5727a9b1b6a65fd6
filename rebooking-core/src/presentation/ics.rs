//! Writes a calendar entry as an iCalendar file (RFC 5545, 6047), for mails and pages alike.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

use super::calendar_entry::{CalendarEntry, Method, Person};
use super::locales::text;
use super::mailto::mailto_url;
use crate::value::customer::Language;

/// An iCalendar file: one event, and what a calendar is to do with it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarFile {
    /// `METHOD`; the Content-Type says the same.
    pub method: Method,
    /// The whole file, its lines ended by CRLF.
    pub text: String,
}

impl CalendarFile {
    /// `product` names who wrote it (`PRODID`): letters and dashes.
    #[must_use]
    pub fn new(product: &str, entry: &CalendarEntry) -> Self {
        let mut calendar = Calendar::empty();
        calendar
            .append_property(("VERSION", "2.0"))
            .append_property(("PRODID", format!("-//{product}//rebooking//EN").as_str()))
            .append_property(("CALSCALE", "GREGORIAN"))
            .append_property(("METHOD", entry.method.as_str()))
            .push(event(entry));
        Self { method: entry.method, text: calendar.to_string() }
    }

    /// What the file is called.
    #[must_use]
    pub fn name(language: Language) -> String {
        text!(language, "calendar-file")
    }

    /// The Content-Type of the file.
    #[must_use]
    pub fn content_type(&self) -> String {
        format!("text/calendar; charset=utf-8; method={}", self.method.as_str())
    }
}

fn event(entry: &CalendarEntry) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .timestamp(entry.stamp)
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("STATUS", entry.status.as_str())
        .add_property("DTSTART", utc(entry.starts_at))
        .add_property("DTEND", utc(entry.ends_at))
        .summary(&entry.summary)
        .description(&entry.description)
        .append_property(person("ORGANIZER", &entry.organizer));
    if let Some(attendee) = &entry.attendee {
        let mut attendee = person("ATTENDEE", attendee);
        attendee
            .add_parameter("ROLE", "REQ-PARTICIPANT")
            .add_parameter("PARTSTAT", "ACCEPTED")
            .add_parameter("RSVP", "FALSE");
        event.append_property(attendee);
    }
    if let Some(location) = &entry.location {
        event.location(location);
    }
    event
}

fn person(key: &str, person: &Person) -> Property {
    let mut property = Property::new(key, mailto_url(&person.address));
    // A quoted value holds anything but quotes and control characters (RFC 5545, 3.2).
    let name = person.name.expose().replace('"', "'");
    if !name.is_empty() {
        property.add_parameter("CN", &format!("\"{name}\""));
    }
    property
}

fn utc(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::customer::EmailAddress;
    use crate::value::text::FreeText;

    #[test]
    fn a_place_is_written_with_its_commas_semicolons_and_backslashes_escaped() {
        let mut event = Event::new();
        event.location("Evas Küche, Hof 2; Tür \\3");
        let written = Calendar::empty().push(event).to_string();
        assert!(written.contains("LOCATION:Evas Küche\\, Hof 2\\; Tür \\\\3\r\n"), "{written}");
    }

    #[test]
    fn quotes_in_a_name_do_not_end_it() {
        let somebody = Person {
            name: FreeText::line("Die \"Küche\";X=1", 255),
            address: EmailAddress::parse("a@b.de").unwrap(),
        };
        let organizer = person("ORGANIZER", &somebody);
        let written = Calendar::empty().append_property(organizer).to_string();
        assert!(
            written.contains("ORGANIZER;CN=\"Die 'Küche';X=1\":mailto:a@b.de\r\n"),
            "{written}"
        );
    }
}
