//! Writes calendar entries as an iCalendar file (RFC 5545, 6047), for mails, pages and programs
//! that subscribe alike.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

use super::calendar_entry::{CalendarEntry, Method, Person};
use super::locales::text;
use super::mailto::mailto_url;
use crate::value::customer::Language;

/// An iCalendar file: its events, and what a calendar is to do with them.
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
        let mut calendar = empty(product, entry.method);
        calendar.push(event(entry));
        Self { method: entry.method, text: calendar.to_string() }
    }

    /// A calendar to subscribe to, of that name, with all of these entries. Programs are told to
    /// look again every hour.
    #[must_use]
    pub fn feed(product: &str, name: &str, entries: &[CalendarEntry]) -> Self {
        let method = Method::Publish;
        let mut calendar = empty(product, method);
        calendar.name(name).ttl(&TimeDelta::hours(1));
        calendar.extend(entries.iter().map(event));
        Self { method, text: calendar.to_string() }
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

fn empty(product: &str, method: Method) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", format!("-//{product}//rebooking//EN").as_str()))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", method.as_str()));
    calendar
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
    fn a_feed_says_its_name_and_that_programs_look_again_every_hour() {
        let feed = CalendarFile::feed("test", "Termine, Müller", &[]).text;
        for line in [
            "METHOD:PUBLISH",
            "X-WR-CALNAME:Termine\\, Müller",
            "NAME:Termine\\, Müller",
            "X-PUBLISHED-TTL:PT3600S",
            "REFRESH-INTERVAL;VALUE=DURATION:PT3600S",
        ] {
            assert!(feed.contains(&format!("{line}\r\n")), "{line}: {feed}");
        }
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
