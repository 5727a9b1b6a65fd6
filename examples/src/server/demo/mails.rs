//! The mails that were caught, as facts: the wording belongs to the mail adapter.

use chrono::SecondsFormat;
use rebooking_core::booking::Booking;
use rebooking_core::link::BaseAddress;
use rebooking_core::notice::{Message, Notice};
use serde::Serialize;

/// One mail.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mail {
    to: String,
    name: String,
    language: &'static str,
    kind: &'static str,
    subject: String,
    facts: Vec<String>,
    /// Where the API answers for the link of the mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// The page that the mail leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_expires_at: Option<String>,
}

/// All of them, oldest first.
#[derive(Serialize)]
pub(super) struct Mails {
    pub(super) mails: Vec<Mail>,
}

impl Mail {
    pub(super) fn of(notice: &Notice, base: &BaseAddress) -> Self {
        let (kind, link) = (notice.message.name(), notice.message.link());
        Self {
            to: notice.to.expose().to_owned(),
            name: notice.name.expose().to_owned(),
            language: notice.language.code(),
            kind,
            subject: format!("{kind} #{}", notice.message.order_number()),
            facts: facts(&notice.message),
            link: link.map(|link| format!("{base}/api/rebook/{}", link.secret.expose())),
            page: page(&notice.message, base),
            link_expires_at: link.map(|link| link.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        }
    }
}

fn page(message: &Message, base: &BaseAddress) -> Option<String> {
    match message {
        Message::PartnerRequest { answer, .. } => Some(base.partner_link(answer)),
        other => other.link().map(|link| base.customer_link(&link.secret)),
    }
}

fn facts(message: &Message) -> Vec<String> {
    match message {
        Message::Declined { booking, reason, .. }
        | Message::LinkSent { booking, reason, .. }
        | Message::LinkReplaced { booking, reason, .. }
        | Message::LimitReached { booking, reason, .. } => {
            vec![fact("booking", booking), format!("reason: {}", reason.expose())]
        }
        Message::Reminder { booking, .. }
        | Message::OrderRefused { booking, .. }
        | Message::NewDates { booking, .. }
        | Message::PartnerWithdrawn { booking }
        | Message::PartnerReleased { booking }
        | Message::CalledOff { booking, .. }
        | Message::PartnerConfirmed { booking } => vec![fact("booking", booking)],
        Message::Rebooked { before, after, .. } | Message::PartnerRequest { before, booking: after, .. } => {
            vec![fact("before", before), fact("now", after)]
        }
    }
}

fn fact(what: &str, booking: &Booking) -> String {
    format!(
        "{what}: order {}, {}, {}, {} people",
        booking.order_number,
        booking.course.name,
        booking.slot.local_start().format("%d.%m.%Y %H:%M"),
        booking.participants.count(),
    )
}
