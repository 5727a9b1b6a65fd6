//! The calendar entry of a case: one for all its dates, moved, confirmed and taken out by later mails (RFC 5545, 5546).

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use rebooking_core::booking::Booking;
use rebooking_core::customer::Language;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::text::FreeText;

use crate::config::MailSettings;

/// What a calendar is told.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarPart {
    /// What it is to do with it; the Content-Type says the same.
    pub method: Method,
    /// The whole file, its lines ended by CRLF.
    pub text: String,
}

/// What a calendar is to do with an entry (RFC 5546, 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Take it in, or change the one that is there.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// The word of the standard.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// What a mail says about the entry.
struct Entry<'a> {
    booking: &'a Booking,
    method: Method,
    status: &'static str,
    phase: Phase,
}

/// When in its step a mail comes. Of two mails about one entry the later has the larger number, whatever order they arrive in.
#[derive(Clone, Copy)]
enum Phase {
    /// A link is issued because the date before was lost.
    Lost = 0,
    /// The customer has chosen.
    Chosen = 1,
    /// The partner has confirmed.
    Confirmed = 2,
    /// The chosen date was lost, and no link follows.
    LostForGood = 3,
}

/// The calendar part of a notice, where it has one: a new date provisional, then confirmed, and a date out that an earlier mail has
/// put in. A date that the shop refused was never put in: customers are written to once the order is made.
pub(crate) fn part(
    notice: &Notice,
    settings: &MailSettings,
    place: &dyn Fn(&Booking) -> Option<String>,
) -> Option<CalendarPart> {
    let request = |booking, status, phase| Entry { booking, method: Method::Request, status, phase };
    let cancel = |booking, phase| Entry { booking, method: Method::Cancel, status: "CANCELLED", phase };
    let entry = match &notice.message {
        Message::Rebooked { after, .. } => request(after, "TENTATIVE", Phase::Chosen),
        Message::PartnerConfirmed { booking } => request(booking, "CONFIRMED", Phase::Confirmed),
        Message::Declined { booking, rebooked_before: true, .. } => cancel(booking, Phase::Lost),
        Message::LimitReached { booking, rebooked_before: true, .. } => cancel(booking, Phase::LostForGood),
        Message::Declined { rebooked_before: false, .. }
        | Message::LimitReached { rebooked_before: false, .. }
        | Message::LinkSent { .. }
        | Message::LinkReplaced { .. }
        | Message::PartnerRequest { .. }
        | Message::PartnerWithdrawn { .. }
        | Message::Reminder { .. }
        | Message::OrderRefused { .. }
        | Message::NewDates { .. } => return None,
    };
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//rebooking-smtp//rebooking//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", entry.method.word()))
        .push(event(&entry, notice, settings, place(entry.booking)));
    Some(CalendarPart { method: entry.method, text: calendar.to_string() })
}

fn event(entry: &Entry<'_>, notice: &Notice, settings: &MailSettings, place: Option<String>) -> Event {
    let Entry { booking, status, phase, .. } = *entry;
    let sequence = u64::from(notice.token.step) * 4 + phase as u64;
    let (order, party) = (&booking.order_number, booking.participants.count());
    let description = match notice.language {
        Language::German => format!("Bestellung #{order}\nTeilnehmer: {party}"),
        Language::English => format!("Order #{order}\nParticipants: {party}"),
    };
    let mut event = Event::new();
    event
        .uid(&format!("case-{}@{}", notice.token.case, settings.domain()))
        .timestamp(notice.at)
        .add_property("SEQUENCE", sequence.to_string())
        .add_property("STATUS", status)
        .add_property("DTSTART", utc(booking.slot.starts_at))
        .add_property("DTEND", utc(booking.slot.ends_at))
        .summary(&line(&booking.course.name))
        .description(&description)
        .append_property(person("ORGANIZER", settings.brand.name.as_str(), settings.reply_to.expose()))
        .append_property(attendee(notice));
    if let Some(place) = place {
        event.location(&line(&place));
    }
    event
}

/// Nobody is asked to answer: the customer has chosen already.
fn attendee(notice: &Notice) -> Property {
    let mut attendee = person("ATTENDEE", notice.name.expose(), notice.to.expose());
    attendee
        .add_parameter("ROLE", "REQ-PARTICIPANT")
        .add_parameter("PARTSTAT", "ACCEPTED")
        .add_parameter("RSVP", "FALSE");
    attendee
}

fn person(key: &str, name: &str, address: &str) -> Property {
    let mut person = Property::new(key, format!("mailto:{address}"));
    // A quoted value holds anything but quotes and control characters (RFC 5545, 3.2).
    let name = line(name).replace('"', "'");
    if !name.is_empty() {
        person.add_parameter("CN", &format!("\"{name}\""));
    }
    person
}

fn utc(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn line(raw: &str) -> String {
    FreeText::line(raw, 255).expose().to_owned()
}
