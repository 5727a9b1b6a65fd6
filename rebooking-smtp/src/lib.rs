//! The mails of self-service rebooking: what they say in German and English, the calendar entry
//! with them, and their way to a mail relay.
//!
//! Rendering needs no mail server. A [`Renderer`] turns a notice of the core into subject, text,
//! page and calendar entry:
//!
//! ```
//! use rebooking_core::presentation::{BaseUrl, Presentation};
//! use rebooking_core::value::customer::EmailAddress;
//! use rebooking_smtp::{FolderMailer, MailSettings, Relay, Renderer, SmtpMailer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The same value serves the pages, so that both show one brand.
//! let presentation = Presentation::new(BaseUrl::parse("https://umbuchen.example.com")?);
//! let sender = EmailAddress::parse("buchung@example.com")?;
//! let settings = MailSettings::new(presentation, sender);
//!
//! // Each template can be replaced by its name. Faults show when the program starts.
//! let subject = "Ihr Kurs #{{ booking.order }} braucht einen neuen Termin";
//! let renderer = Renderer::new(settings).with_template("de/declined/subject.txt", subject)?;
//! assert_eq!(renderer.check_templates(), []);
//!
//! // A misspelt name is found, with template and line.
//! let subject = "Order {{ bokking.order }}";
//! let misspelt = renderer.clone().with_template("en/reminder/subject.txt", subject)?;
//! let faults = misspelt.check_templates();
//! assert_eq!((faults[0].template.as_str(), faults[0].line), ("en/reminder/subject.txt", Some(1)));
//!
//! // Over a relay, or into a folder to look at.
//! # rustls::crypto::ring::default_provider().install_default().expect("the first");
//! let relay = Relay::parse("smtp://shop:secret@mail.example.com:587")?;
//! let mailer = SmtpMailer::new(renderer.clone(), relay)?;
//! let dry_run = FolderMailer::new(renderer, "mails")?;
//! # Ok(())
//! # }
//! ```
//!
//! Both are [`Mailer`]s. The program, not this library, installs the process's TLS provider
//! (rustls, `CryptoProvider::install_default`), as there is one for all of its libraries.
//!
//! # What becomes of a reply
//!
//! | the relay | the core is told |
//! |---|---|
//! | takes the mail | sent |
//! | is not reached, breaks off, or answers 4xx before the recipient | [`PortError::Unavailable`] |
//! | refuses us: greeting, TLS, login, sender address, relaying | [`PortError::Unauthorized`] |
//! | is silent, breaks off or answers 4xx from then on | [`PortError::Transient`] |
//! | is silent or gone after the end of the mail | [`PortError::Unknown`] |
//! | refuses the recipient with 5xx | [`PortError::InvalidRecipient`] |
//! | refuses the mail with 5xx | [`PortError::Permanent`] |
//!
//! The first two errors trip the circuit breaker of the lane: all mails wait, and nothing is lost;
//! an unauthorized one raises an alarm too, as people must renew a password, say. A transient error
//! is tried again, an unknown outcome after a grace time and with the same Message-ID. The last two
//! are noted on the ticket: that the address reaches nobody, or that this mail could not be sent.
//!
//! # Secrets
//!
//! A link is in its mail and nowhere else: no error, no `Debug` and no log of this crate names a
//! link, an address, or what a server said, as servers quote addresses. Do not switch on the
//! feature `tracing` of `lettre`, which logs whole mails; where you use cargo-deny, its
//! `bans.features` can refuse it.

mod config;
mod error;
mod folder;
mod message;
mod render;
mod transport;

use std::fmt;

use async_trait::async_trait;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer, PortError};

pub use config::{Login, MailSettings, MalformedRelay, Relay, Tls};
pub use error::{MailError, OwnAddress, UnusableSettings};
pub use folder::FolderMailer;
pub use rebooking_core::presentation::templates::TemplateFault;
pub use render::{Mail, MailTemplateKind, MailTemplates, Renderer};
pub use transport::Greeted;

/// The mail port over SMTP.
pub struct SmtpMailer {
    renderer: Renderer,
    sender: message::Sender,
    transport: transport::Transport,
}

impl SmtpMailer {
    /// Connects nowhere yet: the first mail does.
    ///
    /// # Errors
    /// [`UnusableSettings`] when no mail could ever be sent like this.
    pub fn new(renderer: Renderer, relay: Relay) -> Result<Self, UnusableSettings> {
        let sender = message::Sender::new(renderer.settings())?;
        let transport = transport::Transport::new(relay, renderer.settings())?;
        Ok(Self { renderer, sender, transport })
    }

    /// Connects to the relay as for a mail, signs in where a login is set, and goes. Sends nothing.
    ///
    /// # Errors
    /// As for a mail: [`PortError::Unavailable`] while nobody answers, and
    /// [`PortError::Unauthorized`] where encryption or login are refused.
    pub async fn check(&self) -> Result<Greeted, PortError> {
        Ok(self.transport.check().await?)
    }
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpMailer(…)")
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    /// May be repeated; see the table above for what each answer of the relay means. Never takes
    /// longer than [`Relay::deadline`].
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        let mail = self.renderer.render(notice).map_err(MailError::from)?;
        let raw = self.sender.raw_mail(notice, &mail)?;
        Ok(self.transport.send(&raw).await?)
    }
}
