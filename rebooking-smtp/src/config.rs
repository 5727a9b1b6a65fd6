//! Settings of the mails: who they come from, and what their links begin with.

mod relay;

use std::borrow::Cow;

use rebooking_core::presentation::Presentation;
use rebooking_core::value::customer::EmailAddress;

pub use relay::{Login, MalformedRelay, Relay, Tls};

/// Who mails come from, and where their links lead.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct MailSettings {
    /// Brand, base URL and places: the same value as for pages.
    pub presentation: Presentation,
    /// The address that mails come from (`From`). Its domain also names mails (`Message-ID`).
    pub sender: EmailAddress,
    /// Where answers go (`Reply-To`).
    pub reply_to: EmailAddress,
    /// The envelope's sender, where reports of failed delivery go.
    pub bounces: EmailAddress,
}

impl MailSettings {
    /// Mails of a brand: answers go to its support, failed deliveries back to the sender.
    #[must_use]
    pub fn new(presentation: impl Into<Presentation>, sender: EmailAddress) -> Self {
        let presentation = presentation.into();
        let (reply_to, bounces) = (presentation.brand.support_email.clone(), sender.clone());
        Self { presentation, sender, reply_to, bounces }
    }

    /// What stands after the `@` in names of mails, and who we say we are: the domain as DNS has it
    /// (RFC 5891).
    pub(crate) fn domain(&self) -> Cow<'_, str> {
        let domain =
            self.sender.expose().rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        idna::domain_to_ascii(domain).map_or(Cow::Borrowed(domain), Cow::Owned)
    }
}
