//! Calendar files, as two readers of another make understand them.

use chrono::TimeDelta;
use rebooking_core::effect::MailKind;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::testing::samples;
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::Language;
use serde_json::Value;

use crate::files::folder;
use crate::python;
use crate::stage::{after, all_samples, before, link, notice, reason, renderer};

/// What the readers say of the calendar parts of these notices, in their order.
fn read(name: &str, notices: &[Notice]) -> Vec<Value> {
    let folder = folder(name);
    for (place, notice) in notices.iter().enumerate() {
        if let Some(part) = renderer().render(notice).unwrap().calendar {
            std::fs::write(folder.join(format!("{place:03}.ics")), part.text).unwrap();
        }
    }
    let Value::Array(read) = python::run("calendar_check.py", &folder) else { panic!("a list") };
    read
}

#[test]
fn every_calendar_file_is_sound() {
    let notices: Vec<_> = all_samples().into_iter().map(|sample| sample.notice).collect();
    let read = read("calendar", &notices);
    assert_eq!(read.len(), 48, "sixteen mails of each language");
    for entry in read {
        assert_eq!(entry["summary"], "Sushi-Kurs für Einsteiger");
        assert_eq!(entry["location"], "Kochstraße 5, 80331 München");
        assert_eq!(
            entry["organizer"],
            serde_json::json!(["mailto:support@miomente.de", "Miomente"])
        );
        assert_eq!(
            entry["attendee"],
            serde_json::json!(["mailto:erika@example.com", "Erika Mustermann"])
        );
    }
}

#[test]
fn request_confirm_move_and_cancel_are_one_entry_with_a_rising_sequence() {
    let later =
        Booking { slot: samples::slot(2, after().slot.starts_at + TimeDelta::days(7)), ..after() };
    let rebooked = |before, after| Message::Rebooked {
        before,
        after,
        consequence: PriceAdjustment::Same,
        confirmed: false,
        declined: None,
        page: None,
        backups: false,
        exchange: false,
    };
    let lost = |booking| Message::Declined {
        booking,
        reason: reason(),
        link: link(),
        rebooked_before: true,
    };
    let story = [
        (MailKind::Rebooked, 1, rebooked(before(), after())),
        (MailKind::PartnerConfirmed, 1, Message::PartnerConfirmed { booking: after() }),
        (MailKind::Declined, 2, lost(after())),
        (MailKind::Rebooked, 2, rebooked(after(), later.clone())),
        (MailKind::PartnerConfirmed, 2, Message::PartnerConfirmed { booking: later.clone() }),
        // Support lets the customer move once more, without a decline: the entry moves along.
        (MailKind::Rebooked, 3, rebooked(later.clone(), after())),
        (
            MailKind::LimitReached,
            3,
            Message::LimitReached { booking: after(), reason: reason(), rebooked_before: true },
        ),
        // Support finds a date by hand after all, and calls it off.
        (MailKind::Rebooked, 4, rebooked(after(), later)),
        (
            MailKind::CalledOff,
            4,
            Message::CalledOff { booking: after(), why: CancelReason::Support },
        ),
    ];
    let story = story.map(|(kind, step, message)| notice(kind, step, Language::GERMAN, message));
    let read = read("sequence", &story);
    let told = |what: &str| read.iter().map(|entry| entry[what].clone()).collect::<Vec<_>>();
    assert_eq!(told("uid"), vec![Value::from("case-7001@umbuchen.example.com"); 9]);
    let sequence: Vec<_> =
        told("sequence").iter().map(|sequence| sequence.as_u64().unwrap()).collect();
    assert!(sequence.is_sorted_by(|one, next| one < next), "{sequence:?}");
    let (request, cancel) = ("REQUEST", "CANCEL");
    assert_eq!(
        told("method"),
        [request, request, cancel, request, request, request, cancel, request, cancel]
    );
    let (tentative, confirmed, cancelled) = ("TENTATIVE", "CONFIRMED", "CANCELLED");
    assert_eq!(
        told("status"),
        [
            tentative, confirmed, cancelled, tentative, confirmed, tentative, cancelled, tentative,
            cancelled
        ]
    );
    assert_eq!(read[3]["start"], "2027-02-22T17:00:00+00:00");
}

/// The original booking was never in a calendar of ours.
#[test]
fn a_first_decline_tells_the_calendar_nothing() {
    let message = Message::Declined {
        booking: before(),
        reason: reason(),
        link: link(),
        rebooked_before: false,
    };
    let mail =
        renderer().render(&notice(MailKind::Declined, 1, Language::GERMAN, message)).unwrap();
    assert_eq!(mail.calendar.map(|part| part.method), None);
}
