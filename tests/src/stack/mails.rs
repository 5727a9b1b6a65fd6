//! The mail server, and every mail that it has taken.

use std::path::Path;
use std::sync::Mutex;

use machine::{MailServer, MailServerSettings};
use serde_json::Value;

use super::people::{Guest, Link};
use super::shop::Bought;
use super::wait::eventually;

/// A mail as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Whom it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its Message-ID.
    pub id: String,
    /// What it says in plain text.
    pub text: String,
    /// The calendar entry, where there is one.
    pub calendar: Option<String>,
}

impl Mail {
    fn new(taken: &Value) -> Self {
        let text = |name: &str| taken[name].as_str().unwrap().to_owned();
        let part = |kind: &str| taken["parts"][kind].as_str().map(str::to_owned);
        Self {
            to: taken["to"][0].as_str().unwrap().to_owned(),
            subject: text("subject"),
            id: text("id"),
            text: part("text/plain").unwrap_or_default(),
            calendar: part("text/calendar"),
        }
    }

    /// The customer's link in it.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        Link::in_text(&self.text, "/rebook/")
    }

    /// The partner's link in it.
    #[must_use]
    pub fn answer_link(&self) -> Option<Link> {
        Link::in_text(&self.text, "/partner/answer/")
    }

    /// Which effect it is, by its Message-ID: `7001-1-mail-declined`.
    #[must_use]
    pub fn key(&self) -> &str {
        self.id.trim_start_matches('<').split('@').next().unwrap_or_default()
    }
}

/// The password that it wants.
const PASSWORD: &str = "mail-secret";

/// The mail server of one stack.
#[derive(Debug)]
pub struct Mails {
    server: Mutex<MailServer>,
    port: u16,
    /// Where the certificate is that it shows.
    pub certificate: String,
}

impl Mails {
    /// A mail server that demands TLS and a login.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let trusted = certificate.display().to_string();
        let password = PASSWORD.to_owned();
        let settings = MailServerSettings { certificate, key, password, implicit: false };
        let server = MailServer::start(&settings).unwrap();
        let port = server.port();
        Self { server: Mutex::new(server), port, certificate: trusted }
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What the server is to sign in with, over a line with this port.
    #[must_use]
    pub fn url(&self, port: u16) -> String {
        format!("smtp://shop:{PASSWORD}@localhost:{port}")
    }

    /// `refuse <address>`, or `MAIL`, `RCPT`, `DATA` with the reply to the next such command.
    pub fn order(&self, order: &str) {
        self.server.lock().unwrap().order(order).unwrap();
    }

    /// Every mail so far, oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Mail> {
        self.server.lock().unwrap().mails().unwrap().iter().map(Mail::new).collect()
    }

    /// Those to one address.
    #[must_use]
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mut server = self.server.lock().unwrap();
        let mails = server.mails().unwrap().iter().filter(|taken| taken["to"][0] == address);
        mails.map(Mail::new).collect()
    }

    /// Waits for a mail to an address whose subject begins like this, and gives the newest one.
    pub async fn arrives(&self, address: &str, subject: &str) -> Mail {
        eventually(&format!("a mail to {address}: {subject}"), || async {
            self.to(address).into_iter().rfind(|mail| mail.subject.starts_with(subject))
        })
        .await
    }

    /// Waits for so many different links to a guest, and gives the newest.
    pub async fn link_number(&self, number: usize, guest: &Guest) -> Link {
        eventually(&format!("link {number} to {}", guest.email), || async {
            let mut links: Vec<Link> = Vec::new();
            for link in self.to(&guest.email).iter().filter_map(Mail::link) {
                if !links.contains(&link) {
                    links.push(link);
                }
            }
            links.into_iter().nth(number - 1)
        })
        .await
    }

    /// Waits for the first link to a guest.
    pub async fn link_to(&self, guest: &Guest) -> Link {
        self.link_number(1, guest).await
    }

    /// Waits for the mail that asks a partner about this step of a case, and gives its link.
    pub async fn request_about(&self, bought: Bought, step: u32) -> Link {
        let key = format!("{}-{step}-mail-partner-request", bought.item);
        eventually(&format!("the mail {key}"), || async {
            self.all().iter().find(|mail| mail.key() == key)?.answer_link()
        })
        .await
    }
}
