//! The chosen date as a file for the customer's calendar (RFC 5545). What it says is the core's to
//! decide: it is the entry that the mails are about, so a calendar that gets both knows them for
//! one.

use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rebooking_core::calendar_entry::{CalendarEntry, Person};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::Language;

use crate::settings::HttpSettings;

/// The file for a link whose date stands; `None` for any other.
pub(crate) fn file(
    settings: &HttpSettings,
    language: Language,
    token: &RebookingToken,
) -> Option<Response> {
    // The moment of the state that it tells of, which is stored: the same file however often it is
    // fetched.
    let since = token.rebooking()?.since;
    let places = settings.places.as_ref();
    let entry =
        CalendarEntry::on_page(token, since, language, &settings.brand, &settings.base, places)?;
    let name = match language {
        Language::German => "termin.ics",
        Language::English => "date.ics",
    };
    let headers = [
        (CONTENT_TYPE, format!("text/calendar; charset=utf-8; method={}", entry.method.as_str())),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Some((headers, written(&entry)).into_response())
}

fn written(entry: &CalendarEntry) -> String {
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
        .append_property(organizer(&entry.organizer));
    if let Some(location) = &entry.location {
        event.location(location);
    }
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//rebooking-http//rebooking//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", entry.method.as_str()))
        .push(event);
    calendar.to_string()
}

fn organizer(person: &Person) -> Property {
    // What stands for itself in a link; everything else could end the address (RFC 6068).
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'@')
        .remove(b'.')
        .remove(b'-')
        .remove(b'_')
        .remove(b'~')
        .remove(b'+');
    let address = utf8_percent_encode(person.address.expose(), PLAIN);
    let mut property = Property::new("ORGANIZER", format!("mailto:{address}"));
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
    use rebooking_core::value::customer::EmailAddress;
    use rebooking_core::value::text::FreeText;

    use super::*;

    #[test]
    fn quotes_in_a_name_do_not_end_it() {
        let person = Person {
            name: FreeText::line("Die \"Küche\";X=1", 255),
            address: EmailAddress::parse("a@b.de").unwrap(),
        };
        let written = Calendar::empty().append_property(organizer(&person)).to_string();
        assert!(
            written.contains("ORGANIZER;CN=\"Die 'Küche';X=1\":mailto:a@b.de\r\n"),
            "{written}"
        );
    }
}
