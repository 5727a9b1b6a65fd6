//! The notices that the tests render: one of each kind and turn, in both languages, with the people
//! and dates of the core's samples.

use chrono::TimeDelta;
use rebooking_core::effect::{EffectKey, EffectKind, MailKind};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::link::{LinkKey, LinkNonce, LinkPurpose, LinkSecret};
use rebooking_core::notice::{MailedLink, Message, Notice};
use rebooking_core::presentation::{BaseUrl, Brand, PhoneNumber, Presentation};
use rebooking_core::testing::samples;
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{CaseId, TokenRef};
use rebooking_core::value::text::FreeText;
use rebooking_smtp::{MailSettings, Renderer};

pub(crate) const BASE: &str = "https://umbuchen.example.com";

pub(crate) fn settings() -> MailSettings {
    let brand =
        Brand { phone: Some(PhoneNumber::parse("+49 89 1234560").unwrap()), ..Brand::default() };
    let sender = samples::email("buchung@mail.example.com");
    let bounces = samples::email("bounces@mail.example.com");
    let presentation = Presentation::new(BaseUrl::parse(BASE).unwrap()).with_brand(brand);
    MailSettings { bounces, ..MailSettings::new(presentation, sender) }
}

/// With the place that the host knows.
pub(crate) fn renderer() -> Renderer {
    with_place("Kochstraße 5, 80331 München")
}

pub(crate) fn with_place(place: &str) -> Renderer {
    let (mut settings, place) = (settings(), place.to_owned());
    settings.presentation = settings.presentation.with_places(move |_| Some(place.clone()));
    Renderer::new(settings)
}

/// A notice and the name of its expected files.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) notice: Notice,
}

pub(crate) fn secret(purpose: LinkPurpose) -> LinkSecret {
    LinkSecret::derive(&LinkKey::new(vec![7; 32]).unwrap(), purpose, &LinkNonce([3; 16]))
}

/// The secret that a mail carries, whomever it goes to.
pub(crate) fn secret_of(message: &Message) -> Option<&LinkSecret> {
    match message {
        Message::BookingRequest { answer, .. }
        | Message::PartnerRequest { answer, .. }
        | Message::PartnerReminder { answer, .. } => Some(answer),
        Message::Rebooked { page, .. } => page.as_ref(),
        other => other.link().map(|link| &link.secret),
    }
}

pub(crate) fn link() -> MailedLink {
    let issued_at = samples::now();
    let secret = secret(LinkPurpose::Rebook);
    MailedLink { secret, issued_at, expires_at: issued_at + TimeDelta::days(30) }
}

pub(crate) fn before() -> Booking {
    samples::booking()
}

/// Three weeks after the original date.
pub(crate) fn after() -> Booking {
    let starts_at = before().slot.starts_at + TimeDelta::days(21);
    Booking { slot: samples::slot(1, starts_at), ..before() }
}

pub(crate) fn reason() -> FreeText {
    FreeText::parse("Der Koch ist krank.").unwrap()
}

pub(crate) fn notice(kind: MailKind, step: u32, language: Language, message: Message) -> Notice {
    let token = TokenRef { case: CaseId::new(7001), step };
    let customer = before().customer;
    let (name, to) = match kind.to_customer() {
        true => (customer.name, customer.email),
        false => (FreeText::EMPTY, samples::partner().email),
    };
    let key = EffectKey::new(token, EffectKind::Mail(kind), 0);
    Notice { key, token, at: samples::now(), name, to, language, message }
}

