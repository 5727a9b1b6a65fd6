//! The way of mails: the relay's greeting, encryption and login, or the folder.

use rebooking_core::ports::PortError;
use rebooking_core::presentation::{BaseUrl, Presentation};
use rebooking_smtp::Greeted;

use super::finding::Finding;
use crate::config::Config;

const ABOUT: &str = "mail";

pub(super) async fn look(config: &Config) -> Finding {
    let Some(mail) = &config.mail else {
        return Finding::not_asked(ABOUT, "neither REBOOKING_SMTP_URL nor a folder is set");
    };
    if let Some(folder) = mail.folder() {
        let is_there = folder.is_dir();
        let not_yet = "the folder is not there yet: the first mail makes it";
        return Finding::fine(ABOUT, if is_there { "mails go into a folder" } else { not_yet });
    }
    let presentation = Presentation::new(BaseUrl::default()).with_brand(config.brand.clone());
    match mail.greet(&presentation, &config.templates).await {
        Ok(greeted) => greeting(greeted),
        Err(error) => Finding::missing(ABOUT, error.phrase()).with(advice(&error)),
    }
}

fn greeting(greeted: Greeted) -> Finding {
    let Greeted { encrypted, signed_in, offers_login, .. } = greeted;
    let said = match (encrypted, signed_in) {
        (true, true) => "the mail server greets us, encrypts, and takes our login",
        (true, false) => "the mail server greets us and encrypts; no login is set",
        (false, true) => "the mail server greets us in clear, and takes our login",
        (false, false) => "the mail server greets us in clear; no login is set",
    };
    let finding = Finding::fine(ABOUT, said);
    match offers_login && !signed_in {
        true => finding.with("it offers one: without it, it may take no mails for others"),
        false => finding,
    }
}

/// What to do about it.
const fn advice(error: &PortError) -> &'static str {
    match error {
        PortError::Unauthorized(_) => {
            "look at user and password in REBOOKING_SMTP_URL, at REBOOKING_SMTP_TLS, and whether \
             the server may send from here"
        }
        PortError::Permanent(_) | PortError::InvalidRecipient(_) => {
            "look at the addresses that mails come from"
        }
        _ => {
            "look at host and port in REBOOKING_SMTP_URL, at REBOOKING_SMTP_TLS, and whether its \
             certificate is trusted (REBOOKING_SMTP_CA_FILE)"
        }
    }
}
