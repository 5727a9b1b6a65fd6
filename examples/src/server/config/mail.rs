//! Where mails go, and who they come from.

use std::path::PathBuf;

use rebooking_core::brand::Brand;
use rebooking_core::customer::EmailAddress;
use rebooking_core::link::BaseAddress;
use rebooking_smtp::{MailSettings, Relay};

use super::arguments::Mail;
use super::read::Reader;

/// Mails that leave the demo.
pub(crate) struct MailConfig {
    pub(crate) way: MailWay,
    from: EmailAddress,
    reply_to: Option<EmailAddress>,
    bounces: Option<EmailAddress>,
}

/// How they leave.
pub(crate) enum MailWay {
    Relay(Box<Relay>),
    Folder(PathBuf),
}

impl MailConfig {
    pub(super) fn read(mail: &Mail, reader: &mut Reader) -> Option<Self> {
        let url = reader.secret("smtp-url", mail.smtp_url.as_deref(), mail.smtp_url_file.as_deref());
        if url.is_some() && mail.mail_folder.is_some() {
            reader.fault("mail-folder", "give a mail server or a folder, not both");
        }
        let folder = mail.mail_folder.clone().map(MailWay::Folder);
        let wanted = url.is_some() || folder.is_some();
        let way = match url {
            Some(url) => relay(&url, mail, reader).map(|relay| MailWay::Relay(Box::new(relay))),
            None => folder,
        };
        let from = address("mail-from", mail.mail_from.as_deref(), reader);
        if wanted && mail.mail_from.is_none() {
            reader.fault("mail-from", "an address that mails come from");
        }
        let reply_to = address("mail-reply-to", mail.mail_reply_to.as_deref(), reader);
        let bounces = address("mail-bounces", mail.mail_bounces.as_deref(), reader);
        way.zip(from).map(|(way, from)| Self { way, from, reply_to, bounces })
    }

    pub(crate) fn settings(&self, base: BaseAddress) -> MailSettings {
        let defaults = MailSettings::new(Brand::default(), base, self.from.clone());
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

fn relay(url: &str, mail: &Mail, reader: &mut Reader) -> Option<Relay> {
    let mut relay = match Relay::parse(url) {
        Ok(relay) => relay,
        Err(wrong) => {
            reader.fault("smtp-url", &wrong.to_string());
            return None;
        }
    };
    if let Some(file) = &mail.smtp_ca_file {
        match std::fs::read(file) {
            Ok(pem) => relay.trusted = Some(pem),
            Err(error) => reader.fault("smtp-ca-file", &error.to_string()),
        }
    }
    let Some(tls) = &mail.smtp_tls else { return Some(relay) };
    match relay.with_tls(reader.read("smtp-tls", tls)?) {
        Ok(relay) => Some(relay),
        Err(wrong) => {
            reader.fault("smtp-tls", &wrong.to_string());
            None
        }
    }
}
