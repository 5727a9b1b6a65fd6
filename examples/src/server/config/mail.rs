//! Where mails go, and who they come from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use clap::Args;
use rebooking_core::ports::{Mailer, PortError};
use rebooking_core::presentation::{BaseUrl, Brand, Presentation};
use rebooking_core::value::customer::EmailAddress;
use rebooking_smtp::{
    FolderMailer, Greeted, MailSettings, OwnAddress, Relay, SmtpMailer, UnusableSettings,
};

use super::read::Reader;
use super::templates::TemplatesConfig;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Mail")]
pub(super) struct Arguments {
    /// The mail server: smtp://user:password@host:587, or smtps:// for port 465; in a demo, without
    /// it, all mails are caught
    #[arg(long, env = "REBOOKING_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    #[arg(long, env = "REBOOKING_SMTP_URL_FILE")]
    smtp_url_file: Option<PathBuf>,
    /// starttls, implicit or none (to this machine only); without it, what the address says
    #[arg(long, env = "REBOOKING_SMTP_TLS")]
    smtp_tls: Option<String>,
    /// Certificates in PEM that are trusted beside those of the system
    #[arg(long, env = "REBOOKING_SMTP_CA_FILE")]
    smtp_ca_file: Option<PathBuf>,
    /// The longest that one mail may take; shorter than --deadline
    #[arg(long, env = "REBOOKING_SMTP_DEADLINE", default_value = "25s")]
    smtp_deadline: String,
    /// A folder that mails are written into as .eml files, instead of being sent
    #[arg(long, env = "REBOOKING_MAIL_FOLDER")]
    mail_folder: Option<PathBuf>,
    /// The address that mails come from; needed with a mail server or a folder
    #[arg(long, env = "REBOOKING_MAIL_FROM")]
    mail_from: Option<String>,
    /// Where answers go; without it, the brand's support
    #[arg(long, env = "REBOOKING_MAIL_REPLY_TO")]
    mail_reply_to: Option<String>,
    /// Where reports of failed delivery go; without it, the address that mails come from
    #[arg(long, env = "REBOOKING_MAIL_BOUNCES")]
    mail_bounces: Option<String>,
}

/// Mails that leave the demo.
pub(crate) struct MailConfig {
    pub(super) way: MailWay,
    from: EmailAddress,
    reply_to: Option<EmailAddress>,
    bounces: Option<EmailAddress>,
}

/// How they leave.
pub(crate) enum MailWay {
    Relay(Box<Relay>),
    Folder(PathBuf),
}

impl Arguments {
    pub(super) fn has_a_way(&self) -> bool {
        self.has_a_relay() || self.mail_folder.is_some()
    }

    fn has_a_relay(&self) -> bool {
        self.smtp_url.is_some() || self.smtp_url_file.is_some()
    }

    /// `deadline` is that of the worker around each call.
    pub(super) fn read(
        &self,
        deadline: TimeDelta,
        brand: &Brand,
        templates: &TemplatesConfig,
        reader: &mut Reader,
    ) -> Option<MailConfig> {
        self.demand_one_way(reader);
        let relay = self.relay(deadline, reader);
        let folder = self.mail_folder.clone().map(MailWay::Folder);
        let way = relay.map(|relay| MailWay::Relay(Box::new(relay))).or(folder);
        let from = address("mail-from", self.mail_from.as_deref(), reader);
        let reply_to = address("mail-reply-to", self.mail_reply_to.as_deref(), reader);
        let bounces = address("mail-bounces", self.mail_bounces.as_deref(), reader);
        let config = MailConfig { way: way?, from: from?, reply_to, bounces };
        // Whether mails can leave like this does not hang on where the links in them lead.
        let presentation = Presentation::new(BaseUrl::default()).with_brand(brand.clone());
        if let Err(wrong) = config.mailer(&presentation, templates) {
            reader.fault(setting(wrong), &wrong.to_string());
        }
        Some(config)
    }

    fn demand_one_way(&self, reader: &mut Reader) {
        reader.demand(
            !(self.has_a_relay() && self.mail_folder.is_some()),
            "mail-folder",
            "give a mail server or a folder, not both",
        );
        if self.has_a_way() {
            reader.demand(self.mail_from.is_some(), "mail-from", "an address that mails come from");
        }
        for (given, name) in [
            (self.mail_from.is_some(), "mail-from"),
            (self.mail_reply_to.is_some(), "mail-reply-to"),
            (self.mail_bounces.is_some(), "mail-bounces"),
        ] {
            let wanted = "only with a way for mails: --smtp-url or --mail-folder";
            reader.demand(!given || self.has_a_way(), name, wanted);
        }
        for (given, name) in
            [(self.smtp_tls.is_some(), "smtp-tls"), (self.smtp_ca_file.is_some(), "smtp-ca-file")]
        {
            reader.demand(!given || self.has_a_relay(), name, "only with --smtp-url");
        }
    }

