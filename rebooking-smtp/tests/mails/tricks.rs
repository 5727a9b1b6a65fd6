//! Fields full of tricks: no panic, no header of their own, nothing unescaped in a page, nothing
//! escaped in a text.

use rebooking_core::effect::{EffectKey, MailKind};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::link::LinkPurpose;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::testing::fuzz::spoilt_samples;
use rebooking_core::testing::samples;
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::{Customer, Language};
use rebooking_core::value::text::FreeText;
use serde_json::Value;

use crate::files::{bytes_of, folder};
use crate::python;
use crate::stage::{
    after, before, link, notice, one_line, renderer, samples_in, secret, visible, with_place,
};

fn tricks() -> Vec<String> {
    let mut tricks: Vec<String> = [
        "Eva\r\nBcc: b@example.org",
        "Eva\nBcc: b@example.org\n\n<h1>body</h1>",
        "Eva\0\u{1}\u{7f}\u{85}\u{9b}Öztürk",
        "\"Eva\" <x@example.org>, y@example.org",
        "=?utf-8?q?Bcc=3A_b=40example.org?=",
        "👩‍🍳🍣 Köchin",
        "שרה \u{202E}כהן\u{2066} عائشة",
        "<script>alert('x')</script> & \"quoted\" 'single' `tick`",
        "{{ brand.name }}{% include 'layout.html' %}{# #}",
        "&amp;lt;b&gt; 50 % = 1/2; a\\nb, c:d",
        ".\r\n.\r\n..",
        "BEGIN:VEVENT;X=\"y\":z\r\nEND:VCALENDAR",
        "\u{FEFF}\u{2028}\u{2029}\t  ",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    tricks.push("ü<".repeat(5 * 1024));
    tricks.push("x".repeat(10 * 1024));
    tricks
}

/// The same trick in every field that somebody else fills, past what cleans it elsewhere where a
/// field can be set without.
fn tricked(trick: &str, language: Language) -> Vec<Notice> {
    let customer = Customer { name: FreeText::line(trick, 20_000), ..before().customer };
    let spoilt = |booking: Booking| {
        let mut booking = Booking { customer: customer.clone(), ..booking };
        trick.clone_into(&mut booking.course.name);
        booking
    };
    let reason = FreeText::parse(trick).unwrap_or_else(|_| FreeText::line(trick, 2_000));
    let (booking, moved) = (spoilt(before()), spoilt(after()));
    let messages = [
        (
            MailKind::Declined,
            Message::Declined {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link(),
                rebooked_before: true,
            },
        ),
        (
            MailKind::LinkSent,
            Message::LinkSent { booking: booking.clone(), reason: reason.clone(), link: link() },
        ),
        (
            MailKind::LinkReplaced,
            Message::LinkReplaced {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link(),
                rebooked_before: true,
            },
        ),
        (
            MailKind::LimitReached,
            Message::LimitReached {
                booking: moved.clone(),
                reason: reason.clone(),
                rebooked_before: true,
            },
        ),
        (
            MailKind::Rebooked,
            Message::Rebooked {
                before: booking.clone(),
                after: moved.clone(),
                consequence: PriceAdjustment::Same,
                confirmed: false,
                declined: Some(reason.clone()),
                page: Some(secret(LinkPurpose::Rebook)),
                backups: true,
                exchange: false,
            },
        ),
        (
            MailKind::BookingRequest,
            Message::BookingRequest {
                booking: booking.clone(),
                answer: secret(LinkPurpose::Answer),
            },
        ),
        (
            MailKind::PartnerRequest,
            Message::PartnerRequest {
                booking: moved.clone(),
                before: booking.clone(),
                answer: secret(LinkPurpose::Answer),
            },
        ),
        (
            MailKind::PartnerReminder,
            Message::PartnerReminder {
                booking: moved.clone(),
                before: Some(booking.clone()),
                asked_at: samples::now(),
                answer: secret(LinkPurpose::Answer),
            },
        ),
        (MailKind::PartnerWithdrawn, Message::PartnerWithdrawn { booking: moved.clone() }),
        (MailKind::PartnerReleased, Message::PartnerReleased { booking: booking.clone() }),
        (
            MailKind::CalledOff,
            Message::CalledOff { booking: moved.clone(), why: CancelReason::Support },
        ),
        (MailKind::PartnerConfirmed, Message::PartnerConfirmed { booking: moved.clone() }),
        (MailKind::Reminder, Message::Reminder { booking: booking.clone(), link: link() }),
        (
            MailKind::OrderRefused,
            Message::OrderRefused {
                booking: booking.clone(),
                refused: Some(moved.slot),
                link: link(),
                rebooked_before: true,
            },
        ),
        (MailKind::NewDates, Message::NewDates { booking, link: link() }),
    ];
    let named = |(kind, message)| Notice {
        name: FreeText::parse(trick).unwrap_or_else(|_| FreeText::line(trick, 20_000)),
        ..notice(kind, 1, language, message)
    };
    messages.into_iter().map(named).collect()
}

#[tokio::test]
async fn tricks_reach_no_header_and_no_envelope() {
    let folder = folder("tricks");
    let mut sent = Vec::new();
    for (turn, trick) in tricks().iter().enumerate() {
        for (place, mut notice) in tricked(trick, Language::GERMAN).into_iter().enumerate() {
            notice.key = EffectKey::restore(&format!("{turn}-{place}"));
            let bytes = bytes_of(with_place(trick), &notice, &folder).await;
            std::fs::write(folder.join(format!("{turn:03}-{place:02}.eml")), bytes).unwrap();
            sent.push(notice);
        }
    }
    let Value::Array(read) = python::run("read.py", &folder) else { panic!("a list") };
    assert_eq!(read.len(), sent.len());
    for (mail, notice) in read.iter().zip(&sent) {
        let names: Vec<_> = mail["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|header| header[0].as_str().unwrap())
            .collect();
        let wanted = [
            "From",
            "Reply-To",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Auto-Submitted",
            "Content-Language",
            "MIME-Version",
            "Content-Type",
        ];
        assert_eq!(names.len(), wanted.len(), "{names:?}");
        assert!(wanted.iter().all(|wanted| names.contains(wanted)), "{names:?}");
        let to = mail["to"].as_array().unwrap();
        assert_eq!((to.len(), to[0][1].as_str().unwrap()), (1, notice.to.expose()));
        let name = FreeText::line(notice.name.expose(), 255);
        // A long quoted name is folded within a word, which adds a blank there.
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(letters(to[0][0].as_str().unwrap()), letters(name.expose()), "the name arrives");
        assert_eq!(mail["defects"], serde_json::json!([]), "{}", mail["file"]);
        assert_eq!((&mail["bare"], &mail["ascii"]), (&false.into(), &true.into()));
        assert!(mail["longest"].as_u64().unwrap() <= 998, "{}", mail["longest"]);
    }
}

#[test]
fn a_page_shows_tricks_as_letters_and_a_text_shows_them_unchanged() {
    for language in [Language::GERMAN, Language::ENGLISH] {
        for trick in tricks() {
            let shown = FreeText::line(&trick, 255);
            for notice in tricked(&trick, language) {
                let mail = with_place(&trick).render(&notice).unwrap();
                assert!(mail.text.contains(shown.expose().trim_end()), "{trick:?}:\n{}", mail.text);
                assert!(
                    visible(&mail.html).contains(&one_line(shown.expose())),
                    "{trick:?}:\n{}",
                    mail.html
                );
                for markup in ["<script", "<h1>body", "<b>", "<x@"] {
                    assert!(!mail.html.contains(markup), "{trick:?}: {markup}");
                }
                assert!(!mail.subject.contains(char::is_control));
            }
        }
    }
}

#[test]
fn a_calendar_takes_tricks_as_letters() {
    let folder = folder("tricky-calendars");
    for (turn, trick) in tricks().iter().enumerate() {
        let message = Message::PartnerConfirmed {
            booking: {
                let mut booking = after();
                trick.clone_into(&mut booking.course.name);
                booking
            },
        };
        let notice = Notice {
            name: FreeText::line(trick, 20_000),
            ..notice(MailKind::PartnerConfirmed, 1, Language::GERMAN, message)
        };
        let part = with_place(trick).render(&notice).unwrap().calendar.unwrap();
        std::fs::write(folder.join(format!("{turn:03}.ics")), part.text).unwrap();
    }
    let Value::Array(read) = python::run("calendar_check.py", &folder) else { panic!("a list") };
    for (entry, trick) in read.iter().zip(tricks()) {
        let shown = FreeText::line(&trick, 255);
        assert_eq!(entry["summary"], shown.expose(), "{trick:?}");
        assert_eq!(entry["location"], shown.expose(), "{trick:?}");
        assert_eq!(entry["attendee"][1], shown.expose().replace('"', "'"), "{trick:?}");
    }
}

#[test]
fn the_longest_reason_of_many_lines_is_kept_whole() {
    let lines = "Zeile mit ü\n".repeat(160);
    let reason = FreeText::parse(&lines).unwrap();
    let mut notice = samples_in(Language::GERMAN).remove(0).notice;
    notice.message =
        Message::Declined { booking: before(), reason, link: link(), rebooked_before: false };
    let mail = renderer().render(&notice).unwrap();
    assert_eq!(
        (mail.text.matches("Zeile mit ü").count(), mail.html.matches("Zeile mit ü").count()),
        (160, 160)
    );
}

#[test]
fn without_a_name_or_a_reason_nothing_stands_in_their_place() {
    let mut notice = samples_in(Language::GERMAN).remove(0).notice;
    notice.name = FreeText::EMPTY;
    notice.message = Message::Declined {
        booking: before(),
        reason: FreeText::EMPTY,
        link: link(),
        rebooked_before: false,
    };
    let mail = renderer().render(&notice).unwrap();
    assert!(mail.text.starts_with("Guten Tag,\n\nleider müssen wir"), "{}", mail.text);
    assert!(!mail.text.contains("Grund") && !mail.html.contains("Grund"));
}

/// A customer's own address may hold letters that DNS has not; its domain is written as DNS has it.
#[tokio::test]
async fn a_domain_with_umlauts_is_written_as_dns_has_it() {
    let folder = folder("umlauts");
    let mut notice = samples_in(Language::GERMAN).remove(0).notice;
    notice.to = samples::email("erika@bücher.example");
    let bytes = bytes_of(renderer(), &notice, &folder).await;
    assert!(String::from_utf8(bytes).unwrap().contains("<erika@xn--bcher-kva.example>"));
}

#[test]
fn the_tricks_are_played_on_every_kind_of_mail() {
    let kinds = |notices: &[Notice]| {
        notices
            .iter()
            .map(|notice| notice.message.kind().as_str())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let all: Vec<_> =
        samples_in(Language::GERMAN).into_iter().map(|sample| sample.notice).collect();
    assert_eq!(kinds(&tricked("Eva", Language::GERMAN)), kinds(&all));
    // And the samples are all that there are templates for.
    let folders = rebooking_smtp::Renderer::template_names()
        .filter_map(|name| name.strip_suffix("/subject.txt"));
    assert_eq!(kinds(&all), folders.collect());
}

#[test]
fn spoilt_fields_are_rendered_and_keep_to_their_place() {
    let samples = tricks();
    let samples: Vec<&[u8]> = samples.iter().map(String::as_bytes).collect();
    let renderer = renderer();
    for input in spoilt_samples(&samples).step_by(10) {
        let trick = String::from_utf8_lossy(&input);
        for notice in tricked(&trick, Language::GERMAN) {
            let mail = renderer.render(&notice).unwrap_or_else(|fault| panic!("{fault}: {trick}"));
            assert!(!mail.subject.contains(['\r', '\n', '\0']), "{trick}");
            assert!(!mail.html.contains("<script") && !mail.html.contains("<b>"), "{trick}");
        }
    }
}
