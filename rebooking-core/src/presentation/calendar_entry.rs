//! The calendar event of a case (RFC 5545, 5546): one for all its dates, moved, confirmed and taken
//! out as the case goes on. As data; `ics` writes it as a file, for mails and pages alike.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use super::locales::text;
use super::settings::Presentation;
use crate::confirmation::Confirmation;
use crate::notice::{Message, Notice};
use crate::rebooking::RebookingState;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::{CaseId, TokenRef};
use crate::value::text::FreeText;
use crate::value::words::words;

/// What a calendar is told of a case. All texts are one line without control characters, but for
/// the description, which has two.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarEntry {
    /// `METHOD`: what is to be done with it.
    pub method: Method,
    /// `UID`: the same for the case whatever becomes of it, on pages and in mails.
    pub uid: String,
    /// `SEQUENCE`: of two versions the later has the larger number, whatever order they arrive in.
    pub sequence: u64,
    /// `DTSTAMP`: when this version was made.
    pub stamp: DateTime<Utc>,
    /// `STATUS`: how far the date has come.
    pub status: Status,
    /// `DTSTART`, to be written in UTC.
    pub starts_at: DateTime<Utc>,
    /// `DTEND`, to be written in UTC.
    pub ends_at: DateTime<Utc>,
    /// `SUMMARY`: the course.
    pub summary: String,
    /// `DESCRIPTION`: order and party in the reader's language.
    pub description: String,
    /// `LOCATION`, where the host knows it.
    pub location: Option<String>,
    /// `ORGANIZER`: the brand and its support.
    pub organizer: Person,
    /// `ATTENDEE`: whom a mail is for. Nobody is asked to answer: the customer has chosen already
    /// (`PARTSTAT=ACCEPTED`, `RSVP=FALSE`). A page names nobody, and a calendar that is told to
    /// publish must not be told of anybody.
    pub attendee: Option<Person>,
}

/// Organizer or attendee of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// One line; may be empty.
    pub name: FreeText,
    /// Their address.
    pub address: EmailAddress,
}

words! {
    /// What a calendar is to do with an entry (RFC 5546, 1.4).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Method, "method" {
        /// Show it to whoever fetched it: from a page.
        Publish = "PUBLISH",
        /// Take it in, or change the one that is there: by mail.
        Request = "REQUEST",
        /// Take it out: by mail.
        Cancel = "CANCEL",
    }
}

words! {
    /// How far the date has come (RFC 5545, 3.8.1.11).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Status, "status" {
        /// The partner has not confirmed yet.
        Tentative = "TENTATIVE",
        /// It will take place.
        Confirmed = "CONFIRMED",
        /// It will not.
        Cancelled = "CANCELLED",
    }
}

/// When in its step a version is made.
#[derive(Clone, Copy)]
enum Phase {
    /// A link is issued because the date before was lost.
    Lost = 0,
    /// The customer has chosen.
    Chosen = 1,
    /// The partner has confirmed.
    Confirmed = 2,
    /// The chosen date was lost or called off, and no link follows.
    LostForGood = 3,
}

/// What the entry is about, before it is filled in.
struct Draft<'a> {
    booking: &'a Booking,
    method: Method,
    status: Status,
    phase: Phase,
}

