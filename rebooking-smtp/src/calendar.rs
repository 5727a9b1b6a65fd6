//! Writes the calendar entry of a case down as a file (RFC 5545, 6047). What it says is the core's
//! to decide.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use rebooking_core::calendar_entry::{CalendarEntry, Method, Person};

use crate::mailto::mailto;

/// What a calendar is told.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarPart {
    /// What it is to do with it; the Content-Type says the same.
    pub method: Method,
    /// The whole file, its lines ended by CRLF.
    pub text: String,
}

impl CalendarPart {
    pub(crate) fn of(entry: &CalendarEntry) -> Self {
        let mut calendar = Calendar::empty();
        calendar
            .append_property(("VERSION", "2.0"))
            .append_property(("PRODID", "-//rebooking-smtp//rebooking//EN"))
            .append_property(("CALSCALE", "GREGORIAN"))
            .append_property(("METHOD", entry.method.as_str()))
            .push(event(entry));
        Self { method: entry.method, text: calendar.to_string() }
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
    let mut property = Property::new(key, mailto(&person.address));
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
