//! Calendars on the web: an address that opens one with a new entry filled in. Whoever follows it
//! tells that calendar of the date, so it holds the course, its time and its place, and nothing of
//! the customer, the order or the link.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::calendar_entry::CalendarEntry;

/// What stands for itself in a query; everything else could end a value (RFC 3986, 2.3).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Google's calendar. It is told once: what becomes of the date later, it does not hear.
#[must_use]
pub fn google_calendar_url(entry: &CalendarEntry) -> String {
    let [begin, end] =
        [entry.starts_at, entry.ends_at].map(|at| at.format("%Y%m%dT%H%M%SZ").to_string());
    let dates = format!("{begin}/{end}");
    filled(
        "https://calendar.google.com/calendar/render?action=TEMPLATE",
        entry,
        &[("text", &entry.summary), ("dates", &dates)],
    )
}

/// Microsoft's calendar on the web, Outlook. It is told once, as well.
#[must_use]
pub fn outlook_calendar_url(entry: &CalendarEntry) -> String {
    let [begin, end] =
        [entry.starts_at, entry.ends_at].map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    filled(
        "https://outlook.live.com/calendar/0/action/compose?rru=addevent",
        entry,
        &[("subject", &entry.summary), ("startdt", &begin), ("enddt", &end)],
    )
}

fn filled(form: &str, entry: &CalendarEntry, values: &[(&str, &str)]) -> String {
    let place = entry.location.as_deref().map(|place| ("location", place));
    values.iter().copied().chain(place).fold(form.to_owned(), |url, (name, value)| {
        format!("{url}&{name}={}", utf8_percent_encode(value, PLAIN))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presentation::calendar_entry::{Method, Person, Status};
    use crate::testing::samples;
    use crate::value::text::FreeText;

    fn entry(summary: &str, location: Option<&str>) -> CalendarEntry {
        let slot = samples::booking().slot;
        CalendarEntry {
            method: Method::Publish,
            uid: "case-7001@umbuchen.example.com".to_owned(),
            sequence: 5,
            stamp: samples::now(),
            status: Status::Tentative,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            summary: summary.to_owned(),
            description: "Bestellung #100007001".to_owned(),
            location: location.map(str::to_owned),
            organizer: Person {
                name: FreeText::line("Miomente", 255),
                address: samples::email("support@example.com"),
            },
            attendee: None,
        }
    }

    #[test]
    fn a_calendar_is_told_the_course_its_time_and_its_place() {
        let entry = entry("Sushi-Kurs für Einsteiger", Some("Kochstraße 5, München"));
        assert_eq!(
            google_calendar_url(&entry),
            "https://calendar.google.com/calendar/render?action=TEMPLATE\
             &text=Sushi-Kurs%20f%C3%BCr%20Einsteiger&dates=20270125T170000Z%2F20270125T200000Z\
             &location=Kochstra%C3%9Fe%205%2C%20M%C3%BCnchen"
        );
        assert_eq!(
            outlook_calendar_url(&entry),
            "https://outlook.live.com/calendar/0/action/compose?rru=addevent\
             &subject=Sushi-Kurs%20f%C3%BCr%20Einsteiger&startdt=2027-01-25T17%3A00%3A00Z\
             &enddt=2027-01-25T20%3A00%3A00Z&location=Kochstra%C3%9Fe%205%2C%20M%C3%BCnchen"
        );
    }

    #[test]
    fn nothing_of_the_order_or_the_customer_is_told_and_no_name_adds_a_value() {
        let entry = entry("A&details=x#y\"><b>?", None);
        for url in [google_calendar_url(&entry), outlook_calendar_url(&entry)] {
            for held_back in ["100007001", "7001@", "Bestellung", "support"] {
                assert!(!url.contains(held_back), "{url}");
            }
            assert!(!url.contains("details=") && !url.contains("location="), "{url}");
            assert!(!url.contains(['#', '"', '<', '>', ' ']), "{url}");
        }
    }
}
