//! One notice of every kind in every language and with every turn that a template can take: what
//! templates are checked with.

use std::error::Error;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::effect::EffectKey;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::{MailedLink, Message, Notice};
use rebooking_core::presentation::locales::Locales;
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use rebooking_core::value::course_date::{Slot, VenueZone};
use rebooking_core::value::customer::{Customer, EmailAddress, Language};
use rebooking_core::value::ids::{
    CaseId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId, TokenRef,
};
use rebooking_core::value::money::{Currency, Money};
use rebooking_core::value::text::FreeText;

pub(super) fn notices() -> Result<Vec<Notice>, Box<dyn Error>> {
    let mut notices = Vec::new();
    for language in Locales::of_process().languages() {
        let (before, after) = (booking(90, 0, language)?, booking(91, 7, language)?);
        for message in messages(&before, &after)? {
            // At once, and when the link has waited.
            for (name, at) in [("Erika Mustermann", now()), ("", now() + TimeDelta::days(23))] {
                notices.push(Notice {
                    key: EffectKey::restore("7001-1-mail-sample"),
                    token: TokenRef::first(CaseId::new(7001)),
                    at,
                    name: FreeText::line(name, 100),
                    to: before.customer.email.clone(),
                    language,
                    message: message.clone(),
                });
            }
        }
    }
    Ok(notices)
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn booking(date: i64, days_later: i64, language: Language) -> Result<Booking, Box<dyn Error>> {
    let starts_at = now() + TimeDelta::days(days_later) + TimeDelta::hours(17);
    let email = EmailAddress::parse("erika@example.com")?;
    Ok(Booking {
        order: OrderId::new(1),
        order_number: OrderNumber::parse("100012345")?,
        item: OrderItemId::new(7001),
        course: Course::new(CourseId::new(40), "SUSHI", "Sushi"),
        slot: Slot {
            id: CourseDateId::new(date),
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            zone: VenueZone::BERLIN,
        },
        participants: Participants::new(2)?,
        unit_price: Money::new(8_900, Currency::EUR)?,
        paid: Money::new(17_800, Currency::EUR)?,
        partner: Partner { id: PartnerId::new(5), email: email.clone(), language },
        customer: Customer::new("Erika Mustermann", email, language),
    })
}

fn messages(before: &Booking, after: &Booking) -> Result<Vec<Message>, Box<dyn Error>> {
    let secret = LinkSecret::parse(&"x".repeat(LinkSecret::LENGTH))?;
    let link = MailedLink {
        secret: secret.clone(),
        issued_at: now(),
        expires_at: now() + TimeDelta::days(30),
    };
    let (booking, amount) = (before.clone(), Money::new(500, Currency::EUR)?);
    let mut messages = vec![
        Message::Reminder { booking: booking.clone(), link: link.clone() },
        Message::NewDates { booking: booking.clone(), link: link.clone() },
        Message::BookingRequest { booking: booking.clone(), answer: secret.clone() },
        Message::PartnerRequest {
            booking: after.clone(),
            before: booking.clone(),
            answer: secret.clone(),
        },
        Message::PartnerWithdrawn { booking: after.clone() },
        Message::PartnerReleased { booking: after.clone() },
        Message::PartnerConfirmed { booking: after.clone() },
    ];
    for (reason, rebooked_before) in [("Der Koch ist krank.\nEs tut uns leid.", true), ("", false)]
    {
        let (booking, link, reason) = (booking.clone(), link.clone(), FreeText::parse(reason)?);
        messages.extend([
            Message::Declined {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link.clone(),
                rebooked_before,
            },
            Message::LinkSent {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link.clone(),
            },
            Message::LinkReplaced {
                booking: booking.clone(),
                reason: reason.clone(),
                link,
                rebooked_before,
            },
            Message::LimitReached { booking, reason, rebooked_before },
        ]);
    }
    for before in [Some(booking.clone()), None] {
        let (booking, answer) = (after.clone(), secret.clone());
        messages.push(Message::PartnerReminder { booking, before, asked_at: now(), answer });
    }
    for refused in [Some(after.slot), None] {
        messages.push(Message::OrderRefused {
            booking: booking.clone(),
            refused,
            link: link.clone(),
            rebooked_before: refused.is_none(),
        });
    }
    for consequence in [
        PriceAdjustment::Same,
        PriceAdjustment::Absorbed(amount),
        PriceAdjustment::Refund(amount),
        PriceAdjustment::ToPay(amount),
    ] {
        for confirmed in [true, false] {
            let (before, after) = (booking.clone(), after.clone());
            messages.push(Message::Rebooked {
                before,
                after,
                consequence,
                confirmed,
                declined: (consequence == PriceAdjustment::Same)
                    .then(|| FreeText::line("Der Koch ist krank.", 100)),
                page: (consequence == PriceAdjustment::Same || !confirmed)
                    .then(|| link.secret.clone()),
                backups: !confirmed,
                exchange: consequence == PriceAdjustment::Same,
            });
        }
    }
    for why in [CancelReason::Support, CancelReason::Refunded, CancelReason::OrderCancelled] {
        messages.push(Message::CalledOff { booking: after.clone(), why });
    }
    Ok(messages)
}