    fn relay(&self, longest: TimeDelta, reader: &mut Reader) -> Option<Relay> {
        let deadline: TimeDelta = reader.read("smtp-deadline", &self.smtp_deadline)?;
        // A mail that is cut short by the worker would not say how far it had come.
        let fits = deadline > TimeDelta::zero() && deadline < longest;
        reader.demand(
            !self.has_a_relay() || fits,
            "smtp-deadline",
            "more than nothing, and shorter than --deadline, which is shorter than --lease",
        );
        let url =
            reader.secret("smtp-url", self.smtp_url.as_deref(), self.smtp_url_file.as_deref())?;
        let mut relay = match Relay::parse(&url) {
            Ok(relay) => relay,
            Err(wrong) => {
                reader.fault("smtp-url", &wrong.to_string());
                return None;
            }
        };
        relay.deadline = deadline.to_std().unwrap_or_default();
        if let Some(file) = &self.smtp_ca_file {
            match std::fs::read(file) {
                Ok(pem) => relay.trusted = Some(pem),
                Err(error) => reader.fault("smtp-ca-file", &error.to_string()),
            }
        }
        let Some(tls) = &self.smtp_tls else { return Some(relay) };
        match relay.with_tls(reader.read("smtp-tls", tls)?) {
            Ok(relay) => Some(relay),
            Err(wrong) => {
                reader.fault("smtp-tls", &wrong.to_string());
                None
            }
        }
    }
}

impl MailConfig {
    /// The folder, where mails are written and not sent.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.way {
            MailWay::Relay(_) => None,
            MailWay::Folder(folder) => Some(folder),
        }
    }

    /// Greets the mail server, and sends nothing.
    ///
    /// # Errors
    /// As for a mail.
    pub(crate) async fn greet(
        &self,
        presentation: &Presentation,
        templates: &TemplatesConfig,
    ) -> Result<Greeted, PortError> {
        let MailWay::Relay(relay) = &self.way else {
            return Err(PortError::Permanent("no mail server is set".into()));
        };
        let renderer = templates.renderer(self.settings(presentation.clone()));
        let mailer = SmtpMailer::new(renderer, Relay::clone(relay));
        mailer.map_err(|wrong| PortError::Permanent(wrong.into()))?.check().await
    }

    /// The way that mails take. Connects nowhere yet.
    ///
    /// # Errors
    /// [`UnusableSettings`], of which reading the settings has told all that can be known then.
    pub(crate) fn mailer(
        &self,
        presentation: &Presentation,
        templates: &TemplatesConfig,
    ) -> Result<Arc<dyn Mailer>, UnusableSettings> {
        let renderer = templates.renderer(self.settings(presentation.clone()));
        match &self.way {
            MailWay::Relay(relay) => {
                SmtpMailer::new(renderer, Relay::clone(relay)).map(|mailer| Arc::new(mailer) as _)
            }
            MailWay::Folder(folder) => {
                FolderMailer::new(renderer, folder).map(|mailer| Arc::new(mailer) as _)
            }
        }
    }

    pub(super) fn settings(&self, presentation: Presentation) -> MailSettings {
        let defaults = MailSettings::new(presentation, self.from.clone());
        MailSettings {
            reply_to: self.reply_to.clone().unwrap_or_else(|| defaults.reply_to.clone()),
            bounces: self.bounces.clone().unwrap_or_else(|| defaults.bounces.clone()),
            ..defaults
        }
    }
}

fn address(name: &str, text: Option<&str>, reader: &mut Reader) -> Option<EmailAddress> {
    let address = EmailAddress::parse(text?);
    if let Err(wrong) = &address {
        reader.fault(name, &wrong.to_string());
    }
    address.ok()
}

/// The setting at fault.
const fn setting(wrong: UnusableSettings) -> &'static str {
    match wrong {
        UnusableSettings::Certificates | UnusableSettings::Tls => "smtp-ca-file",
        UnusableSettings::Address(OwnAddress::Sender) => "mail-from",
        UnusableSettings::Address(OwnAddress::ReplyTo) => "mail-reply-to",
        UnusableSettings::Address(OwnAddress::Bounces) => "mail-bounces",
        _ => "smtp-url",
    }
}