impl CalendarEntry {
    /// What a mail tells the customer's calendar, where it tells it anything: a new date
    /// provisional, then confirmed, and a date out that an earlier mail has put in, or the page of
    /// a rebooking that was called off. A date that the shop refused was never mailed: customers
    /// are written to once the order is made. Where it was a backup, the date before it was.
    #[must_use]
    pub fn in_mail(notice: &Notice, presentation: &Presentation) -> Option<Self> {
        let request =
            |booking, status, phase| Draft { booking, method: Method::Request, status, phase };
        let cancel = |booking, phase| Draft {
            booking,
            method: Method::Cancel,
            status: Status::Cancelled,
            phase,
        };
        let draft = match &notice.message {
            Message::Rebooked { after, confirmed: false, .. } => {
                request(after, Status::Tentative, Phase::Chosen)
            }
            Message::Rebooked { after: booking, confirmed: true, .. }
            | Message::PartnerConfirmed { booking } => {
                request(booking, Status::Confirmed, Phase::Confirmed)
            }
            Message::Declined { booking, rebooked_before: true, .. }
            | Message::LinkReplaced { booking, rebooked_before: true, .. }
            | Message::OrderRefused { booking, rebooked_before: true, .. } => {
                cancel(booking, Phase::Lost)
            }
            Message::LimitReached { booking, rebooked_before: true, .. }
            | Message::CalledOff { booking, .. } => cancel(booking, Phase::LostForGood),
            Message::Declined { rebooked_before: false, .. }
            | Message::LimitReached { rebooked_before: false, .. }
            | Message::LinkSent { .. }
            | Message::LinkReplaced { rebooked_before: false, .. }
            | Message::BookingRequest { .. }
            | Message::PartnerRequest { .. }
            | Message::PartnerWithdrawn { .. }
            | Message::PartnerReminder { .. }
            | Message::PartnerReleased { .. }
            | Message::Reminder { .. }
            | Message::OrderRefused { rebooked_before: false, .. }
            | Message::NewDates { .. } => return None,
        };
        let attendee =
            Person { name: FreeText::line(notice.name.expose(), 255), address: notice.to.clone() };
        let entry = draft.entry(notice.token, notice.at, notice.language, presentation);
        Some(Self { attendee: Some(attendee), ..entry })
    }

    /// What a page offers the customer to take along: the date that was chosen, as long as it
    /// stands. It is the entry that the mails are about: what they say later changes it, and a
    /// calendar that has it twice knows it for one.
    ///
    /// It names nobody but the brand, whoever opened the page.
    #[must_use]
    pub fn on_page(
        token: &RebookingToken,
        now: DateTime<Utc>,
        language: Language,
        presentation: &Presentation,
    ) -> Option<Self> {
        let (status, phase) = match token.rebooking()?.state {
            RebookingState::Ordering | RebookingState::AwaitingPartner => {
                (Status::Tentative, Phase::Chosen)
            }
            RebookingState::Confirmed => (Status::Confirmed, Phase::Confirmed),
            RebookingState::DeclinedAgain
            | RebookingState::Rejected
            | RebookingState::Cancelled(_) => {
                return None;
            }
        };
        let booking = token.moved_booking()?;
        let draft = Draft { booking: &booking, method: Method::Publish, status, phase };
        Some(draft.entry(token.id(), now, language, presentation))
    }

    /// What the calendar of a partner is told of a booking that they have confirmed, in their
    /// language: course, order and party, and nothing of who booked. It is one entry for the case:
    /// when the booking moves to another of their dates, the entry moves, too, and when it is
    /// called off, a later version says so. It is the same however often it is fetched.
    #[must_use]
    pub fn for_partner(request: &Confirmation, presentation: &Presentation) -> Self {
        let booking = &request.booking;
        let before_any = TokenRef { case: CaseId::from(booking.item), step: 0 };
        let (status, phase) = match request.state.is_live() {
            true => (Status::Confirmed, Phase::Confirmed),
            false => (Status::Cancelled, Phase::LostForGood),
        };
        let draft = Draft { booking, method: Method::Publish, status, phase };
        let (about, language) = (request.token.unwrap_or(before_any), booking.partner.language);
        draft.entry(about, request.opened_at, language, presentation)
    }
}

impl Draft<'_> {
    fn entry(
        self,
        token: TokenRef,
        stamp: DateTime<Utc>,
        language: Language,
        presentation: &Presentation,
    ) -> CalendarEntry {
        let Self { booking, method, status, phase } = self;
        let order = booking.order_number.as_str();
        CalendarEntry {
            method,
            uid: format!("case-{}@{}", token.case, presentation.base.host()),
            sequence: u64::from(token.step) * 4 + phase as u64,
            stamp,
            status,
            starts_at: booking.slot.starts_at,
            ends_at: booking.slot.ends_at,
            summary: line(&booking.course.name),
            description: format!(
                "{}\n{}",
                text!(language, "calendar-order", order),
                text!(language, "calendar-participants", count = booking.participants.count())
            ),
            location: presentation.place_of(booking),
            organizer: Person {
                name: FreeText::line(presentation.brand.name.as_str(), 255),
                address: presentation.brand.support_email.clone(),
            },
            attendee: None,
        }
    }
}

fn line(raw: &str) -> String {
    FreeText::line(raw, 255).expose().to_owned()
}