/// One language's samples.
pub(crate) fn samples_in(language: Language) -> Vec<Sample> {
    use MailKind as K;
    let declined = |rebooked_before| Message::Declined {
        booking: if rebooked_before { after() } else { before() },
        reason: reason(),
        link: link(),
        rebooked_before,
    };
    let rebooked = |consequence, confirmed| Message::Rebooked {
        before: before(),
        after: after(),
        consequence,
        confirmed,
        declined: None,
        page: None,
        backups: false,
        exchange: false,
    };
    let offering = || Message::Rebooked {
        before: before(),
        after: after(),
        consequence: PriceAdjustment::Same,
        confirmed: false,
        declined: None,
        page: Some(secret(LinkPurpose::Rebook)),
        backups: true,
        exchange: false,
    };
    let as_backup = |backups| Message::Rebooked {
        before: before(),
        after: after(),
        consequence: PriceAdjustment::Same,
        confirmed: false,
        declined: Some(reason()),
        page: Some(secret(LinkPurpose::Rebook)),
        backups,
        exchange: backups,
    };
    let refused_order = |rebooked_before| Message::OrderRefused {
        booking: before(),
        refused: Some(after().slot),
        link: link(),
        rebooked_before,
    };
    let replaced = |rebooked_before| Message::LinkReplaced {
        booking: if rebooked_before { after() } else { before() },
        reason: reason(),
        link: link(),
        rebooked_before,
    };
    let limit_reached = |rebooked_before| Message::LimitReached {
        booking: if rebooked_before { after() } else { before() },
        reason: reason(),
        rebooked_before,
    };
    let reminder = |booking, before| Message::PartnerReminder {
        booking,
        before,
        asked_at: samples::now() - TimeDelta::days(2),
        answer: secret(LinkPurpose::Answer),
    };
    let called_off = |why| Message::CalledOff { booking: after(), why };
    let all = [
        ("declined", K::Declined, 1, declined(false)),
        ("declined_again", K::Declined, 2, declined(true)),
        (
            "link_sent",
            K::LinkSent,
            1,
            Message::LinkSent { booking: before(), reason: reason(), link: link() },
        ),
        ("link_replaced", K::LinkReplaced, 2, replaced(false)),
        ("link_replaced_again", K::LinkReplaced, 3, replaced(true)),
        ("limit_reached", K::LimitReached, 3, limit_reached(true)),
        ("limit_reached_at_once", K::LimitReached, 1, limit_reached(false)),
        ("rebooked", K::Rebooked, 1, rebooked(PriceAdjustment::Same, false)),
        ("rebooked_backups", K::Rebooked, 1, offering()),
        ("rebooked_as_backup", K::Rebooked, 2, as_backup(true)),
        ("rebooked_as_last_backup", K::Rebooked, 3, as_backup(false)),
        ("rebooked_late", K::Rebooked, 1, rebooked(PriceAdjustment::Same, true)),
        (
            "rebooked_absorbed",
            K::Rebooked,
            1,
            rebooked(PriceAdjustment::Absorbed(samples::euros(2_000)), false),
        ),
        (
            "rebooked_refund",
            K::Rebooked,
            1,
            rebooked(PriceAdjustment::Refund(samples::euros(1_550)), false),
        ),
        (
            "rebooked_to_pay",
            K::Rebooked,
            1,
            rebooked(PriceAdjustment::ToPay(samples::euros(120_000)), false),
        ),
        ("called_off", K::CalledOff, 1, called_off(CancelReason::Support)),
        ("called_off_refunded", K::CalledOff, 1, called_off(CancelReason::Refunded)),
        ("called_off_cancelled", K::CalledOff, 1, called_off(CancelReason::OrderCancelled)),
        (
            "booking_request",
            K::BookingRequest,
            0,
            Message::BookingRequest { booking: before(), answer: secret(LinkPurpose::Answer) },
        ),
        (
            "partner_request",
            K::PartnerRequest,
            1,
            Message::PartnerRequest {
                booking: after(),
                before: before(),
                answer: secret(LinkPurpose::Answer),
            },
        ),
        ("partner_reminder", K::PartnerReminder, 1, reminder(after(), Some(before()))),
        ("booking_reminder", K::PartnerReminder, 0, reminder(before(), None)),
        (
            "partner_withdrawn",
            K::PartnerWithdrawn,
            1,
            Message::PartnerWithdrawn { booking: after() },
        ),
        ("partner_released", K::PartnerReleased, 2, Message::PartnerReleased { booking: before() }),
        (
            "partner_confirmed",
            K::PartnerConfirmed,
            1,
            Message::PartnerConfirmed { booking: after() },
        ),
        ("reminder", K::Reminder, 1, Message::Reminder { booking: before(), link: link() }),
        ("order_refused", K::OrderRefused, 2, refused_order(false)),
        ("order_refused_backup", K::OrderRefused, 3, refused_order(true)),
        ("new_dates", K::NewDates, 1, Message::NewDates { booking: before(), link: link() }),
    ];
    let named = |(name, kind, step, message)| Sample {
        name: format!("{}.{name}", language.as_str()),
        notice: match kind {
            // When their link has waited for a while.
            K::Reminder | K::NewDates => Notice {
                at: samples::now() + TimeDelta::days(23),
                ..notice(kind, step, language, message)
            },
            _ => notice(kind, step, language, message),
        },
    };
    all.into_iter().map(named).collect()
}

pub(crate) fn all_samples() -> Vec<Sample> {
    let languages = [Language::GERMAN, Language::ENGLISH, Language::FRENCH];
    languages.into_iter().flat_map(samples_in).collect()
}

/// What a page says to a reader, line by line.
pub(crate) fn visible_lines(html: &str) -> Vec<String> {
    let body = html.split("<body").nth(1).unwrap();
    let ends = ["</p>", "</h1>", "</h2>", "</td>", "</div>", "<br>"];
    let broken = ends
        .into_iter()
        .fold(body.to_owned(), |body, end| body.replace(end, &format!("{end}\u{1}")));
    let lines = broken.split('\u{1}').map(|line| visible(&format!("<body>{line}")));
    lines.filter(|line| !line.is_empty()).collect()
}

/// What a page says to a reader: tags off, entities read, blanks as one.
pub(crate) fn visible(html: &str) -> String {
    let body = html.split("<body").nth(1).unwrap();
    let mut text = String::new();
    let mut inside = true;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    one_line(&text)
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
