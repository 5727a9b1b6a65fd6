//! The mails that were caught, as they would have been sent.

use chrono::SecondsFormat;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::presentation::ics::CalendarFile;
use rebooking_core::value::course_date::VenueZone;
use rebooking_smtp::Renderer;
use serde::Serialize;

use super::Demo;

/// One mail.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CaughtMail {
    /// Counted from 1, the oldest first.
    number: usize,
    /// When, on the clock of the demo.
    sent: String,
    to: String,
    name: String,
    language: String,
    kind: &'static str,
    subject: String,
    /// What it says, line by line.
    lines: Vec<String>,
    /// Where the API answers for the link of the mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// The page that the mail leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_expires_at: Option<String>,
    /// Whether a calendar entry comes with it.
    calendar: bool,
    #[serde(skip)]
    pub(super) html: String,
    #[serde(skip)]
    pub(super) entry: Option<CalendarFile>,
}

impl CaughtMail {
    /// A mail that no template could be filled for says so.
    fn new(number: usize, notice: &Notice, base: &BaseUrl, renderer: &Renderer) -> Self {
        let (mail, fault) = match renderer.render(notice) {
            Ok(mail) => (Some(mail), String::new()),
            Err(fault) => (None, fault.to_string()),
        };
        let link = notice.message.link();
        Self {
            number,
            sent: VenueZone::BERLIN.local(notice.at).format("%Y-%m-%d %H:%M").to_string(),
            to: notice.to.expose().to_owned(),
            name: notice.name.expose().to_owned(),
            language: notice.language.to_string(),
            kind: notice.message.kind().as_str(),
            subject: mail.as_ref().map_or(fault, |mail| mail.subject.clone()),
            lines: mail.iter().flat_map(|mail| mail.text.lines()).map(ToOwned::to_owned).collect(),
            link: link.map(|link| format!("{base}/api/rebook/{}", link.secret.expose())),
            page: page(&notice.message, base),
            link_expires_at: link
                .map(|link| link.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            calendar: mail.as_ref().is_some_and(|mail| mail.calendar.is_some()),
            html: mail.as_ref().map(|mail| mail.html.clone()).unwrap_or_default(),
            entry: mail.and_then(|mail| mail.calendar),
        }
    }
}

fn page(message: &Message, base: &BaseUrl) -> Option<String> {
    match message {
        Message::BookingRequest { answer, .. }
        | Message::PartnerRequest { answer, .. }
        | Message::PartnerReminder { answer, .. } => Some(base.partner_link(answer)),
        Message::Rebooked { page: Some(secret), .. } => Some(base.customer_link(secret)),
        other => other.link().map(|link| base.customer_link(&link.secret)),
    }
}

impl Demo {
    /// Every mail so far, oldest first, once what is under way has been delivered.
    pub(super) async fn mails(&self) -> Vec<CaughtMail> {
        self.settle().await;
        let caught = (1..).zip(self.0.fakes.mailbox.sent());
        caught
            .map(|(number, notice)| {
                CaughtMail::new(number, &notice, &self.0.base, &self.0.renderer)
            })
            .collect()
    }

    /// One of them.
    pub(super) async fn mail(&self, number: usize) -> Option<CaughtMail> {
        let notice = self.0.fakes.mailbox.sent().into_iter().nth(number.checked_sub(1)?)?;
        Some(CaughtMail::new(number, &notice, &self.0.base, &self.0.renderer))
    }
}
